"""A foreign country: its relations under the place that they are of, in alphabetical order, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, overload

from django.db.models import (
    Case,
    Count,
    F,
    FilteredRelation,
    IntegerField,
    Q,
    Value,
    When,
)

from core.languages import current_language
from core.pagination import choose_page
from partnerships.enums import Side, Visibility
from partnerships.models import Partnership, Party
from places.models import Place
from portal.place_pages.relations import RELATIONS_SHOWN, Day, group_counts, in_groups, relations_of

#: So many places are listed by name; of more, those with most relations.
PLACES_LISTED = 300


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """A place and those of its relations that stand on this page."""

    place: Place
    relations: list[Partnership]


class ByPlace(Sequence[tuple[int, int]]):
    """Each relation of each place, as its place and the number of it there: a list known by counts alone.

    A relation of two places of the country stands under both.
    """

    def __init__(self, counts: list[tuple[int, int]]) -> None:
        self.counts = counts
        self.total = sum(count for _place, count in counts)

    def __len__(self) -> int:
        return self.total

    @overload
    def __getitem__(self, asked: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, asked: slice) -> list[tuple[int, int]]: ...
    def __getitem__(self, asked: int | slice) -> Any:
        if isinstance(asked, int):
            return self[asked : asked + 1][0]
        start, stop, _step = asked.indices(self.total)
        return list(self._between(start, stop))

    def _between(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        before = 0
        for place, count in self.counts:
            for number in range(max(start - before, 0), min(stop - before, count)):
                yield place, number
            before += count
            if before >= stop:
                return


def by_place(country: Place, asked: Any, day: Day) -> dict[str, Any]:
    relations = relations_of(country, day)
    counts = _counts(country, day)
    choice = choose_page(ByPlace(counts), asked, sizes=(RELATIONS_SHOWN,))
    largest = sorted(counts, key=lambda pair: -pair[1])[:PLACES_LISTED]
    listed = [pk for pk, _count in counts if pk in {place for place, _count in largest}]
    rows = list(choice.page.object_list)
    places: dict[int, Any] = Place.objects.with_context().in_bulk(
        {*listed, *(place for place, _number in rows)}
    )
    number_of = dict(counts)
    for pk, place in places.items():
        place.relations = number_of[pk]
    standing = group_counts(relations)
    return {
        "day": day,
        "choice": choice,
        "page_obj": choice.page,
        "counts": standing,
        "total": sum(standing.values()),
        "groups": list(_groups(rows, places, relations)),
        "places": [places[pk] for pk in listed],
        "place_count": len(counts),
    }


def _counts(country: Place, day: Day) -> list[tuple[int, int]]:
    """The places of the country that have relations, in alphabetical order, each with how many."""
    parties = Party.objects.filter(side=Side.FOREIGN, place__country=country)
    if day.past is None:
        parties = parties.filter(partnership__visibility=Visibility.PUBLISHED)
    else:
        parties = parties.filter(partnership__in=Partnership.objects.public().as_of(day.past).values("pk"))
    counts: dict[int, int] = dict(parties.order_by().values_list("place").annotate(n=Count("pk")))
    places = Place.objects.filter(country=country).alphabetical(current_language())
    return [(pk, counts[pk]) for pk in places.values_list("pk", flat=True) if pk in counts]


def _groups(rows: list[tuple[int, int]], places: dict[int, Any], relations: Any) -> Iterator[PlaceGroup]:
    """The relations that the rows of a page stand for."""
    if not rows:
        return
    order = list(dict.fromkeys(place for place, _number in rows))
    here = FilteredRelation(
        "parties", condition=Q(parties__place__in=order, parties__side=Side.FOREIGN.value)
    )
    turns = [When(here__place=place, then=Value(turn)) for turn, place in enumerate(order)]
    under = relations.annotate(here=here).filter(here__isnull=False)
    under = in_groups(under.annotate(under=F("here__place"), turn=Case(*turns, output_field=IntegerField())))
    first = rows[0][1]
    page = under.order_by("turn", *under.query.order_by)
    rows_here = page.with_parties().with_open_announcements()[first : first + len(rows)]
    for pk, group in groupby(rows_here, key=lambda one: one.under):
        yield PlaceGroup(places[pk], list(group))
