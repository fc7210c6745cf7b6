"""What lies in an area: hromadas of an oblast or a raion, oblasts of Ukraine, settlements of a hromada."""

from collections import Counter
from typing import Any

from django.db.models import BigIntegerField, Count, Func, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core.languages import current_language
from partnerships.enums import Visibility
from partnerships.models import Listing, Party
from places.enums import Level
from places.models import Place


def hromadas(place: Place) -> dict[str, Any]:
    """The hromadas of an oblast or a raion, in the order of the names that they are shown by."""
    key = "sort_en" if current_language() == "en" else "sort_uk"
    inside = Place.objects.current().inside(place).filter(level=Level.HROMADA).with_context()
    parties = Party.objects.filter(
        place=OuterRef("pk"), partnership__visibility=Visibility.PUBLISHED
    ).order_by()
    counted = parties.values("place").annotate(n=Count("partnership", distinct=True)).values("n")
    counted_inside = inside.annotate(relations=Coalesce(Subquery(counted), 0))
    return _inner(list(counted_inside.order_by(Coalesce(f"centre__{key}", key), "pk")))


def oblasts() -> dict[str, Any]:
    """The 27 units at the top of Ukraine, each with the number of relations in it."""
    unit = Func("oblasts", function="unnest", output_field=BigIntegerField())
    listed = Listing.objects.public().order_by().annotate(unit=unit).values_list("unit")
    counts = dict(listed.annotate(n=Count("*")))
    places: list[Any] = list(
        Place.objects.current().oblasts().with_context().alphabetical(current_language())
    )
    for place in places:
        place.relations = counts.get(place.pk, 0)
    return _inner(places)


def settlements(place: Place) -> list[Place]:
    """Cities, villages and other settlements of a hromada in alphabetical order."""
    inside = Place.objects.current().filter(parent=place, level=Level.SETTLEMENT)
    return list(inside.alphabetical(current_language()))


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
