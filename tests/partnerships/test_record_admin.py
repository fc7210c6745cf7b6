"""The record in the admin: what a registrar types wrongly is said, and nothing is lost."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.roles import sync_roles
from partnerships.models import Milestone
from tests.factories.partnerships import MilestoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(client: Client) -> Client:
    sync_roles()
    user = User.objects.create_user("registrar@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.REGISTRAR))
    client.force_login(user)
    return client


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
