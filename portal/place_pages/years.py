"""How many relations a place had at the end of each year: a picture of bars with an equal table."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from partnerships.models import Partnership, Standing
from portal.place_pages.relations import CURRENT, GROUP_OF

#: The picture in its own units.
WIDTH, HEIGHT, TOP, BOTTOM = 640, 170, 18, 22
#: Bars of few years do not fill the picture.
WIDEST = 56
#: So many of the latest years have bars; earlier beginnings count in the first of them.
MOST_YEARS = 30
_IN_FORCE = [status for status, group in GROUP_OF.items() if group == CURRENT]


@dataclass(frozen=True, slots=True)
class YearBar:
    year: int
    count: int
    x: float
    y: float
    width: float
    height: float
    #: The year where it is written under the bar, with the figure above it.
    label: str
    middle: float
    above: float


@dataclass(frozen=True, slots=True)
class Years:
    """Bars from left to right, in words, and how many relations have no known beginning."""

    bars: tuple[YearBar, ...]
    summary: str
    undated: int
    #: The same figure for all years needs no picture.
    has_shape: bool
    view_box: str = f"0 0 {WIDTH} {HEIGHT}"
    ground: int = HEIGHT - BOTTOM


def years_of(relations: QuerySet[Partnership], until: dt.date) -> Years | None:
    """None where no relation has a known beginning.

    Counted is what was in force when the year ended, the last one as of `until`, by what is known today. One
    that is only announced, has ended or rests is not in force.
    """
    turns, undated = _turns(relations)
    turns = {year: count for year, count in turns.items() if year <= until.year}
    if not turns:
        return None
    first = max(min(turns), until.year - MOST_YEARS + 1)
    counts = {
        year: sum(count for turn, count in turns.items() if turn <= year)
        for year in range(first, until.year + 1)
    }
    return Years(_bars(counts), _summary(counts), undated, len(set(counts.values())) > 1)


def _turns(relations: QuerySet[Partnership]) -> tuple[dict[int, int], int]:
    """By how many relations in force each year ended with more or fewer than the one before; and how many
    are in force since nobody knows when."""
    standings = Standing.objects.filter(
        partnership__in=relations.order_by().values("pk"), status__in=_IN_FORCE
    )
    spans: Any = (
        standings.annotate(since=ExtractYear("days__startswith"), till=ExtractYear("days__endswith"))
        .order_by()
        .values_list("since", "till")
        .annotate(n=Count("pk"))
    )
    turns: Counter[int] = Counter()
    undated = 0
    for since, till, count in spans:
        if since is None:
            undated += count
            continue
        turns[since] += count
        if till is not None:
            turns[till] -= count
    return dict(turns), undated


def _bars(counts: dict[int, int]) -> tuple[YearBar, ...]:
    room = min(WIDTH / len(counts), WIDEST)
    highest = max(max(counts.values()), 1)
    ground = HEIGHT - BOTTOM
    named = _named(list(counts))
    bars = []
    for number, (year, count) in enumerate(counts.items()):
        height = (ground - TOP) * count / highest
        bars.append(
            YearBar(
                year=year,
                count=count,
                x=round((number + 0.12) * room, 1),
                y=round(ground - height, 1),
                width=round(room * 0.76, 1),
                height=round(height, 1),
                label=str(year) if year in named else "",
                middle=round((number + 0.5) * room, 1),
                above=round(ground - height - 5, 1),
            )
        )
    return tuple(bars)


def _named(years: list[int]) -> set[int]:
    """The years that stand under the bars: all where there is room, else the first, the last and fifths."""
    if len(years) <= 12:
        return set(years)
    fifths = {year for year in years if year % 5 == 0 and years[0] + 2 < year < years[-1] - 2}
    return {years[0], years[-1]} | fifths


def _summary(counts: dict[int, int]) -> str:
    first, last = min(counts), max(counts)
    figures = {
        "first": first,
        "then": number_format(counts[first], force_grouping=True),
        "last": last,
        "now": number_format(counts[last], force_grouping=True),
    }
    if first == last:
        return _("Relations in force: %(now)s in %(last)s.") % figures
    return _("Relations in force: from %(then)s at the end of %(first)s to %(now)s in %(last)s.") % figures
