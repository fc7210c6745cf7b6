"""Files as people bring them, made in memory."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from partnerships.importing.reading import Table, open_table, understand
from partnerships.importing.rows import Reading

HEADER = ("Громада", "Область", "Партнер", "Країна", "Дата підписання")
ROW = ("Луцька", "Волинська область", "Люблін", "Польща", "2020-05-01")


def text(rows: Iterable[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> io.BytesIO:
    """A CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return io.BytesIO(out.getvalue().encode(encoding))


def workbook(rows: Iterable[Sequence[Any]], change: Callable[[Workbook], object] | None = None) -> io.BytesIO:
    """An XLSX file with one sheet, which `change` may alter before it is saved."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Аркуш"
    for row in rows:
        sheet.append(list(row))
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def with_part(file: io.BytesIO, name: str, content: bytes) -> io.BytesIO:
    """The workbook with a part more, or with another content of a part that it has."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    out.seek(0)
    return out


def opened(rows: Iterable[Sequence[str]], **options: str) -> Table:
    return open_table(text(rows), "file.csv", **options)


def readings(*rows: Sequence[str], header: Sequence[str] = HEADER) -> list[Reading]:
    """What the rows of a table with this header say."""
    table = opened([header, *rows])
    return [understand(row, table) for row in table.rows()]


def reading(**cells: str) -> Reading:
    """What one row says; cells by header, with «_» for a space."""
    return readings(list(cells.values()), header=[name.replace("_", " ") for name in cells])[0]
