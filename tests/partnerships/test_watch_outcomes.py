"""What became of an announcement: recorded by a registrar on one page, with its source, and taken back."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.enums import Role
from accounts.models import User
from accounts.roles import sync_roles
from core.models import AuditEntry
from partnerships.models import Milestone, Partnership, Source
from partnerships.outcome_forms import OutcomeForm
from partnerships.outcomes import (
    Evidence,
    SettledMeanwhile,
    called_off,
    fulfilled_by,
    nothing_known,
    took_place,
)
from tests.factories.partnerships import BodyFactory, MilestoneFactory, SourceFactory, StatementFactory
from tests.known import known

pytestmark = pytest.mark.django_db


@pytest.fixture
def announcement(pair: Partnership) -> Milestone:
    made = MilestoneFactory(
        partnership=pair,
        announced=True,
        date="2023-02-21",
        mode="online",
        announced_on="2023-02-09",
        body=BodyFactory(),
    )
    StatementFactory(milestone=made)
    return made


@pytest.fixture
def user(db: None) -> User:
    sync_roles()
    registrar = User.objects.create_user("registrar@example.org", is_staff=True)
    registrar.groups.add(Group.objects.get(name=Role.REGISTRAR))
    return registrar


@pytest.fixture
def registrar(client: Client, user: User) -> Client:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def address(announcement: Milestone) -> str:
    return reverse("admin:partnerships_milestone_outcome", args=[announcement.pk])


def given(**fields: str) -> dict[str, str]:
    return {
        "what": "took_place",
        "date": "21 February 2023",
        "mode": "online",
        "source_url": "https://town.example/signed",
        "source_title": "Signed",
        "source_publisher": "A town",
        "source_language": "de",
        "source_grade": "B",
        **fields,
    }


def errors(client: Client, announcement: Milestone, **fields: str) -> dict[str, list[str]]:
    answer = client.post(address(announcement), given(**fields))
    assert answer.status_code == 200
    return dict(answer.context["form"].errors)


# --- It took place ----------------------------------------------------------------------------------------


def test_event_is_a_second_row_with_its_own_source_and_the_announcement_is_kept(
    registrar: Client, announcement: Milestone, user: User
) -> None:
    answer = registrar.post(address(announcement), given())
    assert answer.status_code == 302
    event = Milestone.objects.get(fulfils=announcement)
    assert (event.stage, event.date, event.mode, event.body) == (
        "happened",
        "2023-02-21",
        "online",
        announcement.body,
    )
    statement = event.statements.get()
    assert event.follows == statement
    assert (statement.grade, statement.source.publisher, statement.read_on) == (
        "B",
        "A town",
        timezone.localdate(),
    )
    announcement.refresh_from_db()
    assert (announcement.outcome, announcement.date) == ("kept", "2023-02-21")
    assert Partnership.objects.get(pk=announcement.partnership_id).status == "signed"
    made = AuditEntry.objects.get(table_name="partnerships_milestone", row_id=event.pk, operation="insert")
    assert (made.user_id, bool(made.reason)) == (user.pk, True)


def test_source_that_the_register_knows_by_its_address_is_used_again(
    registrar: Client, announcement: Milestone
) -> None:
    source = SourceFactory(url="https://town.example/signed", grade="A")
    fields = given(source_title="", source_publisher="", source_language="", source_grade="")
    assert registrar.post(address(announcement), fields).status_code == 302
    assert Milestone.objects.get(fulfils=announcement).statements.get().source == source


def test_two_new_sources_of_one_name_have_addresses_of_their_own(
    registrar: Client, announcement: Milestone
) -> None:
    SourceFactory(slug="town-signed", url="https://town.example/old")
    assert registrar.post(address(announcement), given()).status_code == 302
    assert Source.objects.filter(slug__startswith="town").count() == 2


def test_event_without_a_day_is_recorded_by_what_the_source_says(announcement: Milestone) -> None:
    event = took_place(announcement, Evidence(SourceFactory()), None)
    assert [(one.fact, one.value) for one in event.statements.all()] == [("status", "signed")]
    assert event.follows is None


def test_event_that_is_there_already_is_linked(
    registrar: Client, announcement: Milestone, pair: Partnership
) -> None:
    event = MilestoneFactory(partnership=pair, date="2023-02-21")
    fields = given(event=str(event.pk), source_url="", source_title="")
    assert registrar.post(address(announcement), fields).status_code == 302
    event.refresh_from_db()
    assert event.fulfils == announcement
    assert pair.milestones.filter(type="signing", stage="happened").count() == 1


def test_event_of_another_record_is_not_offered(
    registrar: Client, announcement: Milestone, other: Partnership
) -> None:
    foreign = known(other.milestones.filter(type="signing").first())
    assert "event" in errors(registrar, announcement, event=str(foreign.pk))
    with pytest.raises(ValidationError):
        fulfilled_by(announcement, foreign, None)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"date": "31.02.2023"}, "date"),
        ({"date": "2999-01-01"}, "date"),
        ({"date": "2023-02-01"}, "date"),  # before it was announced
        ({"source_url": ""}, "source_url"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_title": ""}, "source_title"),
        ({"source_grade": ""}, "source_grade"),
        ({"source_grade": "Z"}, "source_grade"),
        ({"source_language": "Deutsch"}, "source_language"),
        ({"what": ""}, "what"),
        ({"what": "exploded"}, "what"),
        ({"what": "postponed", "reason": ""}, "reason"),
        ({"what": "postponed", "reason": "x", "new_date": "soon"}, "new_date"),
        ({"what": "postponed", "reason": "x", "new_date": "2027", "source_url": ""}, "source_url"),
        ({"what": "cancelled", "reason": " "}, "reason"),
        ({"what": "not_known", "reason": ""}, "reason"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    registrar: Client, announcement: Milestone, fields: dict[str, str], wrong: str
) -> None:
    assert wrong in errors(registrar, announcement, **fields)
    shown = registrar.post(address(announcement), given(**fields)).content.decode()
    assert 'value="A town"' in shown
    announcement.refresh_from_db()
    assert announcement.outcome == "not_known"
    assert not Milestone.objects.filter(fulfils=announcement).exists()
    assert not Source.objects.filter(publisher="A town").exists()


@pytest.mark.parametrize(("language", "words"), [("uk", "D – медіа"), ("en", "D – media")])
def test_grades_are_told_in_the_language_of_the_page(
    announcement: Milestone, language: str, words: str
) -> None:
    with override(language):
        assert words in str(OutcomeForm(announcement=announcement)["source_grade"])


def test_second_registrar_is_told_and_makes_no_second_event(
    registrar: Client, announcement: Milestone
) -> None:
    took_place(announcement, Evidence(SourceFactory()), None, date="2023-02-21")
    assert "__all__" in errors(registrar, announcement)
    assert Milestone.objects.filter(fulfils=announcement).count() == 1
    assert not Source.objects.filter(publisher="A town").exists()


# --- Postponed, cancelled, nothing known ------------------------------------------------------------------


def test_postponed_to_a_new_day_is_a_new_announcement(registrar: Client, announcement: Milestone) -> None:
    fields = given(what="postponed", reason="Повітряна тривога", new_date="5 березня 2027")
    assert registrar.post(address(announcement), fields).status_code == 302
    announcement.refresh_from_db()
    assert (announcement.outcome, announcement.date) == ("postponed", "2023-02-21")
    renewed = Milestone.objects.unconfirmed().get()
    assert (renewed.date, renewed.type, renewed.stage) == ("2027-03-05", "signing", "announced")
    assert renewed.follows == renewed.statements.get()
    entry = AuditEntry.objects.filter(table_name="partnerships_milestone", row_id=announcement.pk).latest(
        "id"
    )
    assert entry.reason == "Повітряна тривога"


def test_cancelled_announcement_says_who_says_so(
    client: Client, registrar: Client, announcement: Milestone
) -> None:
    fields = given(what="cancelled", reason="The council withdrew")
    assert registrar.post(address(announcement), fields).status_code == 302
    said = announcement.statements.get(fact="status")
    assert (said.value, said.source.publisher) == ("cancelled", "A town")
    record = announcement.partnership
    shown = registrar.get(f"/en/partnerships/{record.number}-{record.slug}/").content.decode()
    assert "cancelled" in shown


def test_nothing_known_takes_the_recorded_event_back_and_the_history_keeps_it(
    registrar: Client, announcement: Milestone
) -> None:
    event = took_place(announcement, Evidence(SourceFactory()), None, date="2023-02-21")
    fields = {"what": "not_known", "reason": "It was another town"}
    assert registrar.post(address(announcement), fields).status_code == 302
    assert not Milestone.objects.filter(pk=event.pk).exists()
    assert announcement in Milestone.objects.unconfirmed()
    gone = AuditEntry.objects.get(table_name="partnerships_milestone", row_id=event.pk, operation="delete")
    assert gone.reason == "It was another town"


def test_nothing_known_only_unlinks_an_event_that_was_there_before(
    announcement: Milestone, pair: Partnership
) -> None:
    event = MilestoneFactory(partnership=pair, date="2023-02-21")
    fulfilled_by(announcement, event, None)
    nothing_known(announcement, "mistaken", None)
    event.refresh_from_db()
    assert event.fulfils is None
    assert announcement in Milestone.objects.unconfirmed()


def test_called_off_twice_is_told(announcement: Milestone) -> None:
    called_off(announcement, "cancelled", "why", None)
    with pytest.raises(SettledMeanwhile):
        called_off(announcement, "postponed", "why", None)
    nothing_known(announcement, "why", None)
    with pytest.raises(SettledMeanwhile):
        nothing_known(announcement, "why", None)


# --- The way there ----------------------------------------------------------------------------------------


def test_list_of_events_and_the_events_form_lead_to_the_question(
    registrar: Client, announcement: Milestone
) -> None:
    listed = registrar.get(f"{reverse('admin:partnerships_milestone_changelist')}?watch=yes")
    assert [row.pk for row in listed.context["cl"].result_list] == [announcement.pk]
    assert address(announcement) in listed.content.decode()
    form = registrar.get(reverse("admin:partnerships_milestone_change", args=[announcement.pk]))
    assert address(announcement) in form.content.decode()
    asked = registrar.get(address(announcement))
    assert 'value="21 February 2023"' in asked.content.decode()


def test_event_that_happened_has_no_such_page(registrar: Client, pair: Partnership) -> None:
    assert registrar.get(address(pair.milestones.get())).status_code == 404


def test_who_may_only_read_records_nothing(client: Client, announcement: Milestone) -> None:
    sync_roles()
    editor = User.objects.create_user("editor@example.org", is_staff=True)
    editor.groups.add(Group.objects.get(name=Role.EDITOR))
    client.force_login(editor)
    assert client.post(address(announcement), given()).status_code == 403
    assert not Milestone.objects.filter(fulfils=announcement).exists()
