"""What each role may do in the admin. `sync_roles` brings the groups of the database in line with this."""

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import transaction
from django.db.models import Q

from accounts.enums import Role
from accounts.models import User

ALL = ("view", "add", "change", "delete")
KEEP = ("view", "add", "change")
READ = ("view",)

#: role → model → actions. History is read-only for everybody.
PERMISSIONS: dict[Role, dict[str, tuple[str, ...]]] = {
    Role.EDITOR: {
        "news.newsitem": ALL,
        "news.newsplace": ALL,
        "news.newspartnership": ALL,
        "news.newsnote": ALL,
        "news.tag": KEEP,
        "news.reusablenote": KEEP,
        "guidelines.edition": KEEP,
        "guidelines.chapter": KEEP,
        "guidelines.section": ALL,
        "guidelines.sectionsource": ALL,
        "guidelines.credit": ALL,
        "places.place": READ,
        "partnerships.partnership": READ,
    },
    Role.REGISTRAR: {
        "places.place": KEEP,
        "places.placename": ALL,
        "places.placecode": ALL,
        "partnerships.partnership": KEEP,
        "partnerships.party": ALL,
        "partnerships.body": KEEP,
        "partnerships.programme": KEEP,
        "partnerships.milestone": ALL,
        "partnerships.act": KEEP,
        "partnerships.agreement": ALL,
        "partnerships.source": KEEP,
        "partnerships.statement": ALL,
        "partnerships.sourcerow": ("view", "change"),
        "partnerships.importbatch": KEEP,
        "partnerships.ruling": ALL,
        "partnerships.difference": READ,
        "seeking.seekingcard": ALL,
        "portal.errorreport": ("view", "change"),
        "core.auditentry": READ,
        "accounts.membership": KEEP,
        "accounts.user": READ,
    },
    Role.OFFICER: {},
}


def has_role(user: User | AnonymousUser, role: Role) -> bool:
    """Whether an active user holds the role; a superuser holds each."""
    if not user.is_active or not user.is_authenticated:
        return False
    return user.is_superuser or user.groups.filter(name=role).exists()


def is_registrar(user: User | AnonymousUser) -> bool:
    return has_role(user, Role.REGISTRAR)


def is_editor(user: User | AnonymousUser) -> bool:
    return has_role(user, Role.EDITOR)


@transaction.atomic
def sync_roles() -> dict[Role, int]:
    """Make the groups and give each exactly its permissions.

    :returns: how many permissions each role has.
    :raises LookupError: a permission named here does not exist.
    """
    counts = {}
    for role, models in PERMISSIONS.items():
        wanted = {
            (model.split(".")[0], f"{action}_{model.split('.')[1]}")
            for model, actions in models.items()
            for action in actions
        }
        condition = Q(pk__in=[])
        for app, codename in wanted:
            condition |= Q(content_type__app_label=app, codename=codename)
        found = list(Permission.objects.filter(condition).select_related("content_type"))
        missing = wanted - {(p.content_type.app_label, p.codename) for p in found}
        if missing:
            raise LookupError(f"no such permissions: {sorted(missing)}")
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set(found)
        counts[role] = len(found)
    return counts
