"""The day that a reader asks about: “as of 1 March 2023”."""

import datetime as dt

from django.utils.translation import gettext as _

from core.edtf import InvalidDate, PartialDate
from core.forgiving import Kept
from core.pagination import shortened
from core.typed_dates import parse_date

LONGEST_DAY = 40


def day_asked(text: str, today: dt.date) -> Kept:
    """The day before `today` that was asked for; none for today itself and for what names no such day, which
    the complaint then says.
    """
    asked = text.strip()
    if not asked:
        return Kept(None)
    day = _exact_day(asked) if len(asked) <= LONGEST_DAY else None
    if day is None:
        return Kept(
            None,
            _("“%(value)s” names no day and was left out: write it as 2023-03-01.")
            % {"value": shortened(asked)},
        )
    if day > today:
        return Kept(
            None,
            _("“%(value)s” lies in the future and was left out: what is known holds for today.")
            % {"value": shortened(asked)},
        )
    return Kept(None if day == today else day)


def _exact_day(text: str) -> dt.date | None:
    try:
        date = PartialDate.parse(parse_date(text) or "?")
    except InvalidDate:
        return None
    is_exact = date.edtf[-1:].isdigit() and date.earliest is not None and date.earliest == date.latest
    return date.earliest if is_exact else None
