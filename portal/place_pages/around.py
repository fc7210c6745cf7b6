"""What a reader may look at next: places nearby that have partners, and those who share partners."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict

from partnerships.enums import Status, Visibility
from partnerships.models import Party
from partnerships.shared_partners import shared_partners
from places.models import Place

SHOWN = 6
#: The list on demand is finite as well.
MOST = 150
#: Within how many km a place is near.
NEAR = 120
NEAR_ABROAD = 400


def around(place: Place, asked: QueryDict) -> dict[str, Any]:
    """`sharing=all` in the address asks for the long list."""
    most = MOST if asked.get("sharing") == "all" else SHOWN
    return {"neighbours": neighbours(place), "sharing": shared_partners(place, most)}


def neighbours(place: Place) -> list[Any]:
    """The nearest places of the same kind that have partners, with `distance` in km and `relations`; of a
    hromada without a point, those of its raion."""
    spot = place if place.has_point or place.centre is None else place.centre
    places = _alike(place).exclude(pk=place.pk).filter(Exists(_lasting(OuterRef("pk"))))
    if spot.latitude is not None and spot.longitude is not None:
        reach = NEAR if place.is_ukrainian else NEAR_ABROAD
        places = places.nearest_to(spot.latitude, spot.longitude, within=reach)
    elif place.is_ukrainian and place.parent_id is not None:
        places = places.filter(parent=place.parent_id).order_by("sort_uk", "pk")
    else:
        return []
    counted = _lasting(OuterRef("pk")).values("place").annotate(n=Count("partnership")).values("n")
    return list(places.with_context().annotate(relations=Coalesce(Subquery(counted), 0))[:SHOWN])


def _alike(place: Place) -> Any:
    places = Place.objects.current()
    if place.is_ukrainian:
        return places.hromadas()
    return places.foreign().filter(country__iso2=place.country_id, level=place.level)


def _lasting(place: Any) -> QuerySet[Party]:
    """Parties that are the place, of public records that have not ended."""
    parties = Party.objects.filter(place=place, partnership__visibility=Visibility.PUBLISHED)
    return parties.exclude(partnership__status__in=(Status.ENDED, Status.SUSPENDED)).order_by()
