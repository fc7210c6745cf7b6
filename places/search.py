"""What search knows of a place: all its names and codes, and where it lies.

People type a town, not an adjective: a hromada answers for the names of its centre, which therefore has no
entry of its own; every other settlement has one and leads to its hromada.
"""

import math
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.languages import LANGUAGES
from core.registry import IndexedText, Kind, register
from places.enums import Category, Level
from places.models import Place
from places.querysets import PlaceQuerySet

#: Added to the weight of a population, so that a namesake of a higher level comes first.
LEVEL_WEIGHTS = {
    Level.COUNTRY: 0.9,
    Level.OBLAST: 0.6,
    Level.SPECIAL_CITY: 0.9,
    Level.RAION: 0.2,
    Level.HROMADA: 0.4,
    Level.MUNICIPALITY: 0.3,
    Level.REGION: 0.3,
}


def public_places() -> PlaceQuerySet:
    return Place.objects.current().with_context().prefetch_related("other_names", "centre__other_names")


def indexed_places() -> PlaceQuerySet:
    centre_of_hromada = Place.objects.filter(centre=OuterRef("pk"), level=Level.HROMADA)
    return public_places().exclude(Exists(centre_of_hromada), level=Level.SETTLEMENT)


def places_with_page() -> PlaceQuerySet:
    """A settlement and a city district lead to what they belong to."""
    return Place.objects.current().exclude(level__in=(Level.SETTLEMENT, Level.CITY_DISTRICT))


def texts(place: Place) -> Iterator[IndexedText]:
    names = tuple(dict.fromkeys(filter(None, _names(place))))
    for language in LANGUAGES:
        with override(language):
            title, full_name = str(place.short_name()), str(place.full_name())
            yield IndexedText(
                language=language,
                title=title,
                names=(*names, full_name),
                context=_context(place, title, full_name),
                weight=_weight(place),
            )


def _names(place: Place) -> Iterator[str | None]:
    for known in (place, place.centre if place.level == Level.HROMADA else None):
        if known is not None:
            yield from (known.name_uk, known.name_en, known.name_own)
            yield from (other.text for other in known.other_names.all())
    yield from (place.katottg, place.iso2)


def _context(place: Place, title: str, full_name: str) -> str:
    """What it is and where it lies, for a line under the title."""
    parts = [full_name] if full_name != title else []
    if place.level in (Level.SETTLEMENT, Level.CITY_DISTRICT):
        parts.append(place.get_category_display() or place.get_level_display())
        # A village leads to its hromada, so its line says which one that is.
        if place.parent is not None and place.parent_id != place.oblast_id:
            parts.append(str(place.parent.full_name()))
        if place.has_twin:
            parts.append(place.katottg or "")
    elif place.level == Level.COUNTRY:
        parts.append(place.get_level_display())
    if place.name_own and place.name_own != title:
        parts.append(place.name_own)
    if where := place.whereabouts():
        parts.append(where)
    return ", ".join(dict.fromkeys(piece for part in parts for piece in part.split(", ")))


def _weight(place: Place) -> float:
    """From 0 to about 2: an exact name counts ten times as much, so weight only orders equals."""
    inhabitants = math.log10(place.population) / 10 if place.population else 0.0
    town = 0.1 if place.level == Level.SETTLEMENT and place.category == Category.CITY else 0.0
    return LEVEL_WEIGHTS.get(Level(place.level), town) + inhabitants


register(
    Kind(
        type="place",
        label=_("Places"),
        model=Place,
        public=public_places,
        indexed=indexed_places,
        with_page=places_with_page,
        addressable=Place.objects.addressable,
        texts=texts,
        order=10,
    )
)
