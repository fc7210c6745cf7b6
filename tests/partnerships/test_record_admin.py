"""The record in the admin: what a registrar types wrongly is said, and nothing is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from partnerships.histories import entries_of
from partnerships.models import Milestone
from tests.factories.partnerships import MilestoneFactory, PartnershipFactory
from tests.partnerships.record_forms import fields_of, save, typed_in

pytestmark = pytest.mark.django_db


def post(client: Client, milestone: Milestone, date: str) -> tuple[int, str]:
    fields = {
        "partnership": milestone.partnership_id,
        "type": milestone.type,
        "stage": milestone.stage,
        "date": date,
        "outcome": milestone.outcome,
        "statements-TOTAL_FORMS": 0,
        "statements-INITIAL_FORMS": 0,
    }
    answer = client.post(reverse("admin:partnerships_milestone_change", args=[milestone.pk]), fields)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("wrong", ["31.02.2023", "2023-02-31", "2023-13", "лютий", "9/2/23"])
def test_mistyped_date_is_refused_beside_the_field_and_kept(registrar: Client, wrong: str) -> None:
    milestone = MilestoneFactory(date="2023-02-09")
    status, text = post(registrar, milestone, wrong)
    assert status == 200
    assert "errorlist" in text
    milestone.refresh_from_db()
    assert milestone.date == "2023-02-09"


def test_day_typed_with_dots_is_read(registrar: Client) -> None:
    milestone = MilestoneFactory(date="2023")
    assert post(registrar, milestone, "9.02.2023")[0] == 302
    milestone.refresh_from_db()
    assert milestone.date == "2023-02-09"


def test_event_that_happened_cannot_lie_in_the_future(registrar: Client) -> None:
    milestone = MilestoneFactory(date="2023")
    assert post(registrar, milestone, "2999-01-01")[0] == 200
    milestone.refresh_from_db()
    assert milestone.date == "2023"


# --- The record's own form --------------------------------------------------------------------------------


def test_form_that_nobody_touched_saves_and_changes_nothing(registrar: Client) -> None:
    record = PartnershipFactory(signed=True, grade="B")
    before = AuditEntry.objects.exclude(table_name="search_searchentry").count()
    assert save(registrar, record, fields_of(registrar, record))[0] == 302
    entries = entries_of(record).filter(pk__gt=0)
    assert entries.filter(operation="update").count() == 0
    assert before


def test_reason_of_a_change_stands_in_the_history(registrar: Client) -> None:
    record = PartnershipFactory(signed=True)
    fields = fields_of(registrar, record)
    assert save(registrar, record, fields, why_en="Old friends", because="They wrote so")[0] == 302
    assert entries_of(record).latest("pk").reason == "They wrote so"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"milestones-0-date": "31.02.2023"}, "the calendar has no such day or month"),
        ({"milestones-0-date": "2023-13"}, "the calendar has no such day or month"),
        ({"milestones-0-date": "2999"}, "record it as announced"),
        ({"milestones-1-date": "2020"}, "would end before it was signed"),
        ({"milestones-2-announced_on": "2999-01-01"}, "An announcement was made today at the latest"),
        ({"milestones-2-announced_on": "2024"}, "before it was announced"),
        ({"milestones-0-type": "talks", "milestones-0-outcome": "kept"}, "Only an announcement has"),
    ],
)
def test_what_cannot_be_true_of_a_life_is_said_beside_its_field_and_kept(
    registrar: Client, changes: dict[str, str], words: str
) -> None:
    record = PartnershipFactory(line=(("signing", "happened", "2023-03-01"), ("end", "happened", "2025")))
    announced = MilestoneFactory(
        partnership=record, announced=True, date="2023-03-01", announced_on="2023-02-01"
    )
    record.milestones.filter(type="signing", stage="happened").update(fulfils=announced)
    fields = fields_of(registrar, record)
    order = {fields[f"milestones-{n}-{field}"]: n for n in range(3) for field in ("id",)}
    wanted = [
        record.milestones.get(type="signing", stage="happened"),
        record.milestones.get(type="end"),
        announced,
    ]
    moved = {}
    for name, value in changes.items():
        prefix, number, field = name.split("-")
        moved[f"{prefix}-{order[str(wanted[int(number)].pk)]}-{field}"] = value
    before = entries_of(record).count()
    status, text = save(registrar, record, fields, **moved)
    assert status == 200
    assert words in text
    for name, value in moved.items():
        assert typed_in(text)[name] == value
    assert entries_of(record).count() == before


def test_old_agreement_without_any_step_of_the_ministry_is_recorded(registrar: Client) -> None:
    record = PartnershipFactory(line=(("signing", "happened", "1996"),))
    fields = fields_of(registrar, record)
    assert save(registrar, record, fields, **{"milestones-0-date": "7 січня 1995"})[0] == 302
    record.refresh_from_db()
    assert (record.status, record.status_date) == ("signed", "1995-01-07")


def test_date_of_an_event_that_follows_a_statement_is_not_typed_over(registrar: Client) -> None:
    record = PartnershipFactory(line=(("signing", "happened", "2023"),), grade="B")
    milestone = record.milestones.get()
    Milestone.objects.filter(pk=milestone.pk).update(follows=milestone.statements.get())
    status, text = save(registrar, record, fields_of(registrar, record), **{"milestones-0-date": "2024"})
    assert status == 200
    assert "follows a statement" in text


def test_what_only_the_database_knows_is_an_error_of_the_form_and_nothing_typed_is_lost(
    registrar: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when two save at once: the form's own check is passed, the database refuses."""
    monkeypatch.setattr("partnerships.validation.faults", lambda events, today: [])
    record = PartnershipFactory(line=(("signing", "happened", "2023"), ("end", "happened", "2025")))
    fields = fields_of(registrar, record)
    number = next(n for n in range(2) if fields[f"milestones-{n}-type"] == "end")
    status, text = save(
        registrar, record, fields, **{f"milestones-{number}-date": "2020", "why_en": "Typed with care"}
    )
    assert status == 200
    assert "before it was signed" in text
    assert "Typed with care" in text
    assert "was changed successfully" not in text
    record.refresh_from_db()
    assert (record.status, record.why_en) == ("ended", "")


def test_event_on_its_own_page_is_checked_with_the_others_of_its_record(registrar: Client) -> None:
    record = PartnershipFactory(line=(("signing", "happened", "2023"), ("end", "happened", "2025")))
    status, text = post(registrar, record.milestones.get(type="end"), "2020")
    assert status == 200
    assert "would end before it was signed" in text
    assert 'value="2020"' in text
