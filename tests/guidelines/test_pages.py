"""The Guidelines for readers: the list of chapters and one chapter."""

import datetime as dt
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guidelines.enums import EditionState, ReviewState
from tests.factories.guidelines import (
    ChapterFactory,
    CreditFactory,
    EditionFactory,
    SectionFactory,
    SectionSourceFactory,
)

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def test_list_shows_chapters_of_the_current_edition_in_order(client: Client) -> None:
    second = ChapterFactory(position=2, title_en="Second")
    first = ChapterFactory(position=1, title_en="First")
    ChapterFactory(edition=EditionFactory(old=True), title_en="Canary")
    html = page(client, "/en/guidelines/")
    assert html.index("First") < html.index("Second")
    assert first.get_absolute_url().replace("/uk/", "/en/") in html
    assert second.get_absolute_url().replace("/uk/", "/en/") in html
    assert "Canary" not in html
    assert "Trial edition" in html


def test_list_says_that_the_edition_is_a_draft_only_while_it_is(client: Client) -> None:
    edition = EditionFactory()
    assert "draft for the ministry's review" in page(client, "/en/guidelines/")
    edition.state = EditionState.PUBLISHED
    edition.save()
    assert "draft for the ministry's review" not in page(client, "/en/guidelines/")


def test_list_can_be_narrowed_by_reader(client: Client) -> None:
    ChapterFactory(title_en="For the mayor", audience=["mayor", "officer"])
    ChapterFactory(title_en="For the books", audience=["accountant"])
    html = page(client, "/en/guidelines/?audience=accountant")
    assert "For the books" in html
    assert "For the mayor" not in html
    assert "No chapter is written" in page(client, "/en/guidelines/?audience=customs")


def test_unknown_reader_is_named_and_ignored(client: Client) -> None:
    ChapterFactory(title_en="For the mayor")
    html = page(client, "/en/guidelines/?audience=king")
    assert "“king”" in html
    assert "For the mayor" in html


def test_list_without_an_edition_says_so(client: Client) -> None:
    EditionFactory(old=True)
    assert "No edition is shown yet" in page(client, "/en/guidelines/")


def test_list_names_who_stands_behind(client: Client) -> None:
    EditionFactory()
    CreditFactory(name_uk="Пробна організація", role_uk="Написала все.")
    html = page(client, "/uk/guidelines/")
    assert "Пробна організація" in html
    assert "Написала все." in html


@pytest.mark.parametrize("language", ["uk", "en"])
def test_chapter_shows_contents_sections_and_sources(client: Client, language: str) -> None:
    chapter = ChapterFactory(slug="law")
    section = SectionFactory(chapter=chapter, anchor="approval")
    SectionSourceFactory(
        section=section, title="Law 1", url="https://act.example/1", read_on=dt.date(2026, 11, 1)
    )
    html = page(client, f"/{language}/guidelines/law/")
    assert 'href="#approval"' in html
    assert 'id="approval"' in html
    assert '<a href="https://act.example/1" rel="noopener">Law 1</a>' in html
    assert {"uk": "1 листопада 2026", "en": "1 November 2026"}[language] in html
    assert {"uk": "Український текст частини.", "en": "English text of the part."}[language] in html
    assert f'href="/{language}/contact/?about=chapter%3Alaw"' in html


def test_chapter_says_whether_it_was_approved_and_checked(client: Client) -> None:
    chapter = ChapterFactory(slug="law")
    html = page(client, "/en/guidelines/law/")
    assert "Draft for the ministry's review." in html
    assert "Not yet checked by an editor." in html
    chapter.review_state, chapter.checked_on = ReviewState.APPROVED, dt.date(2026, 11, 20)
    chapter.save()
    html = page(client, "/en/guidelines/law/")
    assert "Approved by the ministry." in html
    assert "Checked by an editor on 20 November 2026." in html


@pytest.mark.parametrize("address", ["nothing", "old-one"])
def test_chapter_of_no_current_edition_is_not_found(client: Client, address: str) -> None:
    EditionFactory()
    ChapterFactory(slug="old-one", edition=EditionFactory(old=True), title_en="Canary")
    assert "Canary" not in page(client, f"/en/guidelines/{address}/", 404)


def test_chapter_marks_what_is_in_the_other_language(client: Client) -> None:
    chapter = ChapterFactory(slug="law", lead_en=None)
    SectionFactory(chapter=chapter, anchor="one", title_en=None, body_en=None)
    SectionFactory(chapter=chapter, anchor="two")
    html = page(client, "/en/guidelines/law/")
    assert '<div lang="uk"><p>Український текст частини.</p></div>' in html
    assert "Parts of this chapter have not been translated into English" in html
    assert "have not been translated" not in page(client, "/uk/guidelines/law/")


def test_chapter_leads_to_its_neighbours_of_the_same_edition(client: Client) -> None:
    first, second, third = (ChapterFactory(position=position) for position in (1, 2, 3))
    ChapterFactory(position=2, edition=EditionFactory(old=True))
    context = client.get(f"/uk/guidelines/{second.slug}/").context
    assert (context["previous"], context["next"]) == (first, third)
    assert client.get(f"/uk/guidelines/{first.slug}/").context["previous"] is None
    assert client.get(f"/uk/guidelines/{third.slug}/").context["next"] is None


def test_payload_in_any_text_of_a_chapter_stays_text(client: Client) -> None:
    payload = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    texts = {"title_uk": payload, "title_en": payload}
    chapter = ChapterFactory(slug="law", lead_uk=payload, lead_en=payload, **texts)
    section = SectionFactory(chapter=chapter, body_uk=payload, body_en=payload, **texts)
    SectionSourceFactory(section=section, title=payload)
    CreditFactory(name_uk=payload, name_en=payload, role_uk=payload, role_en=payload)
    for address in ("/uk/guidelines/", "/en/guidelines/", "/uk/guidelines/law/", "/en/guidelines/law/"):
        content = client.get(address).content.decode()
        assert "<script>alert" not in content
        assert "<img" not in content


@pytest.mark.parametrize("count", [1, 12])
def test_pages_take_a_fixed_number_of_queries(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for position in range(count):
        chapter = ChapterFactory(slug=f"chapter-{position}", position=position)
        for _ in range(count):
            SectionSourceFactory(section=SectionFactory(chapter=chapter))
        CreditFactory()
    with django_assert_num_queries(3):  # the edition, its chapters, credits
        client.get("/uk/guidelines/")
    with django_assert_num_queries(5):  # the chapter, sections, sources, its neighbours
        client.get("/uk/guidelines/chapter-0/")


def test_reading_sets_no_cookie(client: Client) -> None:
    ChapterFactory(slug="law")
    for address in ("/uk/guidelines/", "/uk/guidelines/law/"):
        answer = client.get(address)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
