"""The Atom feed: one per language, with addresses that never change."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories.news import NewsItemFactory, ReusableNoteFactory, TagFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(client: Client, language: str = "uk") -> ET.Element:
    answer = client.get(f"/{language}/news/feed/", headers={"host": "127.0.0.1"})
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(answer.content)  # noqa: S314  our own answer


def texts(feed: ET.Element, name: str) -> list[str]:
    return [element.text or "" for element in feed.findall(f"{ATOM}entry/{ATOM}{name}")]


def test_feed_holds_items_that_have_a_title_in_its_language(client: Client) -> None:
    NewsItemFactory(english_only=True, title_en="Only English")
    NewsItemFactory(title_uk="Обома", title_en="Both", publish_at="2024-01-01T12:00:00+02:00")
    assert texts(read(client, "uk"), "title") == ["Обома"]
    assert texts(read(client, "en"), "title") == ["Only English", "Both"]
    assert read(client, "uk").get(LANG) == "uk"
    assert read(client, "en").get(LANG) == "en"


@pytest.mark.parametrize("trait", ["draft", "scheduled"])
def test_hidden_item_is_not_in_the_feed(client: Client, trait: str) -> None:
    NewsItemFactory(**{trait: True}, title_uk="Канарка")
    assert texts(read(client), "title") == []


def test_addresses_and_identifiers_carry_the_site_address(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://portal.example"
    item = NewsItemFactory()
    feed = read(client, "en")
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert links == [
        "https://portal.example/en/news/",
        "https://portal.example/en/news/feed/",
        f"https://portal.example/en/news/2024/{item.slug}/",
    ]
    assert texts(feed, "id") == [f"https://portal.example/id/news/{item.slug}#en"]


def test_summary_is_the_lead_without_text_and_notes(client: Client) -> None:
    note = ReusableNoteFactory(body_uk="<p>Канарка</p>")
    NewsItemFactory(lead_uk="Вступ <b> & ще", notes=[note], tags=[TagFactory(name_uk="мітка")])
    feed = read(client)
    assert texts(feed, "summary") == ["Вступ &lt;b&gt; &amp; ще"]
    assert [c.get("term") for c in feed.iter(f"{ATOM}category")] == ["мітка"]
    assert "Канарка" not in ET.tostring(feed, encoding="unicode")
    assert "Український текст" not in ET.tostring(feed, encoding="unicode")


def test_entry_has_no_summary_when_the_lead_is_missing_in_its_language(client: Client) -> None:
    NewsItemFactory(lead_uk=None)
    assert texts(read(client), "summary") == []


def test_entry_tells_when_it_was_published_and_changed(client: Client) -> None:
    item = NewsItemFactory()
    feed = read(client)
    assert texts(feed, "published") == ["2024-03-05T10:00:00+00:00"]
    assert texts(feed, "updated") == [item.updated_at.isoformat()]


@pytest.mark.parametrize("count", [1, 12])
def test_feed_takes_a_fixed_number_of_queries(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        NewsItemFactory(tags=[TagFactory()])
    with django_assert_num_queries(2):
        client.get("/uk/news/feed/")
