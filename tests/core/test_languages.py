"""A text that exists in one language is shown, and says which language it is in."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from core.languages import LocalText, in_language, languages_of
from news.models import Tag


def test_text_of_the_page_language_is_taken_first() -> None:
    tag = Tag(slug="t", name_uk="Мітка", name_en="Tag")
    with override("en"):
        assert in_language(tag, "name") == LocalText("Tag", "en", "en")


@pytest.mark.parametrize(
    ("page", "name_uk", "name_en", "shown"), [("en", "Мітка", "", "uk"), ("uk", None, "Tag", "en")]
)
def test_missing_text_falls_back_and_says_so(page: str, name_uk: str, name_en: str, shown: str) -> None:
    tag = Tag(slug="t", name_uk=name_uk, name_en=name_en)
    with override(page):
        text = in_language(tag, "name")
    assert (text.lang, text.is_foreign) == (shown, True)
    assert languages_of(tag, "name") == (shown,)


def test_marked_filter_gives_a_foreign_text_its_language_and_escapes_it() -> None:
    template = Template("{{ value|marked }}")
    foreign = LocalText("Köln <b>", "de", "uk")
    assert template.render(Context({"value": foreign})) == '<span lang="de">Köln &lt;b&gt;</span>'
    own = LocalText("Кельн", "uk", "uk")
    assert template.render(Context({"value": own})) == "Кельн"
