"""The tables that come with the portal: consistent in themselves, and what becomes of them when loaded."""

import csv
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.db import connection

from core.edtf import PartialDate
from core.models import AuditEntry
from partnerships.enums import Grade, Kind, RowOutcome
from partnerships.loading.claims import STATUSES
from partnerships.loading.register_titles import doubt_about_hromada, doubt_about_partner
from partnerships.loading.run import load
from partnerships.loading.tables import (
    COLUMNS,
    CURATED,
    DATA,
    MAP,
    PAIRS,
    REGISTER,
    SOURCES,
    read,
    read_curated,
)
from partnerships.loading.ukrainian import UkrainianCell, UkrainianPlaces, Unit
from partnerships.loading.verdicts import Doubt, Found
from partnerships.models import Difference, Partnership, SourceRow
from places.enums import Category, Level
from places.loading import load as load_places
from places.spelling import match_key

KATOTTG = re.compile(r"^UA\d{17}$")
GAZETTEER = Path(__file__).parents[2] / "places" / "data"
TOP = {Level.OBLAST.value, Level.SPECIAL_CITY.value}
MYKOLAIV, MYKOLAIV_OF_LVIV_OBLAST = "UA48060150000071713", "UA46100110000018989"


@cache
def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def codes() -> set[str]:
    with (GAZETTEER / "ua_places.csv").open(encoding="utf-8", newline="") as file:
        return {row["katottg"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("name", [PAIRS, MAP, REGISTER])
def test_every_row_has_a_number_of_its_own(name: str) -> None:
    assert all(row.number and not row.fault for row in read(DATA / name))
    assert max(Counter(row["id"] for row in table(name)).values()) == 1


@pytest.mark.parametrize(("name", "rows"), [(PAIRS, 1149), (MAP, 984), (REGISTER, 157)])
def test_no_gathered_row_was_lost(name: str, rows: int) -> None:
    assert len(table(name)) == rows


@pytest.mark.parametrize("name", [PAIRS, MAP, REGISTER])
def test_every_code_is_one_of_the_codifier(name: str) -> None:
    given = {row["ua_katottg"] for row in table(name)} - {""}
    assert {code for code in given if not KATOTTG.match(code)} == set()
    assert given <= codes()


def test_every_source_that_a_row_names_is_described_once() -> None:
    slugs = Counter(row["slug"] for row in table(SOURCES))
    assert max(slugs.values()) == 1
    named = {row["source"] for row in table(PAIRS)} | {row["since_source"] for row in table(PAIRS)} - {""}
    named |= {slug for row in table(PAIRS) for slug in row["also_in"].split()}
    content, _entries = read_curated(DATA / CURATED)
    for record in content["partnership"]:
        named |= {said["source"] for said in record["statement"]}
        named |= {said["source"] for milestone in record["milestone"] for said in milestone["says"]}
    assert named <= set(slugs)
    assert set(slugs) <= named | {"agreements-register", "ministry-map", "hand-checked"}


def test_every_source_has_a_grade_a_publisher_and_a_licence() -> None:
    for row in table(SOURCES):
        assert row["grade"] in Grade.values
        assert row["publisher"]
        assert row["licence"]
        assert row["title"]


def test_the_share_alike_licence_is_recognisable() -> None:
    shared = {row["slug"] for row in table(SOURCES) if "CC BY-SA" in row["licence"]}
    assert shared == {"wikipedia-lists"}
    assert sum(row["source"] in shared for row in table(PAIRS)) == 686


def test_codes_and_dates_of_pairs_are_those_of_the_register() -> None:
    for row in table(PAIRS):
        assert row["kind"] in Kind.values
        assert row["status"] in STATUSES
        for column in ("decided_on", "signed_on", "announced_for"):
            assert not row[column] or PartialDate.parse(row[column])


def test_tables_have_exactly_the_columns_that_the_loader_reads() -> None:
    for name, columns in COLUMNS.items():
        assert tuple(table(name)[0]) == columns


def test_hand_checked_records_name_who_says_each_thing() -> None:
    content = tomllib.loads((DATA / CURATED).read_text(encoding="utf-8"))
    for record in content["partnership"]:
        assert record["ukrainian"] in codes()
        assert all(milestone["says"] for milestone in record["milestone"])


def test_duisburg_is_decided_and_its_signing_only_announced() -> None:
    content, _entries = read_curated(DATA / CURATED)
    duisburg = content["partnership"][0]
    events = {(one["type"], one.get("stage", "happened"), one["date"]) for one in duisburg["milestone"]}
    assert (duisburg["ukrainian"], duisburg["foreign"]) == ("UA12060170000091033", "de/duisburg")
    assert events == {
        ("appeal", "happened", "2022-10"),
        ("decision", "happened", "2023-02-09"),
        ("signing", "announced", "2023-02-21"),
    }
    announced = next(one for one in duisburg["milestone"] if one["type"] == "signing")
    assert announced["mode"] == "online"


@cache
def ukrainian() -> UkrainianPlaces:
    """The Ukrainian places of the shipped gazetteer, without a database."""
    with (GAZETTEER / "ua_places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = {row["katottg"]: number for number, row in enumerate(rows, start=1)}
    names = {row["katottg"]: {match_key(row[c]) for c in ("name_uk", "name_en") if row[c]} for row in rows}
    with (GAZETTEER / "place_names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "former" and row["key"] in names:
                names[row["key"]].add(match_key(row["text"]))
    oblasts = {row["katottg"][:4]: keys[row["katottg"]] for row in rows if row["level"] in TOP}
    units = [
        Unit(
            keys[row["katottg"]],
            row["level"],
            row["katottg"],
            row["category"],
            keys.get(row["parent_katottg"]),
            oblasts.get(row["katottg"][:4]),
            names[row["katottg"]] | names.get(row["centre_katottg"], set()),
        )
        for row in rows
    ]
    return UkrainianPlaces(units, {})


def test_the_mykolaiv_mix_up_is_doubtful_with_the_right_hromada_as_candidate() -> None:
    ua = ukrainian()
    city = ua.by_code[MYKOLAIV]
    mixed_up = [row for row in table(REGISTER) if "Миколаївською міською радою,Львівської" in row["title"]]
    assert len(mixed_up) == 2
    for row in mixed_up:
        assert row["ua_katottg"] == MYKOLAIV
        doubt = doubt_about_hromada(row["title"], city, ua)
        assert doubt is not None
        assert doubt.candidates == (MYKOLAIV_OF_LVIV_OBLAST,)


@pytest.mark.parametrize("name", ["Миколаївська", "Долинська", "Дубівська", "Павлівська", "Городоцька"])
def test_register_rows_of_a_shared_name_are_never_certain_without_their_oblast(name: str) -> None:
    ua = ukrainian()
    rows = [row for row in table(REGISTER) if row["ua_text"].startswith(f"{name} ")]
    assert rows
    for row in rows:
        assert doubt_about_hromada(row["title"], ua.by_code[row["ua_katottg"]], ua) is not None


@pytest.mark.parametrize(
    ("number", "certain"),
    [
        (14, True),  # Отвоцьким повітом: the same in another case
        (70, True),  # Прейльською муніципальною радою for Прейлі
        (87, True),  # Мелгів, misspelt Меглів
        (29, False),  # a sector of Bucharest
        (54, False),  # Моньки in the title, Грубешів in the cell
        (73, False),  # Тиргу Окна in the title, Тиргу-Нямц in the cell
        (84, False),  # a municipality of the Brussels region, not the city
        (109, False),  # a union of Ukrainians, not the city
    ],
)
def test_the_partner_is_certain_only_where_the_title_agrees(number: int, certain: bool) -> None:
    row = next(row for row in table(REGISTER) if row["id"] == str(number))
    region = "повіт" in row["foreign_text"].split(",")[0]
    doubt = doubt_about_partner(row["title"], bool(row["title_cut"]), row["foreign_text"], region)
    assert (doubt is None) is certain


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Lviv Oblast", "UA46000000000026241"),
        ("Zaporizhzhia Oblast", "UA23000000000064947"),
        ("Київська область", "UA32000000000030281"),
    ],
)
def test_an_oblast_is_known_by_its_city_and_by_its_adjective(text: str, code: str) -> None:
    ua = ukrainian()
    assert ua.find(UkrainianCell("", text)) == Found((ua.by_code[code].pk,))


def test_a_district_is_known_by_its_city() -> None:
    ua = ukrainian()
    found = ua.find(UkrainianCell("", "Печерський район міста Києва"))
    assert found == ua.find(UkrainianCell("", "", "Pecherskyi (Kyiv)"))
    assert found == Found((ua.by_code["UA80000000000624772"].pk,))
    assert isinstance(ua.find(UkrainianCell("", "", "Pecherskyi (Kharkiv)")), Doubt)


def test_the_category_tells_a_namesake_when_only_one_has_it() -> None:
    ua = ukrainian()
    poltava = ua.by_code["UA53080370000025447"]
    assert poltava.category == Category.CITY
    assert doubt_about_hromada("Меморандум між Полтавською міською радою та містом", poltava, ua) is None
    assert doubt_about_hromada("Меморандум про партнерство", poltava, ua) is not None


@pytest.mark.django_db
def test_the_whole_register_loads_twice_with_the_same_result() -> None:

    with connection.cursor() as cursor:
        # Rolled-back tests leave statistics of empty tables, and triggers keep plans made for them: joined
        # row by row, 30,000 places would take minutes.
        cursor.execute("DISCARD PLANS")
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("SET LOCAL enable_seqscan = off")
    load_places()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = on")
        cursor.execute("SET LOCAL enable_seqscan = on")
        cursor.execute("ANALYZE places_place, places_placename")
    first = load()
    entries = AuditEntry.objects.count()
    second = load()
    assert (second.changes, AuditEntry.objects.count()) == (0, entries)
    assert first.rows == second.rows == SourceRow.objects.count()
    assert first.count(RowOutcome.NEW) == Partnership.objects.count()
    assert _status("de", "duisburg") == ("decided", "2023-02-09")
    assert _status("de", "bonn", "UA65100150000057191") == ("signed", "2024")
    assert _status("fr", "strasbourg", "UA63120270000028556") == ("signed", "2025-11?")
    assert _status("de", "kehl", "UA63120270000028556") == ("signed", "2025-11?")
    # Wrocław, of which one source says Tuesday.
    differing = Difference.objects.get()
    assert (differing.fact, differing.values) == ("date", ["2023-03-14", "2023-03-15"])
    assert str(differing.partnership.foreign_parties[0].name("en")) == "Wrocław"
    assert not Partnership.objects.with_party(place__katottg=MYKOLAIV).with_party(place__slug="szczebrzeszyn")


def _status(country: str, slug: str, ukrainian: str = "UA12060170000091033") -> tuple[str, str]:

    found = Partnership.objects.with_party(place__katottg=ukrainian)
    found = found.with_party(place__country__iso2=country.upper(), place__slug=slug)
    return found.values_list("status", "status_date").get()
