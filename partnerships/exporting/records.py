"""The records of a selection as flat rows, in its order, a stretch at a time: memory does not grow with their
number."""

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q

from partnerships.enums import Side, Stage
from partnerships.filters import PartnershipFilter
from partnerships.models import Agreement, Body, Listing, Party, Source, Statement
from partnerships.querysets import STANDING
from places.models import Place

STRETCH = 500
#: A value of a row: text, a number, a truth, a day as ISO text, a list of texts, or nothing.
Value = str | int | bool | list[str] | None
#: Longitude and latitude, as RFC 7946 has them.
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Record:
    """Values by the codes of `columns.OF_ROWS`, and where the parties of each side lie."""

    values: dict[str, Value]
    ours: list[Point]
    theirs: list[Point]


@dataclass(frozen=True, slots=True)
class _PartyWords:
    """What the columns say of one party."""

    name_uk: str
    name_en: str
    name_own: str
    full_name_uk: str
    code: str = ""
    country: str = ""
    oblast_uk: str = ""
    oblast_en: str = ""
    point: Point | None = None


@dataclass
class Selection:
    """What an address asks for, at the moment when somebody asked."""

    asked: PartnershipFilter
    keys: "array[int]" = field(init=False)

    def __post_init__(self) -> None:
        self.keys = array("q", self.asked.qs.values_list("pk", flat=True).iterator(chunk_size=10_000))

    def records(self) -> Iterator[Record]:
        """The rows in the order asked for. Each stretch asks again what is public, so that a record withdrawn
        meanwhile is left out."""
        reader = _Reader(self.asked)
        for begin in range(0, len(self.keys), STRETCH):
            yield from reader.stretch(list(self.keys[begin : begin + STRETCH]))


class _Reader:
    """Reads stretches; remembers places, bodies and sources, of which there are far fewer than rows."""

    def __init__(self, asked: PartnershipFilter) -> None:
        self.day = asked.day
        self.programmes: dict[int, str] = {one.pk: one.slug for one in asked.programmes}
        self.sources: dict[int, tuple[str, str]] = {
            key: (slug, licence) for key, slug, licence in Source.objects.values_list("pk", "slug", "licence")
        }
        self.places: dict[int, _PartyWords] = {}
        self.bodies: dict[int, _PartyWords] = {}

    def stretch(self, keys: list[int]) -> Iterator[Record]:
        rows = {
            row["pk"]: row
            for row in Listing.objects.public()
            .filter(pk__in=keys)
            .as_of(self.day)
            .values("pk", "number", "evidence", "legal_kinds", "programme_id", "then_possibly", *STANDING)
        }
        parties = self._parties(keys)
        agreements = self._agreements(keys)
        sources: dict[int, list[int]] = defaultdict(list)
        said = Statement.objects.filter(partnership__in=keys).order_by("grade", "pk")
        for key, source in said.values_list("partnership", "source"):
            sources[key].append(source)
        for key in keys:
            if key in rows:
                yield self._record(rows[key], parties[key], agreements[key], sources[key])

    def _record(
        self,
        row: dict[str, Any],
        parties: dict[str, list[tuple[_PartyWords, str]]],
        agreements: list[str],
        sources: list[int],
    ) -> Record:
        sides = parties[Side.UKRAINIAN], parties[Side.FOREIGN]
        ours, theirs = ([party for party, _body in side] for side in sides)
        cited = [self.sources[key] for key in dict.fromkeys(sources)]
        values: dict[str, Value] = {
            "number": row["number"],
            "address": f"{settings.SITE_URL}/id/partnership/{row['number']}",
            "ua_name_uk": [party.name_uk for party in ours],
            "ua_name_en": [party.name_en for party in ours],
            "ua_full_name_uk": [party.full_name_uk for party in ours],
            "ua_katottg": [party.code for party in ours],
            "ua_oblast_uk": [party.oblast_uk for party in ours],
            "ua_oblast_en": [party.oblast_en for party in ours],
            "ua_body": [body for _party, body in sides[0]],
            "foreign_name_uk": [party.name_uk for party in theirs],
            "foreign_name_en": [party.name_en for party in theirs],
            "foreign_name_own": [party.name_own for party in theirs],
            "foreign_place": [party.code for party in theirs],
            "foreign_country": [party.country for party in theirs],
            "kind": row["then_kind"],
            "status": row["then_status"],
            "possibly": row["then_possibly"],
            "status_date": row["then_date"],
            "status_earliest": _day(row["then_earliest"]),
            "status_latest": _day(row["then_latest"]),
            "evidence": row["evidence"],
            "programme": self.programmes.get(row["programme_id"], ""),
            "agreements": agreements,
            "legal_kinds": row["legal_kinds"],
            "sources": [slug for slug, _licence in cited],
            "licences": [licence for _slug, licence in cited],
        }
        return Record(values, *([party.point for party in side if party.point] for side in (ours, theirs)))

    def _parties(self, keys: list[int]) -> dict[int, dict[str, list[tuple[_PartyWords, str]]]]:
        """By record and side: the party, and the body that acts for it where it is not the party itself."""
        found = Party.objects.filter(partnership__in=keys).order_by("partnership", "position", "pk")
        rows = list(found.values_list("partnership", "side", "place", "body"))
        self._read_places({place for _key, _side, place, _body in rows if place} - self.places.keys())
        self._read_bodies({body for _key, _side, _place, body in rows if body} - self.bodies.keys())
        parties: dict[int, dict[str, list[tuple[_PartyWords, str]]]] = defaultdict(lambda: defaultdict(list))
        for key, side, place, body in rows:
            words = self.places[place] if place else self.bodies[body]
            parties[key][side].append((words, self.bodies[body].name_uk if place and body else ""))
        return parties

    def _agreements(self, keys: list[int]) -> dict[int, list[str]]:
        wanted = Agreement.objects.filter(partnership__in=keys)
        if self.day:
            signed = Q(milestones__stage=Stage.HAPPENED, milestones__date_earliest__lte=self.day)
            wanted = wanted.filter(signed).distinct()
        titles: dict[int, list[str]] = defaultdict(list)
        for key, title, _pk in wanted.order_by("pk").values_list("partnership", "title", "pk"):
            titles[key].append(title)
        return titles

    def _read_places(self, keys: set[int]) -> None:
        for place in Place.objects.with_context().filter(pk__in=keys):
            oblast = place.oblast if place.is_ukrainian else None
            self.places[place.pk] = _PartyWords(
                name_uk=place.short_name("uk").text,
                name_en=place.short_name("en").text,
                name_own=place.name_own,
                full_name_uk=place.full_name("uk").text,
                code=_code(place),
                country=place.country_id,
                oblast_uk=oblast.full_name("uk").text if oblast else "",
                oblast_en=oblast.full_name("en").text if oblast else "",
                point=_point(place),
            )

    def _read_bodies(self, keys: set[int]) -> None:
        for body in Body.objects.filter(pk__in=keys):
            name = body.name("uk").text
            self.bodies[body.pk] = _PartyWords(name, body.name("en").text, body.name_own, name)


def _code(place: Place) -> str:
    if place.is_ukrainian:
        return place.katottg or ""
    return f"{place.country_id.lower()}/{place.slug}" if place.slug else place.country_id.lower()


def _point(place: Place) -> Point | None:
    """A hromada without a point of its own is shown at its centre."""
    for spot in (place, place.centre):
        if spot is not None and spot.latitude is not None and spot.longitude is not None:
            return spot.longitude, spot.latitude
    return None


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
