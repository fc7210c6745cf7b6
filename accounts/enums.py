"""Roles and kinds of membership."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Groups of `auth`; what each may do stands in `accounts.roles`."""

    EDITOR = "editor", _("ministry editor")
    REGISTRAR = "registrar", _("registrar")
    OFFICER = "officer", _("community officer")


class MembershipKind(models.TextChoices):
    OFFICER = "officer", _("officer")
    DEPUTY = "deputy", _("deputy")
