"""What lies in an area: hromadas of an oblast or a raion, oblasts of Ukraine, settlements of a hromada."""

from collections import Counter
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core.languages import current_language
from partnerships.enums import Visibility
from partnerships.models import Party
from places.enums import Level
from places.models import Place


def hromadas(place: Place) -> dict[str, Any]:
    """The hromadas of an oblast or a raion, in the order of the names that they are shown by."""
    key = "sort_en" if current_language() == "en" else "sort_uk"
    inside = Place.objects.current().inside(place).filter(level=Level.HROMADA).with_context()
    return _inner(list(_counted(inside, "place").order_by(Coalesce(f"centre__{key}", key), "pk")))


def oblasts() -> dict[str, Any]:
    """The 27 units at the top of Ukraine, each with the number of relations in it."""
    places = _counted(Place.objects.current().oblasts().with_context(), "place__oblast")
    return _inner(list(places.alphabetical(current_language())))


def settlements(place: Place) -> list[Place]:
    """Cities, villages and other settlements of a hromada in alphabetical order."""
    inside = Place.objects.current().filter(parent=place, level=Level.SETTLEMENT)
    return list(inside.alphabetical(current_language()))


def _counted(places: Any, path: str) -> Any:
    """With the number of public relations of what `path` leads to from a party, as `relations`."""
    parties = Party.objects.filter(
        **{path: OuterRef("pk")}, partnership__visibility=Visibility.PUBLISHED
    ).order_by()
    counted = parties.values(path).annotate(n=Count("partnership", distinct=True)).values("n")
    return places.annotate(relations=Coalesce(Subquery(counted), 0))


def _inner(places: list[Any]) -> dict[str, Any]:
    """Those with relations and the others. Names that occur twice among them are told apart: `shown`."""
    names = Counter(str(place.short_name()) for place in places)
    for place in places:
        is_alone = names[str(place.short_name())] == 1
        place.shown = place.short_name() if is_alone else place.qualified_name()
    return {
        "connected": [place for place in places if place.relations],
        "others": [place for place in places if not place.relations],
        "inner_count": len(places),
    }
