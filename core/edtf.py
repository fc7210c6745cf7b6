"""Dates no more precise than they are known: the part of EDTF (ISO 8601-2) that the register needs.

Level 0: ``2023``, ``2023-02``, ``2023-02-09`` and intervals ``2022/2023``.
Level 1: ``?`` uncertain, ``~`` approximate, ``%`` both; ``..`` for an open end of an interval.
The empty string means that nothing is known. The database derives the same day range from the text
(see migration ``core.0001``), so Python and SQL agree; a test compares them.
"""

import calendar
import datetime as dt
import enum
import re
from dataclasses import dataclass
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?[?~%]?"
PATTERN = rf"^(?:{_DATE}(?:/(?:{_DATE}|\.\.))?|\.\./{_DATE})?$"
_PATTERN = re.compile(PATTERN)
SHOWN_TEXT = 80


class WhyInvalid(enum.Enum):
    """Why a text is no date, with the sentence that a form says. ``%(value)s`` is what was written."""

    UNREADABLE = gettext_noop(
        "“%(value)s” is not a date. Write 9 February 2023, 09.02.2023, 02.2023, 2023, about 2019 or "
        "2019–2021, as far as it is known."
    )
    NO_SUCH_DAY = gettext_noop("“%(value)s”: the calendar has no such day or month.")
    TWO_WAYS = gettext_noop(
        "“%(value)s” can be read in two ways. Write the month as a word, or the year first: 2023-02-09."
    )
    SHORT_YEAR = gettext_noop("“%(value)s”: write the year with all four digits.")
    BACKWARDS = gettext_noop("“%(value)s”: the period ends before it begins.")
    SEVERAL = gettext_noop("“%(value)s” holds more than one date. Write one.")


class InvalidDate(ValueError):
    """The text is not a date of the supported EDTF subset, or names a day that does not exist."""

    def __init__(self, text: str, why: WhyInvalid = WhyInvalid.UNREADABLE) -> None:
        super().__init__(text)
        self.text = text
        self.why = why

    def explanation(self) -> str:
        """What is wrong, and what may be written instead, in the active language."""
        shown = self.text if len(self.text) <= SHOWN_TEXT else self.text[:SHOWN_TEXT] + "…"
        return _(self.why.value) % {"value": shown}


@dataclass(frozen=True, slots=True)
class _Point:
    """One end of a date: a year, a month or a day, with its qualifier."""

    year: int
    month: int | None
    day: int | None
    qualifier: str

    @classmethod
    def parse(cls, text: str) -> Self:
        qualifier = text[-1] if text[-1] in "?~%" else ""
        numbers = [int(part) for part in text.rstrip("?~%").split("-")]
        point = cls(
            numbers[0],
            numbers[1] if len(numbers) > 1 else None,
            numbers[2] if len(numbers) > 2 else None,
            qualifier,
        )
        try:
            point.first_day()
            point.last_day()
        except ValueError as error:
            raise InvalidDate(text, WhyInvalid.NO_SUCH_DAY) from error
        return point

    def first_day(self) -> dt.date:
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> dt.date:
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        if self.day:
            text = date_format(self.first_day(), "j E Y")
        elif self.month:
            text = date_format(self.first_day(), "F Y")
            # Django begins the names of Ukrainian months with a large letter, which stands only at the head.
            text = text if get_language() == "en" else text.lower()
        else:
            text = f"{self.year:04d}"
        match self.qualifier:
            case "~":
                return _("about %(date)s") % {"date": text}
            case "?":
                return _("%(date)s (uncertain)") % {"date": text}
            case "%":
                return _("about %(date)s (uncertain)") % {"date": text}
        return text


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with its precision. ``start`` and ``end`` are equal unless it is an interval."""

    edtf: str
    start: _Point | None
    end: _Point | None

    @classmethod
    def parse(cls, edtf: str) -> Self:
        """Read EDTF text.

        :raises InvalidDate: not in the supported subset, no such day, or an interval that runs backwards.
        """
        edtf = edtf.strip()
        if not _PATTERN.match(edtf) or not edtf:
            raise InvalidDate(edtf)
        first, slash, last = edtf.partition("/")
        start = None if first == ".." else _Point.parse(first)
        end = start if not slash else (None if last == ".." else _Point.parse(last))
        date = cls(edtf, start, end)
        if start and end and start.first_day() > end.last_day():
            raise InvalidDate(edtf, WhyInvalid.BACKWARDS)
        return date

    @property
    def earliest(self) -> dt.date | None:
        """The first day it may mean; none where the beginning is open."""
        return self.start.first_day() if self.start else None

    @property
    def latest(self) -> dt.date | None:
        """The last day it may mean; none where the end is open."""
        return self.end.last_day() if self.end else None

    def __str__(self) -> str:
        """In words of the active language, no more precise than known."""
        if self.start is None:
            return _("until %(date)s") % {"date": self.end}
        if self.end is None:
            return _("since %(date)s") % {"date": self.start}
        if self.start is self.end:
            return str(self.start)
        return _("%(start)s – %(end)s") % {"start": self.start, "end": self.end}


def in_words(edtf: str) -> str:
    """EDTF text in words of the active language; empty for an unknown date.

    What is no date stays as it is: a form that was refused still shows what was typed.
    """
    try:
        return str(PartialDate.parse(edtf)) if edtf else ""
    except InvalidDate:
        return edtf
