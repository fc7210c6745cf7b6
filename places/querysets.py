"""Reusable questions about places."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf

from core.fields import SortKey
from places.enums import TOP_LEVELS, Level

if TYPE_CHECKING:
    from places.models import Place

_SORT_KEY = models.TextField(db_collation="C")


#: Columns of a place that its names, and those of what lies in it, are written from.
NAMED_BY = (
    "level",
    "category",
    "country",
    "iso2",
    "katottg",
    "slug",
    "parent",
    "oblast",
    "centre",
    "name_uk",
    "name_en",
    "name_own",
    "own_language",
    "region_name",
    "has_namesakes",
    "has_twin",
)
#: Places that its names and whereabouts are written from as well.
CONTEXT = ("centre", "parent", "parent__parent", "oblast", "country")


def named_by(path: str = "") -> list[str]:
    """Columns of the place at the path, such as `place__`, and of its context."""
    places = [path, *(f"{path}{context}__" for context in CONTEXT)]
    return [f"{place}{column}" for place in places for column in NAMED_BY]


def shown_name_key(language: str, place: str = "") -> Coalesce:
    """The sort key of the name that the language shows: a place without one in it stands by its own name.

    `place` is the path to the place from another model, such as `place__`.
    """
    first, other = ("sort_en", "sort_uk") if language == "en" else ("sort_uk", "sort_en")
    return Coalesce(
        NullIf(f"{place}{first}", Value("")),
        NullIf(SortKey(f"{place}name_own"), Value("")),
        f"{place}{other}",
        output_field=_SORT_KEY,
    )


class PlaceQuerySet(models.QuerySet["Place"]):
    def countries(self) -> Self:
        return self.filter(level=Level.COUNTRY)

    def oblasts(self) -> Self:
        """The 27 units at the top of Ukraine, Crimea, Kyiv and Sevastopol among them."""
        return self.filter(level__in=TOP_LEVELS)

    def hromadas(self) -> Self:
        """Hromadas and, because they stand for one, Kyiv and Sevastopol."""
        return self.filter(Q(level=Level.HROMADA) | Q(level=Level.SPECIAL_CITY))

    def ukrainian(self) -> Self:
        return self.filter(country_id="UA").exclude(level=Level.COUNTRY)

    def foreign(self) -> Self:
        return self.exclude(country_id="UA").exclude(level=Level.COUNTRY)

    def current(self) -> Self:
        """Not abolished."""
        return self.filter(abolished=False)

    def addressable(self) -> Self:
        """What has a page, or leads to one: an abolished unit says that it is, a merged place leads on."""
        no_address = Q(katottg__isnull=True, iso2__isnull=True, slug="", merged_into__isnull=True)
        return self.exclude(no_address).select_related("merged_into")

    def inside(self, place: "Place") -> Self:
        """The place itself and, for a country, an oblast, a raion or a hromada, all that lies in it."""
        match place.level:
            case Level.COUNTRY:
                return self.filter(country=place)
            case Level.OBLAST | Level.SPECIAL_CITY:
                return self.filter(oblast=place)
            case Level.RAION:
                return self.filter(Q(pk=place.pk) | Q(parent=place) | Q(parent__parent=place))
            case Level.HROMADA:
                return self.filter(Q(pk=place.pk) | Q(parent=place))
        return self.filter(pk=place.pk)

    def with_context(self) -> Self:
        """Everything that a place's name and its whereabouts are written from, in the same query."""
        return self.select_related("centre", "parent__parent", "oblast", "country")

    def with_names(self) -> Self:
        """The same with the columns of names alone: for lists, which show nothing else of a place."""
        return self.with_context().only(*named_by())

    def alphabetical(self, language: str) -> Self:
        """By the name that the language shows; equals by their key."""
        return self.order_by(shown_name_key(language), "pk")
