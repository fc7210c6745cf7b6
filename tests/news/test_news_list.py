"""The list of news: what it shows, its filters, and what it makes of nonsense."""

from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from news.models import NewsItem, Tag
from search.indexing import reindex
from tests.factories.news import NewsItemFactory, TagFactory
from tests.factories.places import (
    CountryFactory,
    ForeignPlaceFactory,
    HromadaFactory,
    OblastFactory,
    RaionFactory,
    SettlementFactory,
)
from tests.known import known

pytestmark = pytest.mark.django_db

CANARY = "Канарка"


def shown(client: Client, query: str = "", language: str = "uk") -> list[str]:
    answer = client.get(f"/{language}/news/{query}")
    assert answer.status_code == 200
    return [item.slug for item in answer.context["page_obj"].object_list]


@pytest.mark.parametrize("language", ["uk", "en"])
def test_list_shows_public_items_newest_first(client: Client, language: str) -> None:
    old = NewsItemFactory(publish_at="2023-01-01T12:00:00+02:00")
    new = NewsItemFactory(publish_at="2024-01-01T12:00:00+02:00")
    assert shown(client, language=language) == [new.slug, old.slug]


@pytest.mark.parametrize("trait", ["draft", "scheduled"])
@pytest.mark.parametrize("query", ["", f"?q={CANARY}", "?tag=secret", "?year=2024"])
def test_hidden_item_leaves_no_trace(client: Client, trait: str, query: str) -> None:
    tag = TagFactory(slug="secret")
    NewsItemFactory(**{trait: True}, title_uk=CANARY, tags=[tag], places=[HromadaFactory()])
    answer = client.get(f"/uk/news/{query}")
    facets = {facet.name: facet.options for facet in answer.context["facets"]}
    assert answer.context["page_obj"].paginator.count == 0
    assert not any(facets.values())
    assert CANARY not in answer.content.decode().replace(f"«{CANARY}»", "").replace(f'value="{CANARY}"', "")


def test_page_holds_twelve_items(client: Client) -> None:
    NewsItemFactory.create_batch(13)
    assert len(shown(client)) == 12
    assert len(shown(client, "?page=2")) == 1


def test_tags_of_one_filter_widen_and_filters_narrow_each_other(client: Client) -> None:
    first, second = TagFactory(), TagFactory()
    one = NewsItemFactory(tags=[first], publish_at="2023-05-01T12:00:00+03:00")
    both = NewsItemFactory(tags=[first, second], publish_at="2023-04-01T12:00:00+03:00")
    other = NewsItemFactory(tags=[second], publish_at="2022-04-01T12:00:00+03:00")
    assert shown(client, f"?tag={first.slug}") == [one.slug, both.slug]
    assert shown(client, f"?tag={first.slug}&tag={second.slug}") == [one.slug, both.slug, other.slug]
    assert shown(client, f"?tag={second.slug}&year=2023") == [both.slug]


def test_place_filters_find_what_lies_inside(client: Client) -> None:
    hromada = HromadaFactory(parent=RaionFactory(parent=OblastFactory()))
    village = SettlementFactory(parent=hromada)
    foreign = ForeignPlaceFactory()
    ours = NewsItemFactory(places=[village])
    theirs = NewsItemFactory(places=[foreign])
    assert shown(client, f"?hromada={hromada.katottg}") == [ours.slug]
    assert shown(client, f"?oblast={known(hromada.oblast).katottg}") == [ours.slug]
    assert shown(client, "?country=DE") == shown(client, "?country=de") == [theirs.slug]
    assert shown(client, f"?country=DE&hromada={hromada.katottg}") == []


def test_year_is_the_year_in_kyiv(client: Client) -> None:
    item = NewsItemFactory(publish_at="2023-12-31T22:30:00+00:00")
    assert shown(client, "?year=2024") == [item.slug]
    assert shown(client, "?year=2023") == []


def test_words_are_found_in_both_languages_and_all_must_stand(client: Client) -> None:
    item = NewsItemFactory(title_uk="Дуйсбург і Кривий Ріг", body_en="<p>Partnership decided</p>")
    NewsItemFactory(title_uk="Дуйсбург")
    assert shown(client, "?q=дуйсбург+decided") == [item.slug]
    assert shown(client, "?q=%25") == []


def test_words_are_found_in_any_grammatical_case(client: Client) -> None:
    item = NewsItemFactory(title_uk="Дуйсбург обрав партнера")
    draft = NewsItemFactory(title_uk="Дуйсбург мовчить", draft=True)
    reindex(item, draft)
    assert shown(client, "?q=Дуйсбургом") == [item.slug]


def test_counts_leave_out_their_own_filter(client: Client) -> None:
    first, second = TagFactory(), TagFactory()
    NewsItemFactory(tags=[first])
    NewsItemFactory(tags=[second])
    facets = {f.name: f for f in client.get(f"/uk/news/?tag={first.slug}").context["facets"]}
    counts = {option.value: (option.count, option.selected) for option in facets["tag"].options}
    assert counts == {first.slug: (1, True), second.slug: (1, False)}
    assert [option.count for option in facets["year"].options] == [1]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("tag=nothing", "nothing"),
        ("year=99999999999999999999", "99999999999999999999"),
        ("year=-1", "-1"),
        ("year=двадцять", "двадцять"),
        ("country=ZZ", "ZZ"),
        ("oblast=UA1", "UA1"),
        ("oblast=%27%3Bselect+pg_sleep(5)--", "pg_sleep"),
        ("hromada=<script>", "<script>"),
        ("page=7", "7"),
        ("page=zero", "zero"),
        ("page=-1", "-1"),
    ],
)
def test_unknown_value_is_named_and_ignored(client: Client, query: str, named: str) -> None:
    item = NewsItemFactory()
    answer = client.get(f"/en/news/?{query}")
    assert [found.slug for found in answer.context["page_obj"].object_list] == [item.slug]
    assert any(named in text for _label, text in answer.context["complaints"])
    assert named in unescape(answer.content.decode())
    assert b"<script>" not in answer.content


@pytest.mark.parametrize(
    "query",
    ["q=" + "я" * 10_000, "q=%00", "q=%ff%fe", "tag=" + "x" * 5000, "q=" + "%22" * 3000, "__proto__=1"],
)
def test_absurd_question_is_no_error_of_ours(client: Client, query: str) -> None:
    NewsItemFactory()
    assert client.get(f"/uk/news/?{query}").status_code < 500


def test_list_with_undeclared_lookups_ignores_them(client: Client) -> None:
    item = NewsItemFactory()
    assert shown(client, "?state=draft&created_at__gt=2000&tags__items__body_uk__contains=x") == [item.slug]


def test_empty_list_says_what_to_do(client: Client) -> None:
    assert "No announcements yet" in client.get("/en/news/").content.decode()
    NewsItemFactory()
    assert "Nothing fits these filters" in client.get("/en/news/?q=zzz").content.decode()


def test_card_marks_the_language_when_there_is_only_the_other_one(client: Client) -> None:
    NewsItemFactory(english_only=True, title_en="Only English")
    html = client.get("/uk/news/").content.decode()
    assert '<h2 lang="en">' in html
    assert 'class="language"' in html
    assert 'class="language"' not in client.get("/en/news/").content.decode()


def test_card_links_to_lists_by_tag_place_and_country(client: Client) -> None:
    tag, hromada = TagFactory(), HromadaFactory()
    NewsItemFactory(tags=[tag], places=[hromada, ForeignPlaceFactory()])
    html = client.get("/uk/news/").content.decode()
    for query in (f"tag={tag.slug}", f"hromada={hromada.katottg}", "country=DE"):
        assert f'href="/uk/news/?{query}"' in html


def test_chip_takes_off_its_own_filter_only(client: Client) -> None:
    tag = TagFactory()
    CountryFactory(germany=True)
    chips = client.get(f"/uk/news/?tag={tag.slug}&country=DE&page=2").context["chips"]
    assert [chip.url for chip in chips] == ["?country=DE", f"?tag={tag.slug}"]


@pytest.mark.parametrize("count", [1, 12])
def test_list_takes_a_fixed_number_of_queries(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tag: Tag = TagFactory()
    for _ in range(count):
        NewsItemFactory(tags=[tag], places=[HromadaFactory(with_centre=True), ForeignPlaceFactory()])
    assert NewsItem.objects.count() == count
    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get(f"/uk/news/?tag={tag.slug}&country=DE")


#: Tags, places asked for; 5 counts, names of places; number of items, items, their tags and places.
QUERIES_OF_LIST = 12
