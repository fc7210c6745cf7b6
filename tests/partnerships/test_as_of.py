"""What held on a day, by what is known now."""

import datetime as dt

import pytest

from partnerships.models import Listing, Partnership
from partnerships.shown import Shown
from tests.factories.partnerships import PartnershipFactory

pytestmark = pytest.mark.django_db


def on(day: str) -> dict[int, tuple[str, str, bool]]:
    """Status, its date and whether it is only possible, by number."""
    records = Partnership.objects.as_of(dt.date.fromisoformat(day))
    return {r.number: (r.shown.status, r.shown.date, r.shown.possibly) for r in records}


def test_record_stands_on_each_day_where_its_milestones_had_brought_it() -> None:
    number = PartnershipFactory(signed=True).number  # decided 9 February, signed 1 March 2023
    assert on("2023-02-08") == {}
    assert on("2023-02-09") == {number: ("decided", "2023-02-09", False)}
    assert on("2023-02-28") == {number: ("decided", "2023-02-09", False)}
    assert on("2023-03-01") == {number: ("signed", "2023-03-01", False)}


def test_inside_an_imprecise_date_the_status_is_only_possible() -> None:
    number = PartnershipFactory(line=(("signing", "happened", "2023"),)).number
    assert on("2022-12-31") == {}
    assert on("2023-06-01") == {number: ("signed", "2023", True)}
    assert on("2023-12-31") == {number: ("signed", "2023", False)}


@pytest.mark.parametrize(
    ("status", "possibly", "words", "planned"),
    [
        ("signed", False, "signed", False),
        ("signed", True, "possibly signed", True),
        ("announced", False, "announced", True),
        ("unknown", False, "listed, status unknown", False),
        ("unknown", True, "possibly begun, no date known", True),
    ],
)
def test_shown_says_what_is_only_possible_in_words_and_by_its_line(
    status: str, possibly: bool, words: str, planned: bool, english: None
) -> None:
    shown = Shown(status, "partnership", "2023", possibly, dt.date(2023, 3, 1))
    assert (shown.status_text, shown.is_planned) == (words, planned)


def test_today_is_what_the_record_itself_says() -> None:
    record = PartnershipFactory(signed=True)
    found = Partnership.objects.as_of(None).get(pk=record.pk)
    assert (found.shown.status, found.shown.date, found.shown.day) == ("signed", "2023-03-01", None)
    assert Partnership.objects.get(pk=record.pk).shown == found.shown


def test_list_and_records_agree_on_every_day() -> None:
    PartnershipFactory(signed=True)
    PartnershipFactory(ended=True)
    PartnershipFactory(line=(("signing", "happened", "2023"), ("end", "happened", "2024-05")))
    for day in (dt.date(2022, 1, 1) + dt.timedelta(days=40 * n) for n in range(40)):
        columns = ("pk", "then_status", "then_kind", "then_date", "then_earliest", "then_possibly")
        rows = Listing.objects.as_of(day).order_by("pk").values_list(*columns)
        assert list(rows) == list(Partnership.objects.as_of(day).order_by("pk").values_list(*columns))
