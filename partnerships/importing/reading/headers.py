"""Which column of a table means what, by its header in Ukrainian, English or German."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from partnerships.enums import TableShape
from partnerships.importing.reading import meanings as m
from partnerships.importing.reading.cleaning import plain
from partnerships.importing.reading.header_names import NAMES, OTHERWISE
from partnerships.importing.reading.header_words import LONGEST, meanings_by_words

#: How alike a misspelt header must be to a known one, of 100, and how long it must be at least.
ALIKE, SHORTEST_ALIKE = 88, 6
#: Several columns may have these meanings; of all others the first column counts.
_REPEATABLE = {m.NOTE, m.SOURCE, m.LINE, m.UA_PARTY_OTHER}
#: How surely a header is known: as a whole, as a whole that may mean two things, by its words, or hardly.
_EXACT, _EXACT_OF_TWO, _BY_WORDS, _EITHER = 4, 3, 2, 1
_CAMEL = re.compile(r"(?<=[a-zа-яіїєґ])(?=[A-ZА-ЯІЇЄҐ])")
#: Addresses, codes and days: no header has them.
_OF_A_ROW = re.compile(
    r"://|@\w+\.|^[\w-]+(?:\.[\w-]{2,})+$|UA\d{8}|\d{2,}[.-]\d{2}[.-]\d{2}|\d\d\.\d\d\.\d{4}"
)
_IN_ENGLISH = {"englisch", "english", "eng", "en", "англійською", "англійська", "англ"}
_SIGNS = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What the column under a header was read as; `meaning` is empty where it is not read.

    `header` is unlike that of any other column of the table: a repeated one carries its number.
    """

    header: str
    meaning: str = ""
    #: Header of the column that has the meaning already, where that is why this one is not read.
    taken_by: str = ""
    #: Whether the header says so by itself; else it only seems so beside the others.
    sure: bool = False

    @property
    def label(self) -> str:
        """What it was read as, in words of the reader's language."""
        if self.meaning:
            return str(m.MEANINGS[self.meaning])
        if self.taken_by:
            return _("not read: it means the same as “%(header)s”") % {"header": self.taken_by}
        return _("not read")


def folded(header: str) -> str:
    """What spellings of one header share: case, marks, apostrophes, brackets and signs are folded."""
    text = _CAMEL.sub(" ", plain(header)).replace("№", " n ").casefold()
    text = re.sub("['’ʼ`´]", "", text)
    if not re.search("[\u0400-\u04ff]", text):
        text = "".join(
            sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)
        )
    words = _SIGNS.sub(" ", text).split()
    return " ".join(words)


def read_headers(headers: Sequence[str]) -> tuple[ColumnReading, ...]:
    """What each column means. No two columns share a meaning that a row can have only once."""
    names = _unlike(headers)
    wishes = [_wishes(header) for header in headers]
    taken: dict[str, int] = {}
    given: dict[int, str] = {}
    for strength in (_EXACT, _EXACT_OF_TWO, _BY_WORDS, _EITHER):
        for place, (found, meanings) in enumerate(wishes):
            if found == strength:
                meaning = next((one for one in meanings if one in _REPEATABLE or one not in taken), "")
                given[place] = meaning
                if meaning:
                    taken.setdefault(meaning, place)
    return tuple(
        ColumnReading(
            name,
            given.get(place, ""),
            names[taken[meanings[0]]] if meanings and not given.get(place) and meanings[0] in taken else "",
            strength > _EITHER,
        )
        for place, (name, (strength, meanings)) in enumerate(zip(names, wishes, strict=True))
    )


def is_header(columns: Sequence[ColumnReading]) -> bool:
    """Whether the line tells enough to be the header: two columns known, one of a party or of the title.

    A line with an address or a number of several digits in a known column is a row.
    """
    telling = [column for column in columns if column.meaning and column.meaning not in m.WEAK]
    if any(_OF_A_ROW.search(column.header) for column in columns):
        return False
    known = {column.meaning for column in telling}
    surely = {column.meaning for column in telling if column.sure}
    return len(known) >= 2 and bool(surely & (m.PARTIES | {m.TITLE}))


def missing_in(columns: Sequence[ColumnReading]) -> str:
    """What a table lacks to be read at all, in a sentence; empty where it lacks nothing."""
    known = {column.meaning for column in columns}
    if m.TITLE in known or (
        known & {m.UA_PARTY, m.UA_PARTY_OTHER, m.UA_CODE} and known & {m.FOREIGN_PARTY, m.FOREIGN_BODY}
    ):
        return ""
    if known & {m.FOREIGN_PARTY, m.FOREIGN_BODY}:
        return _("No column names the Ukrainian party.")
    return _("No column names the foreign party.")


def shape_of(columns: Sequence[ColumnReading]) -> TableShape:
    """What kind of table has these columns.

    Titles alone make no register: that an agreement is registered is more than a list of pairs says.
    """
    known = {column.meaning for column in columns}
    if m.TITLE in known and known & {m.SIGNED_AND_PLACE, m.NUMBER, m.LEGAL_KIND, m.FOREIGN_BODY}:
        return TableShape.REGISTER
    dated = {m.SIGNED, m.SIGNED_AND_PLACE, m.DECIDED, m.REGISTERED, m.ANNOUNCED, m.SINCE, m.ENDED}
    if known & (dated | {m.KIND, m.STATUS, m.LEGAL_KIND}):
        return TableShape.PAIRS
    return TableShape.MAP if known & {m.COUNTRY, m.COUNTRY_CODE} else TableShape.PAIRS


def _wishes(header: str) -> tuple[int, tuple[str, ...]]:
    """How surely the header is known, and what it may mean, the likeliest first."""
    key = folded(header)
    strength, meanings = _meanings(key)
    if m.UA_PARTY in meanings and _IN_ENGLISH & set(key.split()):
        # «Kommune (englisch)» stands beside the column with the Ukrainian name.
        return strength, (m.UA_PARTY_OTHER, *meanings)
    return strength, meanings


def _meanings(key: str) -> tuple[int, tuple[str, ...]]:
    if not key:
        return 0, ()
    if key in NAMES:
        others = OTHERWISE.get(key, ())
        return _EXACT_OF_TWO if others else _EXACT, (NAMES[key], *others)
    by_words, certain = meanings_by_words(key)
    if by_words and certain:
        return _BY_WORDS, by_words
    if SHORTEST_ALIKE <= len(key) <= LONGEST:
        alike = process.extractOne(key, NAMES.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        if alike:
            return _BY_WORDS, (NAMES[alike[0]],)
    return (_EITHER, by_words) if by_words else (0, ())


def _unlike(headers: Sequence[str]) -> list[str]:
    """The headers as they stand, a repeated one with its number, an empty one with the column's."""
    names: list[str] = []
    seen: set[str] = set()
    for place, header in enumerate(headers, start=1):
        name = " ".join(header.split())[:200] or f"({place})"
        number = 2
        unlike = name
        while unlike in seen:
            unlike = f"{name} ({number})"
            number += 1
        seen.add(unlike)
        names.append(unlike)
    return names
