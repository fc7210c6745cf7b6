"""What a sheet's XML tells that the reading of its values hides: merged cells, formulas never calculated.

The XML is only streamed through; nothing of it is kept but these facts.
"""

import re
import zipfile
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _

from partnerships.importing.reading.faults import FileUnusable
from partnerships.importing.reading.stored import CHUNK

MOST_ROWS = 200_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"^([A-Z]{1,3})([1-9]\d{0,6})$")


@dataclass(slots=True)
class SheetFacts:
    """Facts of one sheet. Rows and columns count from 1."""

    rows: int = 0
    width: int = 0
    #: Rows whose cells are merged, as intervals of rows, in order.
    merged: list[tuple[int, int]] = field(default_factory=list)
    #: Cells with a formula that nobody has calculated, by row.
    uncalculated: dict[int, str] = field(default_factory=dict)

    def is_merged(self, row: int) -> bool:
        place = bisect_right(self.merged, (row, _LAST_ROW + 1)) - 1
        return place >= 0 and self.merged[place][0] <= row <= self.merged[place][1]

    def join_merged(self) -> None:
        """Overlapping intervals as one, so that one look finds a row."""
        joined: list[tuple[int, int]] = []
        for first, last in sorted(self.merged):
            if joined and first <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        self.merged = joined


class _Reader:
    """Handlers of the parser, which hold what it has seen of the row it is in."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self.row = self.column = 0
        self.formula = self.value = self.inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self.formula = self.value = False
            self._place(attributes.get("r"))
        elif tag in ("v", "t"):
            self.inside = True
        elif tag == "f":
            self.formula = True
        elif tag == "row":
            self._next_row(attributes.get("r"))
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def text(self, _text: str) -> None:
        self.value = self.value or self.inside

    def end(self, tag: str) -> None:
        self.inside = False
        if tag.rpartition(":")[2] == "c":
            if self.formula and not self.value:
                self.facts.uncalculated.setdefault(self.row, f"{_letters(self.column)}{self.row}")
            if self.value:
                self.facts.width = max(self.facts.width, self.column)
                self.facts.rows = self.row

    def _next_row(self, number: str | None) -> None:
        row = int(number) if number else self.row + 1
        if not self.row < row <= _LAST_ROW:
            raise ValueError(number)
        if row > MOST_ROWS and max(self.facts.rows, len(self.facts.uncalculated)) > MOST_ROWS:
            raise FileUnusable(
                _("The sheet has more than %(most)s rows: divide it into parts.") % {"most": MOST_ROWS}
            )
        self.row, self.column = row, 0

    def _place(self, reference: str | None) -> None:
        self.column += 1
        if reference:
            found = _CELL.match(reference)
            if found is None or int(found[2]) != self.row:
                raise ValueError(reference)
            self.column = _number(found[1])
        if self.column > _LAST_COLUMN:
            raise ValueError(reference)

    def _merge(self, reference: str) -> None:
        first, _colon, last = reference.partition(":")
        corners = [_CELL.match(corner) for corner in (first, last or first)]
        if all(corners):
            rows = [int(corner[2]) for corner in corners if corner]
            self.facts.merged.append((min(rows), max(rows)))


def facts_of(content: BinaryIO, path: str) -> SheetFacts:
    """Read the XML of one sheet through.

    :raises FileUnusable: it is not XML, or no spreadsheet writes such.
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        with zipfile.ZipFile(content) as package, package.open(path) as part:
            while chunk := part.read(CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, KeyError) as error:
        raise FileUnusable(_("The sheet is damaged: it can't be read.")) from error
    reader.facts.join_merged()
    return reader.facts


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
