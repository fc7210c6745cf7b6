"""Sample accounts for trying the portal out: one of each role, with random passwords."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.roles import sync_roles
from places.models import Place

#: Kryvyi Rih, whose partnership with Duisburg the portal starts from.
SAMPLE_HROMADA = "UA12060170000091033"


@dataclass(frozen=True, slots=True)
class SampleAccount:
    email: str
    full_name: str
    roles: tuple[Role, ...]
    is_staff: bool = False
    is_superuser: bool = False


SAMPLE_ACCOUNTS = (
    SampleAccount("admin@example.org", "Адміністратор (проба)", (), is_staff=True, is_superuser=True),
    SampleAccount("editor@example.org", "Редактор (проба)", (Role.EDITOR,), is_staff=True),
    SampleAccount("registrar@example.org", "Реєстратор (проба)", (Role.REGISTRAR,), is_staff=True),
    SampleAccount("officer@example.org", "Відповідальна особа (проба)", (Role.OFFICER,)),
)


@transaction.atomic
def make_sample_accounts(password_file: Path) -> dict[str, str]:
    """Make the sample accounts that do not exist yet and keep their passwords in `password_file` (mode 0600).

    :returns: e-mail → password of the accounts made now; empty on later runs.
    """
    sync_roles()
    made = {}
    for sample in SAMPLE_ACCOUNTS:
        if User.objects.filter(email=sample.email).exists():
            continue
        made[sample.email] = secrets.token_urlsafe(12)
        user = User.objects.create_user(
            sample.email,
            made[sample.email],
            full_name=sample.full_name,
            is_staff=sample.is_staff,
            is_superuser=sample.is_superuser,
        )
        user.groups.set(Group.objects.filter(name__in=sample.roles))
        if Role.OFFICER in sample.roles:
            hromada = Place.objects.filter(katottg=SAMPLE_HROMADA).first()
            if hromada is not None:
                Membership.objects.create(user=user, hromada=hromada, valid_from=timezone.localdate())
    if made:
        _keep(password_file, made)
    return made


def _keep(path: Path, passwords: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.writelines(f"{email}\t{password}\n" for email, password in passwords.items())
