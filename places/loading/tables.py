"""Reading the tables: CSV in UTF-8, one row on one line, columns found by their names in the first line.

A row never spans lines, so that a quotation mark that nobody closed costs its own row only.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from places.loading.report import Refusal


class TableUnusable(Exception):
    """The table is missing or its header is not what we know; the text says which and why."""


class RowRefused(Exception):
    """The row cannot be loaded; the text is the reason for a person."""


@dataclass(frozen=True, slots=True)
class Row:
    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refusal(self, reason: str) -> Refusal:
        return Refusal(self.file, self.line, reason)


def read(path: Path, columns: tuple[str, ...]) -> Iterator[Row | Refusal]:
    """The rows of a table, each as its cells or as the reason why it cannot be read. Blank lines are no rows.

    :raises TableUnusable: there is no such file, or a column is missing or stands twice in the header.
    """
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    except OSError as error:
        raise TableUnusable(
            _("%(file)s cannot be read: %(reason)s") % {"file": path, "reason": error.strerror or error}
        ) from error
    header = _header(path, lines[0], columns)
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        try:
            yield Row(path.name, number, dict(zip(header, _cells(line, len(header)), strict=True)))
        except RowRefused as refused:
            yield Refusal(path.name, number, str(refused))


def _header(path: Path, line: bytes, columns: tuple[str, ...]) -> list[str]:
    try:
        names = _split(line)
    except RowRefused as refused:
        raise TableUnusable(f"{path.name}: {refused}") from refused
    wrong = [column for column in columns if names.count(column) != 1]
    if wrong:
        raise TableUnusable(
            _("%(file)s: its first line must name each of these columns once: %(columns)s")
            % {"file": path.name, "columns": ", ".join(wrong)}
        )
    return names


def _cells(line: bytes, width: int) -> list[str]:
    cells = _split(line)
    if len(cells) != width:
        raise RowRefused(
            _("%(found)s columns instead of %(expected)s") % {"found": len(cells), "expected": width}
        )
    return cells


def _split(line: bytes) -> list[str]:
    try:
        text = line.removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        raise RowRefused(_("byte %(position)s is not UTF-8") % {"position": error.start + 1}) from error
    if "\0" in text:
        raise RowRefused(_("contains a NUL character, which cannot be stored"))
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error as error:
        raise RowRefused(_("is not CSV: %(reason)s") % {"reason": error}) from error
    return [cell.strip() for cell in rows[0]] if rows else []
