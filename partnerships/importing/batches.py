"""A batch from the file to the register: its rows are kept as they were read, and accepted as one."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core.history import attributed
from core.undo import Span, inserted
from partnerships.enums import BatchStatus, RowDecision, RowOutcome
from partnerships.importing.reading import Table, understand
from partnerships.importing.rows import RawRow, Reading
from partnerships.importing.settling import (
    Chosen,
    FindsPlaces,
    Settled,
    Settler,
    digest_of,
    likeness_of,
    proposals_of,
)
from partnerships.importing.turns import take_turn
from partnerships.importing.writing import ClaimWriter
from partnerships.loading.pairs import Pairs
from partnerships.models import ImportBatch, Partnership, Source, SourceRow
from search.indexing import rebuild, reindex

Tells = Callable[[int], None]
#: A row of a file with its outcome.
Tried = tuple[RawRow, Settled]
CHUNK = 500
#: Beyond so many records it takes less time to make the index of all records anew.
REINDEXED_ONE_BY_ONE = 50


class AcceptedAlready(Exception):
    """The batch is accepted: what its rows say stands in the register."""


def settler_for(source: Source, shape: str, matcher: FindsPlaces, pairs: Pairs) -> Settler:
    """A settler that knows what the source has said before."""
    return Settler(matcher, pairs, source.slug, shape, timezone.localdate(), said_before(source))


def said_before(source: Source) -> dict[bytes, int]:
    """What the source says in accepted batches, by the digest of the reading: of which record, 0 for none."""
    if source.pk is None:
        return {}
    rows = SourceRow.objects.filter(source=source, batch__status=BatchStatus.ACCEPTED).exclude(reading=None)
    # Where one row was decided and its likes were not, what belongs to a record counts.
    said = rows.order_by(F("partnership").asc(nulls_first=True), "pk").values_list(
        "reading", "partnership_id"
    )
    return {
        digest_of(Reading.from_json(reading)): pk or 0
        for reading, pk in said.iterator(chunk_size=2000)
        if reading is not None
    }


def try_rows(table: Table, settler: Settler) -> Iterator[Tried]:
    """Each row of the file with its outcome. Writes nothing."""
    for raw in table.rows():
        yield raw, settler.settle(raw, None if raw.fault else understand(raw, table))


def telling(rows: Iterable[Tried], tells: Tells) -> Iterator[Tried]:
    """The same rows, while somebody hears how many have passed."""
    for number, row in enumerate(rows, start=1):
        yield row
        tells(number)


def new_batch(table: Table, source: Source, user: User | None) -> ImportBatch:
    """A batch for the file, without rows yet."""
    return ImportBatch(
        source=source,
        file_name=table.name[:255],
        digest=table.digest,
        shape=table.shape,
        encoding=table.encoding[:20],
        sheet=table.sheet[:100],
        columns=[[column.header, column.meaning] for column in table.columns],
        created_by=user,
    )


def store_rows(batch: ImportBatch, rows: Iterable[Tried]) -> None:
    """Keep the rows of a batch as they were read, with what was found about them."""
    for chunk in _in_chunks(rows):
        SourceRow.objects.bulk_create(_row(batch, raw, settled) for raw, settled in chunk)


def _row(batch: ImportBatch, raw: RawRow, settled: Settled) -> SourceRow:
    row = SourceRow(source_id=batch.source_id, batch=batch, line=raw.line, cells=raw.cells)
    if settled.reading is not None:
        row.reading, row.likeness = settled.reading.to_json(), likeness_of(settled.reading)
    _tell(row, settled)
    return row


def _tell(row: SourceRow, settled: Settled) -> None:
    """Write the outcome on the row. What a person has decided about stays with its candidates."""
    row.outcome, row.reason = settled.outcome, "" if settled.belongs else settled.reason
    if row.decision == RowDecision.NONE:
        row.candidates = settled.doubted_codes if settled.outcome == RowOutcome.DOUBTFUL else []
        row.proposals = proposals_of(settled)


def accept(
    batch: ImportBatch, user: User | None, matcher: FindsPlaces, tells: Tells = lambda _rows: None
) -> ImportBatch:
    """Write what the rows of the batch state, in one transaction.

    Reasons are written in Ukrainian, the language of those who work through doubtful rows.

    :param tells: hears how many rows have been worked through.
    :raises AcceptedAlready: somebody else was quicker.
    """
    with override("uk"), attributed(user, _("Import of the file “%(file)s”") % {"file": batch.file_name}):
        take_turn()
        current = ImportBatch.objects.select_for_update().select_related("source").get(pk=batch.pk)
        if current.status == BatchStatus.ACCEPTED:
            raise AcceptedAlready
        span = open_span(current)
        acceptance = _Acceptance(current, matcher)
        done = 0
        for rows in _stored(current):
            acceptance.take(rows)
            done += len(rows)
            tells(done)
        close_span(current, span)
        current.status, current.accepted_at, current.accepted_by = BatchStatus.ACCEPTED, timezone.now(), user
        current.save()
    return current


def open_span(batch: ImportBatch) -> Span:
    """From here on the history of this transaction is the batch's work, no person's."""
    span = Span.begin()
    batch.spans.append({**span.to_json(), "undone": False})
    batch.save(update_fields=["spans"])
    return span


def close_span(batch: ImportBatch, span: Span, *, undone: bool = False) -> None:
    batch.spans[-1] = {**span.end().to_json(), "undone": undone}
    batch.transactions = list(dict.fromkeys([*batch.transactions, span.transaction]))


class _Acceptance:
    """Settles stored rows anew, since places and records may have changed, and writes what they state."""

    def __init__(self, batch: ImportBatch, matcher: FindsPlaces) -> None:
        self.pairs = Pairs.load()
        self.settler = settler_for(batch.source, batch.shape, matcher, self.pairs)
        self.writer = ClaimWriter(self.pairs, {batch.source.slug: batch.source})

    def take(self, rows: list[SourceRow]) -> None:
        settled = [
            (row, self.settler.settle(RawRow(row.line, row.cells), reading_of(row), chosen_of(row)))
            for row in rows
            if row.reading is not None and row.decision != RowDecision.REFUSED
        ]
        self.writer.write([one for _row, one in settled if one.belongs and not one.repeated])
        for row, one in settled:
            _tell(row, one)
            row.partnership_id = None if one.key is None else self.pairs.final(one.key)
        changed = [row for row, _one in settled]
        SourceRow.objects.bulk_update(
            changed, ["outcome", "reason", "candidates", "proposals", "partnership"], batch_size=CHUNK
        )


def _stored(batch: ImportBatch) -> Iterator[list[SourceRow]]:
    """The rows of a batch in the order of the file, a chunk at a time."""
    line = 0
    while rows := list(batch.rows.filter(line__gt=line).order_by("line")[:CHUNK]):
        yield rows
        line = rows[-1].line


def reading_of(row: SourceRow) -> Reading | None:
    return Reading.from_json(row.reading) if row.reading is not None else None


def chosen_of(row: SourceRow) -> Chosen | None:
    """What a person has decided about the row: the places stand with the candidates."""
    if row.decision != RowDecision.ACCEPTED:
        return None
    places: dict[str, list[int]] = {"ua": [], "foreign": []}
    record = None
    for proposal in row.proposals:
        if proposal["side"] in places:
            places[proposal["side"]] += proposal.get("chosen", [])
        elif proposal["side"] == "record":
            record = proposal.get("chosen")
    ua = places["ua"] or [row.decided_ua_id or 0]
    foreign = places["foreign"] or [row.decided_foreign_id or 0]
    return Chosen(tuple(dict.fromkeys(ua)), tuple(dict.fromkeys(foreign)), record)


def reindex_records(batch: ImportBatch, tells: Tells = lambda _rows: None) -> None:
    """Bring search up to date with what the batch made, or took back."""
    records = Partnership.objects.filter(
        pk__in=inserted(Partnership, [Span.from_json(span) for span in batch.spans])
    )
    if records.count() > REINDEXED_ONE_BY_ONE:
        for _type, done, _total in rebuild("partnership"):
            tells(done)
    else:
        reindex(*records)


def _in_chunks(rows: Iterable[Tried]) -> Iterator[list[Tried]]:
    every = iter(rows)
    while chunk := list(islice(every, CHUNK)):
        yield chunk
