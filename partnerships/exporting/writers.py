"""The four forms of an export, as pieces of bytes that a response can send while they are made."""

import csv
import datetime as dt
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from partnerships.exporting.columns import COLUMNS, Value, row_of
from partnerships.exporting.spreadsheets import escaped
from partnerships.models import Partnership, Party

CODES = [column.code for column in COLUMNS]
JOINED_BY = " | "
#: An XLSX cell holds so many characters.
LONGEST_CELL = 32_767
PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class About:
    """What an export says of itself."""

    #: The day for which the rows hold, and the moment at which they were read.
    as_of: dt.date
    generated_at: dt.datetime
    address: str
    dictionary: str


Records = Iterable[Partnership]
Writer = Callable[[Records, About], Iterator[bytes]]


def write_csv(records: Records, about: About) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, commas, a header; texts by the rule of `spreadsheets`."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([*CODES, "as_of"])
    yield b"\xef\xbb\xbf"
    for record in records:
        writer.writerow(
            [*(escaped(_flat(value)) for value in row_of(record).values()), about.as_of.isoformat()]
        )
        if buffer.tell() >= PIECE:
            yield _taken(buffer)
    yield _taken(buffer)


def write_json(records: Records, about: About) -> Iterator[bytes]:
    """One object: what the export is, then `records`."""
    yield _opening(_head(about), "records")
    yield from _items(row_of(record) for record in records)
    yield b"]}\n"


def write_geojson(records: Records, about: About) -> Iterator[bytes]:
    """A feature a record. Its geometry is the line from the Ukrainian to the foreign place; with several
    places on a side, or with one side's place unknown, all known points; null where none is known."""
    yield _opening({"type": "FeatureCollection", **_head(about)}, "features")
    yield from _items(
        {"type": "Feature", "id": record.number, "geometry": _geometry(record), "properties": row_of(record)}
        for record in records
    )
    yield b"]}\n"


def write_xlsx(records: Records, about: About) -> Iterator[bytes]:
    """A workbook of one sheet, all texts typed as texts. It is made in a temporary file: the format begins
    with what is known only at its end."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("partnerships")
    sheet.freeze_panes = "A2"
    sheet.append([*CODES, "as_of"])
    for record in records:
        sheet.append([*(_cell(sheet, value) for value in row_of(record).values()), about.as_of.isoformat()])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _flat(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return JOINED_BY.join(value) if isinstance(value, list) else str(value)


def _cell(sheet: Any, value: Value) -> Any:
    if isinstance(value, (bool, int)) or value is None:
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", _flat(value))[:LONGEST_CELL]
    # Only these beginnings would make it a formula or an error value.
    if not text.startswith(("=", "#")):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


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


def _geometry(record: Partnership) -> dict[str, Any] | None:
    ours = [point for party in record.ukrainian_parties if (point := _point(party))]
    theirs = [point for party in record.foreign_parties if (point := _point(party))]
    if len(ours) == len(theirs) == len(record.ukrainian_parties) == len(record.foreign_parties) == 1:
        return {"type": "LineString", "coordinates": [*ours, *theirs]}
    points = ours + theirs
    return {"type": "MultiPoint", "coordinates": points} if points else None


def _point(party: Party) -> list[float] | None:
    """Longitude and latitude, as RFC 7946 has them; a hromada without a point of its own is shown at its
    centre."""
    for spot in (party.place, party.place.centre if party.place else None):
        if spot is not None and spot.latitude is not None and spot.longitude is not None:
            return [spot.longitude, spot.latitude]
    return None
