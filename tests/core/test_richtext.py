"""Nothing active survives in a rich text, whichever way it comes into the database."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django_prose_editor.config import EXTENSION_MAPPING

from core.richtext import EXTENSIONS, MAX_LENGTH, clean_html, plain_text
from news.models import NewsItem
from tests.factories.news import NewsItemFactory

SCRIPT = "<p>Добрий текст</p><script>alert(1)</script>"

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x20type='text/javascript'>alert(1)</script>",
    "<script/xss src=//evil.example>",
    "<<script>alert(1);//<</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x:alert(alt) onerror=eval(src) alt=1>",
    '<img """><script>alert(1)</script>">',
    "<img src='javascript:alert(1)'>",
    "<img srcset='javascript:alert(1)'>",
    "<image href='javascript:alert(1)'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><script xlink:href='data:,alert(1)'></script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<frameset onload=alert(1)><frame src='javascript:alert(1)'></frameset>",
    "<object data='javascript:alert(1)'></object>",
    "<object type='text/x-scriptlet' data='//evil.example/x'></object>",
    "<embed src='javascript:alert(1)'>",
    "<applet code=Evil></applet>",
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='//evil.example/x.css'>",
    "<link rel=import href='data:text/html,<script>alert(1)</script>'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style>*{background:url('javascript:alert(1)')}</style>",
    "<p style=\"background:url('javascript:alert(1)')\">x</p>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<p onclick=alert(1)>x</p>",
    "<p onmouseover=alert(1)>x</p>",
    "<p/onpointerenter=alert(1)>x</p>",
    "<h2 onfocus=alert(1) tabindex=0 autofocus>x</h2>",
    "<strong onanimationstart=alert(1)>x</strong>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java\rscript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='java\x00script:alert(1)'>x</a>",
    "<a href='&#106;&#97;&#118;&#97;script:alert(1)'>x</a>",
    "<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='jav&Tab;ascript:alert(1)'>x</a>",
    "<a href='javascript&#x2003;:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='livescript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
    "<a href='data:image/svg+xml,<svg onload=alert(1)>'>x</a>",
    "<a href='blob:https://portal.example/1'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='view-source:javascript:alert(1)'>x</a>",
    "<a href='intent://evil.example#Intent;scheme=http;end'>x</a>",
    "<a href='https://ok.example' onclick=alert(1)>x</a>",
    "<a href='https://ok.example' target=_blank ping='//evil.example'>x</a>",
    "<a href='https://ok.example' style='position:fixed;inset:0'>x</a>",
    "<a id=location name=cookie href='https://ok.example'>x</a>",
    "<h2 id=main>x</h2>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<form id=x></form><button form=x formaction='javascript:alert(1)'>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    "<select autofocus onfocus=alert(1)></select>",
    "<isindex action='javascript:alert(1)'>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<body onload=alert(1)>",
    "<html xmlns:xss><xss:script>alert(1)</xss:script></html>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<title><a href='</title><img src=x onerror=alert(1)>'></title>",
    "<xmp><p title='</xmp><script>alert(1)</script>'></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<blockquote cite='javascript:alert(1)'>x</blockquote>",
    "<p lang='\"><script>alert(1)</script>'>x</p>",
    "<a href='https://ok.example/\"onmouseover=alert(1) x=\"'>x</a>",
    "<table background='javascript:alert(1)'><tr><td>x</td></tr></table>",
    "<custom-element onready=alert(1)>x</custom-element>",
    "<div contenteditable onblur=alert(1)>x</div>",
    "&lt;script&gt;alert(1)&lt;/script&gt;<script>alert(2)</script>",
]


class Found(HTMLParser):
    """Elements and attributes as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


ELEMENTS = {"p", "br", "strong", "em", "h2", "h3", "ul", "ol", "li", "blockquote", "a"}
ATTRIBUTES = {"href", "lang", "hreflang", "rel"}


def assert_nothing_active(html: str) -> None:
    found = Found(html)
    assert found.tags <= ELEMENTS
    for tag, name, value in found.attributes:
        assert name in ATTRIBUTES, (tag, name)
        if name == "href":
            scheme = re.match(r"\s*([^/?#]*?):", re.sub(r"[\x00-\x20]", "", value))
            assert scheme is None or scheme[1].lower() in {"http", "https", "mailto", "tel"}, value


@pytest.mark.parametrize("html", HOSTILE)
def test_cleaned_text_has_nothing_active_when_input_is_hostile(html: str) -> None:
    cleaned = clean_html(f"<p>до</p>{html}<p>після</p>")
    assert_nothing_active(cleaned)
    assert "до" in cleaned


@pytest.mark.parametrize("html", HOSTILE)
def test_cleaning_again_changes_nothing(html: str) -> None:
    once = clean_html(f"<p>до</p>{html}")
    assert clean_html(once) == once


def test_what_the_editor_offers_is_kept() -> None:
    html = (
        "<h2>Заголовок</h2><h3>Менший</h3><p><strong>жирний</strong> <em>похилий</em><br>рядок</p>"
        '<ul><li>пункт</li></ul><ol><li>перше</li></ol><blockquote><p lang="de">Zitat</p></blockquote>'
    )
    assert clean_html(html) == html


@pytest.mark.parametrize(
    "address", ["https://ok.example/a?b=1#c", "/uk/guidelines/", "mailto:a@ok.example", "tel:+380441234567"]
)
def test_link_is_kept_when_its_scheme_is_harmless(address: str) -> None:
    assert f'href="{address}"' in clean_html(f'<p><a href="{address}">x</a></p>')


@pytest.mark.parametrize(
    "html", ["", "<p></p>", "<p>&nbsp;</p>", "<p><br></p><ul><li></li></ul>", "<script>1</script>"]
)
def test_text_without_words_becomes_empty(html: str) -> None:
    assert clean_html(html) == ""


def test_plain_text_keeps_words_apart_and_whole() -> None:
    html = "<p>перше</p><p>дру<strong>ге</strong> &amp; <a href='/x'>третє</a>, 3 &lt; 4</p>"
    assert plain_text(html) == "перше друге & третє, 3 < 4"


def test_extensions_are_names_that_the_editor_knows() -> None:
    assert set(EXTENSIONS) <= set(EXTENSION_MAPPING)


@pytest.mark.django_db
class TestWaysIntoTheDatabase:
    @pytest.fixture
    def item(self) -> Any:
        return NewsItemFactory()

    @staticmethod
    def stored(item: Any) -> str:
        """As the database holds it, past the field."""
        row = NewsItem.objects.annotate(raw=Concat(F("body_uk"), Value(""), output_field=CharField()))
        raw = row.values_list("raw", flat=True).get(pk=item.pk)
        return str(raw)

    def test_text_is_clean_when_created(self) -> None:
        item: Any = NewsItem.objects.create(slug="x", title_uk="x", body_uk=SCRIPT)
        assert self.stored(item) == item.body_uk == "<p>Добрий текст</p>"

    def test_text_is_clean_when_saved(self, item: Any) -> None:
        item.body_uk = SCRIPT
        item.save()
        assert self.stored(item) == item.body_uk == "<p>Добрий текст</p>"

    def test_text_is_clean_when_saved_with_update_fields(self, item: Any) -> None:
        item.body_uk = SCRIPT
        item.save(update_fields=["body_uk"])
        assert self.stored(item) == "<p>Добрий текст</p>"

    def test_text_is_clean_when_created_in_bulk(self) -> None:
        (item,) = NewsItem.objects.bulk_create([NewsItem(slug="x", title_uk="x", body_uk=SCRIPT)])
        assert self.stored(item) == "<p>Добрий текст</p>"

    def test_text_is_clean_when_updated_in_bulk(self, item: Any) -> None:
        item.body_uk = SCRIPT
        NewsItem.objects.bulk_update([item], ["body_uk"])
        assert self.stored(item) == "<p>Добрий текст</p>"

    def test_text_is_clean_when_updated_by_query(self, item: Any) -> None:
        NewsItem.objects.filter(pk=item.pk).update(body_uk=SCRIPT)
        assert self.stored(item) == "<p>Добрий текст</p>"

    def test_text_is_refused_when_too_long(self, item: Any) -> None:
        item.body_uk = "<p>" + "х" * MAX_LENGTH + "</p>"
        with pytest.raises(ValidationError) as refused:
            item.full_clean()
        assert "body_uk" in refused.value.message_dict
