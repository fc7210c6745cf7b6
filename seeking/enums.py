"""What cards speak of. The codes stand in addresses and feeds."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CardState(models.TextChoices):
    """Whether a card is shown; that a shown one has lapsed is a matter of its day, not a state."""

    DRAFT = "draft", pgettext_lazy("card", "draft")
    PUBLISHED = "published", pgettext_lazy("card", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("card", "taken back")


class Topic(models.TextChoices):
    """Fields of cooperation."""

    RECONSTRUCTION = "reconstruction", _("housing and reconstruction")
    INFRASTRUCTURE = "infrastructure", _("water, waste, heating, roads")
    ENERGY = "energy", _("energy")
    ENVIRONMENT = "environment", _("environment and climate")
    ECONOMY = "economy", _("economy and business")
    AGRICULTURE = "agriculture", _("agriculture")
    TOURISM = "tourism", _("tourism")
    EDUCATION = "education", _("schools and education")
    YOUTH = "youth", _("youth exchange")
    CULTURE = "culture", _("culture and heritage")
    SPORT = "sport", _("sport")
    HEALTH = "health", _("health")
    VETERANS = "veterans", _("veterans and rehabilitation")
    DISPLACED = "displaced", _("people who had to flee")
    INCLUSION = "inclusion", _("social services and inclusion")
    HUMANITARIAN = "humanitarian", _("humanitarian aid")
    RESCUE = "rescue", _("fire and rescue services")
    GOVERNANCE = "governance", _("local self-government and administration")
    DIGITAL = "digital", _("digital services")


#: Languages in which offices write letters, by ISO 639-1.
LANGUAGES = (
    *("uk", "en", "de", "pl", "fr", "es", "it", "cs", "sk", "ro", "hu", "bg", "lt", "lv", "et"),
    *("nl", "da", "sv", "fi", "nb", "pt", "el", "hr", "sl", "tr", "ja"),
)
