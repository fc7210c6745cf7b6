"""What held for a partnership on a day, by what is known now, as the database keeps it."""

import datetime as dt
import itertools
from collections.abc import Sequence

import pytest
from django.db import connection

from partnerships.models import Difference, Milestone, Partnership, Ruling, Standing
from tests.factories.partnerships import MilestoneFactory, PartnershipFactory, StatementFactory

pytestmark = pytest.mark.django_db
HAPPENED = "happened"


def on(record: Partnership, day: str) -> tuple[str, str, bool] | None:
    """Status, kind and whether only possibly; none where nothing had begun."""
    found = Standing.objects.filter(partnership=record, days__contains=dt.date.fromisoformat(day))
    standings = [(one.status, one.kind, one.possibly) for one in found]
    assert len(standings) <= 1
    return standings[0] if standings else None


@pytest.mark.parametrize(
    ("date", "days"),
    [
        (
            "2023-02-09",
            {"2023-02-08": None, "2023-02-09": ("signed", False), "2026-01-01": ("signed", False)},
        ),
        (
            "2023",
            {
                "2022-12-31": None,
                "2023-01-01": ("signed", True),
                "2023-12-30": ("signed", True),
                "2023-12-31": ("signed", False),
            },
        ),
        (
            "2022-10/2023-02",
            {"2022-09-30": None, "2022-10-01": ("signed", True), "2023-02-28": ("signed", False)},
        ),
        ("2019/..", {"2018-12-31": None, "2019-01-01": ("signed", True), "2026-01-01": ("signed", True)}),
        ("", {"1900-01-01": ("signed", True), "2026-01-01": ("signed", True)}),
    ],
)
def test_event_is_possible_inside_its_range_and_certain_after_it(
    date: str, days: dict[str, tuple[str, bool] | None]
) -> None:
    record = PartnershipFactory(line=(("signing", HAPPENED, date),))
    found = {day: on(record, day) for day in days}
    assert {day: (one[0], one[2]) if one else None for day, one in found.items()} == days


def test_undated_event_counts_from_the_first_dated_one() -> None:
    record = PartnershipFactory(line=(("signing", HAPPENED, ""), ("decision", HAPPENED, "2023-02-09")))
    assert on(record, "2023-02-08") is None
    standing = on(record, "2023-02-09")
    assert standing is not None
    assert (standing[0], standing[2]) == ("signed", True)


def test_relation_that_a_source_counts_from_a_year_is_listed_from_then_on() -> None:
    record = PartnershipFactory(line=(("signing", HAPPENED, "2023-02-09"),), listed_kind="friendship")
    StatementFactory(partnership=record, fact="since", value="2019")
    assert on(record, "2018-12-31") is None
    assert on(record, "2019-01-01") == ("unknown", "friendship", False)
    assert on(record, "2023-02-09") == ("signed", "friendship", False)


def test_record_of_which_nothing_is_dated_is_possibly_there_on_all_days() -> None:
    record = PartnershipFactory(listed_kind="contact")
    assert on(record, "1950-01-01") == on(record, "2026-01-01") == ("unknown", "contact", True)


def test_announcement_counts_from_the_day_on_which_it_was_made() -> None:
    record = PartnershipFactory()
    MilestoneFactory(partnership=record, announced=True, date="2026-12-20", announced_on="2026-02")
    assert on(record, "2026-01-31") is None
    assert on(record, "2026-02-10") == ("announced", "partnership", True)
    assert on(record, "2026-02-28") == ("announced", "partnership", False)


def test_cancelled_announcement_leaves_no_standing() -> None:
    record = PartnershipFactory(decided=True)
    MilestoneFactory(
        partnership=record, announced=True, date="2020", announced_on="2019", outcome="cancelled"
    )
    assert on(record, "2019-06-01") is None


def test_upgrade_keeps_one_relation_with_both_states_in_time() -> None:
    """Dnipro and Köln: a project partnership of 27 October 2022, a city partnership of 28 August 2024."""
    record = PartnershipFactory(listed_kind="unknown")
    MilestoneFactory(partnership=record, date="2022-10-27", kind="project")
    MilestoneFactory(partnership=record, type="upgrade", date="2024-08-28", kind="partnership")
    record.refresh_from_db()
    assert on(record, "2022-10-26") is None
    assert on(record, "2022-10-27") == ("signed", "project", False)
    assert on(record, "2024-08-27") == ("signed", "project", False)
    assert on(record, "2024-08-28") == ("signed", "partnership", False)
    assert (record.status, record.status_date, record.kind) == ("signed", "2024-08-28", "partnership")
    assert Partnership.objects.count() == 1


def test_suspension_renewal_and_end_each_hold_in_their_time() -> None:
    record = PartnershipFactory(
        line=(
            ("signing", HAPPENED, "2015-05-01"),
            ("suspension", HAPPENED, "2017-05-01"),
            ("renewal", HAPPENED, "2019-05-01"),
            ("end", HAPPENED, "2021-05-01"),
        )
    )
    days = ("2016-01-01", "2018-01-01", "2020-01-01", "2022-01-01")
    assert [(on(record, day) or ("",))[0] for day in days] == ["signed", "suspended", "signed", "ended"]


@pytest.mark.parametrize(
    "line",
    [
        (("signing", HAPPENED, "2023"), ("decision", HAPPENED, "2022-05"), ("registration", HAPPENED, "")),
        (("signing", HAPPENED, "2019~"), ("end", HAPPENED, "2021/2024")),
        (),
    ],
)
def test_ranges_of_days_leave_no_gap_and_meet_nowhere(line: Sequence[tuple[str, str, str]]) -> None:
    record = PartnershipFactory(line=line)
    ranges = [standing.days for standing in Standing.objects.filter(partnership=record).order_by("days")]
    assert ranges[-1].upper is None
    for earlier, later in itertools.pairwise(ranges):
        assert earlier.upper == later.lower


def test_standing_of_a_deleted_record_goes_with_it() -> None:
    record = PartnershipFactory(signed=True)
    StatementFactory(partnership=record, fact="since", value="2019")
    StatementFactory(partnership=record, fact="since", value="2021")
    assert Difference.objects.exists()
    record.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Standing.objects.exists()
    assert not Difference.objects.exists()


def test_milestones_stand_in_the_order_of_their_first_possible_day() -> None:
    record = PartnershipFactory()
    dates = ["2023-02-09", "2022/2024", "", "2023-02", "2019~"]
    for date in dates:
        MilestoneFactory(partnership=record, date=date)
    found = list(record.milestones.in_order().values_list("date", flat=True))
    assert found == ["2019~", "2022/2024", "2023-02", "2023-02-09", ""]


# --- Differences ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "differ"),
    [
        (("2023", "2023-02-09"), False),
        (("2023-02-09", "2023-02-13"), True),
        (("2022/2023", "2023-02"), False),
        (("2019", ""), False),
        (("2019/..", "2021"), False),
        (("2019/..", "2018"), True),
    ],
)
def test_dates_differ_only_where_no_day_is_common(values: tuple[str, str], differ: bool) -> None:
    milestone = MilestoneFactory(date="2023")
    for value in values:
        StatementFactory(milestone=milestone, value=value)
    assert Difference.objects.filter(milestone=milestone, fact="date").exists() is differ


def test_kinds_of_two_times_are_no_difference() -> None:
    record = PartnershipFactory()
    for kind in ("project", "partnership"):
        StatementFactory(partnership=record, fact="kind", value=kind)
    assert Difference.objects.filter(partnership=record).exists()
    MilestoneFactory(partnership=record, date="2022-10-27", kind="project")
    MilestoneFactory(partnership=record, type="upgrade", date="2024-08-28", kind="partnership")
    assert not Difference.objects.filter(partnership=record).exists()


def test_ruling_decides_until_another_value_comes() -> None:
    record = PartnershipFactory()
    first = StatementFactory(partnership=record, fact="since", value="2019")
    StatementFactory(partnership=record, fact="since", value="2021")
    ruling = Ruling.objects.create(
        partnership=record, fact="since", follows=first, values=["2019", "2021"], reason="own site"
    )
    assert Difference.objects.get().decided
    StatementFactory(partnership=record, fact="since", value="2015")
    assert not Difference.objects.get().decided
    ruling.delete()
    assert not Difference.objects.get().decided


def test_difference_goes_when_the_sources_agree_again() -> None:
    milestone = MilestoneFactory(date="2023")
    StatementFactory(milestone=milestone, value="2023-02-09")
    other = StatementFactory(milestone=milestone, value="2023-02-13")
    assert Difference.objects.exists()
    other.delete()
    assert not Difference.objects.exists()
    assert Milestone.objects.get(pk=milestone.pk).date == "2023"
