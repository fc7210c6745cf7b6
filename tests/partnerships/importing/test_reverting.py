"""Taking an import back: the register is as before, except what somebody has changed since."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from core.history import attributed
from partnerships.enums import BatchStatus, Fact, Visibility
from partnerships.importing.reverting import NotAccepted, revert
from partnerships.models import (
    Agreement,
    ImportBatch,
    Milestone,
    Partnership,
    Party,
    Ruling,
    Source,
    SourceRow,
    Statement,
)
from places.models import Place
from tests.factories.partnerships import PartnershipFactory
from tests.factories.register_tables import Tables
from tests.partnerships.importing.fakes import (
    DOUBTFUL,
    HEADER,
    ODYNTSEVE,
    SZCZEBRZESZYN,
    accept,
    run,
    write_csv,
)
from tests.partnerships.importing.register_state import register_state

pytestmark = pytest.mark.django_db
WIDE = (*HEADER, "Назва угоди", "Рік", "Дата рішення")
AGREEMENT = (*ODYNTSEVE, "Угода про партнерство", "2019", "09.02.2023")


@pytest.fixture
def tables(places: dict[str, Place], tmp_path: Path) -> Tables:
    return Tables(tmp_path)


@pytest.fixture
def table(tmp_path: Path, places: dict[str, Place]) -> Path:
    rows = (AGREEMENT, (*SZCZEBRZESZYN, "", "", ""), (*DOUBTFUL, "", "", ""))
    return write_csv(tmp_path / "list.csv", *rows, header=WIDE)


def batch() -> ImportBatch:
    return ImportBatch.objects.order_by("-pk")[0]


def state() -> dict[str, list[object]]:
    """The register without what a revert leaves: withdrawn records, and the source."""
    found = register_state(without_withdrawn=True)
    del found["source"]
    return found


def test_an_empty_register_is_empty_again_but_for_withdrawn_records(table: Path) -> None:
    before = state()
    accept(table)
    assert state() != before
    revert(batch(), None)
    assert state() == before
    records = list(Partnership.objects.all())
    assert {record.visibility for record in records} == {Visibility.WITHDRAWN}
    assert all("list.csv" in record.withdrawn_because_uk for record in records)
    assert all("list.csv" in record.withdrawn_because_en for record in records)
    assert batch().status == BatchStatus.REVERTED
    assert not SourceRow.objects.exclude(partnership=None).exists()


def test_a_register_with_the_same_pairs_is_as_before(tables: Tables, table: Path) -> None:
    """Weaker and stronger statements, an undated signing, an agreement: all are put back."""
    tables.pair(status="signed", kind="friendship", source="open-list")
    tables.pair(
        status="decided",
        decided_on="2023-02",
        source="paper",
        foreign_iso2="PL",
        foreign_text="Szczebrzeszyn",
    )
    tables.agreement(signed_on="2019-08-25")
    tables.load()
    before = state()
    accept(table, grade="B")
    changed = state()
    assert changed != before
    revert(batch(), None)
    assert state() == before
    assert Partnership.objects.filter(visibility=Visibility.PUBLISHED).count() == 2


def test_the_date_of_an_undated_event_is_taken_back_and_a_stronger_source_is_followed_no_more(
    tables: Tables, table: Path
) -> None:
    tables.pair(status="signed", signed_on="2023-03-05", source="paper")
    tables.load()
    accept(table, grade="B")
    of_the_town = Milestone.objects.filter(type="signing", partnership__parties__place__slug="musterstadt")
    assert of_the_town.get().date == "2023-03-01"
    revert(batch(), None)
    signing = of_the_town.get()
    assert signing.follows is not None
    assert (signing.date, signing.follows.source.slug) == ("2023-03-05", "paper")


def test_accepting_again_brings_the_records_back_under_their_numbers(table: Path) -> None:
    accept(table)
    first = state()
    numbers = set(Partnership.objects.values_list("number", flat=True))
    revert(batch(), None)
    accept(table)
    assert set(Partnership.objects.values_list("number", flat=True)) == numbers
    assert {record.visibility for record in Partnership.objects.all()} == {Visibility.PUBLISHED}
    assert set(Partnership.objects.values_list("withdrawn_because_uk", flat=True)) == {""}
    assert len(state()["statement"]) == len(first["statement"])
    assert ImportBatch.objects.count() == 1
    before_second = Partnership.objects.count()
    revert(batch(), None)
    assert state()["statement"] == []
    assert Partnership.objects.count() == before_second


def test_a_record_that_a_person_withdrew_is_not_brought_back(table: Path) -> None:
    accept(table)
    revert(batch(), None)
    with attributed(None, "it was a mistake"):
        Partnership.objects.update(visibility=Visibility.DRAFT)
        Partnership.objects.update(visibility=Visibility.WITHDRAWN, withdrawn_because_uk="Помилка.")
    accept(table)
    assert {record.visibility for record in Partnership.objects.all()} == {Visibility.WITHDRAWN}


def test_what_another_source_says_keeps_the_record(table: Path, tmp_path: Path) -> None:
    accept(table)
    first = batch()
    accept(write_csv(tmp_path / "other.csv", (*ODYNTSEVE[:5], "")), title="Another list")
    revert(first, None)
    public = Partnership.objects.get(visibility=Visibility.PUBLISHED)
    assert {one.source.title for one in public.statements.select_related("source")} == {"Another list"}
    revert(batch(), None)
    assert not Partnership.objects.filter(visibility=Visibility.PUBLISHED).exists()
    assert not Milestone.objects.exists()
    assert not Agreement.objects.exists()


def test_an_event_loses_its_day_when_only_an_undated_statement_is_left(table: Path, tmp_path: Path) -> None:
    accept(table)
    first = batch()
    undated = write_csv(tmp_path / "other.csv", (*ODYNTSEVE[:4], "підписано"), header=(*HEADER[:4], "Статус"))
    accept(undated, title="Another list")
    assert Milestone.objects.get(type="signing", partnership__parties__place__slug="musterstadt").date
    revert(first, None)
    signing = Milestone.objects.get(type="signing")
    assert (signing.date, signing.follows) == ("", None)


def test_what_a_person_changed_stays_and_is_told(table: Path) -> None:
    accept(table)
    record = Partnership.objects.get(parties__place__slug="musterstadt")
    with attributed(None, "seen in the archive"):
        statement = record.statements.get(fact=Fact.SINCE)
        statement.value = "1998"
        statement.save()
    result = revert(batch(), None)
    record.refresh_from_db()
    assert list(record.statements.values_list("fact", "value")) == [("since", "1998")]
    assert record.visibility == Visibility.PUBLISHED
    assert any(str(record.number) in line for line in result.kept)


def test_a_record_that_a_person_edited_is_not_withdrawn(table: Path) -> None:
    accept(table)
    record = Partnership.objects.get(parties__place__slug="musterstadt")
    Partnership.objects.filter(pk=record.pk).update(why_uk="Обидва міста стоять на річці.")
    result = revert(batch(), None)
    record.refresh_from_db()
    assert record.visibility == Visibility.PUBLISHED
    assert any(str(record.number) in line for line in result.kept)


def test_a_statement_that_a_decision_follows_stays(tables: Tables, table: Path) -> None:
    tables.pair(status="signed", signed_on="2023-03-05", source="paper")
    tables.load()
    accept(table, grade="B")
    signing = Milestone.objects.get(type="signing", partnership__parties__place__slug="musterstadt")
    chosen = signing.statements.get(value="2023-03-01")
    Ruling.objects.create(
        partnership=signing.partnership,
        milestone=signing,
        fact=Fact.DATE,
        follows=chosen,
        values=["2023-03-01", "2023-03-05"],
        reason="It is the day on the document.",
    )
    result = revert(batch(), None)
    assert Ruling.objects.get().follows == chosen
    assert any(str(signing.partnership.number) in line for line in result.kept)


def test_columns_of_known_records_that_a_person_changed_since_stay(tables: Tables, table: Path) -> None:
    tables.pair()
    tables.load()
    record = Partnership.objects.get()
    accept(table)
    record.refresh_from_db()
    assert record.listed_kind == "partnership"
    Partnership.objects.filter(pk=record.pk).update(listed_kind="contact")
    result = revert(batch(), None)
    record.refresh_from_db()
    assert record.listed_kind == "contact"
    assert any(str(record.number) in line for line in result.kept)


def test_nothing_else_of_the_register_is_touched(places: dict[str, Place], table: Path) -> None:
    apart = PartnershipFactory(signed=True, grade="B")
    before = {
        model: list(model.objects.filter(**{path: apart.pk}).values())
        for model, path in ((Milestone, "partnership"), (Statement, "partnership"), (Party, "partnership"))
    }
    accept(table)
    revert(batch(), None)
    for model, rows in before.items():
        assert list(model.objects.filter(partnership=apart.pk).values()) == rows


def test_an_import_that_is_not_accepted_cannot_be_taken_back(table: Path) -> None:
    accept(table)
    revert(batch(), None)
    with pytest.raises(NotAccepted):
        revert(batch(), None)
    with pytest.raises(CommandError):
        run("--revert", batch().pk)
    with pytest.raises(CommandError):
        run("--revert", 99999)


def test_the_command_takes_an_import_back(table: Path) -> None:
    accept(table)
    run("--revert", batch().pk)
    assert batch().status == BatchStatus.REVERTED
    assert not Statement.objects.exists()
    assert not Agreement.objects.exists()
    assert Source.objects.exists()


def test_the_loader_leaves_no_trace_of_confusion_after_an_import(tables: Tables, table: Path) -> None:
    """What an import wrote is no person's word: the loader goes on to settle dates by strength."""
    accept(table, grade="D")
    tables.pair(status="signed", signed_on="2023-03-04", source="town-page")
    tables.load()
    signing = Milestone.objects.get(type="signing", partnership__parties__place__slug="musterstadt")
    assert signing.date == "2023-03-04"
