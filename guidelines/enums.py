"""States of chapters, and whom they address."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionState(models.TextChoices):
    DRAFT = "draft", _("draft for the ministry's review")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("superseded")


class ReviewState(models.TextChoices):
    DRAFT = "draft", _("draft for the ministry's review")
    APPROVED = "approved", _("approved")


class Audience(models.TextChoices):
    MAYOR = "mayor", _("mayor")
    OFFICER = "officer", _("community officer")
    ACCOUNTANT = "accountant", _("accountant")
    CUSTOMS = "customs", _("customs contact")
    FOREIGN_PARTNER = "foreign_partner", _("foreign partner")
