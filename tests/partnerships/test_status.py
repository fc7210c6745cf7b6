"""Status, kind and evidence as the database derives them, whoever writes the milestones."""

import datetime as dt
from collections.abc import Sequence

import pytest
from django.db import connection

from partnerships.models import Milestone, Partnership, Statement
from tests.factories.partnerships import (
    MilestoneFactory,
    PartnershipFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db
Line = Sequence[tuple[str, str, str]]

HAPPENED, ANNOUNCED = "happened", "announced"


def status_on(record: Partnership, day: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT partnerships_status_on(%s, %s)", [record.pk, day])
        return str(cursor.fetchone()[0])


def kind_on(record: Partnership, day: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT partnerships_kind_on(%s, %s)", [record.pk, day])
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("line", "status", "date"),
    [
        ((), "unknown", ""),
        ((("appeal", HAPPENED, "2022-10"),), "unknown", ""),
        ((("talks", HAPPENED, "2022-10"),), "unknown", ""),
        ((("signing", ANNOUNCED, "2099-02-21"),), "announced", "2099-02-21"),
        ((("signing", ANNOUNCED, "2023-02-21"),), "announced", "2023-02-21"),
        ((("approval", HAPPENED, "2023-01"),), "approved", "2023-01"),
        (
            (("decision", HAPPENED, "2023-02-09"), ("signing", ANNOUNCED, "2023-02-21")),
            "decided",
            "2023-02-09",
        ),
        ((("decision", HAPPENED, "2023-02-09"), ("approval", HAPPENED, "2023-05")), "decided", "2023-02-09"),
        ((("signing", HAPPENED, "2023-03"), ("decision", HAPPENED, "2023-04")), "signed", "2023-03"),
        ((("signing", HAPPENED, ""),), "signed", ""),
        ((("registration", HAPPENED, "2023-04"), ("signing", HAPPENED, "2024")), "registered", "2023-04"),
        ((("signing", HAPPENED, "2022"), ("upgrade", HAPPENED, "2024-08-28")), "signed", "2024-08-28"),
        ((("signing", HAPPENED, "2019"), ("end", HAPPENED, "2021")), "ended", "2021"),
        ((("signing", HAPPENED, "2019"), ("end", HAPPENED, "")), "ended", ""),
        ((("signing", HAPPENED, ""), ("end", HAPPENED, "2021")), "ended", "2021"),
        (
            (("signing", HAPPENED, "2019"), ("end", HAPPENED, "2021"), ("signing", HAPPENED, "2023")),
            "signed",
            "2023",
        ),
        ((("suspension", HAPPENED, "2022"), ("renewal", HAPPENED, "2024")), "signed", "2024"),
        ((("registration", HAPPENED, "2020"), ("suspension", HAPPENED, "2022")), "suspended", "2022"),
        ((("signing", HAPPENED, "2023"), ("end", ANNOUNCED, "2099")), "signed", "2023"),
    ],
)
def test_status_is_the_furthest_that_happened(line: Line, status: str, date: str) -> None:
    record = PartnershipFactory(line=line)
    assert (record.status, record.status_date) == (status, date)


@pytest.mark.parametrize("order", [1, -1])
def test_status_does_not_depend_on_the_order_of_writing(order: int) -> None:
    line = (("signing", HAPPENED, "2023-03"), ("decision", HAPPENED, "2023-02"), ("end", HAPPENED, "2025"))
    assert PartnershipFactory(line=line[::order]).status == "ended"


def test_cancelled_announcement_makes_no_status() -> None:
    record = PartnershipFactory()
    MilestoneFactory(partnership=record, announced=True, outcome="cancelled")
    record.refresh_from_db()
    assert record.status == "unknown"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2022-12-31", "unknown"),
        ("2023-01-10", "announced"),
        ("2023-02-08", "announced"),
        ("2023-02-09", "decided"),
        ("2024-06-01", "signed"),
        ("2025-01-01", "ended"),
    ],
)
def test_status_on_a_day_knows_only_what_had_happened(day: str, expected: str) -> None:
    record = PartnershipFactory(
        line=(
            ("decision", HAPPENED, "2023-02-09"),
            ("signing", HAPPENED, "2024-06"),
            ("end", HAPPENED, "2025"),
        )
    )
    MilestoneFactory(partnership=record, announced=True, date="2023-02-09", announced_on="2023-01-10")
    assert status_on(record, day) == expected


def test_status_of_one_record_ignores_the_milestones_of_others() -> None:
    PartnershipFactory(ended=True)
    assert PartnershipFactory(decided=True).status == "decided"


# --- Kept by the database ---------------------------------------------------------------------------------


def test_bulk_writes_and_raw_sql_keep_the_status_right() -> None:
    record = PartnershipFactory()
    Milestone.objects.bulk_create([Milestone(partnership=record, type="signing", date="2023")])
    record.refresh_from_db()
    assert record.status == "signed"
    Milestone.objects.filter(partnership=record).update(type="decision")
    record.refresh_from_db()
    assert record.status == "decided"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM partnerships_milestone WHERE partnership_id = %s", [record.pk])
    record.refresh_from_db()
    assert (record.status, record.status_date) == ("unknown", "")


def test_milestone_that_moves_changes_both_records() -> None:
    first, second = PartnershipFactory(decided=True), PartnershipFactory()
    first.milestones.update(partnership=second)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("unknown", "decided")


def test_status_date_gives_the_range_of_days_it_stands_for() -> None:
    record = PartnershipFactory(line=(("signing", HAPPENED, "2023-02"),))
    assert (record.status_earliest, record.status_latest) == (dt.date(2023, 2, 1), dt.date(2023, 2, 28))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ((), "contact"),
        ((("2022-10-27", "project"),), "project"),
        ((("2022-10-27", "project"), ("2024-08-28", "partnership")), "partnership"),
        ((("2024-08-28", "partnership"), ("2022-10-27", "project")), "partnership"),
        ((("", "friendship"), ("2022", "project")), "project"),
        ((("2022", ""), ("2021", "project")), "project"),
    ],
)
def test_kind_is_what_the_latest_milestone_calls_it(line: Sequence[tuple[str, str]], expected: str) -> None:
    record = PartnershipFactory(listed_kind="contact")
    for date, kind in line:
        MilestoneFactory(partnership=record, date=date, kind=kind)
    record.refresh_from_db()
    assert record.kind == expected


def test_kind_on_a_day_is_that_of_its_time() -> None:
    record = PartnershipFactory(listed_kind="contact")
    MilestoneFactory(partnership=record, date="2022-10-27", kind="project")
    MilestoneFactory(partnership=record, type="upgrade", date="2024-08-28", kind="partnership")
    days = ("2022-10-26", "2022-10-27", "2024-08-27", "2024-08-28")
    assert [kind_on(record, day) for day in days] == ["contact", "project", "project", "partnership"]


def test_announced_kind_changes_nothing() -> None:
    record = PartnershipFactory(listed_kind="contact")
    MilestoneFactory(partnership=record, announced=True, kind="partnership")
    record.refresh_from_db()
    assert record.kind == "contact"


def test_listed_kind_holds_until_a_milestone_names_one() -> None:
    record = PartnershipFactory(listed_kind="contact")
    Partnership.objects.filter(pk=record.pk).update(listed_kind="memorandum")
    record.refresh_from_db()
    assert record.kind == "memorandum"


def test_evidence_is_the_best_grade_of_all_statements() -> None:
    record = PartnershipFactory()
    assert record.evidence == ""
    first = StatementFactory(partnership=record, source__grade="E")
    best = StatementFactory(partnership=record, source__grade="B")
    record.refresh_from_db()
    assert record.evidence == "B"
    best.delete()
    record.refresh_from_db()
    assert record.evidence == "E"
    Statement.objects.filter(pk=first.pk).update(grade="A")
    record.refresh_from_db()
    assert record.evidence == "A"


def test_milestone_takes_and_keeps_the_date_of_the_statement_it_follows() -> None:
    record = PartnershipFactory()
    milestone = MilestoneFactory(partnership=record, type="decision", date="2023")
    statement = StatementFactory(milestone=milestone, value="2023-02-09")
    Milestone.objects.filter(pk=milestone.pk).update(follows=statement)
    record.refresh_from_db()
    assert record.status_date == "2023-02-09"
    Milestone.objects.filter(pk=milestone.pk).update(date="1999")
    Statement.objects.filter(pk=statement.pk).update(value="2023-02-10")
    milestone.refresh_from_db()
    record.refresh_from_db()
    assert (milestone.date, record.status_date) == ("2023-02-10", "2023-02-10")
