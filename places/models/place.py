"""Places: the units of Ukraine down to settlements, and the countries, regions and municipalities abroad."""

import datetime as dt
import re
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_stubs_ext import StrOrPromise

from core.fields import SortKey, sort_key
from core.history import RecordsHistory, RefusesTruncate
from core.languages import LocalText, current_language
from places.enums import Category, Level
from places.models.triggers import DERIVE_OBLAST, MARK_NAMESAKES
from places.names_in_time import name_in, names_on
from places.querysets import PlaceQuerySet
from places.regions import region_in

if TYPE_CHECKING:
    from places.models.other_names import PlaceName

KATOTTG_PATTERN = r"^UA\d{17}$"

#: Letters that readers of Ukrainian and English know: Latin and Cyrillic, with what stands between them.
LEGIBLE = re.compile(r"^[\W\d_A-Za-zÀ-ɏЀ-ӿḀ-ỿ]+$")

#: How a unit is called in full, by level and, for a hromada, by the kind of its centre.
FULL_NAMES: dict[tuple[str, str], StrOrPromise] = {
    (Level.OBLAST, ""): _("%(name)s oblast"),
    (Level.RAION, ""): _("%(name)s raion"),
    (Level.HROMADA, Category.CITY): _("%(name)s urban hromada"),
    (Level.HROMADA, Category.SETTLEMENT): _("%(name)s settlement hromada"),
    (Level.HROMADA, Category.VILLAGE): _("%(name)s rural hromada"),
}


class Place(models.Model):
    """A country, a unit of Ukraine's administrative division, or a foreign municipality or region.

    Names are facts, not translations: what is not known from a source stays empty, and the page then shows
    the name in the place's own language.
    """

    level = models.CharField(_("level"), max_length=16, choices=Level)
    country = models.ForeignKey(
        "self",
        models.PROTECT,
        to_field="iso2",
        related_name="+",
        verbose_name=_("country"),
        help_text=_("A country refers to itself."),
    )
    iso2 = models.CharField(
        _("ISO code"), max_length=2, unique=True, null=True, blank=True, help_text=_("Countries only.")
    )
    katottg = models.CharField(
        _("KATOTTG code"),
        max_length=19,
        unique=True,
        null=True,
        blank=True,
        help_text=_("Ukrainian places only."),
    )
    slug = models.SlugField(_("slug"), max_length=80, blank=True, help_text=_("Foreign places only."))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    oblast = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("oblast"),
    )
    centre = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("centre")
    )
    category = models.CharField(_("category"), max_length=16, choices=Category, blank=True)
    name_uk = models.CharField(_("name in Ukrainian"), max_length=160, blank=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    name_own = models.CharField(_("own name"), max_length=160, blank=True)
    own_language = models.CharField(_("language of the own name"), max_length=3, blank=True)
    name_uk_source = models.CharField(_("source of the Ukrainian name"), max_length=160, blank=True)
    region_name = models.CharField(
        _("region"), max_length=160, blank=True, help_text=_("Land, voivodeship or state of a foreign place.")
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("year of the population figure"), null=True, blank=True
    )
    website = models.URLField(_("website"), blank=True)
    abolished = models.BooleanField(_("abolished"), default=False)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    office_uk = models.CharField(_("office for partnerships (Ukrainian)"), max_length=200, blank=True)
    office_en = models.CharField(_("office for partnerships (English)"), max_length=200, blank=True)
    office_email = models.EmailField(_("e-mail of the office"), blank=True)
    office_phone = models.CharField(_("telephone of the office"), max_length=60, blank=True)
    office_checked_on = models.DateField(_("contact checked on"), null=True, blank=True)
    has_namesakes = models.BooleanField(_("shares its name"), default=False, editable=False)
    #: Another one right beside it, in the same raion or hromada, is called the same.
    has_twin = models.BooleanField(
        _("shares its name within its unit"), default=False, db_default=False, editable=False
    )
    data_source = models.CharField(_("source of the data"), max_length=160, blank=True)
    sort_uk = sort_key("name_uk")
    sort_en = sort_key("name_en")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["sort_uk", "pk"]
        constraints = [
            models.CheckConstraint(
                name="place_ukrainian_has_katottg",
                # A check that gives NULL passes: each branch says that its columns are not null.
                condition=Q(country="UA", katottg__isnull=False, katottg__regex=KATOTTG_PATTERN)
                | Q(country="UA", katottg__isnull=True, abolished=True)
                | Q(country="UA", katottg__isnull=True, level=Level.COUNTRY)
                | (~Q(country="UA") & Q(katottg__isnull=True)),
                violation_error_message=_(
                    "A Ukrainian place of today has a KATOTTG code (UA and 17 digits), a foreign one none."
                ),
            ),
            models.CheckConstraint(
                name="place_country_has_iso2",
                condition=Q(
                    level=Level.COUNTRY,
                    iso2__isnull=False,
                    iso2__regex=r"^[A-Z]{2}$",
                    country=models.F("iso2"),
                )
                | (~Q(level=Level.COUNTRY) & Q(iso2__isnull=True)),
                violation_error_message=_(
                    "A country, and only a country, has an ISO code of two capital letters."
                ),
            ),
            models.UniqueConstraint(
                name="place_foreign_slug",
                fields=["country", "slug"],
                condition=~Q(slug=""),
                violation_error_message=_("Another place of this country has this slug."),
            ),
            models.CheckConstraint(
                name="place_has_a_name",
                condition=~Q(name_uk="", name_en="", name_own=""),
                violation_error_message=_("A place has a name in at least one language."),
            ),
            models.CheckConstraint(
                name="place_coordinates",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                violation_error_message=_(
                    "Latitude runs from -90 to 90, longitude from -180 to 180; give both."
                ),
            ),
            models.CheckConstraint(
                name="place_merged_is_abolished",
                condition=Q(merged_into__isnull=True) | (Q(abolished=True) & ~Q(merged_into=models.F("pk"))),
                violation_error_message=_("A place that was merged into another is no place of today."),
            ),
        ]
        indexes = [
            models.Index(fields=["level", "sort_uk"], name="place_level_sort"),
            models.Index(fields=["oblast", "level"], name="place_oblast_level"),
            models.Index(fields=["country", "level"], name="place_country_level"),
            # The register's text filter asks all names by their sort keys, which carry no accents.
            GinIndex(fields=["sort_uk"], opclasses=["gin_trgm_ops"], name="place_sort_uk_trgm"),
            GinIndex(fields=["sort_en"], opclasses=["gin_trgm_ops"], name="place_sort_en_trgm"),
            GinIndex(OpClass(SortKey("name_own"), name="gin_trgm_ops"), name="place_name_own_trgm"),
        ]
        triggers = [
            RecordsHistory(),
            RefusesTruncate(),
            DERIVE_OBLAST,
            MARK_NAMESAKES,
        ]

    def __str__(self) -> str:
        """For lists of choices: a hromada, its centre and a village of that name must not look the same."""
        name, full_name = str(self.short_name()), str(self.full_name())
        kind = full_name if full_name != name else ""
        if self.level in (Level.SETTLEMENT, Level.CITY_DISTRICT):
            kind = self.get_category_display() or self.get_level_display()
        # Two villages of one hromada may bear one name: then only the code tells them apart.
        code = self.katottg if self.level == Level.SETTLEMENT and self.has_twin else ""
        notes = ", ".join(filter(None, (kind, self.whereabouts(), code)))
        return f"{name} ({notes})" if notes else name

    def get_absolute_url(self) -> str:
        if self.merged_into is not None:
            return self.merged_into.get_absolute_url()
        if self.level == Level.COUNTRY:
            return reverse("places:country", args=[(self.iso2 or "").lower()])
        if self.katottg:
            return reverse("places:ukrainian", args=[self.katottg])
        return reverse("places:foreign", args=[self.country_id.lower(), self.slug])

    @property
    def is_ukrainian(self) -> bool:
        return self.country_id == "UA"

    @property
    def is_occupied_since_2014(self) -> bool:
        """The Autonomous Republic of Crimea, Sevastopol, and all that lies in them."""
        return (self.katottg or "").startswith(("UA01", "UA85"))

    @property
    def has_point(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    def name(self, language: str = "") -> LocalText:
        """The place's own designation: «Криворізька», «Дніпропетровська», «Duisburg»."""
        wanted = language or current_language()
        known = {"uk": self.name_uk, "en": self.name_en}
        if known[wanted]:
            return LocalText(known[wanted], wanted, wanted)
        other = "en" if wanted == "uk" else "uk"
        # A name in letters that few readers know («ბათუმი») gives way to one that they can read.
        if self.name_own and (LEGIBLE.match(self.name_own) or not known[other]):
            return LocalText(self.name_own, self.own_language, wanted)
        return LocalText(known[other], other, wanted)

    def names_on(self, day: dt.date) -> "list[PlaceName]":
        """Its other names, official and former, that are known to have held on the day."""
        return names_on(self.other_names.all(), day)

    def name_on(self, day: dt.date, language: str = "") -> LocalText:
        """What the place was called on the day; today's name where nobody recorded since or until when."""
        wanted = language or current_language()
        then = name_in(self.names_on(day), wanted, is_ukrainian=self.is_ukrainian)
        return then if then is not None else self.name(wanted)

    def short_name_on(self, day: dt.date, language: str = "") -> LocalText:
        """`short_name` as of the day: a hromada by what its centre was called then."""
        if self.level == Level.HROMADA and self.centre is not None:
            return self.centre.name_on(day, language)
        if self.level in (Level.OBLAST, Level.RAION):
            return self.full_name_on(day, language)
        return self.name_on(day, language)

    def full_name_on(self, day: dt.date, language: str = "") -> LocalText:
        """`full_name` as of the day."""
        return self._in_full(self.name_on(day, language))

    def short_name(self, language: str = "") -> LocalText:
        """What people call it: a hromada by its centre («Кривий Ріг»), any other place by its name."""
        if self.level == Level.HROMADA and self.centre is not None:
            return self.centre.name(language)
        if self.level in (Level.OBLAST, Level.RAION):
            return self.full_name(language)
        return self.name(language)

    def qualified_name(self, language: str = "") -> LocalText:
        """The short name and, where other places bear it too, the raion and oblast: for lists without room
        for a line of whereabouts."""
        name = self.short_name(language)
        if not self.name_is_shared:
            return name
        where = self.whereabouts(language).removesuffix(f", {self.country.name(language)}")
        return LocalText(f"{name.text} ({where})", name.lang, name.wanted)

    def qualified_full_name(self, language: str = "") -> LocalText:
        """The same with the full name, for a chip or a choice of a filter."""
        name = self.full_name(language)
        if self.level != Level.HROMADA or not self.has_namesakes:
            return name
        # In one raion of Crimea two rural hromadas bear one name; their centres differ.
        near = (self.centre, self._raion(), self.oblast)
        where = ", ".join(str(unit.full_name(language)) for unit in near if unit is not None)
        return LocalText(f"{name.text} ({where})", name.lang, name.wanted)

    def full_name(self, language: str = "") -> LocalText:
        """The name with what kind of unit it is: «Криворізька міська громада», “Kryvorizka urban hromada”."""
        return self._in_full(self.name(language))

    def _in_full(self, name: LocalText) -> LocalText:
        pattern = FULL_NAMES.get((self.level, self.category if self.level == Level.HROMADA else ""))
        # Crimea's name is complete as it stands: «Автономна Республіка Крим».
        if pattern is None or (self.level == Level.OBLAST and (self.katottg or "").startswith("UA01")):
            return name
        with override(name.wanted):
            return LocalText(str(pattern) % {"name": name.text}, name.lang, name.wanted)

    def whereabouts(self, language: str = "") -> str:
        """Where it lies, in one line; with the raion where other places bear the same name, and with what
        tells it from one of that name in the same raion."""
        parts: list[str] = []
        if self.level == Level.COUNTRY:
            return ""
        if self.is_ukrainian:
            parts += self._told_apart_by(language)
            raion = self._raion()
            if raion is not None and self.name_is_shared:
                parts.append(str(raion.full_name(language)))
            if self.oblast is not None and self.oblast_id != self.pk:
                parts.append(str(self.oblast.full_name(language)))
        elif self.region_name:
            parts.append(region_in(self.country_id, self.region_name, language).text)
        parts.append(str(self.country.name(language)))
        return ", ".join(parts)

    def _told_apart_by(self, language: str) -> list[str]:
        """Two hromadas of one raion may be called by one name (a town's and a village's), and two villages of
        different hromadas."""
        if self.level == Level.HROMADA and self.has_twin:
            return [str(self.full_name(language))]
        hromada = self.parent
        if self.level == Level.SETTLEMENT and self.has_namesakes and hromada is not None:
            return [str(hromada.full_name(language))] if hromada.level == Level.HROMADA else []
        return []

    @property
    def region(self) -> LocalText:
        """Land, voivodeship or state of a foreign place, in the page's language where it is known."""
        return region_in(self.country_id, self.region_name)

    @property
    def name_is_shared(self) -> bool:
        """Another place bears the same name; of a hromada, its own or that of its centre, by which it is
        shown."""
        return self.has_namesakes or (
            self.level == Level.HROMADA and self.centre is not None and self.centre.has_namesakes
        )

    def _raion(self) -> "Place | None":
        place = self.parent
        while place is not None and place.level != Level.RAION:
            place = place.parent
        return place
