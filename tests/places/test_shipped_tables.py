"""The tables that come with the portal: complete, consistent and without invented joins."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from places.spelling import clean_spelling, match_key
from places.transliteration import transliterate

DATA = Path(__file__).parents[2] / "places" / "data"
KATOTTG = re.compile(r"UA\d{17}")
CRIMEA = "UA01000000000013043"


@cache
def table(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def units() -> dict[str, dict[str, str]]:
    return {row["katottg"]: row for row in table("ua_places")}


@cache
def foreign() -> dict[str, dict[str, str]]:
    return {f"{row['iso2'].lower()}/{row['slug']}": row for row in table("foreign_places")}


@pytest.mark.parametrize(
    ("level", "count"),
    [("oblast", 25), ("special_city", 2), ("raion", 136), ("hromada", 1469 + 303), ("city_district", 108)],
)
def test_ukraine_is_complete_at_every_level(level: str, count: int) -> None:
    assert Counter(row["level"] for row in table("ua_places"))[level] == count


def test_ukraine_has_every_settlement_of_the_codifier() -> None:
    kinds = Counter(row["category"] for row in table("ua_places") if row["level"] == "settlement")
    assert kinds == {"city": 461, "rural": 1979, "village": 27261}


def test_crimea_and_sevastopol_are_units_of_ukraine() -> None:
    assert units()[CRIMEA]["name_uk"] == "Автономна Республіка Крим"
    assert units()[CRIMEA]["name_en"] == "Autonomous Republic of Crimea"
    assert units()["UA85000000000065278"]["name_uk"] == "Севастополь"
    inside = [row for code, row in units().items() if code.startswith("UA01") and row["level"] == "hromada"]
    assert len(inside) == 303


def test_every_unit_has_one_well_formed_code() -> None:
    assert len(units()) == len(table("ua_places"))
    assert [code for code in units() if not KATOTTG.fullmatch(code)] == []


def test_every_parent_and_centre_exists() -> None:
    lost = [
        row["katottg"]
        for row in table("ua_places")
        for link in (row["parent_katottg"], row["centre_katottg"])
        if link and link not in units()
    ]
    assert lost == []


def test_parents_stand_exactly_where_the_level_has_one() -> None:
    allowed = {
        "oblast": {""},
        "special_city": {""},
        "raion": {"oblast"},
        "hromada": {"raion"},
        "settlement": {"hromada"},
        "city_district": {"settlement", "special_city"},
    }
    wrong = [
        row["katottg"]
        for row in table("ua_places")
        if units().get(row["parent_katottg"], {"level": ""})["level"] not in allowed[row["level"]]
    ]
    # Prypiat and Chornobyl, in the exclusion zone, belong to no hromada: they stand under the oblast itself.
    assert wrong == ["UA32000000010085013", "UA32000000020050699"]


def test_every_hromada_has_category_and_centre() -> None:
    hromadas = [row for row in table("ua_places") if row["level"] == "hromada"]
    assert [row["katottg"] for row in hromadas if not row["category"] or not row["centre_katottg"]] == []


def test_english_names_follow_the_resolution_except_crimea() -> None:
    odd = [row["name_uk"] for row in table("ua_places") if row["name_en"] != transliterate(row["name_uk"])]
    assert odd == ["Автономна Республіка Крим"]


def test_coordinates_of_ukrainian_places_lie_in_ukraine() -> None:
    outside = [
        row["katottg"]
        for row in table("ua_places")
        if row["lat"] and not (44.2 < float(row["lat"]) < 52.5 and 22.0 < float(row["lon"]) < 40.3)
    ]
    assert outside == []


def test_countries_are_named_in_both_languages() -> None:
    codes = [row["iso2"] for row in table("countries")]
    assert len(codes) == len(set(codes)) == 249
    assert [row["iso2"] for row in table("countries") if not row["name_uk"] or not row["name_en"]] == []
    assert {"UA", "DE", "PL"} <= set(codes)


def test_foreign_slugs_are_unique_and_latin() -> None:
    assert len(foreign()) == len(table("foreign_places"))
    assert [key for key in foreign() if not re.fullmatch(r"[a-z]{2}/[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def test_foreign_places_are_never_in_ukraine_and_their_country_is_known() -> None:
    known = {row["iso2"] for row in table("countries")}
    used = {row["iso2"] for row in table("foreign_places")}
    assert "UA" not in used
    assert used <= known


def test_foreign_places_have_a_name_and_their_coordinates_in_pairs() -> None:
    for row in table("foreign_places"):
        assert row["name_own"], row
        assert bool(row["lat"]) == bool(row["lon"]), row


def test_one_geonames_place_is_never_two_rows() -> None:
    counted = Counter(row["geonameid"] for row in table("foreign_places") if row["geonameid"])
    assert [identifier for identifier, times in counted.items() if times > 1] == []


def test_districts_and_rural_communes_are_not_merged_with_namesake_towns() -> None:
    assert foreign()["de/kreis-borken"]["level"] == "region"
    assert foreign()["de/borken"]["level"] == "municipality"
    assert foreign()["pl/gmina-jaslo"]["geonameid"] == ""
    assert foreign()["pl/jaslo"]["geonameid"]


def test_known_faults_of_sources_are_put_right() -> None:
    keys = {(row["iso2"], row["text"]): row["key"] for row in table("source_spellings")}
    assert keys["PL", "Гуденсберг"] == "de/gudensberg"
    assert keys["RO", "Яcси"] == "ro/iasi"
    assert keys["BG", "Младост, Варна"] == "bg/mladost-varna"
    assert foreign()["bg/mladost-varna"]["level"] == "city_district"
    assert foreign()["de/frankfurt-oder"]["geonameid"] != foreign()["de/frankfurt-am-main"]["geonameid"]


def test_ukrainian_names_of_foreign_places_name_their_source_and_are_clean() -> None:
    for row in table("foreign_places"):
        assert bool(row["name_uk"]) == bool(row["name_uk_source"]), row
        assert clean_spelling(row["name_uk"]) == row["name_uk"], row
        assert not re.search(r"[A-Za-z&;ыэёъ]", row["name_uk"]), row


def test_other_names_lead_to_existing_places() -> None:
    known = units().keys() | foreign().keys()
    assert {row["key"] for row in table("place_names")} - known == set()


def test_other_names_do_not_repeat_a_spelling_of_the_same_place() -> None:
    counted = Counter((row["key"], match_key(row["text"])) for row in table("place_names"))
    assert [pair for pair, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(
    ("code", "former"),
    [
        ("UA48040250000044166", "Южноукраїнська"),
        ("UA44120110000010163", "Сєвєродонецька"),
        ("UA07020010000096841", "Володимир-Волинська"),
        ("UA46120130000026331", "Червоноградська"),
    ],
)
def test_former_names_are_kept_for_renamed_hromadas(code: str, former: str) -> None:
    assert {"former"} == {
        row["kind"] for row in table("place_names") if (row["key"], row["text"]) == (code, former)
    }


def test_a_source_spelling_is_resolved_or_listed_but_never_both() -> None:
    resolved = {(row["source"], row["iso2"], row["text"]) for row in table("source_spellings")}
    open_ = {(row["source"], row["iso2"], row["text"]) for row in table("unresolved_foreign")}
    assert resolved & open_ == set()
    assert {row["key"] for row in table("source_spellings")} <= foreign().keys()
    assert [row for row in table("unresolved_foreign") if not row["reason"]] == []
