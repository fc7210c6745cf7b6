"""Reading gathered tables and writing ours, with identifiers that outlive a rebuild."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    """All rows of a CSV table, in UTF-8."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write the rows in the given order of columns; the number of rows."""
    number = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=columns, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(row)
            number += 1
    return number


def numbered(rows: list[Row], path: Path, identity: Sequence[str]) -> list[Row]:
    """The rows with an ``id``: that of the equal row in the table that is there already, else a new number.

    Records in the database refer to rows by number, so a number is never given to another row. Equal rows
    (sources repeat themselves) take the numbers in turn.
    """
    known: dict[tuple[str, ...], list[int]] = {}
    highest = 0
    for row in read(path) if path.exists() else []:
        known.setdefault(tuple(row[column] for column in identity), []).append(int(row["id"]))
        highest = max(highest, int(row["id"]))
    for row in rows:
        free = known.get(tuple(row[column] for column in identity))
        if not free:
            highest += 1
        row["id"] = str(free.pop(0) if free else highest)
    return sorted(rows, key=lambda row: int(row["id"]))


def one_line(text: str) -> str:
    """Without line breaks and runs of spaces."""
    return " ".join(text.split())
