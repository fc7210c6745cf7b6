"""The lists that come with the portal, imported with their codes hidden: nothing is matched wrongly."""

import csv
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from partnerships.importing.matching.ukrainian import UkrainianMatcher
from partnerships.importing.reading import open_table, understand
from partnerships.importing.rows import PartyMatch, PartyReading, RawRow
from partnerships.loading.tables import DATA, MAP, PAIRS
from partnerships.loading.ukrainian import UkrainianPlaces, Unit
from places.spelling import match_key

GAZETTEER = Path(__file__).parents[4] / "places" / "data"
TOP = {"oblast", "special_city"}


@cache
def rows_of(name: str) -> list[dict[str, str]]:
    with (GAZETTEER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def matcher() -> UkrainianMatcher:
    """Over the shipped gazetteer, without a database."""
    rows = rows_of("ua_places.csv")
    keys = {row["katottg"]: number for number, row in enumerate(rows, start=1)}
    former: dict[str, set[str]] = defaultdict(set)
    spellings: dict[str, set[str]] = defaultdict(set)
    for row in rows_of("place_names.csv"):
        (former if row["kind"] == "former" else spellings)[row["key"]].add(match_key(row["text"]))
    oblasts = {row["katottg"][:4]: keys[row["katottg"]] for row in rows if row["level"] in TOP}
    units = {}
    for row in rows:
        code = row["katottg"]
        unit = Unit(keys[code], row["level"], code, row["category"], keys.get(row["parent_katottg"]), None)
        unit.oblast, unit.centre = oblasts.get(code[:4]), keys.get(row["centre_katottg"])
        unit.population = int(row["population"]) if row["population"] else None
        unit.former, unit.spellings = former[code], spellings[code]
        unit.names = {match_key(row[column]) for column in ("name_uk", "name_en") if row[column]} | former[
            code
        ]
        units[unit.pk] = unit
    for unit in units.values():
        if unit.centre:
            unit.names |= units[unit.centre].names
            unit.spellings |= units[unit.centre].spellings
    return UkrainianMatcher(UkrainianPlaces(units.values(), {}))


@cache
def cases(name: str) -> list[tuple[PartyReading, str]]:
    """The Ukrainian party of each row that has a code, read without it."""
    table = open_table(DATA / name, name)
    found = []
    for row in table.rows():
        code = row.cells["ua_katottg"]
        if not code:
            continue
        reading = understand(RawRow(row.line, row.cells | {"ua_katottg": ""}, row.fault), table)
        found += [(replace(party, code=""), code) for party in reading.ukrainian]
    return found


def outcome(found: PartyMatch, code: str) -> str:
    if not found.certain:
        return "doubtful"
    return "right" if found.candidates[0].code == code else "wrong"


@pytest.mark.parametrize(("name", "rows"), [(PAIRS, 1058), (MAP, 984)])
@pytest.mark.parametrize(("oblast", "least"), [(True, 0.97), (False, 0.70)])
def test_with_the_codes_hidden_nothing_is_wrong_and_most_is_right(
    name: str, rows: int, oblast: bool, least: float
) -> None:
    outcomes: Counter[str] = Counter()
    for party, code in cases(name):
        found = matcher().match(party if oblast else replace(party, oblast="", raion=""))
        outcomes[outcome(found, code)] += 1
        outcomes["among three"] += code in [candidate.code for candidate in found.candidates[:3]]

    assert outcomes["wrong"] == 0
    assert outcomes["right"] >= least * rows
    assert outcomes["among three"] >= 0.99 * rows
    assert outcomes["right"] + outcomes["doubtful"] == rows


def test_hromadas_of_one_name_are_never_matched_by_it_alone() -> None:
    """Each name that several hromadas of the codifier bear today."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in rows_of("ua_places.csv"):
        if row["level"] == "hromada":
            names[row["name_uk"]].add(row["katottg"])
    shared = {name: codes for name, codes in names.items() if len(codes) > 1}
    assert len(shared) > 100

    for name, codes in shared.items():
        found = matcher().match(PartyReading(name, (name,)))
        assert not found.certain
        listed = {candidate.code for candidate in found.candidates}
        assert codes <= listed or len(listed) == 9
