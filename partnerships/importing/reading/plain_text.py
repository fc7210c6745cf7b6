"""Tables in text: CSV and its kin. Encoding and delimiter are found out; a broken row spoils no other."""

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.importing.reading.faults import FileUnusable
from partnerships.importing.reading.stored import StoredFile

DELIMITERS = (",", ";", "\t", "|")
#: A cell in quotation marks may hold line breaks; beyond this many lines its end was forgotten.
MOST_LINES = 60
LONGEST_LINE = 2 * 1024 * 1024
#: What stands where bytes were no text.
UNREADABLE = "\ufffd"
#: Of the letters beyond ASCII, how many may be unreadable or unusual before the encoding counts as wrong.
_TOLERATED = 0.02
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")
#: Letters of Windows-1251 that neither Ukrainian nor its neighbours' words in such tables have.
_FOREIGN_TO_US = re.compile("[ЂЃѓЉЊЌЋЏђљњќћџЎўЈЅѕЁЪЫЭёъыэ‡‰†‹›µ¶¬¦¤]")


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the table as a spreadsheet would number it, or why it is none."""

    number: int
    cells: list[str]
    fault: str = ""


@dataclass(slots=True)
class _Sums:
    """What one pass over the bytes tells of an encoding."""

    letters: int = 0
    odd: int = 0
    mixed: int = 0
    words: int = 0
    signs: int = 0
    control: int = 0

    def add(self, text: str) -> None:
        self.signs += len(text)
        self.control += sum(text.count(chr(code)) for code in (*range(1, 9), 11, *range(14, 32)))
        if text.isascii():
            return
        self.letters += len(text) - len(text.encode("ascii", "ignore"))
        self.odd += text.count(UNREADABLE) + len(_FOREIGN_TO_US.findall(text))
        for word in _WORD.findall(text):
            if not word.isascii():
                self.words += 1
                self.mixed += bool(_CYRILLIC.search(word) and _LATIN.search(word))

    @property
    def plausible(self) -> bool:
        """Whether these are words: not half Latin and half Cyrillic, few signs that nobody writes."""
        return self.odd <= max(3, self.letters * _TOLERATED * 4) and self.mixed <= max(3, self.words // 10)

    @property
    def is_text(self) -> bool:
        return self.control <= max(20, self.signs // 20)


def encoding_of(file: StoredFile) -> str:
    """The encoding of the whole file: what its mark says, else UTF-8, else Windows-1251.

    :raises FileUnusable: it is none of them, or no text.
    """
    head = file.head(4)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if head[:4].count(0) >= 2:
        raise FileUnusable(_("The file is no table in text: save it as XLSX or as CSV in UTF-8."))
    unreadable, sums = _try(file, "utf-8")
    if not sums.is_text:
        raise FileUnusable(_("The file is no table in text: save it as XLSX or as CSV in UTF-8."))
    if unreadable <= sums.letters * _TOLERATED and (unreadable == 0 or sums.letters > 50):
        return "utf-8"
    unreadable, sums = _try(file, "cp1251")
    if unreadable <= max(1, sums.letters * _TOLERATED) and sums.plausible:
        return "cp1251"
    raise FileUnusable(
        _("The file is neither in UTF-8 nor in Windows-1251: save it as XLSX or as CSV in UTF-8.")
    )


def _try(file: StoredFile, encoding: str) -> tuple[int, _Sums]:
    """How many bytes of the file are unreadable in an encoding, and what the text is like."""
    sums, unreadable = _Sums(), 0
    for text in _texts(file, encoding):
        unreadable += text.count(UNREADABLE)
        sums.add(text)
    return unreadable, sums


def _texts(file: StoredFile, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for chunk in file.chunks():
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def lines_of(file: StoredFile, encoding: str) -> Iterator[str]:
    """The lines of the file with their ends, which are all made «\\n»; without NUL."""
    newlines = io.IncrementalNewlineDecoder(None, translate=True)
    rest = ""
    for text in _texts(file, encoding):
        pieces = (rest + newlines.decode(text.replace("\0", ""))).split("\n")
        rest = pieces.pop()
        if len(rest) > LONGEST_LINE:
            raise FileUnusable(_("A line of the file is longer than that of any table."))
        yield from (f"{piece}\n" for piece in pieces)
    rest += newlines.decode("", final=True)
    if rest:
        yield rest


def records(lines: Iterable[str], delimiter: str, width: int = 0) -> Iterator[Record]:
    """The rows of a table in text, numbered from 1; a cell with line breaks is still one row.

    :param width: how many cells a row has, where that is known: a row with another number is then not glued
        to its neighbours by a quotation mark that nobody closed.
    """
    waiting = deque[str]()
    source = iter(lines)
    number = 0
    while True:
        line = waiting.popleft() if waiting else next(source, None)
        if line is None:
            return
        number += 1
        if line.count('"') % 2 == 0:
            yield _record(number, [line], delimiter)
            continue
        together, open_quotes = [line], True
        while open_quotes and len(together) < MOST_LINES:
            following = waiting.popleft() if waiting else next(source, None)
            if following is None:
                break
            together.append(following)
            open_quotes = following.count('"') % 2 == 0
        if not open_quotes and not _swallows(together, delimiter, width):
            whole = _record(number, together, delimiter, strict=True)
            if not whole.fault and (not width or len(whole.cells) == width):
                yield whole
                continue
        waiting.extendleft(reversed(together[1:]))
        alone = _record(number, [line], delimiter)
        if len(alone.cells) == width and not _opens_quotes(line, delimiter):
            yield alone  # a quotation mark in the middle of a cell says nothing
        else:
            fault = _("A quotation mark in the row is never closed.")
            yield Record(number, line.rstrip("\n").replace('"', "").split(delimiter), fault)


def _swallows(lines: list[str], delimiter: str, width: int) -> bool:
    """Whether all inner lines look like rows, so that the quotation marks are those of two rows."""
    inner = lines[1:-1]
    return (
        width > 2 and bool(inner) and all(len(_record(0, [line], delimiter).cells) == width for line in inner)
    )


def _opens_quotes(line: str, delimiter: str) -> bool:
    """Whether the line by itself ends inside a cell in quotation marks."""
    rows = list(csv.reader([line, "\n"], delimiter=delimiter))
    return len(rows) == 1 and bool(rows[0]) and rows[0][-1].endswith("\n")


def _record(number: int, lines: list[str], delimiter: str, *, strict: bool = False) -> Record:
    """:param strict: a closing quotation mark must be the end of its cell."""
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=strict))
    except csv.Error:
        return Record(number, ["".join(lines)[:100]], _("A cell of the row is longer than any table holds."))
    if len(rows) > 1:
        return Record(number, rows[0], _("A quotation mark in the row is never closed."))
    cells = rows[0] if rows else []
    if any(UNREADABLE in cell for cell in cells):
        return Record(number, cells, _("The row has letters that can't be read in the file's encoding."))
    return Record(number, cells)


def likely_delimiters(lines: list[str]) -> list[str]:
    """Delimiters by how often and how evenly they divide the first lines, the likeliest first."""
    points: Counter[str] = Counter()
    for delimiter in DELIMITERS:
        widths = Counter(len(record.cells) for record in records(lines, delimiter) if len(record.cells) > 1)
        if widths:
            width, times = widths.most_common(1)[0]
            points[delimiter] = times * 100 + min(width, 50)
    return [delimiter for delimiter, _points in points.most_common()]
