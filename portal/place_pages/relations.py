"""Relations of a place: in force, announced and past, page by page; on any day; and how many each year."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Case, Count, F, Value, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from core.pagination import PageChoice, choose_page
from partnerships.as_of import day_asked
from partnerships.enums import Status
from partnerships.models import Partnership
from places.enums import Level
from places.models import Place

RELATIONS_SHOWN = 50
#: Groups in the order of the page, with the statuses that belong to each.
CURRENT, ANNOUNCED, PAST = "current", "announced", "past"
_GROUPS: dict[str, tuple[Status, ...]] = {
    CURRENT: (Status.REGISTERED, Status.SIGNED, Status.DECIDED, Status.APPROVED, Status.UNKNOWN),
    ANNOUNCED: (Status.ANNOUNCED,),
    PAST: (Status.SUSPENDED, Status.ENDED),
}
GROUP_OF = {status.value: name for name, statuses in _GROUPS.items() for status in statuses}


@dataclass(frozen=True, slots=True)
class Day:
    """The day that a page holds for: `past` is none for today."""

    past: dt.date | None
    typed: str
    messages: tuple[str, ...]

    @property
    def query(self) -> str:
        """What an address of the same day has."""
        return f"as_of={self.past.isoformat()}" if self.past else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Relations of one group on this page, and how many there are on all pages."""

    name: str
    title: str
    count: int
    relations: list[Partnership]


def asked_day(asked: QueryDict) -> Day:
    typed = asked.get("as_of", "")
    kept = day_asked(typed.replace("\0", ""), timezone.localdate())
    past: dt.date | None = kept.value
    return Day(past, past.isoformat() if past else "", (kept.complaint,) if kept.complaint else ())


def relations_of(place: Place, day: Day) -> Any:
    """Public relations of the place and of what lies in it, with what held for them on the day."""
    records = Partnership.objects.public()
    match place.level:
        case Level.COUNTRY if place.is_ukrainian:
            pass  # Every record has a Ukrainian party.
        case Level.COUNTRY:
            records = records.filter(listing__countries__contains=[place.iso2])
        case Level.OBLAST:
            records = records.filter(listing__oblasts__contains=[place.pk])
        case Level.RAION:
            records = records.filter(listing__raions__contains=[place.pk])
        case _:
            records = records.of_place(place)
    return records.as_of(day.past)


def grouped_page(place: Place, asked: QueryDict, day: Day) -> dict[str, Any]:
    """One page of the relations of a place in their groups."""
    relations = relations_of(place, day)
    counts = group_counts(relations)
    rows = in_groups(relations).with_parties().with_open_announcements()
    choice = choose_page(rows, asked, sizes=(RELATIONS_SHOWN,), count=sum(counts.values()))
    return {
        "day": day,
        "choice": choice,
        "page_obj": choice.page,
        "counts": counts,
        "groups": list(_groups(choice, counts)),
    }


def group_counts(relations: Any) -> dict[str, int]:
    """How many relations each group has; all of them in one query."""
    found: Counter[str] = Counter()
    for status, count in relations.order_by().values_list("then_status").annotate(n=Count("pk")):
        found[GROUP_OF[status]] += count
    return {name: found[name] for name in _GROUPS}


def in_groups(relations: Any) -> Any:
    """Group by group; in each the latest first."""
    group = Case(
        When(then_status__in=_GROUPS[PAST], then=Value(2)),
        When(then_status__in=_GROUPS[ANNOUNCED], then=Value(1)),
        default=Value(0),
    )
    return relations.order_by(group, F("then_latest").desc(nulls_last=True), "number")


def _groups(choice: PageChoice, counts: dict[str, int]) -> Iterator[Group]:
    titles = {
        CURRENT: _("Current partnerships"),
        ANNOUNCED: _("Announced partnerships"),
        PAST: _("Ended or suspended partnerships"),
    }
    for name, relations in groupby(choice.page.object_list, key=lambda one: GROUP_OF[one.then_status]):
        yield Group(name, titles[name], counts[name], list(relations))
