"""Roles: each sees only its own, and repeating the command changes nothing."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.roles import PERMISSIONS, is_editor, is_registrar, sync_roles
from tests.factories.places import HromadaFactory

pytestmark = pytest.mark.django_db


def staff(role: Role) -> User:
    sync_roles()
    user = User.objects.create_user(f"{role}@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def test_roles_have_exactly_the_permissions_written_down() -> None:
    sync_roles()
    for role, models in PERMISSIONS.items():
        wanted = {
            f"{m.split('.')[0]}.{a}_{m.split('.')[1]}" for m, actions in models.items() for a in actions
        }
        assert staff(role).get_all_permissions() == wanted


def test_syncing_twice_changes_nothing() -> None:
    assert sync_roles() == sync_roles()
    assert Group.objects.count() == len(Role)


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (Role.EDITOR, "admin:news_newsitem_add", "admin:partnerships_partnership_add"),
        (Role.REGISTRAR, "admin:partnerships_partnership_add", "admin:news_newsitem_add"),
    ],
)
def test_staff_open_only_what_their_role_keeps(client: Client, role: Role, may: str, may_not: str) -> None:
    client.force_login(staff(role))
    assert client.get(reverse(may)).status_code == 200
    assert client.get(reverse(may_not)).status_code == 403


def test_role_ends_with_the_account() -> None:
    editor, registrar = staff(Role.EDITOR), staff(Role.REGISTRAR)
    assert is_editor(editor)
    assert is_registrar(registrar)
    assert not is_registrar(editor)
    registrar.is_active = False
    assert not is_registrar(registrar)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "holds"),
    [
        (dt.date(2026, 1, 1), None, True),
        (dt.date(2026, 1, 1), dt.date(2026, 6, 1), True),
        (dt.date(2026, 1, 1), dt.date(2026, 5, 31), False),
        (dt.date(2026, 6, 2), None, False),
    ],
)
def test_membership_holds_from_its_first_to_its_last_day(
    valid_from: dt.date, valid_to: dt.date | None, holds: bool
) -> None:
    user = User.objects.create_user("officer@example.org")
    Membership.objects.create(user=user, hromada=HromadaFactory(), valid_from=valid_from, valid_to=valid_to)
    assert user.memberships.in_force(dt.date(2026, 6, 1)).exists() is holds
