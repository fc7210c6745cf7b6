"""Reading and writing of the builder's CSV tables."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

Row = dict[str, str]
DECISIONS = Path(__file__).parent / "decisions"


def read_table(path: Path) -> list[Row]:
    """Rows of a CSV file in UTF-8 with a header."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_table(path: Path, columns: list[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write ``rows`` in a fixed order, so that building twice gives the same file."""
    ordered = sorted(rows, key=lambda row: [row.get(column, "") for column in columns])
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n", extrasaction="raise")
        writer.writeheader()
        writer.writerows(ordered)


def coordinate(value: float | str | None) -> str:
    """Degrees with five decimals (about a metre) without trailing zeros; blank stays blank."""
    if value is None or value == "":
        return ""
    return f"{float(value):.5f}".rstrip("0").rstrip(".")
