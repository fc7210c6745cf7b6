"""The load from beginning to end, in one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.history import attributed
from partnerships.enums import RowOutcome
from partnerships.loading import basics, tables
from partnerships.loading.claims import Assertion, Claim
from partnerships.loading.foreign import GAZETTEER, ForeignPlaces
from partnerships.loading.hands import REASON, touched
from partnerships.loading.judging import Accepted, Judge, Refused, Verdict, claim_of, source_of
from partnerships.loading.pairs import Pairs
from partnerships.loading.report import Report
from partnerships.loading.revising import news, take_back
from partnerships.loading.tables import (
    CURATED,
    DATA,
    MAP,
    PAIRS,
    REGISTER,
    RowRefused,
    TableRow,
    TableUnusable,
)
from partnerships.loading.ukrainian import UkrainianPlaces
from partnerships.loading.verdicts import Doubt
from partnerships.loading.writing import Writer
from partnerships.models import Partnership, Source, SourceRow

#: How often `on_step` is called.
STEPS = 4
_BATCH = 1000
#: Sources with fewer rows than this are counted together in the report.
_OF_ITS_OWN = 10

_TABLES = {model._meta.db_table for model in apps.get_app_config("partnerships").get_models()}


@dataclass
class _Load:
    """What is known while rows are settled."""

    report: Report
    sources: dict[str, Source]
    pairs: Pairs
    writer: Writer
    groups: dict[str, str]
    rows: dict[tuple[int, int], SourceRow]
    by_hand: set[int]
    made: list[SourceRow] = field(default_factory=list)
    changed: list[SourceRow] = field(default_factory=list)


def load(
    directory: Path = DATA, gazetteer: Path = GAZETTEER, on_step: Callable[[str], None] = lambda _step: None
) -> Report:
    """Load the register's tables from a directory. `on_step` hears what is done next, `STEPS` times.

    Reasons are written in Ukrainian, the language of those who work through doubtful rows.

    :raises TableUnusable: a table is missing or has another header; then nothing is loaded.
    """
    with override("uk"), attributed(None, REASON):
        with connection.cursor() as cursor:
            # Two loads at once would make the same records twice; the second waits.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_partnerships'))")
        on_step(_("Reading the tables"))
        content, entries = tables.read_curated(directory / CURATED)
        rows = [row for name in (PAIRS, REGISTER, MAP) for row in tables.read(directory / name)]
        report = Report()
        sources = basics.write_sources(tables.read(directory / tables.SOURCES), report)
        on_step(_("Reading the places"))
        ua, foreign = UkrainianPlaces.load(), ForeignPlaces.load(gazetteer)
        if not ua.units or not foreign.slugs:
            raise TableUnusable(_("There are no places yet: run load_places first."))
        bodies = basics.write_bodies(content.get("body", []), ua, foreign, report)
        programmes, of_source = basics.write_programmes(content.get("programme", []), report)
        on_step(_("Matching rows with places"))
        judge = Judge(ua, foreign, sources, bodies, programmes)
        known = {(row.source_id, row.line): row for row in SourceRow.objects.all()}
        writer = Writer(sources, bodies, programmes, of_source, report)
        pairs = Pairs.load()
        pairs.fetch()
        state = _Load(report, sources, pairs, writer, _groups([*entries, *rows]), known, set())
        state.by_hand = touched(SourceRow, (row.pk for row in known.values()))
        seen: set[tuple[int, int]] = set()
        for row in (*entries, *rows):
            _settle(state, row, judge.judge(row), seen)
        on_step(_("Writing partnerships and statements"))
        writer.write(pairs)
        _write_rows(state)
        with connection.cursor() as cursor:
            # Until then the planner takes the tables for as small as they were.
            cursor.execute(f"ANALYZE {', '.join(sorted(_TABLES))}")
    return report


def _groups(rows: Iterable[TableRow]) -> dict[str, str]:
    """Under what the rows of a source are counted: lists by themselves, single pages together."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[source_of(row)] = counts.get(source_of(row), 0) + 1
    return {source: source if number >= _OF_ITS_OWN else "" for source, number in counts.items()}


def _settle(state: _Load, row: TableRow, verdict: Verdict, seen: set[tuple[int, int]]) -> None:
    """Decide what becomes of one row, and remember what has to be written for it."""
    source = state.sources.get(source_of(row))
    number = row.number
    group = state.groups[source_of(row)]
    if source is None or number is None:
        # Such a row has no place in the database: it is told, not kept.
        reason = (
            _("The row has no number.") if source else _("The row names no source of the table of sources.")
        )
        state.report.settle(row.table, group, row.line, RowOutcome.REFUSED, reason)
        return
    key = (source.pk, number)
    if key in seen:
        reason = _("Another row has the same number.")
        state.report.settle(row.table, group, row.line, RowOutcome.REFUSED, reason)
        return
    seen.add(key)
    known = state.rows.get(key)
    if known is not None and _stays(state, known, row):
        settled = known
    else:
        settled = _decide(state, known or SourceRow(source=source, line=number), row, verdict)
    state.report.settle(row.table, group, row.line, settled.outcome, settled.reason)


def _stays(state: _Load, known: SourceRow, row: TableRow) -> bool:
    """Whether a row is settled already: nothing in it has changed, or a person has decided."""
    if known.decision or known.pk in state.by_hand:
        state.report.kept += 1
        return True
    return known.cells == row.cells and known.partnership_id is not None


def _decide(state: _Load, settled: SourceRow, row: TableRow, verdict: Verdict) -> SourceRow:
    before = (settled.cells, settled.outcome, settled.reason, settled.candidates, settled.partnership_id)
    key, new = _key(state, verdict)
    partnership = state.pairs.record(key) if key is not None else None
    claim = verdict.claim if isinstance(verdict, Accepted) else None
    if settled.partnership_id is not None:
        claim = _revise(state, settled, row, partnership, claim)
    settled.cells, settled.partnership = row.cells, partnership
    if not isinstance(verdict, Doubt | Refused):
        settled.outcome, settled.reason, settled.candidates = RowOutcome.MATCHED, "", []
        if new or (partnership and partnership.pk == before[4] and before[1] == RowOutcome.NEW):
            settled.outcome = RowOutcome.NEW
        assert key is not None
        assert claim is not None
        state.writer.add(key, claim)
    else:
        settled.outcome = RowOutcome.DOUBTFUL if isinstance(verdict, Doubt) else RowOutcome.REFUSED
        settled.reason = verdict.reason[:300]
        settled.candidates = list(verdict.candidates) if isinstance(verdict, Doubt) else []
    after = (settled.cells, settled.outcome, settled.reason, settled.candidates, settled.partnership_id)
    if settled.pk is None:
        state.made.append(settled)
    elif after != before or partnership is not None:
        state.changed.append(settled)
    return settled


def _key(state: _Load, verdict: Verdict) -> tuple[int | None, bool]:
    """The key of an accepted row's record, and whether this row makes it."""
    if not isinstance(verdict, Accepted):
        return None, False
    known = state.pairs.fitting(verdict.ua, verdict.foreign)
    return (known[0], False) if known else (state.pairs.make(verdict.ua, verdict.foreign), True)


def _revise(
    state: _Load, settled: SourceRow, row: TableRow, partnership: Partnership | None, claim: Claim | None
) -> Claim | None:
    """Take back what the row said before its cells changed; what is left to add.

    What it said before and says again is not added once more: a person may have taken it away.
    """
    assert settled.partnership is not None
    before = _assertions(row.table, settled.cells)
    same = partnership is not None and partnership.pk == settled.partnership_id
    now = claim.assertions if claim is not None and same else ()
    others = [
        said
        for other in settled.partnership.source_rows.exclude(pk=settled.pk).select_related("source")
        for said in _assertions_of(other)
    ]
    state.report.written["statements taken back"] += take_back(settled.partnership, before, now, others)
    return replace(claim, assertions=tuple(news(before, now))) if claim is not None and same else claim


def _assertions(table: str, cells: dict[str, Any]) -> list[Assertion]:
    """What cells that were accepted once stated."""
    try:
        return list(claim_of(table, cells).assertions)
    except (RowRefused, KeyError):
        return []


def _assertions_of(row: SourceRow) -> list[Assertion]:
    """What a row of any of our tables states; its cells tell which table it is from."""
    for table in (REGISTER, PAIRS, MAP):
        if set(row.cells) >= set(tables.COLUMNS[table]):
            return _assertions(table, row.cells)
    return _assertions(CURATED, row.cells)


def _write_rows(state: _Load) -> None:
    SourceRow.objects.bulk_create(state.made, batch_size=_BATCH)
    columns = ["cells", "outcome", "reason", "candidates", "partnership"]
    SourceRow.objects.bulk_update(state.changed, columns, batch_size=_BATCH)
    state.report.written["rows"] += len(state.made) + len(state.changed)
