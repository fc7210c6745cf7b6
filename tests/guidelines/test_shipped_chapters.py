"""The chapters that come with the portal, as files: both languages alike, sourced, and clean text."""

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.markup import ALLOWED_ATTRIBUTES, ALLOWED_ELEMENTS, LONGEST_PARAGRAPH, Outline, count_words

DATA = Path(__file__).resolve().parents[2] / "guidelines" / "data"
AUDIENCES = {"mayor", "officer", "accountant", "customs", "foreign_partner"}
#: Words of other addresses below /guidelines/.
RESERVED = {"cases", "editions", "glossary", "guidelines.pdf"}
#: What the article, from which the portal starts, says that the Guidelines hold.
NAMED_BY_THE_ARTICLE = {
    "establishing-a-partnership",
    "successful-partnerships",
    "assistance-and-customs",
    "choosing-partners",
    "organising-the-work",
    "financing",
    "accounting",
    "reporting",
    "useful-information",
}


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


PATHS = sorted((DATA / "chapters").glob("*.toml"))
CHAPTERS = {chapter["slug"]: chapter for chapter in map(read, PATHS)}
SECTIONS = {
    f"{slug}#{section['anchor']}": section
    for slug, chapter in CHAPTERS.items()
    for section in chapter["sections"]
}


def test_every_chapter_that_the_article_names_is_there() -> None:
    assert set(CHAPTERS) >= NAMED_BY_THE_ARTICLE


def test_chapters_stand_in_the_order_of_their_files() -> None:
    assert [chapter["position"] for chapter in CHAPTERS.values()] == list(range(1, len(PATHS) + 1))
    assert [path.stem for path in PATHS] == [
        f"{chapter['position']:02}-{slug}" for slug, chapter in CHAPTERS.items()
    ]


@pytest.mark.parametrize("slug", CHAPTERS)
def test_chapter_addresses_someone_under_a_free_latin_slug(slug: str) -> None:
    chapter = CHAPTERS[slug]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert slug not in RESERVED
    assert chapter["audience"]
    assert set(chapter["audience"]) <= AUDIENCES
    anchors = [section["anchor"] for section in chapter["sections"]]
    assert len(anchors) == len(set(anchors))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", anchor) for anchor in anchors)


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("slug", CHAPTERS)
def test_chapter_is_an_honest_opening_not_a_stub(slug: str, language: str) -> None:
    chapter = CHAPTERS[slug]
    assert chapter[f"title_{language}"].strip()
    assert chapter[f"lead_{language}"].strip()
    assert 250 <= sum(count_words(section[f"body_{language}"]) for section in chapter["sections"]) <= 500


@pytest.mark.parametrize("key", SECTIONS)
def test_section_says_the_same_in_both_languages(key: str) -> None:
    section = SECTIONS[key]
    assert section["title_uk"].strip()
    assert section["title_en"].strip()
    assert section["title_uk"] != section["title_en"]
    ukrainian, english = Outline(section["body_uk"]), Outline(section["body_en"])
    assert ukrainian.elements == english.elements


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("key", SECTIONS)
def test_section_is_clean_html_with_short_paragraphs(key: str, language: str) -> None:
    outline = Outline(SECTIONS[key][f"body_{language}"])
    assert outline.faults == []
    assert set(outline.elements) <= ALLOWED_ELEMENTS
    assert outline.attributes <= ALLOWED_ATTRIBUTES
    assert outline.longest_paragraph <= LONGEST_PARAGRAPH


@pytest.mark.parametrize("key", SECTIONS)
def test_section_has_dated_and_graded_sources(key: str) -> None:
    sources = SECTIONS[key]["sources"]
    assert sources
    for source in sources:
        assert source["title"].strip()
        assert re.match(r"https://[^/\s]+", source["url"])
        assert source["grade"] in set("ABCDE")
        assert source["read_on"] <= dt.date(2026, 11, 24)
    assert len({source["url"] for source in sources}) == len(sources)


def test_one_source_has_one_title_and_grade_everywhere() -> None:
    seen: dict[str, tuple[str, str]] = {}
    for section in SECTIONS.values():
        for source in section["sources"]:
            told = (source["title"], source["grade"])
            assert seen.setdefault(source["url"], told) == told


@pytest.mark.parametrize("slug", CHAPTERS)
def test_ukrainian_text_uses_one_apostrophe(slug: str) -> None:
    chapter = CHAPTERS[slug]
    parts = [chapter["title_uk"], chapter["lead_uk"]]
    parts += [section[field] for section in chapter["sections"] for field in ("title_uk", "body_uk")]
    assert not re.search(r"[а-яіїєґ]['ʼ`][а-яіїєґ]", " ".join(parts), re.IGNORECASE)


def test_edition_is_a_draft_in_two_languages() -> None:
    edition = read(DATA / "edition.toml")
    assert edition["state"] == "draft"
    assert "методичні рекомендації" in edition["title_uk"]
    assert edition["title_en"] == "International Municipal Partnership Guidelines"


def test_credits_name_the_four_organisations_with_their_part() -> None:
    organisations = read(DATA / "credits.toml")["organisations"]
    assert [one["slug"] for one in organisations] == ["ministry", "decide", "u-lead", "council-of-europe"]
    assert [one["position"] for one in organisations] == [1, 2, 3, 4]
    for one in organisations:
        assert one["url"].startswith("https://")
        assert all(one[f"{field}_{lang}"].strip() for field in ("name", "role") for lang in ("uk", "en"))
