"""The work list of differences in the admin: one button a value, two registrars at once, taking back."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from partnerships.models import Difference, Milestone, Partnership, Ruling, Statement
from partnerships.rulings import decide
from tests.factories.partnerships import PartnershipFactory, SourceFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(client: Client, user: User) -> Client:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def day_of(milestone: Milestone) -> str:
    milestone.refresh_from_db()
    return milestone.date


def address(difference: Difference) -> str:
    return reverse("admin:partnerships_difference_change", args=[difference.pk])


def ballot(difference: Difference, statement: Statement, **more: object) -> dict[str, object]:
    return {"follow": statement.pk, "seen": difference.values, "standard": "document", "reason": "", **more}


def test_registrar_decides_by_one_button_and_comes_to_the_next(
    registrar: Client, difference: Difference, weaker: Statement, user: User, other: Partnership
) -> None:
    StatementFactory(milestone=other.milestones.in_order().last(), value="1999", source=SourceFactory())
    following = Difference.objects.exclude(pk=difference.pk).get()
    shown = registrar.get(address(difference)).content.decode()
    assert shown.count('name="follow"') == 2
    answer = registrar.post(address(difference), ballot(difference, weaker))
    assert answer.headers["Location"] == address(following)
    ruling = Ruling.objects.get()
    assert (ruling.follows, ruling.reason, ruling.decided_by) == (weaker, "document", user)
    assert address(difference) in registrar.get(address(following)).content.decode()


def test_stronger_source_is_the_reason_offered_only_for_the_stronger_value(
    registrar: Client, difference: Difference
) -> None:
    ballots = registrar.get(address(difference)).context["ballots"]
    assert [(ballot.value.statement.grade, ballot.standard) for ballot in ballots] == [
        ("B", "stronger"),
        ("D", ""),
    ]


def test_missing_reason_is_said_beside_the_value_and_nothing_typed_is_lost(
    registrar: Client, difference: Difference, weaker: Statement
) -> None:
    answer = registrar.post(address(difference), ballot(difference, weaker, standard="", reason="  "))
    assert answer.status_code == 200
    assert [bool(ballot.errors) for ballot in answer.context["ballots"]] == [False, True]
    answer = registrar.post(
        address(difference), ballot(difference, weaker, standard="made up", reason="Бо так")
    )
    assert answer.status_code == 200
    assert 'value="Бо так"' in answer.content.decode()
    assert not Ruling.objects.exists()


def test_second_registrar_is_told_and_sees_the_decision(
    registrar: Client, difference: Difference, milestone: Milestone, weaker: Statement
) -> None:
    decide(difference, weaker, "party", None)
    other_value = milestone.statements.get(value="2023-02-09")
    answer = registrar.post(address(difference), ballot(difference, other_value), follow=True)
    shown = answer.content.decode()
    assert answer.redirect_chain[-1][0] == address(difference)
    assert "messagelist" in shown
    assert 'name="follow"' not in shown
    assert day_of(milestone) == "2023-02-13"


def test_decision_is_taken_back_by_one_button(
    registrar: Client, difference: Difference, milestone: Milestone, weaker: Statement
) -> None:
    ruling = decide(difference, weaker, "party", None)
    take_back_at = reverse("admin:partnerships_ruling_change", args=[ruling.pk])
    assert f'action="{take_back_at}"' in registrar.get(address(difference)).content.decode()
    assert registrar.get(take_back_at).status_code == 200
    answer = registrar.post(take_back_at, {"follows": 1})
    assert answer.headers["Location"] == take_back_at
    answer = registrar.post(take_back_at, {"follows": weaker.pk})
    assert answer.headers["Location"] == address(difference)
    assert not Ruling.objects.exists()
    assert day_of(milestone) == "2023-02-09"


@pytest.mark.parametrize(
    "forged",
    [{"follow": 999999999}, {"follow": "x"}, {"seen": []}, {"seen": ["2023-02-09"]}, {"reason": "x" * 5000}],
)
def test_forged_post_never_breaks_the_page(
    registrar: Client, difference: Difference, weaker: Statement, forged: dict[str, object]
) -> None:
    answer = registrar.post(address(difference), ballot(difference, weaker, **forged))
    assert answer.status_code in (200, 302)
    assert not Ruling.objects.filter(reason__contains="xxx").exists()


def test_statement_of_another_record_is_refused(
    registrar: Client, difference: Difference, other: Partnership
) -> None:
    registrar.post(address(difference), ballot(difference, other.statements.all()[0]))
    assert not Ruling.objects.exists()


def test_who_may_only_read_decides_nothing(
    client: Client, difference: Difference, weaker: Statement, user: User
) -> None:
    reader = User.objects.create_user("reader@example.org", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_difference", "view_ruling"]))
    client.force_login(reader)
    shown = client.get(address(difference))
    assert shown.status_code == 200
    assert 'name="follow"' not in shown.content.decode()
    assert client.post(address(difference), ballot(difference, weaker)).status_code == 403
    ruling = decide(difference, weaker, "party", user)
    take_back_at = reverse("admin:partnerships_ruling_change", args=[ruling.pk])
    assert client.post(take_back_at, {"follows": weaker.pk}).status_code == 403
    assert Ruling.objects.exists()


@pytest.mark.parametrize("count", [2, 12])
def test_work_list_costs_the_same_however_long_it_is(registrar: Client, count: int) -> None:
    for _ in range(count):
        event = PartnershipFactory(decided=True, grade="B").milestones.get()
        StatementFactory(milestone=event, value="2023-02-13", source=SourceFactory(grade="D"))
        decide(Difference.objects.get(milestone=event), event.statements.order_by("-grade")[0], "party", None)
    costs = []
    for name in ("admin:partnerships_difference_changelist", "admin:partnerships_ruling_changelist"):
        registrar.get(reverse(name))
        with CaptureQueriesContext(connection) as captured:
            assert registrar.get(reverse(name)).status_code == 200
        costs.append(len(captured))
    assert costs == [8, 9]
