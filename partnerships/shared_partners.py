"""Places that share partners: who else is a partner of the partners of a place."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from partnerships.enums import Side, Status, Visibility
from places.models import Place

#: So many of the shared partners are named for each.
THROUGH = 3

_SQL = """
    WITH partners AS (
        SELECT DISTINCT partner.place_id
        FROM partnerships_party AS mine
        JOIN partnerships_partnership AS record ON record.id = mine.partnership_id
        JOIN partnerships_party AS partner
            ON partner.partnership_id = mine.partnership_id AND partner.side <> mine.side
        WHERE mine.place_id = %(place)s AND record.visibility = %(public)s
            AND record.status <> ALL (%(past)s) AND partner.place_id IS NOT NULL
    ), sharing AS (
        SELECT they.place_id, array_agg(DISTINCT partner.place_id ORDER BY partner.place_id) AS through
        FROM partnerships_party AS partner
        JOIN partnerships_partnership AS record ON record.id = partner.partnership_id
        JOIN partnerships_party AS they
            ON they.partnership_id = partner.partnership_id AND they.side <> partner.side
        WHERE partner.place_id IN (SELECT place_id FROM partners) AND record.visibility = %(public)s
            AND record.status <> ALL (%(past)s)
            AND they.place_id <> %(place)s AND they.side = %(side)s
        GROUP BY they.place_id
    )
    SELECT place_id, cardinality(through), through[1:%(named)s], count(*) OVER ()
    FROM sharing ORDER BY cardinality(through) DESC, place_id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Sharing:
    """A place with `shared` partners in common, and a few of those partners."""

    place: Place
    shared: int
    through: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SharedPartners:
    """Those with most partners in common first; `count` is how many there are in all."""

    shown: tuple[Sharing, ...]
    count: int

    @property
    def has_more(self) -> bool:
        return self.count > len(self.shown)


def shared_partners(place: Place, most: int) -> SharedPartners:
    """Places on the side of `place` with a partner in common, by public records that have not ended. Two
    queries."""
    params: dict[str, Any] = {
        "place": place.pk,
        "public": Visibility.PUBLISHED.value,
        "past": [Status.ENDED.value, Status.SUSPENDED.value],
        "side": (Side.UKRAINIAN if place.is_ukrainian else Side.FOREIGN).value,
        "named": THROUGH,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, params)
        rows = cursor.fetchall()
    if not rows:
        return SharedPartners((), 0)
    wanted = {row[0] for row in rows} | {pk for row in rows for pk in row[2]}
    places = Place.objects.with_context().in_bulk(wanted)
    shown = tuple(
        Sharing(places[pk], shared, tuple(places[one] for one in through)) for pk, shared, through, _n in rows
    )
    return SharedPartners(shown, rows[0][3])
