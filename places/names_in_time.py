"""Which other names of a place held on a day, as far as their dates are known.

A document shows the name of its day. Where a period is not known, nothing is guessed: today's name stands.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.edtf import PartialDate
from core.languages import LocalText
from places.enums import NameKind
from places.transliteration import transliterate

if TYPE_CHECKING:
    from places.models import PlaceName

#: Names that the place itself bore; exonyms and spellings of data sets say nothing about its past.
BORNE = (NameKind.OFFICIAL, NameKind.FORMER)


@dataclass(frozen=True, slots=True)
class _Period:
    """The days on which a name certainly held: from `first`, before `end`; none where a side is open."""

    name: "PlaceName"
    first: dt.date | None
    end: dt.date | None

    def holds(self, day: dt.date) -> bool:
        return (self.first is None or self.first <= day) and (self.end is None or day < self.end)


def names_on(names: Iterable["PlaceName"], day: dt.date) -> list["PlaceName"]:
    """The names that certainly held on the day, the one that ended first before the others.

    A name counts from the last day that its beginning may mean to the day before the first that its end may
    mean. One whose beginning nobody recorded counts back to the end of the name before it in its language.
    """
    holding = [period for period in _periods(list(names)) if period.holds(day)]
    holding.sort(key=lambda period: (period.end or dt.date.max, period.name.pk or 0))
    return [period.name for period in holding]


def name_in(names: list["PlaceName"], wanted: str, *, is_ukrainian: bool) -> LocalText | None:
    """The name for a page in the language: the one in it; else, of a Ukrainian place on a page in English,
    the Ukrainian one in Latin letters, as the law writes it; else the first one as it stands."""
    if not names:
        return None
    by_language = {name.language: name.text for name in reversed(names)}
    if wanted in by_language:
        return LocalText(by_language[wanted], wanted, wanted)
    if is_ukrainian and "uk" in by_language:
        return LocalText(transliterate(by_language["uk"]), wanted, wanted)
    return LocalText(names[0].text, names[0].language, wanted)


def _periods(names: list["PlaceName"]) -> list[_Period]:
    borne = [name for name in names if name.kind in BORNE and (name.valid_from or name.valid_to)]
    periods = []
    for name in borne:
        end = PartialDate.parse(name.valid_to).earliest if name.valid_to else None
        if end is None and (name.valid_to or name.kind == NameKind.FORMER):
            continue  # It has ended, and nobody knows when.
        first = (
            PartialDate.parse(name.valid_from).latest if name.valid_from else _end_before(name, end, borne)
        )
        if name.valid_from and first is None:
            continue
        periods.append(_Period(name, first, end))
    return periods


def _end_before(name: "PlaceName", end: dt.date | None, borne: list["PlaceName"]) -> dt.date | None:
    """When the name before this one had ended for certain; none where no earlier one is known."""
    ends = (
        PartialDate.parse(other.valid_to).latest
        for other in borne
        if other.valid_to and other is not name and other.language == name.language
    )
    return max((day for day in ends if day and end and day < end), default=None)
