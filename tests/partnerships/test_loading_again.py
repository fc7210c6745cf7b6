"""Loading tables of partnerships again: nothing changes by itself, and what people decided stays."""

from pathlib import Path

import pytest

from core.history import attributed
from core.models import AuditEntry
from partnerships.enums import Fact, RowOutcome
from partnerships.models import Partnership, Source, SourceRow, Statement
from places.models import Place
from tests.factories.partnerships import PartnershipFactory
from tests.factories.places import ForeignPlaceFactory
from tests.factories.register_tables import Tables, milestones, only_partnership, places_of_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(db: None) -> dict[str, Place]:
    return places_of_tables()


@pytest.fixture
def tables(places: dict[str, Place], tmp_path: Path) -> Tables:
    return Tables(tmp_path)


def test_nothing_is_written_when_the_same_tables_are_loaded_again(tables: Tables) -> None:
    tables.pair(status="signed", signed_on="2023", kind="friendship")
    tables.pair(ua_katottg="", ua_text="Одинцеве")
    tables.pair(signed_on="2023-02-31")
    tables.agreement(signed_on="2023-05-06")
    tables.load()
    before = AuditEntry.objects.count()
    report = tables.load()
    assert AuditEntry.objects.count() == before
    assert report.changes == 0
    assert report.rows == 4


def test_a_changed_day_moves_the_milestone_when_a_table_is_corrected(tables: Tables) -> None:
    row = tables.pair(status="signed", signed_on="2019-08-26")
    tables.load()
    before = Statement.objects.get(fact=Fact.DATE)
    row["signed_on"] = "2019-08-25"
    tables.load()
    assert Statement.objects.get(fact=Fact.DATE).pk == before.pk
    assert milestones(only_partnership()) == [("signing", "happened", "2019-08-25")]
    assert tables.load().changes == 0


def test_a_record_is_withdrawn_when_its_only_row_turns_out_to_mean_another_place(
    tables: Tables, places: dict[str, Place]
) -> None:
    row = tables.pair(status="signed", signed_on="2020")
    tables.load()
    old = only_partnership()
    row.update(foreign_iso2="PL", foreign_text="Szczebrzeszyn")
    tables.load()
    old.refresh_from_db()
    assert (old.visibility, old.statements.count(), old.milestones.count()) == ("withdrawn", 0, 0)
    new = Partnership.objects.with_parties().get(visibility="published")
    assert new.foreign_parties[0].place == places["pole"]
    assert new.status == "signed"


@pytest.fixture
def withdrawn(tables: Tables, places: dict[str, Place]) -> tuple[Partnership, dict[str, str]]:
    """A record whose only row came to mean another place, and the row."""
    row = tables.pair(status="signed", signed_on="2020")
    tables.load()
    old = only_partnership()
    row.update(foreign_iso2="PL", foreign_text="Szczebrzeszyn")
    tables.load()
    old.refresh_from_db()
    return old, row


def test_record_that_the_load_withdraws_says_why_in_both_languages(
    withdrawn: tuple[Partnership, dict[str, str]],
) -> None:
    record, _row = withdrawn
    assert record.visibility == "withdrawn"
    assert record.withdrawn_because_uk
    assert (
        record.withdrawn_because_en
        == "No source that the register is made from names these partners any more."
    )


def test_record_that_the_load_withdrew_is_public_again_when_a_row_names_it_again(
    tables: Tables, withdrawn: tuple[Partnership, dict[str, str]]
) -> None:
    record, _row = withdrawn
    tables.pair(status="signed", signed_on="2020")
    tables.load()
    record.refresh_from_db()
    assert (record.visibility, record.status) == ("published", "signed")
    assert (record.withdrawn_because_uk, record.withdrawn_because_en) == ("", "")


def test_record_that_a_registrar_withdrew_stays_withdrawn_whatever_rows_say(
    tables: Tables, withdrawn: tuple[Partnership, dict[str, str]]
) -> None:
    record, _row = withdrawn
    with attributed(None, "two readings of one letter"):
        Partnership.objects.filter(pk=record.pk).update(visibility="published")
        Partnership.objects.filter(pk=record.pk).update(visibility="withdrawn")
    tables.pair(status="signed", signed_on="2020")
    tables.load()
    record.refresh_from_db()
    assert record.visibility == "withdrawn"


def test_what_another_row_still_says_stays_when_one_row_takes_it_back(tables: Tables) -> None:
    row = tables.pair(kind="friendship")
    tables.pair(kind="friendship")
    tables.load()
    row["kind"] = "unknown"
    tables.load()
    assert Statement.objects.get(fact=Fact.KIND).value == "friendship"


def test_what_a_registrar_changed_or_deleted_stays_when_tables_are_loaded_again(tables: Tables) -> None:
    row = tables.pair(status="signed", signed_on="2019-08-26", kind="friendship", since_year="1990")
    tables.load()
    with attributed(None, "corrected by a registrar"):
        Statement.objects.filter(fact=Fact.SINCE).delete()
        Statement.objects.filter(fact=Fact.DATE).update(value="2019-08-27")
        Partnership.objects.update(listed_kind="contact")
        Source.objects.filter(slug="paper").update(title="The newspaper")
    tables.load()
    row.update(signed_on="2019-08-25", kind="partnership")
    tables.load()
    made = only_partnership()
    assert not made.statements.filter(fact=Fact.SINCE).exists()
    assert Statement.objects.filter(fact=Fact.DATE, value="2019-08-27").exists()
    assert milestones(made) == [("signing", "happened", "2019-08-27")]
    assert made.listed_kind == "contact"
    assert Source.objects.get(slug="paper").title == "The newspaper"


def test_a_doubtful_row_that_a_person_decided_stays_decided(tables: Tables, places: dict[str, Place]) -> None:
    tables.pair(ua_katottg="", ua_text="Одинцеве")
    tables.load()
    chosen = PartnershipFactory(ua=places["single"], foreign=places["town"])
    with attributed(None, "decided by a registrar"):
        SourceRow.objects.update(outcome=RowOutcome.MATCHED, reason="", partnership=chosen)
    report = tables.load()
    assert SourceRow.objects.get().partnership == chosen
    assert report.kept == 1


def test_a_doubtful_row_is_accepted_later_when_the_gazetteer_knows_its_place(tables: Tables) -> None:
    tables.pair(foreign_text="Neustadt")
    tables.load()
    assert SourceRow.objects.get().outcome == RowOutcome.DOUBTFUL
    ForeignPlaceFactory(name_own="Neustadt")
    tables.load()
    assert SourceRow.objects.get().outcome == RowOutcome.NEW
    assert only_partnership().title.endswith("Neustadt")


def test_the_loaders_changes_stand_in_the_history_under_its_reason(tables: Tables) -> None:
    tables.pair()
    tables.load()
    entries = AuditEntry.objects.filter(table_name__startswith="partnerships_")
    assert set(entries.values_list("reason", flat=True)) == {"load_partnerships"}
