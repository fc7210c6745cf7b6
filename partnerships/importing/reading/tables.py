"""A file that somebody brought, as a table: which header means what, and its rows one by one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from partnerships.enums import TableShape
from partnerships.importing.reading import plain_text
from partnerships.importing.reading.cleaning import plain, without_control
from partnerships.importing.reading.contents import Content, content_of
from partnerships.importing.reading.faults import FileUnusable
from partnerships.importing.reading.headers import (
    ColumnReading,
    is_header,
    missing_in,
    read_headers,
    shape_of,
)
from partnerships.importing.reading.plain_text import Record
from partnerships.importing.reading.stored import StoredFile, checked_size
from partnerships.importing.reading.workbooks import MOST_COLUMNS, Workbook
from partnerships.importing.rows import RawRow

#: Titles and empty lines may stand above the header.
HEADER_WITHIN = 15
LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the header stands, and what its columns were read as."""

    line: int
    columns: tuple[ColumnReading, ...]

    @property
    def known(self) -> int:
        return sum(bool(column.meaning) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be read. `row_count` is an estimate, for showing how far the reading has come."""

    name: str
    digest: str
    size: int
    #: Empty for a workbook, which has no encoding of its own, as `sheet` and `sheets` are for text.
    encoding: str
    sheet: str
    sheets: tuple[str, ...]
    shape: TableShape
    columns: tuple[ColumnReading, ...]
    row_count: int | None
    _header_line: int
    _records: Callable[[], Iterator[Record]]

    def rows(self) -> Iterator[RawRow]:
        """Each row below the header that is not wholly empty, in order; may be called again.

        `line` is the row's number as a spreadsheet shows it: the header and what stands above it count, and
        so do empty rows; a row of a CSV file whose cells have line breaks is one row.

        :raises FileUnusable: the file turns out to be damaged further down.
        """
        headers = [column.header for column in self.columns]
        for record in self._records():
            if record.number <= self._header_line or not any(cell.strip() for cell in record.cells):
                continue
            if record.number == self._header_line + 1 and _numbers_the_columns(record.cells):
                continue
            yield _raw(record, headers)

    def column(self, meaning: str) -> str:
        """The header under which the meaning stands; empty where no column has it."""
        return next((one.header for one in self.columns if one.meaning == meaning), "")

    def headers_of(self, meaning: str) -> list[str]:
        return [one.header for one in self.columns if one.meaning == meaning]


def open_table(where: Path | BinaryIO, name: str, sheet: str = "", shape: str = "") -> Table:
    """Find out what the file is, and which of its columns means what.

    :param where: a path, or an open binary file that can go back to its beginning; it must stay open.
    :param name: the file's name for people; what the file is, only its content says.
    :param sheet: the sheet of a workbook; without it the one whose header is known best.
    :param shape: code of `TableShape`, where the person knows better than the headers.
    :raises FileUnusable: it is no table that can be read; the reason is a sentence.
    """
    file = StoredFile(Path(where) if isinstance(where, str) else where, name)
    size = checked_size(file)
    if content_of(file.head()) is Content.WORKBOOK:
        return _from_workbook(file, size, sheet, shape)
    if sheet:
        raise FileUnusable(
            _("The file is no workbook, so it has no sheet “%(sheet)s”.") % {"sheet": sheet[:100]}
        )
    return _from_text(file, size, shape)


def _from_text(file: StoredFile, size: int, shape: str) -> Table:
    encoding = plain_text.encoding_of(file)
    first = list(islice(plain_text.lines_of(file, encoding), HEADER_WITHIN * 4))
    delimiter, header = _best_delimiter(first)

    def records() -> Iterator[Record]:
        lines = plain_text.lines_of(file, encoding)
        return plain_text.records(lines, delimiter, len(header.columns))

    count = sum(chunk.count(b"\n") for chunk in file.chunks()) - header.line
    shown = "windows-1251" if encoding == "cp1251" else encoding.removesuffix("-sig")
    return _table(file, size, shown, "", (), shape, header, max(count, 0), records)


def _best_delimiter(lines: list[str]) -> tuple[str, _Header]:
    found: list[tuple[str, _Header]] = []
    unreadable: FileUnusable | None = None
    for delimiter in plain_text.likely_delimiters(lines):
        try:
            found.append((delimiter, _header(islice(plain_text.records(lines, delimiter), HEADER_WITHIN))))
        except FileUnusable as error:
            unreadable = unreadable or error
    if not found:
        raise unreadable or FileUnusable(_("The file is no table: its lines have no columns."))
    return max(found, key=lambda one: one[1].known)


def _from_workbook(file: StoredFile, size: int, sheet: str, shape: str) -> Table:
    book = Workbook(file)
    if sheet and sheet not in book.sheets:
        raise FileUnusable(
            _("The workbook has no sheet “%(sheet)s”; it has: %(sheets)s.")
            % {"sheet": sheet[:100], "sheets": ", ".join(book.sheets)[:500]}
        )
    headers: dict[str, _Header] = {}
    unreadable: FileUnusable | None = None
    for name in (sheet,) if sheet else book.sheets:
        try:
            headers[name] = _header(book.records(name, HEADER_WITHIN))
        except FileUnusable as error:
            # A sheet with rows tells more about what is wrong than an empty one beside it.
            unreadable = error if unreadable is None or book.facts[name].rows else unreadable
    if not headers:
        raise unreadable or FileUnusable(_("The workbook has no sheet with a table."))
    chosen = max(headers, key=lambda name: headers[name].known)
    header = headers[chosen]
    count = book.facts[chosen].rows - header.line
    return _table(file, size, "", chosen, book.sheets, shape, header, count, lambda: book.records(chosen))


def _header(records: Iterable[Record]) -> _Header:
    """The first line in which enough columns are known.

    :raises FileUnusable: there is none, there are too many columns, or they can't make a partnership.
    """
    seen: list[str] = []
    empty = True
    for record in records:
        cells = list(record.cells)
        while cells and not cells[-1].strip():
            cells.pop()
        empty = empty and not cells
        if len(cells) > MOST_COLUMNS:
            raise FileUnusable(
                _("The table has more than %(most)s columns: is it a table of partnerships?")
                % {"most": MOST_COLUMNS}
            )
        columns = read_headers([without_control(cell) for cell in cells])
        if is_header(columns):
            if lacking := missing_in(columns):
                raise FileUnusable(f"{lacking} {_headers_seen(cells)}")
            return _Header(record.number, columns)
        if len([cell for cell in cells if cell.strip()]) > len(seen):
            seen = cells
    if empty:
        raise FileUnusable(_("The sheet or file is empty: it has no row with text."))
    raise FileUnusable(
        _("No header that is known stands in the first %(lines)s lines.") % {"lines": HEADER_WITHIN}
        + f" {_headers_seen(seen)}"
    )


def _headers_seen(cells: list[str]) -> str:
    names = [plain(cell)[:40] for cell in cells if cell.strip()]
    return _("Read as headers: %(names)s.") % {"names": ", ".join(names[:20])} if names else ""


def _table(
    file: StoredFile,
    size: int,
    encoding: str,
    sheet: str,
    sheets: tuple[str, ...],
    shape: str,
    header: _Header,
    count: int,
    records: Callable[[], Iterator[Record]],
) -> Table:
    found = TableShape(shape) if shape in TableShape.values else shape_of(header.columns)
    return Table(
        *(file.name, file.digest(), size, encoding, sheet, sheets, found, header.columns, count),
        _header_line=header.line,
        _records=records,
    )


def _raw(record: Record, headers: list[str]) -> RawRow:
    cells = [without_control(cell).strip() for cell in record.cells]
    fault = record.fault
    extra = cells[len(headers) :]
    if not fault and (len(cells) < len(headers) or any(extra)):
        fault = _("The row has %(count)s cells instead of %(expected)s.") % {
            "count": len(cells),
            "expected": len(headers),
        }
    if any(len(cell) > LONGEST_CELL for cell in cells):
        fault = fault or _("A cell of the row is longer than any table holds.")
        cells = [cell[:LONGEST_CELL] for cell in cells]
    cells += [""] * (len(headers) - len(cells))
    return RawRow(record.number, dict(zip(headers, cells, strict=False)), fault)


def _numbers_the_columns(cells: list[str]) -> bool:
    """Official tables number their columns in a line below the header: 1, 2, 3 …"""
    numbers = [cell.strip() for cell in cells if cell.strip()]
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]
