"""Loading tables of partnerships: no row is lost, whatever it holds, and each fault is told."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.enums import RowOutcome
from partnerships.loading.foreign import ForeignPlaces
from partnerships.loading.judging import Accepted, Judge, Refused
from partnerships.loading.run import load
from partnerships.loading.tables import (
    COLUMNS,
    CURATED,
    MAP,
    PAIRS,
    REGISTER,
    TableRow,
    TableUnusable,
)
from partnerships.loading.ukrainian import UkrainianPlaces
from partnerships.loading.verdicts import Doubt
from partnerships.models import Partnership, Source, SourceRow
from places.models import Place
from tests.factories.places import katottg
from tests.factories.register_tables import CITY, SINGLE, SOURCE_ROWS, Tables, places_of_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(db: None) -> dict[str, Place]:
    return places_of_tables()


@pytest.fixture
def tables(places: dict[str, Place], tmp_path: Path) -> Tables:
    return Tables(tmp_path)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"signed_on": "2023-02-31"}, "2023-02-31"),
        ({"status": "married"}, "married"),
        ({"kind": "sisters"}, "sisters"),
        ({"foreign_iso2": "Germany"}, "Germany"),
        ({"since_year": "later"}, "later"),
        ({"also_in": "no-such-source"}, "no-such-source"),
    ],
)
def test_a_bad_row_is_refused_with_line_and_reason_and_the_rest_loads(
    tables: Tables, cells: dict[str, str], told: str
) -> None:
    tables.pair(**cells)
    tables.pair()
    report = tables.load()
    assert Partnership.objects.count() == 1
    (refusal,) = report.refusals
    assert (refusal.table, refusal.line) == (PAIRS, 2)
    assert told in refusal.reason


def test_rows_without_a_place_in_the_database_are_told_when_number_or_source_are_unusable(
    tables: Tables,
) -> None:
    tables.pair(id="x")
    tables.pair(source="no-such-source")
    tables.pair(id="3")
    tables.pair(id="3")
    report = tables.load()
    assert [refusal.line for refusal in report.refusals] == [2, 3, 5]
    assert report.rows == 4
    assert SourceRow.objects.count() == 1


def test_a_row_with_too_few_cells_is_refused_and_kept_as_read(tables: Tables) -> None:
    tables.pair()
    tables.write()
    with (tables.folder / PAIRS).open("a", encoding="utf-8") as file:
        file.write(f"2,paper,,{SINGLE},Одинцеве\n")
    load(tables.folder, tables.folder)
    row = SourceRow.objects.get(line=2)
    assert (row.outcome, row.cells["ua_text"]) == (RowOutcome.REFUSED, "Одинцеве")


def test_nothing_is_loaded_when_a_table_has_another_header(tables: Tables) -> None:
    tables.pair()
    tables.write()
    (tables.folder / MAP).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(TableUnusable, match="ua_katottg"):
        load(tables.folder, tables.folder)
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_the_command_says_what_is_missing_when_there_are_no_places(tmp_path: Path) -> None:
    Tables(tmp_path).write()
    with pytest.raises(CommandError, match="load_places"):
        call_command("load_partnerships", directory=tmp_path, stdout=io.StringIO())


def test_the_command_tells_outcomes_and_reasons(tables: Tables) -> None:
    tables.pair()
    tables.pair(signed_on="2023-02-31")
    tables.write()
    out = io.StringIO()
    call_command("load_partnerships", directory=tables.folder, stdout=out)
    assert "2023-02-31" in out.getvalue()
    assert "partnerships: 1" in out.getvalue()


_CELLS = st.one_of(
    st.sampled_from(
        [
            *(
                "",
                CITY,
                SINGLE,
                katottg(999),
                "Миколаїв",
                "Одинцеве",
                "Lvivska",
                "Львівська область",
                "DE",
                "PL",
            ),
            *(
                "Musterstadt",
                "м.Щебрешин",
                "signed",
                "decided",
                "listed",
                "talks",
                "partnership",
                "2019-08-25",
            ),
            *("2023-02-31", "paper", "open-list", "online", "1990", "yes", "A"),
            "Угода між Миколаївською міською радою,Львівської області та Гміною Щебрешин",
        ]
    ),
    st.text(max_size=30),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_row_has_exactly_one_outcome_whatever_its_cells_hold(
    places: dict[str, Place], data: st.DataObject
) -> None:
    foreign = ForeignPlaces(
        {places["town"].pk: "de/musterstadt", places["pole"].pk: "pl/szczebrzeszyn"},
        {places["town"].pk: "municipality", places["pole"].pk: "municipality"},
        [(places["town"].pk, "Musterstadt"), (places["pole"].pk, "Щебрешин")],
    )
    judge = Judge(UkrainianPlaces.load(), foreign, {row["slug"] for row in SOURCE_ROWS})
    name = data.draw(st.sampled_from([PAIRS, MAP, REGISTER, CURATED]))
    columns = COLUMNS.get(name, ("ukrainian", "foreign", "milestone", "statement", "programme"))
    cells: dict[str, Any] = {column: data.draw(_CELLS) for column in columns}
    verdict = judge.judge(TableRow(name, 2, cells))
    assert isinstance(verdict, Accepted | Doubt | Refused)
    if not isinstance(verdict, Accepted):
        assert verdict.reason


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.dictionaries(st.sampled_from(COLUMNS[PAIRS]), _CELLS, max_size=6), max_size=6))
def test_no_row_is_lost_whatever_a_table_holds(tables: Tables, rows: list[dict[str, str]]) -> None:
    tables.rows[PAIRS] = []
    for cells in rows:
        tables.pair(**{column: " ".join(value.split()) for column, value in cells.items()})
    report = tables.load()
    assert report.rows == len(rows)
    kept = SourceRow.objects.values_list("outcome", flat=True)
    assert set(kept) <= set(RowOutcome.values)
    for partnership in Partnership.objects.with_parties():
        assert partnership.ukrainian_parties
        assert partnership.foreign_parties
