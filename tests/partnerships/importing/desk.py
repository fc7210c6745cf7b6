"""What registrars do on the review page, as their browsers send it."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.roles import sync_roles
from partnerships.models import SourceRow

REVIEW = "admin:partnerships_sourcerow_review"


def staff(role: Role) -> User:
    sync_roles()
    user = User.objects.create_user(f"{role}@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def choice(row: SourceRow, **fields: Any) -> dict[str, Any]:
    """The form as a browser sends it, with the partner that is certain."""
    foreign = next(one for one in row.proposals if one["side"] == "foreign")["candidates"][0]["place"]
    return {"action": "accept", "party-1": foreign, **fields}


def decide(client: Client, row: SourceRow, **fields: Any) -> Any:
    return client.post(f"{reverse(REVIEW)}?row={row.pk}", choice(row, **fields))


def take_back(client: Client, row: SourceRow) -> Any:
    return client.post(reverse("admin:partnerships_sourcerow_undo"), {"row": row.pk})
