"""What search holds of the news."""

import pytest
from django.test import Client

from core.registry import kind_of
from news.models import NewsItem
from news.search import texts
from search.indexing import reindex
from search.models import SearchEntry
from tests.factories.news import NewsItemFactory, ReusableNoteFactory, TagFactory
from tests.factories.places import HromadaFactory

pytestmark = pytest.mark.django_db


def test_item_has_a_text_for_each_language_it_has_a_title_in() -> None:
    both, english = NewsItemFactory(), NewsItemFactory(english_only=True)
    assert [text.language for text in texts(both)] == ["uk", "en"]
    assert [text.language for text in texts(english)] == ["en"]


def test_text_holds_places_tags_and_words_but_no_notes() -> None:
    note = ReusableNoteFactory(body_uk="<p>Канарка</p>", title_uk="Канарка")
    place = HromadaFactory(name_uk="Зразкова", name_en="Zrazkova")
    item = NewsItemFactory(notes=[note], places=[place], tags=[TagFactory(name_uk="мітка", name_en="tag")])
    ukrainian, english = texts(item)
    assert ukrainian.body == "Український текст."
    assert (ukrainian.context, ukrainian.keywords) == ("Стислий вступ.", "Зразкова мітка")
    assert (english.context, english.keywords) == ("A short lead.", "Zrazkova tag")
    assert "Канарка" not in f"{ukrainian} {english}"


def test_index_holds_published_items_only_and_waits_for_scheduled_ones() -> None:
    draft, scheduled, public = NewsItemFactory(draft=True), NewsItemFactory(scheduled=True), NewsItemFactory()
    reindex(draft, scheduled, public)
    held = set(SearchEntry.objects.values_list("object_id", flat=True))
    assert held == {scheduled.pk, public.pk}
    assert set(SearchEntry.objects.public().values_list("object_id", flat=True)) == {public.pk}


def test_stable_identifier_finds_public_items_only() -> None:
    kind = kind_of("news")
    assert kind is not None
    public, hidden = NewsItemFactory(), NewsItemFactory(scheduled=True)
    assert kind.find(public.slug) == public
    assert kind.find(hidden.slug) is None


def test_search_page_finds_an_item(client: Client) -> None:
    item: NewsItem = NewsItemFactory(title_uk="Незвичайний цепелін", body_uk="<p>Текст</p>")
    reindex(item)
    assert "цепелін" in client.get("/uk/search/?q=цепеліна").content.decode()
