"""Regions abroad are called in the page's language."""

import csv

import pytest

from places.regions import TABLE, region_in


@pytest.mark.parametrize(
    ("language", "name"), [("uk", "Люблінське воєводство"), ("en", "Lublin Voivodeship")]
)
def test_region_is_named_in_the_language(language: str, name: str) -> None:
    assert region_in("PL", "lubelskie", language).text == name


def test_region_that_is_not_known_stands_by_its_own_name() -> None:
    found = region_in("XX", "Musterland", "uk")
    assert (found.text, found.is_foreign) == ("Musterland", True)


def test_every_region_of_the_shipped_places_has_both_names() -> None:
    with (TABLE.parent / "foreign_places.csv").open(encoding="utf-8", newline="") as file:
        regions = {(row["iso2"], row["region"]) for row in csv.DictReader(file) if row["region"]}
    assert regions
    assert [
        region
        for region in regions
        if not all(region_in(*region, lang).lang == lang for lang in ("uk", "en"))
    ] == []
