"""Doubtful rows of the shipped tables, in the words of the importer: candidates with reasons for the review.

The loader keeps such rows with cells in the shape of `partnerships.loading.tables`, and codes of candidates.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from core.history import attributed
from partnerships.enums import RowDecision, RowOutcome
from partnerships.importing.rows import PartyReading, Reading
from partnerships.importing.settling import FindsPlaces, Settled, likeness_of, proposals_of
from partnerships.loading.claims import Claim
from partnerships.loading.hands import REASON
from partnerships.loading.judging import claim_of
from partnerships.loading.tables import COLUMNS, CURATED, MAP, PAIRS, REGISTER
from partnerships.models import SourceRow


def table_of(cells: dict[str, Any]) -> str:
    """The table from which a row is, as its columns tell."""
    return next((name for name in (REGISTER, PAIRS, MAP) if set(cells) >= set(COLUMNS[name])), CURATED)


def claim_of_row(row: SourceRow) -> Claim:
    """:raises RowRefused: the row states what cannot be."""
    return claim_of(table_of(row.cells), row.cells)


def reading_of_shipped(cells: dict[str, Any]) -> Reading | None:
    """What a row of a shipped table says of its parties."""
    if table_of(cells) == CURATED:
        return None
    names = tuple(filter(None, dict.fromkeys((cells["ua_text"], cells.get("ua_text_en", "")))))
    ukrainian = PartyReading(
        cells.get("ua_source_text") or cells["ua_text"] or cells.get("ua_text_en", ""),
        names,
        code=cells["ua_katottg"],
        oblast=cells["ua_oblast"],
    )
    foreign = PartyReading(cells["foreign_text"], (cells["foreign_text"],), country=cells["foreign_iso2"])
    return Reading((ukrainian,), (foreign,), cells.get("title", ""), bool(cells.get("title_cut")))


def without_candidates() -> Iterable[SourceRow]:
    """Doubtful rows of shipped tables whose candidates nobody has gathered yet."""
    rows = SourceRow.objects.filter(batch=None, outcome=RowOutcome.DOUBTFUL, decision=RowDecision.NONE)
    return rows.filter(proposals=[]).order_by("pk")


def propose(matcher: FindsPlaces, rows: Iterable[SourceRow]) -> int:
    """Keep with each row what may be meant by it, and why.

    :returns: how many rows there were.
    """
    proposed = []
    with override("uk"), attributed(None, REASON):
        for row in rows:
            reading = reading_of_shipped(row.cells)
            if reading is None:
                continue
            match = matcher.match(reading)
            row.proposals = proposals_of(Settled(row.line, row.outcome, reading=reading, match=match))
            row.likeness = likeness_of(reading)
            proposed.append(row)
        SourceRow.objects.bulk_update(proposed, ["proposals", "likeness"], batch_size=200)
    return len(proposed)
