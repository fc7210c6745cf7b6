"""Dates in cells: what day each says, and what is wrong with one that says none."""

import re

from django.utils.translation import gettext as _

from core.edtf import InvalidDate, PartialDate
from core.typed_dates import find_date
from partnerships.importing.reading.cleaning import plain, says_nothing
from partnerships.importing.reading.vocabulary import mode_of

_DIGIT = re.compile(r"\d")
LONGEST = 300


class BadDay(Exception):
    """A cell of dates holds what is no date; the reason in a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def day_in(cell: str) -> str:
    """EDTF of a cell that holds a date and nothing else; empty where it says that nobody knows.

    :raises BadDay: it holds something that is no date, or no such day exists.
    """
    edtf, rest = _found(cell)
    if not edtf and rest and not mode_of(rest):
        raise BadDay(_("“%(value)s” is not a date.") % {"value": rest[:60]})
    return edtf


def day_and_place_in(cell: str) -> tuple[str, str]:
    """EDTF and place of a cell that holds both, or one of them.

    :raises BadDay: what looks like a date is none.
    """
    edtf, rest = _found(cell)
    if not edtf and _DIGIT.search(rest):
        raise BadDay(_("“%(value)s” is not a date.") % {"value": rest[:60]})
    return edtf, rest


def is_before(ended: str, signed: str) -> bool:
    """Whether an end lies before a signing, however each is read within its precision."""
    if not ended or not signed:
        return False
    end, signing = PartialDate.parse(ended).latest, PartialDate.parse(signed).earliest
    return end is not None and signing is not None and end < signing


def _found(cell: str) -> tuple[str, str]:
    text = plain(cell[:LONGEST].replace("\n", " "))
    if says_nothing(text):
        return "", ""
    try:
        edtf, rest = find_date(text)
        # What was found must be a date for the database as well.
        return (PartialDate.parse(edtf).edtf if edtf else ""), rest.strip(" ,;.–-")
    except InvalidDate as error:
        raise BadDay(_("“%(value)s” is not a date.") % {"value": text[:60]}) from error
