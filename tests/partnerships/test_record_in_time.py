"""The page of a record as of a past day: what held then, what may have, what was still to come."""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.as_of_words import ThatDay
from partnerships.life_drawing import LifeLine
from partnerships.life_scale import LifeScale
from partnerships.models import Partnership
from tests.factories.partnerships import AgreementFactory, MilestoneFactory, PartnershipFactory
from tests.factories.places import PlaceNameFactory

pytestmark = pytest.mark.django_db


@dataclass
class Shown:
    """The page of a record as of a day."""

    then: ThatDay | None
    line: LifeLine
    scale: LifeScale | None
    complaint: str
    html: str


def on(client: Client, record: Partnership, day: str) -> Shown:
    answer = client.get(f"/en/partnerships/{record.number}-{record.slug}/", {"as_of": day})
    assert answer.status_code == 200
    made_from = answer.context
    return Shown(
        then=made_from["then"],
        line=made_from["line"],
        scale=made_from["scale"],
        complaint=made_from["as_of_complaint"],
        html=answer.content.decode(),
    )


def sentences(client: Client, record: Partnership, day: str) -> str:
    then = on(client, record, day).then
    assert then is not None
    return " ".join(then.sentences)


# --- What held --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2023-02-08", "On 8 February 2023 nothing of this relation had begun, by what is known today."),
        ("2023-02-09", "On 9 February 2023: decided (9 February 2023). The relation was then called: "),
        ("2023-02-28", "On 28 February 2023: decided (9 February 2023). The relation was then called: "),
        ("2023-03-01", "On 1 March 2023: signed (1 March 2023). The relation was then called: "),
        ("01.03.2023", "On 1 March 2023: signed (1 March 2023). The relation was then called: "),
    ],
)
def test_page_says_what_held_on_the_day(client: Client, day: str, words: str) -> None:
    assert sentences(client, PartnershipFactory(signed=True), day).startswith(words)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2022-12-31", "nothing of this relation had begun"),
        ("2023-01-01", "possibly signed (2023)"),
        ("2023-12-30", "possibly signed (2023)"),
        ("2023-12-31", "On 31 December 2023: signed (2023)."),
    ],
)
def test_imprecise_date_makes_it_possible_within_its_range_and_certain_after(
    client: Client, day: str, words: str
) -> None:
    record = PartnershipFactory(line=(("signing", "happened", "2023"),))
    assert words in sentences(client, record, day)


def test_event_that_may_have_happened_by_then_is_named_beside_what_is_certain(client: Client) -> None:
    record = PartnershipFactory(
        line=(("decision", "happened", "2023-02-09"), ("registration", "happened", "2024"))
    )
    assert "possibly registered (2024)" in sentences(client, record, "2024-03-01")
    record = PartnershipFactory(line=(("signing", "happened", "2023-02-09"), ("change", "happened", "2024")))
    assert "Possibly already by then: change (2024)." in sentences(client, record, "2024-03-01")


def test_announcement_is_told_from_the_day_on_which_it_was_made(client: Client) -> None:
    record = PartnershipFactory(line=(("decision", "happened", "2023-02-09"),))
    announced = MilestoneFactory(
        partnership=record, announced=True, date="2023-06-01", announced_on="2023-03-01"
    )
    assert "signing" not in sentences(client, record, "2023-02-20")
    assert "Announced and still to come: signing (1 June 2023)." in sentences(client, record, "2023-04-01")
    assert "possibly carried out by then: signing" in sentences(client, record, "2023-07-01")
    MilestoneFactory(partnership=record, date="2023-06-02", fulfils=announced)
    assert "Announced and still to come" in sentences(client, record, "2023-04-01")
    assert "nnounced" not in sentences(client, record, "2023-07-01")


def test_both_states_of_an_upgraded_relation_are_visible(client: Client) -> None:
    """As Dnipro and Cologne: a project partnership of 2022 became a city partnership in 2024."""
    record = PartnershipFactory()
    MilestoneFactory(partnership=record, date="2022-10-27", kind="project")
    MilestoneFactory(partnership=record, type="upgrade", date="2024-08-28", kind="partnership")
    assert "then called: project partnership" in sentences(client, record, "2023-01-01")
    assert "then called: partnership (twinning)" in sentences(client, record, "2024-08-28")
    shown = on(client, record, "")
    assert shown.scale is not None
    assert [bar.label for bar in shown.scale.bars] == ["Project partnership", "Partnership (twinning)"]
    assert "From then on: project partnership" in shown.html


def test_later_milestones_stay_and_say_that_they_are_later(client: Client) -> None:
    shown = on(client, PartnershipFactory(signed=True), "2023-02-15")
    assert [(mark.point.label, mark.point.since) for mark in shown.line.marks] == [
        ("Decision", ""),
        ("Signing", "later"),
        ("Registration", ""),
    ]
    assert "later than that day" in shown.html
    assert "as it stood on 15 February 2023" in shown.html
    assert "Back to today" in shown.html


def test_undated_end_does_not_end_what_came_before_it_for_certain(client: Client) -> None:
    record = PartnershipFactory(line=(("signing", "happened", "2020-01-01"), ("end", "happened", "")))
    assert "possibly ended" in sentences(client, record, "2022-01-01")


def test_undated_event_counts_from_the_first_dated_one_on(client: Client) -> None:
    record = PartnershipFactory(
        line=(("signing", "happened", "2020-01-01"), ("registration", "happened", ""))
    )
    for day, since in (("2019-12-31", "later"), ("2020-01-01", "possibly")):
        assert [mark.point.since for mark in on(client, record, day).line.undated] == [since]


# --- What was asked for -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2023-02-31", "“2023-02-31” names no day and was left out"),
        ("2023", "“2023” names no day"),
        ("yesterday", "“yesterday” names no day"),
        ("<script>alert(1)</script>", "“&lt;script&gt;alert(1)&lt;/script&gt;” names no day"),
        ("2999-01-01", "“2999-01-01” lies in the future"),
        ("9" * 5000, "names no day"),
    ],
)
def test_day_that_means_nothing_is_named_and_left_out(client: Client, day: str, words: str) -> None:
    shown = on(client, PartnershipFactory(signed=True), day)
    assert shown.then is None
    assert words in shown.html
    assert "<script>" not in shown.html


def test_today_is_the_page_itself(client: Client) -> None:
    shown = on(client, PartnershipFactory(signed=True), timezone.localdate().isoformat())
    assert shown.then is None
    assert shown.complaint == ""


@pytest.mark.parametrize("address", ["{number}/", "{number}-old-name/"])
def test_address_that_moved_leads_to_the_day_that_was_asked_about(client: Client, address: str) -> None:
    record = PartnershipFactory(signed=True)
    answer = client.get(
        "/en/partnerships/" + address.format(number=record.number), {"as_of": "2023-02-09", "x": "1"}
    )
    assert answer["Location"] == f"/en/partnerships/{record.number}-{record.slug}/?as_of=2023-02-09"


def test_page_of_a_past_day_costs_as_many_queries_as_that_of_today(client: Client) -> None:
    record = PartnershipFactory(signed=True)
    address = f"/en/partnerships/{record.number}-{record.slug}/"
    client.get(address)
    counts = []
    for query in ("", "?as_of=2023-02-15"):
        with CaptureQueriesContext(connection) as captured:
            client.get(address + query)
        counts.append(len(captured))
    assert counts[0] == counts[1] == 9


# --- Names of the day -------------------------------------------------------------------------------------


def test_event_and_agreement_show_the_name_of_their_day(client: Client, pair: Partnership) -> None:
    place = pair.ukrainian_parties[0].place
    assert place is not None
    bearer = place.centre
    PlaceNameFactory(place=bearer, text="Старий Ріг", valid_to="2024-09-26")
    agreement = AgreementFactory(partnership=pair, title="Угода")
    MilestoneFactory(partnership=pair, date="2023-05-01", agreement=agreement)
    MilestoneFactory(partnership=pair, type="renewal", date="2025-01-01")
    answer = client.get(f"/uk/partnerships/{pair.number}-{pair.slug}/")
    names = {mark.point.label: mark.point.names for mark in answer.context["line"].marks}
    assert [str(then) for then, _today in names["Підписання"]] == ["Старий Ріг"]
    assert [str(today) for _then, today in names["Підписання"]] == ["Кривий Ріг"]
    assert names["Поновлення"] == ()
    assert [str(name.then) for name in answer.context["agreements"][0]["names"]] == ["Старий Ріг"]


def test_name_that_changed_within_the_days_meant_is_not_guessed(client: Client, pair: Partnership) -> None:
    place = pair.ukrainian_parties[0].place
    assert place is not None
    PlaceNameFactory(place=place.centre, text="Старий Ріг", valid_to="2024-09-26")
    MilestoneFactory(partnership=pair, date="2024")
    answer = client.get(f"/uk/partnerships/{pair.number}-{pair.slug}/")
    assert all(
        mark.point.names == () for mark in answer.context["line"].marks if mark.point.date_text == "2024"
    )
