"""Decisions of people about doubtful rows: what is meant, or that the row is refused; and taking them back.

A decision writes what the row states at once where its source stands in the register (a shipped table, or an
accepted batch); else when the batch is accepted. Candidates and doubts stay with the row.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core.history import attributed
from core.undo import Span
from partnerships.enums import BatchStatus, RowDecision, RowOutcome
from partnerships.importing.batches import chosen_of, reading_of
from partnerships.importing.reverting import Reverted, take_back
from partnerships.importing.rows import Match, RawRow, Reading
from partnerships.importing.settling import LONGEST_REASON, Settled, Settler
from partnerships.importing.shipped import claim_of_row
from partnerships.importing.turns import take_turn_at_once
from partnerships.importing.writing import ClaimWriter
from partnerships.loading.pairs import Pairs, Places
from partnerships.loading.tables import RowRefused
from partnerships.models import ImportBatch, Partnership, Source, SourceRow
from search.indexing import reindex

#: Entry among the proposals that keeps how the row stood before the decision.
_BEFORE = "before"


class DecidedMeanwhile(Exception):
    """Somebody else has decided the row, or taken the decision back."""


class SeveralRecords(Exception):
    """The places leave open which record is meant."""

    def __init__(self, reason: str, records: Sequence[int]) -> None:
        super().__init__(reason)
        self.reason, self.records = reason, tuple(records)


class _Nobody:
    """A matcher for rows whose places a person has chosen."""

    def match(self, reading: Reading) -> Match:
        return Match()


@dataclass(frozen=True)
class Meant:
    """The places that a person chose, for each party of the row in the order of its proposals."""

    parties: tuple[Places, ...]
    sides: tuple[str, ...]
    #: Of several records: the key of one, or 0 for a record of its own.
    record: int | None = None

    def of(self, side: str) -> Places:
        chosen = [
            pk for places, its in zip(self.parties, self.sides, strict=True) if its == side for pk in places
        ]
        return tuple(dict.fromkeys(chosen))


def alike(row: SourceRow) -> QuerySet[SourceRow]:
    """The other rows that wait and name the same parties in the same words."""
    waiting = SourceRow.objects.undecided().filter(likeness=row.likeness)
    return waiting.exclude(pk=row.pk) if row.likeness else waiting.none()


def accept_row(
    row: SourceRow, meant: Meant, user: User | None, reason: str = "", *, with_alike: bool = False
) -> list[SourceRow]:
    """Decide what the row means, and with it all rows that are alike.

    :returns: the rows that were decided.
    :raises DecidedMeanwhile, SeveralRecords, SomebodyElseWrites: see there.
    :raises ValidationError: what the row states cannot be, or the database refuses it.
    """
    with override("uk"), attributed(user, _because(row, reason)):
        take_turn_at_once()
        rows = _locked(row, with_alike)
        span = Span.begin()
        decision = _Decision(RowDecision.ACCEPTED, user, timezone.now(), reason)
        for one in rows:
            _mark(one, decision, span)
            _choose(one, meant)
        _save(rows)
        standing = [one for one in rows if one.batch is None or one.batch.status == BatchStatus.ACCEPTED]
        _write(standing, meant)
        written = span.end()
        for one in rows:
            one.span = written.to_json() if one in standing else None
        _save(rows)
        _tell_batches(standing, written, undone=False)
        reindex(*_records_of(standing))
    return rows


def refuse_row(
    row: SourceRow, user: User | None, reason: str, *, with_alike: bool = False
) -> list[SourceRow]:
    """Decide that the row states nothing that belongs in the register.

    :raises DecidedMeanwhile, SomebodyElseWrites: see there.
    :raises ValidationError: no reason.
    """
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise ValidationError({"reason": _("Say why the row is refused.")})
    with override("uk"), attributed(user, _because(row, reason)):
        # An acceptance that has read the row already would write over the refusal.
        take_turn_at_once()
        rows = _locked(row, with_alike)
        decision = _Decision(RowDecision.REFUSED, user, timezone.now(), reason)
        for one in rows:
            _mark(one, decision, None)
            one.outcome, one.reason = RowOutcome.REFUSED, reason
        _save(rows)
    return rows


def decided_together(row: SourceRow) -> QuerySet[SourceRow]:
    """The rows that one decision has settled."""
    same = SourceRow.objects.exclude(decision=RowDecision.NONE).filter(
        decided_at=row.decided_at, decided_by=row.decided_by
    )
    return same.order_by("pk")


def undo(row: SourceRow, user: User | None) -> Reverted:
    """Take the decision on the row back, with what it wrote and on all rows that it settled.

    :raises DecidedMeanwhile, SomebodyElseWrites: see there.
    """
    with (
        override("uk"),
        attributed(user, _("The decision on a row of “%(source)s” is taken back") % _told(row)),
    ):
        take_turn_at_once()
        rows = list(_for_update(decided_together(row)))
        if row.pk not in {one.pk for one in rows}:
            raise DecidedMeanwhile
        wrote = list(dict.fromkeys(Span.from_json(one.span) for one in rows if one.span))
        own = Span.begin()
        because = {language: _withdrawn_because(language) for language in ("uk", "en")}
        result = take_back(wrote, because, own)
        records = _records_of(rows)
        standing = [one for one in rows if one.partnership_id is not None]
        for one in rows:
            _unmark(one)
        _save(rows)
        _tell_batches(standing, own.end(), undone=True, wrote=wrote)
        reindex(*records)
    return result


def _records_of(rows: list[SourceRow]) -> list[Partnership]:
    keys = {row.partnership_id for row in rows if row.partnership_id is not None}
    return list(Partnership.objects.filter(pk__in=keys).order_by("pk"))


def _because(row: SourceRow, reason: str) -> str:
    told = _("Decision on a row of “%(source)s”") % _told(row)
    return f"{told}: {reason}" if reason else told


def _told(row: SourceRow) -> dict[str, str]:
    return {"source": row.source.title[:120]}


def _withdrawn_because(language: str) -> str:
    with override(language):
        return _("The decision on a row of a source that made this record was taken back.")


def _for_update(rows: QuerySet[SourceRow]) -> QuerySet[SourceRow]:
    return rows.select_for_update(of=("self",)).select_related("batch", "source").order_by("pk")


def _locked(row: SourceRow, with_alike: bool) -> list[SourceRow]:
    """The row and its likes, locked, as far as nobody has decided them."""
    keys = [row.pk]
    if with_alike:
        keys += alike(row).values_list("pk", flat=True)
    rows = list(_for_update(SourceRow.objects.undecided().filter(pk__in=keys)))
    if row.pk not in {one.pk for one in rows}:
        raise DecidedMeanwhile
    return rows


@dataclass(frozen=True)
class _Decision:
    """One for all rows that are alike, by which they are known to belong together."""

    decision: str
    user: User | None
    moment: dt.datetime
    reason: str


def _mark(row: SourceRow, decision: _Decision, span: Span | None) -> None:
    before = {"side": _BEFORE, "outcome": row.outcome, "reason": row.reason}
    row.proposals = [*(one for one in row.proposals if one["side"] != _BEFORE), before]
    row.decision, row.decided_by = decision.decision, decision.user
    row.decided_at = decision.moment
    row.decided_because = " ".join(decision.reason.split())[:LONGEST_REASON]
    row.span = span.to_json() if span else None


def _choose(row: SourceRow, meant: Meant) -> None:
    """Write on the row, beside its candidates, which places were chosen."""
    parties = [one for one in row.proposals if one["side"] in ("ua", "foreign")]
    kept = [one for one in row.proposals if one["side"] == _BEFORE]
    if [one["side"] for one in parties] != list(meant.sides):
        parties = [
            {"side": side, "text": "", "certain": False, "doubt": "", "candidates": []}
            for side in meant.sides
        ]
    for party, places in zip(parties, meant.parties, strict=True):
        party["chosen"] = list(places)
    if meant.record is not None:
        kept.append({"side": "record", "chosen": meant.record})
    row.proposals = [*parties, *kept]
    row.decided_ua_id, row.decided_foreign_id = meant.of("ua")[0], meant.of("foreign")[0]


def _write(rows: list[SourceRow], meant: Meant) -> None:
    """Write what the rows state of the places that were chosen."""
    if not rows:
        return
    pairs = Pairs.load(ua=meant.of("ua"))
    settled = [(row, _settled(row, pairs)) for row in rows]
    for row, one in settled:
        if one.outcome == RowOutcome.DOUBTFUL:
            raise SeveralRecords(one.reason, one.records)
        if not one.belongs:
            raise ValidationError(_("Row %(row)s: %(reason)s") % {"row": row.line, "reason": one.reason})
    stated = {said.source for _row, one in settled if one.claim for said in one.claim.assertions}
    sources = {source.slug: source for source in Source.objects.filter(slug__in=stated)}
    ClaimWriter(pairs, sources).write([one for _row, one in settled])
    for row, one in settled:
        if not one.belongs or one.key is None:
            raise ValidationError(_("Row %(row)s: %(reason)s") % {"row": row.line, "reason": one.reason})
        row.outcome, row.reason, row.partnership_id = one.outcome, "", pairs.final(one.key)


def _settled(row: SourceRow, pairs: Pairs) -> Settled:
    chosen, reading = chosen_of(row), reading_of(row)
    assert chosen is not None
    shape = row.batch.shape if row.batch else ""
    settler = Settler(_Nobody(), pairs, row.source.slug, shape, timezone.localdate())
    if reading is not None:
        return settler.settle(RawRow(row.line, row.cells), reading, chosen)
    try:
        claim = claim_of_row(row)
    except RowRefused as refused:
        return Settled(row.line, RowOutcome.REFUSED, str(refused))
    settled = Settled(row.line, RowOutcome.DOUBTFUL, ua=chosen.ua, foreign=chosen.foreign, claim=claim)
    return settler.with_record(settled, chosen)


def _unmark(row: SourceRow) -> None:
    before: dict[str, str] = next((one for one in row.proposals if one["side"] == _BEFORE), {})
    row.proposals = [one for one in row.proposals if one["side"] in ("ua", "foreign")]
    for one in row.proposals:
        one.pop("chosen", None)
    row.outcome = before.get("outcome", RowOutcome.DOUBTFUL)
    row.reason = before.get("reason") or str(_("It is not certain who is meant."))
    row.decision, row.decided_because = RowDecision.NONE, ""
    row.decided_ua = row.decided_foreign = row.decided_by = row.decided_at = None
    row.partnership = row.span = None


def _save(rows: list[SourceRow]) -> None:
    SourceRow.objects.bulk_update(
        rows,
        [
            *("decision", "decided_by", "decided_at", "decided_because", "decided_ua", "decided_foreign"),
            *("proposals", "outcome", "reason", "partnership", "span"),
        ],
    )


def _tell_batches(rows: list[SourceRow], span: Span, *, undone: bool, wrote: Sequence[Span] = ()) -> None:
    """A batch that is taken back takes back what decisions on its rows wrote."""
    taken_back = [one.to_json() for one in wrote]
    keys = {row.batch_id for row in rows if row.batch_id}
    for batch in ImportBatch.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        for known in batch.spans:
            if {name: known[name] for name in ("transaction", "first", "last")} in taken_back:
                known["undone"] = True
        batch.spans.append({**span.to_json(), "undone": undone})
        batch.transactions = list(dict.fromkeys([*batch.transactions, span.transaction]))
        batch.save(update_fields=["spans", "transactions"])
