"""Reading the shipped tables: rows with their number, every cell as it stands, or what is wrong."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

#: The tables that come with the portal.
DATA = Path(__file__).resolve().parents[1] / "data"
SOURCES, PAIRS, MAP, REGISTER = "sources.csv", "pairs.csv", "ministry_map.csv", "register_agreements.csv"
CURATED = "curated.toml"
COLUMNS: dict[str, tuple[str, ...]] = {
    SOURCES: ("slug", "title", "language", "publisher", "url", "licence", "published_on", "read_on", "grade"),
    PAIRS: (
        *("id", "source", "url", "ua_katottg", "ua_text", "ua_text_en", "ua_oblast", "ua_source_text"),
        *("foreign_iso2", "foreign_text", "kind", "status", "decided_on", "decided_url", "decided_grade"),
        *("signed_on", "announced_for", "mode", "since_year", "since_source", "also_in", "note"),
    ),
    MAP: ("id", "ua_katottg", "ua_text", "ua_oblast", "foreign_iso2", "foreign_text"),
    REGISTER: (
        *("id", "ua_katottg", "ua_text", "ua_oblast", "title", "title_cut", "signed_text", "signed_on"),
        *("legal_kind", "sphere", "foreign_state", "foreign_iso2", "foreign_text", "term"),
    ),
}
#: Numbers of rows stand in the database as 32-bit integers.
_HIGHEST = 2**31 - 1


class TableUnusable(Exception):
    """A table is missing, not in UTF-8, or has another header; nothing is loaded then."""


class RowRefused(Exception):
    """A row can't be loaded; the reason in words."""


@dataclass(frozen=True)
class TableRow:
    """A row as it was read. `line` counts from 1, the header among them; `fault` says why it is no row."""

    table: str
    line: int
    cells: dict[str, Any]
    fault: str = ""

    @property
    def number(self) -> int | None:
        """The number by which the row is known for ever; none where it has no usable one."""
        text = str(self.cells.get("id", ""))
        if not text.isascii() or not text.isdigit() or len(text) > 10:
            return None
        return int(text) if 1 <= int(text) <= _HIGHEST else None


def read(path: Path) -> Iterator[TableRow]:
    """Every row of a CSV table.

    :raises TableUnusable: see there.
    """
    columns = COLUMNS[path.name]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            if missing := [column for column in columns if column not in header]:
                raise TableUnusable(
                    _("%(file)s has no column %(columns)s.")
                    % {"file": path.name, "columns": ", ".join(missing)}
                )
            for values in reader:
                if values:
                    yield _row(path.name, reader.line_num, header, values)
    except FileNotFoundError as error:
        raise TableUnusable(_("There is no %(file)s.") % {"file": path.name}) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableUnusable(f"{path.name}: {error}") from error


def _row(table: str, line: int, header: list[str], values: list[str]) -> TableRow:
    # jsonb holds no NUL, and no name has one.
    cells = {column: value.replace("\0", "").strip() for column, value in zip(header, values, strict=False)}
    fault = ""
    if len(values) != len(header):
        fault = _("The row has %(count)s cells instead of %(expected)s.") % {
            "count": len(values),
            "expected": len(header),
        }
        cells = {column: cells.get(column, "") for column in header}
    return TableRow(table, line, cells, fault)


def read_curated(path: Path) -> tuple[dict[str, Any], list[TableRow]]:
    """The whole of the hand-checked records, and one row for each partnership in it.

    :raises TableUnusable: it is missing or is not TOML.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise TableUnusable(_("There is no %(file)s.") % {"file": path.name}) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TableUnusable(f"{path.name}: {error}") from error
    entries = content.get("partnership", [])
    return content, [TableRow(path.name, number, entry) for number, entry in enumerate(entries, start=1)]
