"""Figures of the public register, for the home page and the section front."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from partnerships.drawing import MapPair
from partnerships.enums import Side, Status, Visibility
from partnerships.models import Partnership, Party
from places.enums import Level


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    """Counts that hold for `day`: public records, Ukrainian places in them, and foreign countries."""

    partnerships: int
    hromadas: int
    countries: int
    day: dt.date


def register_figures(day: dt.date) -> RegisterFigures:
    """One query over the parties of public records."""
    counts = Party.objects.filter(partnership__visibility=Visibility.PUBLISHED).aggregate(
        partnerships=Count("partnership", distinct=True),
        hromadas=Count(
            "place",
            distinct=True,
            filter=Q(side=Side.UKRAINIAN, place__level__in=(Level.HROMADA, Level.SPECIAL_CITY)),
        ),
        countries=Count("place__country", distinct=True, filter=Q(side=Side.FOREIGN)),
    )
    return RegisterFigures(day=day, **counts)


def map_pairs() -> list[MapPair]:
    """Points of all public pairs whose places are known on the map; one query."""
    ended = {Status.ENDED, Status.SUSPENDED}
    points: dict[int, dict[str, list[tuple[float, float]]]] = {}
    statuses: dict[int, str] = {}
    rows = Party.objects.filter(
        partnership__visibility=Visibility.PUBLISHED, place__latitude__isnull=False
    ).values_list("partnership_id", "partnership__status", "side", "place__latitude", "place__longitude")
    for partnership, status, side, latitude, longitude in rows:
        assert latitude is not None
        assert longitude is not None  # a constraint of places gives both or none
        points.setdefault(partnership, {}).setdefault(side, []).append((latitude, longitude))
        statuses[partnership] = status
    return [
        MapPair(ua=ua, foreign=foreign, fulfilled=statuses[partnership] != Status.ANNOUNCED)
        for partnership, sides in points.items()
        if statuses[partnership] not in ended
        for ua in sides.get(Side.UKRAINIAN, [])
        for foreign in sides.get(Side.FOREIGN, [])
    ]


def newest_announcements(limit: int) -> list[Partnership]:
    """Public records with an announcement that nothing confirms, the latest announced day first."""
    return list(
        Partnership.objects.public()
        .with_unconfirmed_announcement()
        .with_parties()
        .with_open_announcements()[:limit]
    )
