"""Kinds of places, names and codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    COUNTRY = "country", _("country")
    # Ukraine
    OBLAST = "oblast", _("oblast")
    SPECIAL_CITY = "special_city", _("city with special status")
    RAION = "raion", _("raion")
    HROMADA = "hromada", _("hromada")
    SETTLEMENT = "settlement", _("settlement")
    CITY_DISTRICT = "city_district", _("city district")
    # other countries
    MUNICIPALITY = "municipality", _("municipality")
    REGION = "region", _("region")


class Category(models.TextChoices):
    """What the codifier calls the unit: a hromada by its centre, a settlement by its own kind."""

    CITY = "city", _("city")
    SETTLEMENT = "settlement", _("settlement (selyshche)")
    VILLAGE = "village", _("village")
    RURAL = "rural", _("rural settlement")


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("official name")
    FORMER = "former", _("former name")
    HISTORICAL = "historical", _("historical name")
    EXONYM = "exonym", _("name in another language")
    OTHER_SPELLING = "other_spelling", _("other spelling")


class CodeScheme(models.TextChoices):
    KATOTTG = "katottg", _("KATOTTG code")
    KOATUU = "koatuu", _("KOATUU code")
    GEONAMES = "geonames", _("GeoNames identifier")
    WIKIDATA = "wikidata", _("Wikidata identifier")


#: Levels that stand at the top of Ukraine: 24 oblasts, Crimea, Kyiv and Sevastopol.
TOP_LEVELS = (Level.OBLAST, Level.SPECIAL_CITY)
#: Levels that have pages of their own; a settlement or a city district leads to what it belongs to.
UKRAINIAN_LEVELS = (
    Level.OBLAST,
    Level.SPECIAL_CITY,
    Level.RAION,
    Level.HROMADA,
    Level.SETTLEMENT,
    Level.CITY_DISTRICT,
)
