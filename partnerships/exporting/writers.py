"""The four forms of an export, as pieces of bytes that a response can send while they are made."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from partnerships.exporting.columns import COLUMNS, OF_ROWS
from partnerships.exporting.records import Record
from partnerships.exporting.spreadsheets import escaped
from partnerships.exporting.workbook import pieces_of_workbook

CODES = [column.code for column in COLUMNS]
JOINED_BY = " | "
PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class About:
    """What an export says of itself."""

    #: The day for which the rows hold, and the moment at which they were read.
    as_of: dt.date
    generated_at: dt.datetime
    address: str
    dictionary: str
    #: What of the address meant nothing, by parameter.
    left_out: dict[str, list[str]]

    @property
    def of_rows(self) -> list[str]:
        """The columns that are the same in every row."""
        return [self.as_of.isoformat(), self.generated_at.isoformat(timespec="seconds")]


Records = Iterable[Record]
Writer = Callable[[Records, About], Iterator[bytes]]


def write_csv(records: Records, about: About) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, commas, a header; texts by the rule of `spreadsheets`."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(CODES)
    yield b"\xef\xbb\xbf"
    for record in records:
        cells = [escaped(_flat(record.values[code])) for code in OF_ROWS]
        writer.writerow(cells + about.of_rows)
        if buffer.tell() >= PIECE:
            yield _taken(buffer)
    yield _taken(buffer)


def write_json(records: Records, about: About) -> Iterator[bytes]:
    """One object: what the export is, then `records`."""
    yield _opening(_head(about), "records")
    yield from _items(record.values for record in records)
    yield b"]}\n"


def write_geojson(records: Records, about: About) -> Iterator[bytes]:
    """A feature a record. Its geometry is the line from the Ukrainian to the foreign place; with several
    places on a side, or with one side's place unknown, all known points; null where none is known."""
    yield _opening({"type": "FeatureCollection", **_head(about)}, "features")
    yield from _items(
        {
            "type": "Feature",
            "id": record.values["number"],
            "geometry": _geometry(record),
            "properties": record.values,
        }
        for record in records
    )
    yield b"]}\n"


def write_xlsx(records: Records, about: About) -> Iterator[bytes]:
    """A workbook of one sheet, all texts typed as texts."""

    def rows() -> Iterator[list[str | int]]:
        yield list(CODES)
        for record in records:
            yield [*(_cell(record.values[code]) for code in OF_ROWS), *about.of_rows]

    return pieces_of_workbook("partnerships", rows(), columns=len(CODES))


def _flat(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return JOINED_BY.join(value) if isinstance(value, list) else str(value)


def _cell(value: Any) -> str | int:
    return value if isinstance(value, int) else _flat(value)


def _taken(buffer: io.StringIO) -> bytes:
    """What was written so far; the buffer is empty then."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _head(about: About) -> dict[str, Any]:
    return {
        "as_of": about.as_of.isoformat(),
        "generated_at": about.generated_at.isoformat(timespec="seconds"),
        "address": about.address,
        "dictionary": about.dictionary,
        "left_out": about.left_out,
    }


def _opening(head: dict[str, Any], name: str) -> bytes:
    return f"{json.dumps(head, ensure_ascii=False)[:-1]}, {json.dumps(name)}: [\n".encode()


def _items(items: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    pieces: list[str] = []
    size, between = 0, ""
    for item in items:
        text = json.dumps(item, ensure_ascii=False)
        pieces.append(between + text)
        size, between = size + len(text), ",\n"
        if size >= PIECE:
            yield "".join(pieces).encode()
            pieces, size = [], 0
    yield "".join(pieces).encode()


def _geometry(record: Record) -> dict[str, Any] | None:
    points = record.ours + record.theirs
    if not points:
        return None
    is_pair = len(record.ours) == len(record.theirs) == 1 and len(points) == _parties(record)
    return {"type": "LineString" if is_pair else "MultiPoint", "coordinates": points}


def _parties(record: Record) -> int:
    ours, theirs = record.values["ua_name_uk"], record.values["foreign_name_uk"]
    assert isinstance(ours, list)
    assert isinstance(theirs, list)
    return len(ours) + len(theirs)
