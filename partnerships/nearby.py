"""Where a reader of a place's page may look next: places nearby with partners, and places that share some.

Both are asked in SQL of their own: as querysets they would take longer to write than to answer.
"""

import math
from dataclasses import dataclass
from typing import Any

from django.db import connection

from partnerships.enums import Side, Status, Visibility
from places.enums import Level
from places.models import Place

#: So many of the shared partners are named for each.
THROUGH = 3
#: Within how many km a place is near.
NEAR, NEAR_ABROAD = 120, 400
EARTH_RADIUS_KM, KM_A_DEGREE = 6371.0, 111.2

_LASTS = "record.visibility = %(public)s AND record.status <> ALL (%(past)s)"

_SHARING = f"""
    WITH partners AS (
        SELECT DISTINCT partner.place_id
        FROM partnerships_party AS mine
        JOIN partnerships_partnership AS record ON record.id = mine.partnership_id
        JOIN partnerships_party AS partner
            ON partner.partnership_id = mine.partnership_id AND partner.side <> mine.side
        WHERE mine.place_id = %(place)s AND {_LASTS} AND partner.place_id IS NOT NULL
    ), sharing AS (
        SELECT they.place_id, array_agg(DISTINCT partner.place_id ORDER BY partner.place_id) AS through
        FROM partnerships_party AS partner
        JOIN partnerships_partnership AS record ON record.id = partner.partnership_id
        JOIN partnerships_party AS they
            ON they.partnership_id = partner.partnership_id AND they.side <> partner.side
        WHERE partner.place_id IN (SELECT place_id FROM partners) AND {_LASTS}
            AND they.place_id <> %(place)s AND they.side = %(side)s
        GROUP BY they.place_id
    )
    SELECT place_id, cardinality(through), through[1:%(named)s], count(*) OVER ()
    FROM sharing ORDER BY cardinality(through) DESC, place_id LIMIT %(most)s
"""  # noqa: S608  constants only

_COUNT = f"""
    SELECT count(DISTINCT party.partnership_id) AS n
    FROM partnerships_party AS party
    JOIN partnerships_partnership AS record ON record.id = party.partnership_id
    WHERE party.place_id = near.id AND {_LASTS}
"""  # noqa: S608  constants only

#: The haversine formula over those in a box; a hromada without a point of its own lies where its centre does.
_NEAREST = f"""
    SELECT near.id, near.km, counted.n
    FROM (
        SELECT one.id, 2 * %(radius)s * asin(sqrt(least(1,
            power(sind((coalesce(one.latitude, centre.latitude) - %(lat)s) / 2), 2)
            + cosd(%(lat)s) * cosd(coalesce(one.latitude, centre.latitude))
            * power(sind((coalesce(one.longitude, centre.longitude) - %(lon)s) / 2), 2)
        ))) AS km
        FROM places_place AS one
        LEFT JOIN places_place AS centre ON centre.id = one.centre_id
        WHERE one.level = ANY (%(levels)s) AND one.country_id = %(country)s AND NOT one.abolished
            AND one.id <> %(place)s
            AND coalesce(one.latitude, centre.latitude) BETWEEN %(lat)s - %(north)s AND %(lat)s + %(north)s
            AND coalesce(one.longitude, centre.longitude) BETWEEN %(lon)s - %(east)s AND %(lon)s + %(east)s
    ) AS near
    CROSS JOIN LATERAL ({_COUNT}) AS counted
    WHERE near.km <= %(within)s AND counted.n > 0
    ORDER BY near.km, near.id LIMIT %(most)s
"""  # noqa: S608  constants only

_IN_RAION = f"""
    SELECT near.id, NULL, counted.n
    FROM places_place AS near CROSS JOIN LATERAL ({_COUNT}) AS counted
    WHERE near.parent_id = %(raion)s AND near.level = ANY (%(levels)s) AND NOT near.abolished
        AND near.id <> %(place)s AND counted.n > 0
    ORDER BY near.sort_uk, near.id LIMIT %(most)s
"""  # noqa: S608  constants only


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A place nearby with the number of its relations; `km` as the crow flies, none without a point."""

    place: Place
    km: float | None
    relations: int


@dataclass(frozen=True, slots=True)
class Sharing:
    """A place with `shared` partners in common, and a few of those partners."""

    place: Place
    shared: int
    through: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """Those who share most partners come first; `sharing_count` is how many there are in all."""

    neighbours: tuple[Neighbour, ...]
    sharing: tuple[Sharing, ...]
    sharing_count: int


def around(place: Place, *, neighbours: int, sharing: int) -> Around:
    """At most so many places nearby that have partners and places of its side that share partners, by public
    records that have not ended. Three queries."""
    near = _near(place, neighbours)
    alike = _rows(_SHARING, _params(place, sharing) | {"named": THROUGH})
    wanted = {row[0] for row in [*near, *alike]} | {pk for row in alike for pk in row[2]}
    places = Place.objects.with_context().in_bulk(wanted) if wanted else {}
    return Around(
        tuple(Neighbour(places[pk], km, count) for pk, km, count in near),
        tuple(
            Sharing(places[pk], shared, tuple(places[one] for one in through))
            for pk, shared, through, _count in alike
        ),
        alike[0][3] if alike else 0,
    )


def _near(place: Place, most: int) -> list[tuple[Any, ...]]:
    """The nearest places of the same kind; of a hromada without a point, those of its raion."""
    spot = place if place.has_point or place.centre is None else place.centre
    levels = [Level.HROMADA.value, Level.SPECIAL_CITY.value] if place.is_ukrainian else [place.level]
    params = _params(place, most) | {"levels": levels, "country": place.country_id}
    if spot.latitude is not None and spot.longitude is not None:
        within = NEAR if place.is_ukrainian else NEAR_ABROAD
        north = within / KM_A_DEGREE
        east = north / max(math.cos(math.radians(spot.latitude)), 0.01)
        box = {"lat": spot.latitude, "lon": spot.longitude, "north": north, "east": east}
        return _rows(_NEAREST, params | box | {"within": within, "radius": EARTH_RADIUS_KM})
    if place.is_ukrainian and place.parent_id is not None:
        return _rows(_IN_RAION, params | {"raion": place.parent_id})
    return []


def _params(place: Place, most: int) -> dict[str, Any]:
    return {
        "place": place.pk,
        "public": Visibility.PUBLISHED.value,
        "past": [Status.ENDED.value, Status.SUSPENDED.value],
        "side": (Side.UKRAINIAN if place.is_ukrainian else Side.FOREIGN).value,
        "most": most,
    }


def _rows(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
