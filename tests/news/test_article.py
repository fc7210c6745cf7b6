"""One announcement: what stands on its page, in which language, and who does not get it."""

from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from news.models import NewsItem
from tests.factories.news import NewsItemFactory, ReusableNoteFactory, TagFactory
from tests.factories.partnerships import MilestoneFactory, PartnershipFactory
from tests.factories.places import ForeignPlaceFactory, HromadaFactory

pytestmark = pytest.mark.django_db


def page(client: Client, item: NewsItem, language: str = "uk") -> str:
    answer = client.get(f"/{language}/news/2024/{item.slug}/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_article_shows_text_in_each_language(client: Client) -> None:
    item = NewsItemFactory(title_uk="Назва", title_en="Name")
    ukrainian, english = page(client, item), page(client, item, "en")
    assert "Український текст." in ukrainian
    assert "English text." in english
    assert "5 березня 2024" in ukrainian
    assert "5 March 2024" in english
    assert 'class="language"' not in ukrainian + english


@pytest.mark.parametrize("trait", ["draft", "scheduled"])
@pytest.mark.parametrize("language", ["uk", "en"])
def test_hidden_article_is_not_found(client: Client, trait: str, language: str) -> None:
    item = NewsItemFactory(**{trait: True}, title_uk="Канарка", title_en="Canary")
    for year in (2024, item.publish_at.year):
        answer = client.get(f"/{language}/news/{year}/{item.slug}/")
        assert answer.status_code == 404
        assert "Канарка" not in answer.content.decode()
        assert "Canary" not in answer.content.decode()


def test_wrong_year_leads_to_the_right_one(client: Client) -> None:
    item = NewsItemFactory()
    answer = client.get(f"/en/news/1999/{item.slug}/")
    assert answer.status_code == 301
    assert answer["Location"] == f"/en/news/2024/{item.slug}/"


@pytest.mark.parametrize("year", ["0", "99999999999999999999"])
def test_absurd_year_leads_to_the_right_one(client: Client, year: str) -> None:
    item = NewsItemFactory()
    assert client.get(f"/uk/news/{year}/{item.slug}/").status_code == 301
    assert client.get(f"/uk/news/{year}/nothing/").status_code == 404


def test_article_says_so_when_it_is_in_the_other_language_only(client: Client) -> None:
    item = NewsItemFactory(ukrainian_only=True, title_uk="Лише так")
    html = page(client, item, "en")
    assert '<h1 lang="uk">Лише так</h1>' in html
    assert '<div class="prose" lang="uk">' in html
    assert "has not been translated into English" in html
    assert "has not been translated" not in page(client, item)


def test_article_with_a_title_only_says_so(client: Client) -> None:
    item = NewsItemFactory(title_only=True)
    html = page(client, item, "en")
    assert "holds only the title and the day" in html
    assert "https://source.example/item" in html


def test_article_names_its_source_and_author(client: Client) -> None:
    item = NewsItemFactory(source_publisher="Видавець", author_body_uk="Прескентр", author_body_en=None)
    html = page(client, item)
    assert "Видавець" in html
    assert '<a href="https://source.example/item" rel="noopener"><cite>Made-up source</cite></a>' in html
    assert '<span lang="uk">Прескентр</span>' in page(client, item, "en")


def test_article_links_to_places_lists_and_error_report(client: Client) -> None:
    hromada, foreign, tag = HromadaFactory(), ForeignPlaceFactory(slug="duestadt"), TagFactory()
    item = NewsItemFactory(places=[hromada, foreign], tags=[tag])
    html = page(client, item)
    for address in (
        f"/uk/places/ua/{hromada.katottg}/",
        "/uk/places/de/duestadt/",
        f"/uk/news/?tag={tag.slug}",
        f"/uk/news/?hromada={hromada.katottg}",
        "/uk/news/?country=DE",
        f"/uk/contact/?about=news%3A{item.slug}",
    ):
        assert f'href="{address}"' in html, address


def test_article_shows_partnerships_as_they_stand_now(client: Client) -> None:
    record = PartnershipFactory(decided=True)
    MilestoneFactory(partnership=record, announced=True, date="2023-02-21")
    item = NewsItemFactory(partnerships=[record])
    html = page(client, item, "en")
    assert f'href="{record.get_absolute_url().replace("/uk/", "/en/")}' in html
    assert "decided" in html
    assert "announced for 21 February 2023, not confirmed" in html


@pytest.mark.parametrize("trait", ["draft", "withdrawn"])
def test_article_keeps_hidden_partnerships_to_itself(client: Client, trait: str) -> None:
    record = PartnershipFactory(**{trait: True}, foreign__name_own="Kanarienstadt")
    item = NewsItemFactory(partnerships=[record])
    assert "Kanarienstadt" not in page(client, item)


def test_note_stands_under_the_article_in_its_language(client: Client) -> None:
    note = ReusableNoteFactory(title_uk="Порада громадам", body_uk="<p>Читайте далі.</p>")
    item = NewsItemFactory(notes=[note])
    html = page(client, item)
    assert html.index("Український текст.") < html.index("Порада громадам") < html.index("Читайте далі.")
    assert "Text of the note." in page(client, item, "en")


def test_article_leads_to_the_nearest_public_items(client: Client) -> None:
    before = NewsItemFactory(publish_at="2024-03-04T12:00:00+02:00")
    item = NewsItemFactory()
    after = NewsItemFactory(publish_at="2024-03-06T12:00:00+02:00")
    NewsItemFactory(publish_at="2024-03-05T18:00:00+02:00", draft=True)
    context = client.get(f"/uk/news/2024/{item.slug}/").context
    assert (context["older"], context["newer"]) == (before, after)


PAYLOAD = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_payload_in_any_text_of_an_item_stays_text(client: Client) -> None:
    tag = TagFactory(name_uk=PAYLOAD[:80], name_en=PAYLOAD[:80])
    place = HromadaFactory(name_uk=PAYLOAD, name_en=PAYLOAD)
    note = ReusableNoteFactory(title_uk=PAYLOAD, title_en=PAYLOAD, body_uk=PAYLOAD, body_en=PAYLOAD)
    texts = {
        f"{name}_{code}": PAYLOAD
        for name in ("title", "lead", "body", "author_body")
        for code in ("uk", "en")
    }
    item = NewsItemFactory(
        **texts, source_title=PAYLOAD, source_publisher=PAYLOAD, tags=[tag], places=[place], notes=[note]
    )
    for language in ("uk", "en"):
        for address in (
            f"/{language}/news/",
            f"/{language}/news/2024/{item.slug}/",
            f"/{language}/news/feed/",
        ):
            content = client.get(address).content.decode()
            assert "<script>alert" not in content
            assert "<img" not in content


@pytest.mark.parametrize("count", [1, 6])
def test_article_takes_a_fixed_number_of_queries(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    records = [PartnershipFactory(signed=True) for _ in range(count)]
    places = [HromadaFactory(with_centre=True) for _ in range(count)]
    item = NewsItemFactory(
        partnerships=records,
        places=places,
        notes=ReusableNoteFactory.create_batch(count),
        tags=TagFactory.create_batch(count),
    )
    NewsItemFactory(publish_at="2024-03-04T12:00:00+02:00")
    with django_assert_num_queries(QUERIES_OF_ARTICLE):
        client.get(f"/uk/news/2024/{item.slug}/")


#: Item, tags, places, notes; partnerships, parties, announcements; the newer and the older item.
QUERIES_OF_ARTICLE = 9


def test_reading_sets_no_cookie(client: Client) -> None:
    item = NewsItemFactory()
    for address in ("/uk/news/", f"/uk/news/2024/{item.slug}/", "/uk/news/feed/"):
        answer = client.get(address)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
