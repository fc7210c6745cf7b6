"""What pages of places show: the place in words, its relations over time, what lies in it and around it."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone

from partnerships.nearby import around
from places.enums import Level
from places.models import Place
from portal.place_pages.areas import hromadas, oblasts, settlements
from portal.place_pages.country import by_place
from portal.place_pages.profile import profile
from portal.place_pages.relations import asked_day, grouped_page, relations_of
from portal.place_pages.years import years_of

NEXT_SHOWN = 6
#: The list of who shares partners, on demand, is finite as well.
MOST_SHARING = 150

__all__ = ["page_of_area", "page_of_country", "page_of_place"]


def page_of_place(place: Place, asked: QueryDict) -> dict[str, Any]:
    """A hromada, a city with special status or a foreign place; `place` is loaded `with_context()`."""
    inside = {"settlements": settlements(place)} if place.is_ukrainian else {}
    sharing = MOST_SHARING if asked.get("sharing") == "all" else NEXT_SHOWN
    return (
        _page(place, asked)
        | inside
        | {"around": around(place, neighbours=NEXT_SHOWN, sharing=sharing), "sharing_shown": NEXT_SHOWN}
    )


def page_of_area(place: Place, asked: QueryDict) -> dict[str, Any]:
    """Ukraine, an oblast or a raion, with the units that lie in it."""
    return _page(place, asked) | (oblasts() if place.level == Level.COUNTRY else hromadas(place))


def page_of_country(country: Place, asked: QueryDict) -> dict[str, Any]:
    """A foreign country with the places in it that have partners."""
    day = asked_day(asked)
    years = years_of(relations_of(country, asked_day(QueryDict())), day.past or timezone.localdate())
    return profile(country, day.past) | by_place(country, asked, day) | {"years": years}


def _page(place: Place, asked: QueryDict) -> dict[str, Any]:
    day = asked_day(asked)
    years = years_of(relations_of(place, asked_day(QueryDict())), day.past or timezone.localdate())
    return profile(place, day.past) | grouped_page(place, asked, day) | {"years": years}
