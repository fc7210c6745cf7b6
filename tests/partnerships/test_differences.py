"""The public list of facts on which sources differ, and when two sources contradict each other at all."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.enums import Fact
from partnerships.models import Difference, Milestone, Partnership, Statement
from partnerships.rulings import decide
from tests.factories.partnerships import (
    AgreementFactory,
    MilestoneFactory,
    PartnershipFactory,
    SourceFactory,
    StatementFactory,
    many_partnerships,
)
from tests.factories.places import ForeignPlaceFactory, HromadaFactory
from tests.known import known

pytestmark = pytest.mark.django_db

#: states and facts, counts of oblasts and of countries, their names, rows, records, parties, statements,
#: rulings
BUDGET = 9


def contradiction(record: Partnership, other: str = "2023-02-13") -> Difference:
    """The record's last milestone, dated by a second and weaker source."""
    milestone = known(record.milestones.in_order().last())
    StatementFactory(
        milestone=milestone, value=other, source__grade="D", source__title=f"Gazette of {record.number}"
    )
    return Difference.objects.get(partnership=record)


def page(client: Client, language: str = "en", **params: Any) -> Any:
    answer = client.get(f"/{language}/partnerships/differences/?{urlencode(params, doseq=True)}")
    assert answer.status_code == 200
    return answer


def listed(client: Client, **params: Any) -> list[int]:
    return [row.partnership.number for row in page(client, **params).context["differing"]]


# --- When sources contradict each other -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "values", "expected"),
    [
        (Fact.DATE, ["2023-02-09", "2023-02-13"], True),
        (Fact.DATE, ["2023-02-09", "2023-02", "2023"], False),
        (Fact.DATE, ["2023-02-09", "2023-03"], True),
        (Fact.DATE, ["2022/2024", "2023"], False),
        (Fact.DATE, ["2022/..", "2021"], True),
        (Fact.DATE, ["2023", ""], False),
        (Fact.DATE, ["2023", "not a date"], False),
        (Fact.SINCE, ["1998", "1999"], True),
        (Fact.KIND, ["solidarity", "partnership"], True),
        (Fact.KIND, ["solidarity", "unknown", ""], False),
        (Fact.LEGAL_KIND, ["transborder", "transnational"], True),
        (Fact.NOTE, ["one", "two"], False),
        (Fact.STATUS, ["decided", "signed"], False),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_sources_differ_only_where_not_all_can_be_true(
    other: Partnership, fact: str, values: list[str], expected: bool, backwards: bool
) -> None:
    Statement.objects.all().delete()
    about = {"milestone": other.milestones.in_order().last()} if fact == Fact.DATE else {"partnership": other}
    for value in reversed(values) if backwards else values:
        StatementFactory(fact=fact, value=value, **about)
    assert Difference.objects.exists() is expected


def test_kind_that_a_milestone_names_held_at_its_time_and_contradicts_nothing(other: Partnership) -> None:
    Milestone.objects.update(kind="project")
    MilestoneFactory(partnership=other, type="upgrade", date="2024", kind="partnership")
    for kind in ("project", "partnership"):
        StatementFactory(partnership=other, fact=Fact.KIND, value=kind)
    assert not Difference.objects.exists()


# --- The list ---------------------------------------------------------------------------------------------


def test_list_says_who_says_what_and_what_the_register_follows(client: Client, pair: Partnership) -> None:
    contradiction(pair)
    Statement.objects.filter(source__grade="D").update(read_on=dt.date(2026, 10, 3))
    answer = page(client)
    (row,) = answer.context["differing"]
    assert [(value.words, value.followed) for value in row.values] == [
        ("9 February 2023", True),
        ("13 February 2023", False),
    ]
    shown = answer.content.decode()
    for words in (f"Gazette of {pair.number}", "Read on 3 October 2026.", "Nobody has decided yet"):
        assert words in shown
    assert f'href="/en/partnerships/{pair.number}-{pair.slug}/"' in shown


def test_decision_stands_with_its_reason(client: Client, pair: Partnership) -> None:
    difference = contradiction(pair)
    weaker = Statement.objects.get(value="2023-02-13")
    decide(difference, weaker, "document", None)
    answer = page(client)
    (row,) = answer.context["differing"]
    assert [value.followed for value in row.values] == [False, True]
    assert "The document itself says so." in answer.content.decode()
    decided = Partnership.objects.get(pk=pair.pk)
    assert decided.status_date == "2023-02-13"


def test_reason_in_words_of_a_registrar_is_marked_as_ukrainian(client: Client, pair: Partnership) -> None:
    decide(contradiction(pair), Statement.objects.get(value="2023-02-13"), "Так у протоколі ради", None)
    assert '<span lang="uk">Так у протоколі ради</span>' in page(client).content.decode()
    assert "Так у протоколі ради" in page(client, "uk").content.decode()


def test_open_differences_stand_before_decided_ones(
    client: Client, pair: Partnership, other: Partnership
) -> None:
    decide(contradiction(pair), Statement.objects.get(value="2023-02-13"), "document", None)
    contradiction(other, "1999-05-06")
    assert listed(client) == [other.number, pair.number]
    assert listed(client, state="open") == [other.number]
    assert listed(client, state="decided") == [pair.number]
    assert set(listed(client, state=["open", "decided"])) == {pair.number, other.number}
    assert "2 facts on which sources differ" in page(client).context["sentence"]
    assert "not decided yet: 1" in page(client).context["sentence"]


def test_list_is_narrowed_by_fact_oblast_country_and_record(
    client: Client, pair: Partnership, other: Partnership
) -> None:
    contradiction(pair)
    for year in ("1998", "1999"):
        StatementFactory(partnership=other, fact=Fact.SINCE, value=year)
    oblast = known(known(pair.ukrainian_parties[0].place).oblast)
    assert listed(client, fact="since") == [other.number]
    assert listed(client, oblast=oblast.katottg) == [pair.number]
    assert listed(client, country="pl") == [other.number]
    assert listed(client, country="PL", fact="date") == []
    assert listed(client, record=pair.number) == [pair.number]


def test_choices_count_without_their_own_selection(
    client: Client, pair: Partnership, other: Partnership
) -> None:
    contradiction(pair)
    contradiction(other, "1999-05-06")
    filters = {choices.name: choices.options for choices in page(client, country="PL").context["filters"]}
    assert {option.value: (option.count, option.selected) for option in filters["country"]} == {
        "DE": (1, False),
        "PL": (1, True),
    }
    assert [(option.value, option.count) for option in filters["state"]] == [("open", 1)]


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"oblast": "nowhere"}, "nowhere"),
        ({"country": "ZZZ"}, "ZZZ"),
        ({"country": "UA"}, "UA"),
        ({"fact": "pg_sleep(9)"}, "pg_sleep(9)"),
        ({"state": "maybe"}, "maybe"),
        ({"record": "12; DROP"}, "12; DROP"),
        ({"page": "99"}, "99"),
        ({"page": "x\0"}, "x"),
    ],
)
def test_value_that_means_nothing_is_named_and_ignored(
    client: Client, pair: Partnership, params: dict[str, str], named: str
) -> None:
    contradiction(pair)
    assert listed(client, **params) == [pair.number]
    assert named in page(client, **params).content.decode()


@pytest.mark.parametrize("visibility", ["draft", "withdrawn"])
def test_record_that_is_not_public_is_neither_listed_nor_counted(
    client: Client, pair: Partnership, visibility: str
) -> None:
    contradiction(pair)
    Partnership.objects.update(visibility=visibility)
    answer = page(client)
    assert answer.context["differing"] == []
    assert answer.context["sentence"].startswith("0 facts")
    assert all(not choices.options for choices in answer.context["filters"])
    assert "No two sources contradict each other" in answer.content.decode()


def test_empty_list_explains_itself_and_a_filter_leads_back(client: Client, pair: Partnership) -> None:
    assert "No two sources contradict each other" in page(client).content.decode()
    contradiction(pair)
    shown = page(client, country="DE", fact="kind").content.decode()
    assert "No difference fits all of this" in shown
    assert 'href="/en/partnerships/differences/"' in shown


def test_legal_kind_of_an_agreement_is_named_after_it(client: Client, pair: Partnership) -> None:
    agreement = AgreementFactory(partnership=pair, legal_kind="transborder")
    for kind in ("transborder", "transnational"):
        StatementFactory(partnership=pair, agreement=agreement, fact=Fact.LEGAL_KIND, value=kind)
    (row,) = page(client).context["differing"]
    assert row.label == "Agreement: legal kind"
    assert [value.words for value in row.values if value.followed] == ["transborder"]


def test_markup_in_sources_and_reasons_is_only_text(client: Client, pair: Partnership) -> None:
    payload = "<img src=x onerror=alert(1)>"
    source = SourceFactory(title=payload, publisher=payload, url="javascript:alert(1)", grade="D")
    StatementFactory(milestone=pair.milestones.get(), value="2023-02-13", source=source)
    decide(Difference.objects.get(), Statement.objects.get(source=source), payload, None)
    for language in ("uk", "en"):
        shown = page(client, language).content.decode()
        assert "<img" not in shown
        assert "javascript:" not in shown


def test_page_gone_leads_to_its_archived_copy(client: Client, pair: Partnership) -> None:
    source = SourceFactory(
        grade="D",
        url="https://gone.example/",
        archived_url="https://archive.example/gone",
        gone_on=dt.date(2026, 10, 1),
    )
    StatementFactory(milestone=pair.milestones.get(), value="2023-02-13", source=source)
    shown = page(client).content.decode()
    assert 'href="https://archive.example/gone"' in shown
    assert "gone.example" not in shown


# --- Cost -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [5, 500])
def test_list_costs_the_same_however_many_differ(client: Client, count: int) -> None:
    ua = [HromadaFactory() for _ in range(3)]
    foreign = [ForeignPlaceFactory() for _ in range(3)]
    many_partnerships(count, ua, foreign)
    sources = [SourceFactory(grade="C"), SourceFactory(grade="D")]
    Statement.objects.bulk_create(
        Statement(
            source=source, partnership=m.partnership, milestone=m, fact=Fact.DATE, value=value, grade="C"
        )
        for m in Milestone.objects.select_related("partnership")
        for source, value in zip(sources, ("2023-02-09", "2023-02-13"), strict=True)
    )
    client.get("/en/partnerships/differences/")
    with CaptureQueriesContext(connection) as captured:
        answer = page(client)
    assert len(answer.context["differing"]) == min(count, 25)
    assert len(captured) == BUDGET


def test_a_filter_by_place_costs_one_query_more(client: Client, pair: Partnership) -> None:
    contradiction(pair)
    with CaptureQueriesContext(connection) as captured:
        page(client, country="DE", page=7)
    assert len(captured) == BUDGET + 1


def test_record_page_marks_the_difference_and_its_decision(client: Client, pair: Partnership) -> None:
    difference = contradiction(pair)
    facts = {fact.label: fact for fact in client.get(pair.get_absolute_url()).context["facts"]}
    (marked,) = [fact for fact in facts.values() if fact.disagree]
    assert (marked.difference, marked.ruling) == (difference, None)
    decide(difference, Statement.objects.get(value="2023-02-13"), "document", None)
    facts = {fact.label: fact for fact in client.get(pair.get_absolute_url()).context["facts"]}
    (marked,) = [fact for fact in facts.values() if fact.disagree]
    assert known(marked.ruling).reason == "document"
    assert (
        "sources disagree, decided"
        in client.get(f"/en/partnerships/{pair.number}-{pair.slug}/").content.decode()
    )


def test_agreeing_record_is_not_listed(client: Client) -> None:
    record = PartnershipFactory(decided=True, grade="B")
    StatementFactory(milestone=record.milestones.get(), value="2023")
    assert listed(client) == []
