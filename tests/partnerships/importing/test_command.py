"""`import_register`: trials that change nothing, a report of every row, acceptance that can be repeated."""

import csv
import random
from pathlib import Path

import pytest
from django.core.management import CommandError

from core.history import attributed
from partnerships.enums import Fact, RowOutcome
from partnerships.loading.hands import REASON
from partnerships.models import ImportBatch, Milestone, Partnership, Source, SourceRow, Statement
from places.models import Place
from tests.factories.partnerships import PartnershipFactory, SourceFactory
from tests.partnerships.importing.fakes import (
    DOUBTFUL,
    HEADER,
    IMPOSSIBLE,
    ODYNTSEVE,
    SZCZEBRZESZYN,
    accept,
    report_of,
    run,
    write_csv,
)
from tests.partnerships.importing.register_state import history, register_state, sequences

pytestmark = pytest.mark.django_db
EVERY_KIND = (ODYNTSEVE, SZCZEBRZESZYN, DOUBTFUL, IMPOSSIBLE, ODYNTSEVE)


@pytest.fixture
def table(tmp_path: Path, places: dict[str, Place]) -> Path:
    return write_csv(tmp_path / "list.csv", *EVERY_KIND)


def test_a_trial_changes_nothing_and_no_counter_moves(table: Path) -> None:
    before = (register_state(), sequences(), history())
    run(table)
    assert (register_state(), sequences(), history()) == before
    assert not SourceRow.objects.exists()


def test_the_report_has_a_line_for_each_row_in_the_order_of_the_file(table: Path, tmp_path: Path) -> None:
    known = PartnershipFactory(ua=_place("99000000000000013"), foreign=_foreign("szczebrzeszyn"))
    report = tmp_path / "out.csv"
    run(table, "--report", report)
    lines = report_of(report)
    assert list(lines[0]) == [
        *("row", "outcome", "ua_katottg", "foreign_place", "foreign_country", "partnership", "candidates"),
        "reason",
    ]
    assert [line["row"] for line in lines] == ["2", "3", "4", "5", "6"]
    assert [line["outcome"] for line in lines] == ["new", "matched", "doubtful", "refused", "matched"]
    assert lines[0]["ua_katottg"] == "UA99000000000000013"
    assert (lines[0]["foreign_place"], lines[0]["foreign_country"]) == ("de/musterstadt", "DE")
    assert lines[1]["partnership"] == str(known.number)
    assert set(lines[2]["candidates"].split()) == {"UA99000000000000011", "UA99000000000000012"}
    assert lines[2]["ua_katottg"] == lines[2]["candidates"].split()[0]
    assert "31.02.2023" in lines[3]["reason"]
    assert "2" in lines[4]["reason"]


def test_the_report_after_acceptance_names_the_records(table: Path, tmp_path: Path) -> None:
    run(table, "--source-title", "A list", "--grade", "C", "--accept", "--report", tmp_path / "out.csv")
    lines = report_of(tmp_path / "out.csv")
    numbers = set(map(str, Partnership.objects.values_list("number", flat=True)))
    assert {line["partnership"] for line in lines} == {*numbers, ""}
    assert [line["outcome"] for line in lines] == ["new", "new", "doubtful", "refused", "matched"]


def test_a_text_that_a_spreadsheet_would_run_stands_behind_an_apostrophe(
    tmp_path: Path, places: dict[str, Place]
) -> None:
    row = ("Одинцівська міська громада", "Львівська", '=HYPERLINK("https://x.example")', "DE", "", "")
    run(write_csv(tmp_path / "list.csv", row), "--report", tmp_path / "out.csv")
    assert report_of(tmp_path / "out.csv")[0]["foreign_place"].startswith("'=")


def test_accepted_row_makes_public_again_what_the_load_of_the_tables_withdrew(table: Path) -> None:
    with attributed(None, REASON):
        known = PartnershipFactory(ua=_place("99000000000000013"), foreign=_foreign("szczebrzeszyn"))
        Partnership.objects.filter(pk=known.pk).update(visibility="withdrawn", withdrawn_because_en="gone")
    accept(table)
    known.refresh_from_db()
    assert (known.visibility, known.withdrawn_because_en) == ("published", "")


def test_accepted_rows_become_statements_of_the_source_with_its_grade(table: Path) -> None:
    accept(table, grade="D")
    source = Source.objects.get(title="A list")
    assert set(Statement.objects.values_list("source", "grade")) == {(source.pk, "D")}
    assert set(Milestone.objects.values_list("type", "date")) == {
        ("signing", "2023-03-01"),
        ("signing", "2019"),
    }
    batch = ImportBatch.objects.get()
    assert (batch.status, batch.source, batch.file_name) == ("accepted", source, "list.csv")
    assert dict(batch.rows.values_list("line", "outcome")) == {
        2: "new",
        3: "new",
        4: "doubtful",
        5: "refused",
        6: "matched",
    }
    assert Partnership.objects.filter(visibility="published").count() == 2


def test_statements_that_contradict_each_other_stay_beside_each_other(
    tmp_path: Path, places: dict[str, Place]
) -> None:
    accept(write_csv(tmp_path / "one.csv", ODYNTSEVE))
    accept(
        write_csv(tmp_path / "two.csv", (*ODYNTSEVE[:4], "02.03.2023", "")), title="Another list", grade="B"
    )
    signing = Milestone.objects.get()
    assert set(signing.statements.values_list("value", flat=True)) == {"2023-03-01", "2023-03-02"}
    assert signing.date == "2023-03-02"


def test_the_same_file_twice_changes_nothing(table: Path) -> None:
    accept(table)
    before = (register_state(), history())
    told = accept(table)
    assert (register_state(), history()) == before
    assert ImportBatch.objects.count() == 1
    assert "list.csv" in told


def test_the_same_rows_in_another_order_change_nothing(table: Path, tmp_path: Path) -> None:
    accept(table)
    before = (register_state(), history())
    columns = [3, 1, 0, 5, 2, 4]
    rows = [tuple(row[column] for column in columns) for row in reversed(EVERY_KIND)]
    header = tuple(HEADER[column] for column in columns)
    accept(write_csv(tmp_path / "shuffled.csv", *rows, header=header))
    assert (register_state(), history()) == before
    assert ImportBatch.objects.count() == 1


def test_the_same_rows_of_another_source_are_statements_of_their_own(table: Path, tmp_path: Path) -> None:
    accept(table)
    records = Partnership.objects.count()
    accept(table, title="Another list")
    assert Partnership.objects.count() == records
    assert set(Statement.objects.values_list("source__title", flat=True)) == {"A list", "Another list"}


def test_a_file_that_has_grown_adds_its_new_row_alone(tmp_path: Path, places: dict[str, Place]) -> None:
    accept(write_csv(tmp_path / "list.csv", ODYNTSEVE))
    before = set(Statement.objects.values_list("pk", flat=True))
    accept(write_csv(tmp_path / "list.csv", SZCZEBRZESZYN, ODYNTSEVE))
    assert Partnership.objects.count() == 2
    fresh = Statement.objects.exclude(pk__in=before)
    assert set(fresh.values_list("partnership__parties__place__slug", flat=True)) == {"", "szczebrzeszyn"}


def test_what_a_person_removed_stays_removed_when_the_source_says_it_again(
    table: Path, tmp_path: Path
) -> None:
    accept(table)
    Statement.objects.filter(fact=Fact.KIND).delete()
    accept(write_csv(tmp_path / "again.csv", *reversed(EVERY_KIND), SZCZEBRZESZYN))
    assert not Statement.objects.filter(fact=Fact.KIND).exists()


def test_an_end_before_the_signing_refuses_the_rows_of_that_record_alone(
    tmp_path: Path, places: dict[str, Place]
) -> None:
    header = (*HEADER, "Дата припинення")
    signed, ended = (*ODYNTSEVE, ""), (*ODYNTSEVE[:4], "", "", "01.01.2020")
    accept(write_csv(tmp_path / "list.csv", signed, ended, (*SZCZEBRZESZYN, ""), header=header))
    rows = dict(SourceRow.objects.values_list("line", "outcome"))
    assert rows == {2: RowOutcome.REFUSED, 3: RowOutcome.REFUSED, 4: RowOutcome.NEW}
    assert [str(one.parties_of("foreign")[0]) for one in Partnership.objects.all()] == ["Щебрешин"]


def test_a_source_is_needed_to_accept(table: Path) -> None:
    with pytest.raises(CommandError):
        run(table, "--accept")
    with pytest.raises(CommandError):
        run(table, "--source", "nobody", "--accept")
    with pytest.raises(CommandError):
        run(table, "--source-title", "A list", "--accept")
    known = SourceFactory()
    run(table, "--source", known.slug, "--accept")
    assert ImportBatch.objects.get().source == known


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.xlsx", b"PK\x03\x04 no workbook"),
        ("list.csv", b""),
        ("list.csv", b"\x00\x01\x02\xff\xfe" * 50),
        ("list.pdf", b"%PDF-1.7 ..."),
        ("list.csv", "Громада,Область\nОдинцівська,Львівська\n".encode()),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        run(tmp_path / name)
    assert str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        run(tmp_path / "nowhere.csv")


def test_columns_alone_tell_how_the_header_is_read(table: Path) -> None:
    told = run(table, "--columns")
    for header in HEADER:
        assert header in told
    assert "doubtful" not in told


def test_the_same_good_rows_come_out_of_a_damaged_german_copy(
    tmp_path: Path, places: dict[str, Place]
) -> None:
    """Shuffled columns, German headers, Windows-1251, and one row in twenty damaged."""
    chance = random.Random(20)
    good = [ODYNTSEVE, SZCZEBRZESZYN, DOUBTFUL, (*ODYNTSEVE[:4], "07.06 2013,", "меморандум")] * 25
    header = ("Ukrainische Kommune", "Gebiet", "Partnerkommune", "Land", "Unterzeichnet am", "Art")
    columns = [2, 5, 0, 4, 3, 1]
    damaged = set(chance.sample(range(len(good)), len(good) // 20))
    with (tmp_path / "copy.csv").open("w", encoding="cp1251", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(header[column] for column in columns)
        for number, row in enumerate(good):
            cells = [row[column] for column in columns]
            if number in damaged:
                cells = chance.choice(
                    [cells[:3], [*cells, "x", "y"], ["", *cells[1:]], [*cells[:3], "32.13.2020", *cells[4:]]]
                )
            writer.writerow(cells)
    run(write_csv(tmp_path / "list.csv", *good), "--report", tmp_path / "whole.csv")
    run(tmp_path / "copy.csv", "--report", tmp_path / "damaged.csv")
    whole, copy = report_of(tmp_path / "whole.csv"), report_of(tmp_path / "damaged.csv")
    assert len(whole) == len(copy) == len(good)
    compared = ("row", "ua_katottg", "foreign_place", "foreign_country")
    for number, (one, other) in enumerate(zip(whole, copy, strict=True)):
        if number in damaged:
            assert (other["outcome"], bool(other["reason"])) == ("refused", True)
        else:
            assert {name: one[name] for name in compared} == {name: other[name] for name in compared}
            assert (one["outcome"] == "doubtful") == (other["outcome"] == "doubtful")


def _place(digits: str) -> Place:
    return Place.objects.get(katottg=f"UA{digits}")


def _foreign(slug: str) -> Place:
    return Place.objects.get(slug=slug)
