"""The watch list: what was announced and nothing confirms, in its order, with who said so."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.models import Milestone, Partnership
from tests.factories.partnerships import (
    MilestoneFactory,
    PartnershipFactory,
    PartyFactory,
    StatementFactory,
    many_partnerships,
)
from tests.factories.places import ForeignPlaceFactory, HromadaFactory
from tests.known import known

pytestmark = pytest.mark.django_db

#: counts, counts of oblasts and of countries, their names, rows, records, parties, statements
BUDGET = 8


def announce(record: Partnership, date: str, **fields: Any) -> Milestone:
    milestone = MilestoneFactory(partnership=record, announced=True, date=date, **fields)
    if date:
        StatementFactory(milestone=milestone, source__title=f"News of {date}", source__grade="C")
    return milestone


def in_days(days: int) -> str:
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


def page(client: Client, language: str = "en", **params: Any) -> Any:
    answer = client.get(f"/{language}/partnerships/watch/?{urlencode(params, doseq=True)}")
    assert answer.status_code == 200
    return answer


def listed(client: Client, **params: Any) -> list[int]:
    return [row.announcement.pk for row in page(client, **params).context["watched"]]


def test_longest_overdue_stands_first_then_the_undated_then_what_is_to_come(
    client: Client, pair: Partnership
) -> None:
    soon = announce(pair, in_days(3))
    later = announce(pair, in_days(300))
    overdue = announce(pair, "2023-03-01")
    longest = announce(pair, "2023-02")
    undated = announce(pair, "")
    told_early = announce(pair, "", announced_on="2022-11")
    today = announce(pair, in_days(0))
    expected = [longest, overdue, told_early, undated, today, soon, later]
    assert listed(client) == [milestone.pk for milestone in expected]


def test_row_says_what_when_who_and_where_to_tell_more(client: Client, pair: Partnership) -> None:
    announcement = announce(pair, in_days(-1372), mode="online")
    announcement.statements.update(read_on=dt.date(2026, 10, 3))
    answer = page(client)
    (row,) = answer.context["watched"]
    assert (row.waiting, row.is_overdue, row.said[0].grade) == ("1,372 days ago", True, "C")
    shown = answer.content.decode()
    for words in (
        "Signing, online",
        "News of",
        "Read on 3 October 2026.",
        "Kryvyi Rih",
        "Tell us what happened",
    ):
        assert words in shown
    assert f'href="/en/contact/?about=partnership%3A{pair.number}"' in shown
    contact = client.get(f"/en/contact/?about=partnership%3A{pair.number}")
    assert contact.context["record"] == pair


@pytest.mark.parametrize(
    ("date", "waiting", "overdue"),
    [
        (in_days(-1), "1 day ago", True),
        (in_days(0), "", False),
        (in_days(1), "in 1 day", False),
        (in_days(12), "in 12 days", False),
        (f"{in_days(-5)}/{in_days(5)}", "", False),
        ("2020/..", "", False),
    ],
)
def test_days_are_counted_from_the_range_that_the_date_stands_for(
    client: Client, pair: Partnership, date: str, waiting: str, overdue: bool
) -> None:
    announce(pair, date)
    (row,) = page(client).context["watched"]
    assert (row.waiting, row.is_overdue) == (waiting, overdue)


@pytest.mark.parametrize("outcome", ["kept", "postponed", "cancelled"])
def test_announcement_with_an_outcome_waits_no_longer(
    client: Client, pair: Partnership, outcome: str
) -> None:
    announce(pair, "2023-03-01", outcome=outcome)
    assert listed(client) == []


def test_announcement_that_an_event_fulfils_waits_no_longer(client: Client, pair: Partnership) -> None:
    announcement = announce(pair, "2023-03-01")
    assert listed(client) == [announcement.pk]
    MilestoneFactory(partnership=pair, date="2023-03-01", fulfils=announcement)
    assert listed(client) == []


@pytest.mark.parametrize("visibility", ["draft", "withdrawn"])
def test_record_that_is_not_public_is_neither_listed_nor_counted(
    client: Client, pair: Partnership, visibility: str
) -> None:
    announce(pair, "2023-03-01")
    Partnership.objects.update(visibility=visibility)
    answer = page(client)
    assert answer.context["watched"] == []
    assert answer.context["sentence"].startswith("0 announcements")
    assert all(not choices.options for choices in answer.context["filters"])


def test_sentence_counts_what_has_passed_what_has_no_day_and_what_is_to_come(
    client: Client, pair: Partnership
) -> None:
    for date in ("2023-03-01", "2023-04", "", in_days(3)):
        announce(pair, date)
    sentence = page(client).context["sentence"]
    assert sentence.startswith("4 announcements that nothing confirms, as of ")
    assert sentence.endswith("Day passed: 2; no day named: 1; still to come: 1.")


def test_list_is_narrowed_by_oblast_country_and_record(
    client: Client, pair: Partnership, other: Partnership
) -> None:
    ours, theirs = announce(pair, "2023-03-01"), announce(other, "2023-03-02")
    oblast = known(known(pair.ukrainian_parties[0].place).oblast)
    assert listed(client, oblast=oblast.katottg) == [ours.pk]
    assert listed(client, country="pl") == [theirs.pk]
    assert listed(client, country=["PL", "DE"]) == [ours.pk, theirs.pk]
    assert listed(client, country="PL", oblast=oblast.katottg) == []
    assert listed(client, record=other.number) == [theirs.pk]
    assert "Nothing here waits" in page(client, record=999999).content.decode()


def test_record_with_two_towns_of_one_country_is_counted_once(client: Client, pair: Partnership) -> None:
    PartyFactory(partnership=pair, foreign=True)
    announce(pair, "2023-03-01")
    filters = {choices.name: choices.options for choices in page(client).context["filters"]}
    assert [(option.value, option.count) for option in filters["country"]] == [("DE", 1)]
    assert len(listed(client, country="DE")) == 1


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"oblast": "UA99999999999999999"}, "UA99999999999999999"),
        ({"oblast": "' OR 1=1 --"}, "OR 1=1"),
        ({"country": "ZZ"}, "ZZ"),
        ({"record": "twelve"}, "twelve"),
        ({"record": "9" * 40}, "9999"),
        ({"per_page": "1000"}, "1000"),
        ({"page": "-1"}, "-1"),
        ({"country": "\0"}, ""),
    ],
)
def test_value_that_means_nothing_is_named_and_ignored(
    client: Client, pair: Partnership, params: dict[str, str], named: str
) -> None:
    announcement = announce(pair, "2023-03-01")
    assert listed(client, **params) == [announcement.pk]
    assert named in page(client, **params).content.decode().replace("&#x27;", "'")


def test_parameters_of_the_register_that_the_list_does_not_have_change_nothing(
    client: Client, pair: Partnership
) -> None:
    announcement = announce(pair, "2023-03-01")
    assert listed(client, q="nowhere", status="ended", sort="pg_sleep(9)") == [announcement.pk]


def test_pages_keep_the_filters(client: Client, pair: Partnership) -> None:
    for day in range(1, 29):
        announce(pair, f"2023-03-{day:02d}")
    answer = page(client, country="DE")
    assert 'href="?country=DE&amp;page=2"' in answer.content.decode()
    assert len(listed(client, country="DE", page=2)) == 3


def test_empty_list_explains_itself(client: Client, pair: Partnership) -> None:
    assert "Every announcement has been confirmed or called off." in page(client).content.decode()


def test_announcement_without_a_source_says_so(client: Client, pair: Partnership) -> None:
    announce(pair, "")
    assert "No source is recorded for this announcement." in page(client).content.decode()


def test_markup_in_names_and_sources_is_only_text(client: Client, pair: Partnership) -> None:
    payload = "<img src=x onerror=alert(1)>"
    announcement = announce(pair, "2023-03-01")
    StatementFactory(
        milestone=announcement, source__title=payload, source__publisher=payload, source__url="javascript:x"
    )
    PartyFactory(partnership=pair, place__name_uk=payload, place__name_en=payload)
    for language in ("uk", "en"):
        shown = page(client, language).content.decode()
        assert "<img" not in shown
        assert "javascript:" not in shown


@pytest.mark.parametrize("address", ["", "watch/", "differences/"])
def test_views_of_the_register_lead_to_each_other(client: Client, pair: Partnership, address: str) -> None:
    shown = client.get(f"/uk/partnerships/{address}").content.decode()
    for other in ("", "watch/", "differences/"):
        assert f'href="/uk/partnerships/{other}"' in shown


@pytest.mark.parametrize("count", [5, 500])
def test_list_costs_the_same_however_many_wait(client: Client, count: int) -> None:
    ua = [HromadaFactory() for _ in range(3)]
    foreign = [ForeignPlaceFactory() for _ in range(3)]
    records = many_partnerships(count, ua, foreign)
    made = Milestone.objects.bulk_create(
        Milestone(partnership=record, type="signing", stage="announced", date=f"2024-03-{n % 28 + 1:02d}")
        for n, record in enumerate(records)
    )
    for milestone in made[:25]:
        StatementFactory(milestone=milestone)
    client.get("/en/partnerships/watch/")
    with CaptureQueriesContext(connection) as captured:
        answer = page(client)
    assert len(answer.context["watched"]) == min(count, 25)
    assert len(captured) == BUDGET


def test_page_of_a_kept_filter_costs_one_query_more(client: Client, pair: Partnership) -> None:
    announce(pair, "2023-03-01")
    with CaptureQueriesContext(connection) as captured:
        page(client, country="DE", page=7)
    assert len(captured) == BUDGET + 1


def test_home_page_leads_to_the_list(client: Client) -> None:
    PartnershipFactory(announced=True)
    assert 'href="/uk/partnerships/watch/"' in client.get("/uk/").content.decode()
