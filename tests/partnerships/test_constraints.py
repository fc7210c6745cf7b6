"""The database refuses nonsense by itself: each constraint of the register is tried past all forms."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from core.models import AuditEntry
from partnerships import models as register
from partnerships.models import (
    Act,
    Body,
    Difference,
    ImportBatch,
    ImportRun,
    Listing,
    Milestone,
    Partnership,
    Party,
    Ruling,
    Source,
    SourceRow,
    Standing,
    Statement,
)
from tests.factories.partnerships import (
    ActFactory,
    AgreementFactory,
    BodyFactory,
    MilestoneFactory,
    PartnershipFactory,
    PartyFactory,
    ProgrammeFactory,
    SourceFactory,
    SourceRowFactory,
    StatementFactory,
)
from tests.factories.places import ForeignPlaceFactory, HromadaFactory

pytestmark = pytest.mark.django_db


@contextmanager
def refused(name: str = "") -> Iterator[None]:
    """The block breaks a constraint (of this name); those that wait for the commit are asked at its end."""
    with pytest.raises(DatabaseError, match=name or None), transaction.atomic():  # noqa: PT012
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def change(row: models.Model, values: Mapping[str, Any]) -> None:
    """Past `save()` and validation: UPDATE in the database."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)


# --- Parties on both sides --------------------------------------------------------------------------------


def test_partnership_without_a_party_on_each_side_is_refused_by_commit() -> None:
    with refused("needs a party on each side"):
        Partnership.objects.create()
    with refused("needs a party on each side"):
        lonely = Partnership.objects.create()
        Party.objects.create(partnership=lonely, side="ua", place=HromadaFactory())


def test_last_party_of_a_side_cannot_go_or_change_sides() -> None:
    record = PartnershipFactory()
    foreign = record.parties.get(side="foreign")
    with refused("needs a party on each side"):
        Party.objects.filter(pk=foreign.pk).delete()
    with refused("needs a party on each side"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM partnerships_party WHERE partnership_id = %s", [record.pk])
    other = PartnershipFactory()
    with refused("needs a party on each side"):
        change(foreign, {"partnership": other, "place": ForeignPlaceFactory()})


def test_whole_partnership_can_still_be_deleted() -> None:
    record = PartnershipFactory(signed=True)
    with transaction.atomic():
        record.delete()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Party.objects.exists()


@pytest.mark.parametrize(("side", "factory"), [("ua", ForeignPlaceFactory), ("foreign", HromadaFactory)])
def test_party_on_the_side_of_another_country_is_refused(side: str, factory: Any) -> None:
    record = PartnershipFactory()
    with refused("wrong side"):
        Party.objects.create(partnership=record, side=side, place=factory())
    party = PartyFactory(partnership=record)
    with refused("wrong side"):
        change(party, {"side": "foreign"})


def test_party_is_a_place_or_a_body() -> None:
    record = PartnershipFactory()
    with refused("party_place_or_body"):
        Party.objects.create(partnership=record, side="ua")
    Party.objects.create(partnership=record, side="ua", body=BodyFactory())


def test_place_is_a_party_only_once() -> None:
    record = PartnershipFactory()
    with refused("party_place_once"):
        PartyFactory(partnership=record, place=record.parties.get(side="ua").place)


# --- Dates ------------------------------------------------------------------------------------------------

BAD_DATES = ["2023-13", "31.02.2023", "23", "2023/", "yesterday", "2023-00", "2023-1-1"]


@pytest.mark.parametrize("value", BAD_DATES)
def test_what_is_no_date_is_refused_in_every_column_of_dates(value: str) -> None:
    record = PartnershipFactory(decided=True)
    rows = [
        (record.milestones.get(), "date"),
        (MilestoneFactory(partnership=record, announced=True), "announced_on"),
        (record.parties.get(side="ua"), "joined"),
        (record.parties.get(side="ua"), "left"),
        (ActFactory(), "date"),
        (AgreementFactory(partnership=record), "ends_on"),
        (SourceFactory(), "published_on"),
    ]
    for row, column in rows:
        with refused():
            change(row, {column: value})


def test_day_that_does_not_exist_is_refused_where_a_range_is_made_of_it() -> None:
    with refused():
        change(MilestoneFactory(), {"date": "2023-02-31"})


def test_day_that_does_not_exist_is_refused_where_only_the_text_is_kept() -> None:
    with refused():
        change(ActFactory(), {"date": "2023-02-31"})


# --- Milestones -------------------------------------------------------------------------------------------


def test_only_what_happened_fulfils_an_announcement() -> None:
    announced = MilestoneFactory(announced=True)
    with refused("milestone_fulfilment_happened"):
        MilestoneFactory(partnership=announced.partnership, announced=True, fulfils=announced)


@pytest.mark.parametrize("fields", [{"announced_on": "2023-01"}, {"outcome": "kept"}])
def test_only_an_announcement_has_a_day_of_announcement_and_an_outcome(fields: dict[str, str]) -> None:
    with refused("milestone_announcement_fields"):
        MilestoneFactory(**fields)


def test_announcement_cannot_be_deleted_under_what_fulfils_it() -> None:
    announced = MilestoneFactory(announced=True)
    MilestoneFactory(partnership=announced.partnership, fulfils=announced)
    with refused(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM partnerships_milestone WHERE id = %s", [announced.pk])


def test_milestone_follows_only_a_date_said_of_itself() -> None:
    milestone, other = MilestoneFactory(), MilestoneFactory()
    foreign = StatementFactory(milestone=other)
    kind = StatementFactory(milestone=milestone, fact="kind", value="contact")
    for statement in (foreign, kind):
        with refused():
            change(milestone, {"follows": statement})


# --- Evidence ---------------------------------------------------------------------------------------------


def test_statement_is_recorded_once() -> None:
    first = StatementFactory()
    with refused("statement_once"):
        Statement.objects.create(
            source=first.source, partnership=first.partnership, fact=first.fact, value=first.value, grade="A"
        )


def test_date_is_said_of_a_milestone() -> None:
    with refused("statement_date_of_a_milestone"):
        StatementFactory(fact="date", value="2023")


def test_row_of_a_source_is_kept_once() -> None:
    row = SourceRowFactory()
    with refused("sourcerow_once"):
        SourceRowFactory(source=row.source, line=row.line)


@pytest.mark.parametrize("outcome", ["doubtful", "refused"])
def test_doubtful_or_refused_row_says_why(outcome: str) -> None:
    with refused("sourcerow_says_why"):
        SourceRowFactory(outcome=outcome, reason="")
    SourceRowFactory(outcome=outcome, reason="two places bear this name")


def test_source_with_statements_cannot_be_deleted() -> None:
    source = StatementFactory().source
    with refused(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM partnerships_source WHERE id = %s", [source.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# --- Names and numbers ------------------------------------------------------------------------------------


def test_body_has_a_name() -> None:
    with refused("body_has_a_name"):
        Body.objects.create(kind="council")


def test_act_of_a_body_is_recorded_once_unless_it_has_no_number() -> None:
    act = ActFactory()
    with refused("act_once"):
        Act.objects.create(body=act.body, number=act.number, date=act.date)
    for _ in range(2):
        Act.objects.create(body=act.body, date=act.date)


@pytest.mark.parametrize("factory", [ProgrammeFactory, SourceFactory])
def test_slug_stands_for_one_thing(factory: Any) -> None:
    with refused():
        factory(slug=factory().slug)


def test_number_comes_from_the_database_and_belongs_to_one_record() -> None:
    first, second = PartnershipFactory(), PartnershipFactory()
    assert second.number > first.number
    with refused():
        change(second, {"number": first.number})


def test_number_of_a_deleted_record_is_never_given_again() -> None:
    record = PartnershipFactory()
    number = record.number
    record.delete()
    assert PartnershipFactory().number > number


# --- History ----------------------------------------------------------------------------------------------


def history(row: models.Model) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(table_name=row._meta.db_table, row_id=row.pk).order_by("id"))


def one_of_each() -> list[models.Model]:
    record = PartnershipFactory()
    return [
        record,
        record.parties.get(side="ua"),
        BodyFactory(),
        ProgrammeFactory(),
        ActFactory(),
        AgreementFactory(partnership=record),
        MilestoneFactory(partnership=record),
        SourceFactory(),
        StatementFactory(partnership=record),
        SourceRowFactory(),
        ImportBatch.objects.create(source=SourceFactory(), file_name="list.csv", shape="pairs"),
        Ruling.objects.create(
            partnership=record,
            fact="pair",
            follows=StatementFactory(partnership=record),
            values=["x"],
            reason="x",
        ),
    ]


#: What the database derives, and the steps of a work that goes on.
WITHOUT_HISTORY = {Standing, Difference, Listing, ImportRun}


def test_every_table_of_the_register_records_its_history() -> None:
    rows = one_of_each()
    recorded = {getattr(register, name) for name in register.__all__} - WITHOUT_HISTORY
    assert {type(row) for row in rows} == recorded
    for row in rows:
        assert history(row)[0].operation == "insert", row._meta.db_table


def test_bulk_update_of_an_english_column_is_recorded_with_both_values() -> None:
    record = PartnershipFactory(why_en="Before")
    Partnership.objects.update(why_en="After")
    entry = history(record)[-1]
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.operation, entry.before["why_en"], entry.after["why_en"]) == ("update", "Before", "After")


def test_deleted_party_leaves_its_last_state() -> None:
    record = PartnershipFactory()
    party = PartyFactory(partnership=record)
    place = party.place_id
    gone = Party(pk=party.pk)
    party.delete()
    entry = history(gone)[-1]
    assert (entry.operation, entry.after) == ("delete", None)
    assert entry.before is not None
    assert entry.before["place_id"] == place


def test_derived_status_is_recorded_as_well() -> None:
    record = PartnershipFactory()
    Milestone.objects.bulk_create([Milestone(partnership=record, type="signing", date="2023")])
    entry = history(record)[-1]
    assert entry.after is not None
    assert entry.after["status"] == "signed"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_auditentry SET reason = 'x'",
        "DELETE FROM core_auditentry",
        "TRUNCATE core_auditentry",
    ],
)
def test_history_is_never_rewritten(sql: str) -> None:
    SourceRow.objects.create(
        source=Source.objects.create(slug="s", title="s", grade="C"), line=1, cells={}, outcome="new"
    )
    before = AuditEntry.objects.count()
    assert before
    with refused(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.count() == before
