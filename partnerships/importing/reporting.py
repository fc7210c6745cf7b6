"""What the person who brought a file gets to read: a line for each of its rows, and sums."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import IO

from partnerships.enums import RowOutcome
from partnerships.exporting.spreadsheets import escaped
from partnerships.importing.settling import Settled
from partnerships.loading.pairs import Pairs
from partnerships.models import ImportBatch, SourceRow

COLUMNS = (
    *("row", "outcome", "ua_katottg", "foreign_place", "foreign_country", "partnership", "candidates"),
    "reason",
)
MOST_CODES = 3
#: From so many points on, a foreign candidate is worth naming; below, the report repeats the name as read.
LIKELY = 75


@dataclass
class Tally:
    """How many rows came to which end, and the first that came to none."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    misfits: list[Settled] = field(default_factory=list)
    #: Rows that the source had said before, in a batch that was accepted.
    repeated: int = 0
    #: Rows that add nothing to what is known.
    heard: int = 0

    def add(self, settled: Settled, keep: int = 0) -> None:
        """:param keep: how many of the refused rows are kept whole."""
        self.outcomes[settled.outcome] += 1
        self.repeated += settled.repeated
        self.heard += settled.heard
        if not settled.belongs:
            self.reasons[settled.reason] += 1
        if settled.outcome == RowOutcome.REFUSED and len(self.misfits) < keep:
            self.misfits.append(settled)

    @property
    def rows(self) -> int:
        return self.outcomes.total()


def write_report(file: IO[str], lines: Iterable[list[str]]) -> None:
    """CSV in UTF-8, one line for each row of the file, in its order. A text that a spreadsheet would take for
    a formula stands behind an apostrophe."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([_plain(cell) for cell in line])


def as_csv(batch: ImportBatch) -> Iterator[str]:
    """The report of a batch that is kept, in pieces for an answer that streams."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for line in chain([list(COLUMNS)], lines_of(batch)):
        writer.writerow([_plain(cell) for cell in line])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def lines_of(batch: ImportBatch) -> Iterator[list[str]]:
    """The lines of a batch that is kept, in the order of its file."""
    rows = batch.rows.order_by("line").select_related("partnership").defer("cells")
    for row in rows.iterator(chunk_size=1000):
        yield report_line_of(row, row.partnership.number if row.partnership else None)


def report_line(settled: Settled, pairs: Pairs) -> list[str]:
    """The line of a row that was tried."""
    number = pairs.numbers.get(settled.key) if settled.key else None
    reading = settled.reading
    names = [party.text for party in reading.foreign] if reading else []
    countries = [party.country for party in reading.foreign] if reading else []
    return _line(
        (settled.line, settled.outcome),
        [[one.code for one in party.candidates] for party in settled.match.ukrainian],
        [[one.code for one in party.candidates if one.points >= LIKELY] for party in settled.match.foreign],
        (next(iter(names), ""), next(iter(countries), "")),
        number,
        settled.words,
    )


def report_line_of(row: SourceRow, number: int | None) -> list[str]:
    """The line of a row that is kept with a batch.

    :param number: of the record that it belongs to.
    """
    codes: dict[str, list[list[str]]] = {"ua": [], "foreign": []}
    for proposal in row.proposals:
        least = LIKELY if proposal["side"] == "foreign" else 0
        likely = [one["code"] for one in proposal.get("candidates", ()) if one.get("points", LIKELY) >= least]
        codes.setdefault(proposal["side"], []).append(likely)
    foreign: dict[str, str] = next(iter((row.reading or {}).get("foreign", ())), {})
    words = " ".join([row.reason, *(row.reading or {}).get("remarks", ())]).strip()
    return _line(
        (row.line, row.outcome),
        codes["ua"],
        codes["foreign"],
        (foreign.get("text", ""), foreign.get("country", "")),
        number,
        words,
    )


def _line(
    head: tuple[int, str],
    ukrainian: list[list[str]],
    foreign: list[list[str]],
    named: tuple[str, str],
    number: int | None,
    words: str,
) -> list[str]:
    """:param named: the foreign party as the row names it, and its country: for a place that is not known."""
    line, outcome = head
    best, place = _best(ukrainian), _best(foreign)
    country = place[:2].upper() or named[1]
    codes = " ".join(list(dict.fromkeys(_in_turn(ukrainian)))[:MOST_CODES])
    shown = "" if number is None else str(number)
    return [str(line), str(outcome), best, place or named[0], country, shown, codes, words]


def _in_turn(columns: list[list[str]]) -> Iterator[str]:
    """The best of each party first, then the second …"""
    for depth in range(max(map(len, columns), default=0)):
        for column in columns:
            if depth < len(column):
                yield column[depth]


def _best(parties: list[list[str]]) -> str:
    return parties[0][0] if parties and parties[0] else ""


def _plain(cell: str) -> str:
    return escaped(cell.replace("\0", ""))
