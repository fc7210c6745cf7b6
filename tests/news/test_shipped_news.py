"""The announcements that come with the portal, as files: sourced, whole, and clean text."""

import csv
import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.markup import ALLOWED_ATTRIBUTES, ALLOWED_ELEMENTS, LONGEST_PARAGRAPH, Outline

DATA = Path(__file__).resolve().parents[2] / "news" / "data"
LANGUAGES = ("uk", "en")
TEASERS = {"employment-services", "residency-of-ideas", "eib-119-projects", "movement-without-barriers"}


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


ITEMS = {item["slug"]: item for item in map(read, sorted((DATA / "items").glob("*.toml")))}
TAGS = read(DATA / "tags.toml")["tags"]
NOTES = {note["slug"]: note for note in read(DATA / "notes.toml")["notes"]}


def known_places() -> set[str]:
    """KATOTTG codes, and foreign places as country and slug, from the shipped tables."""
    places = DATA.parents[1] / "places" / "data"
    with (places / "ua_places.csv").open(encoding="utf-8") as rows:
        known = {row["katottg"] for row in csv.DictReader(rows)}
    with (places / "foreign_places.csv").open(encoding="utf-8") as rows:
        return known | {f"{row['iso2'].lower()}/{row['slug']}" for row in csv.DictReader(rows)}


def bodies() -> Iterator[Any]:
    for slug, thing in {**ITEMS, **NOTES}.items():
        for language in LANGUAGES:
            if body := thing.get(f"body_{language}"):
                yield pytest.param(body, id=f"{slug}-{language}")


KNOWN_PLACES = known_places()


@pytest.mark.parametrize("body", list(bodies()))
def test_body_is_clean_html_with_short_paragraphs(body: str) -> None:
    parsed = Outline(body)
    assert parsed.faults == []
    assert set(parsed.elements) <= ALLOWED_ELEMENTS
    assert parsed.attributes <= ALLOWED_ATTRIBUTES
    assert parsed.longest_paragraph <= LONGEST_PARAGRAPH


@pytest.mark.parametrize("slug", ITEMS)
def test_item_names_its_source_and_day(slug: str) -> None:
    item = ITEMS[slug]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert item["source_title"]
    assert item["source_publisher"]
    assert item["source_url"].startswith("https://")
    assert item["publish_at"].utcoffset() in {dt.timedelta(hours=2), dt.timedelta(hours=3)}
    assert item.get("source_date", item["publish_at"].date()) <= item["publish_at"].date()


@pytest.mark.parametrize("slug", ITEMS)
def test_item_is_whole_in_each_language_it_has(slug: str) -> None:
    item = ITEMS[slug]
    assert item[f"title_{item['original_language']}"]
    for language in LANGUAGES:
        parts = [bool(item.get(f"{part}_{language}")) for part in ("title", "lead", "body")]
        expected = [[False] * 3, [True, False, False]] if slug in TEASERS else [[False] * 3, [True] * 3]
        assert parts in expected, f"{language}: {parts}"


@pytest.mark.parametrize("slug", ITEMS)
def test_item_uses_only_known_tags_notes_and_places_of_its_partnerships(slug: str) -> None:
    item = ITEMS[slug]
    assert set(item["tags"]) <= {tag["slug"] for tag in TAGS}
    assert set(item["notes"]) <= set(NOTES)
    assert set(item["places"]) <= KNOWN_PLACES
    for hromada, foreign in item["partnerships"]:
        assert {hromada, foreign} <= set(item["places"])


def test_items_exist_in_one_language_only_as_well_as_in_both() -> None:
    written = {slug: {lang for lang in LANGUAGES if f"body_{lang}" in item} for slug, item in ITEMS.items()}
    full = {slug: languages for slug, languages in written.items() if slug not in TEASERS}
    assert len(full) == 6
    assert {"uk"} in full.values()
    assert {"en"} in full.values()
    assert full["duisburg-kryvyi-rih"] == {"uk", "en"}
    assert {slug for slug, languages in written.items() if not languages} == TEASERS


def test_duisburg_signing_stays_announced() -> None:
    item = ITEMS["duisburg-kryvyi-rih"]
    assert "планують підписати онлайн 21 лютого 2023 року" in item["body_uk"]
    assert "is to be signed online on 21 February 2023" in item["body_en"]
    assert "9 лютого 2023 року" in item["lead_uk"]
    assert "9 February 2023" in item["lead_en"]


def test_reminder_is_written_once() -> None:
    assert set(NOTES) == {"guidelines-reminder"}
    reminder = NOTES["guidelines-reminder"]
    for language in LANGUAGES:
        assert f'href="/{language}/guidelines/"' in reminder[f"body_{language}"]
    opening = {language: reminder[f"body_{language}"].strip().splitlines()[0] for language in LANGUAGES}
    for item in ITEMS.values():
        for language in LANGUAGES:
            assert opening[language] not in item.get(f"body_{language}", "")
