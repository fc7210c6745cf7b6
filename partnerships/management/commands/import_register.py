"""Reads a table of partnerships that somebody brings, and accepts it as statements of its source."""

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from rich.console import Console
from rich.progress import Progress
from rich.table import Table as Grid

from core.history import attributed
from partnerships.enums import BatchStatus, Grade, RowOutcome, TableShape
from partnerships.importing import batches, reporting, reverting, running
from partnerships.importing.matching import Matcher
from partnerships.importing.reading import FileUnusable, Table, open_table
from partnerships.importing.settling import Settled
from partnerships.importing.sources import NewSource, known_source, nobodys, source_told
from partnerships.loading.pairs import Pairs
from partnerships.models import ImportBatch, Source, SourceRow

#: Reasons and refused rows that are shown; all of them stand in the report.
_SHOWN = 15


class Command(BaseCommand):
    help = (
        "Read a table of partnerships (CSV or XLSX) and say what would become of each row. "
        "Nothing is written without --accept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="CSV or XLSX file")
        parser.add_argument("--source", default="", help="slug of the source whose word the rows are")
        parser.add_argument("--source-title", default="", help="title of a source; it is made if it is new")
        parser.add_argument("--grade", choices=Grade.values, help="grade of the new source")
        parser.add_argument("--publisher", default="", help="publisher of the new source")
        parser.add_argument("--url", default="", help="address of the new source")
        parser.add_argument("--licence", default="", help="licence of the new source")
        parser.add_argument(
            "--read-on", type=dt.date.fromisoformat, help="day the source was read, YYYY-MM-DD"
        )
        parser.add_argument("--sheet", default="", help="sheet of a workbook")
        parser.add_argument(
            "--shape", default="", choices=["", *TableShape.values], help="shape of the table"
        )
        parser.add_argument("--columns", action="store_true", help="only tell which header was read as what")
        parser.add_argument("--report", type=Path, help="write a line for each row to this CSV file")
        parser.add_argument("--accept", action="store_true", help="write what the rows state")
        parser.add_argument("--revert", type=int, metavar="IMPORT", help="take an accepted import back")
        parser.add_argument("--run", type=int, metavar="IMPORT", help="do the work that a page has asked for")

    def handle(self, *args: Any, **options: Any) -> None:
        self.console = Console(file=getattr(self.stdout, "_out", None), highlight=False, soft_wrap=True)
        self.interactive = self.console.is_terminal
        if options["run"] is not None:
            if problem := running.perform(options["run"]):
                raise CommandError(problem)
            return
        if options["revert"] is not None:
            self._revert(options["revert"])
            return
        if options["file"] is None:
            raise CommandError(_("Name a file, or an import with --revert."))
        try:
            # Reasons stand in the language of those who work through doubtful rows.
            with override("uk"):
                self._import(options)
        except FileUnusable as error:
            raise CommandError(f"{options['file'].name}: {error.reason}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except OSError as error:
            told = {"file": error.filename or options["file"], "reason": error.strerror}
            raise CommandError(_("%(file)s: %(reason)s") % told) from error

    def _import(self, options: dict[str, Any]) -> None:
        source = self._source(options)
        table = open_table(options["file"], options["file"].name, options["sheet"], options["shape"])
        self._tell_columns(table)
        if options["columns"]:
            return
        if options["accept"]:
            assert source is not None
            self._accept(table, source, options["report"])
        else:
            self._try(table, source or nobodys(), options["report"])

    def _source(self, options: dict[str, Any]) -> Source | None:
        if options["source"]:
            return known_source(options["source"])
        if options["source_title"]:
            if not options["grade"]:
                raise CommandError(_("A source has a grade: give it with --grade."))
            names = ("grade", "publisher", "url", "licence", "read_on")
            return source_told(NewSource(options["source_title"], **{name: options[name] for name in names}))
        if options["accept"]:
            raise CommandError(_("Whose word is it? Name the source with --source or --source-title."))
        return None

    # --- trying ------------------------------------------------------------------------------------------
    def _try(self, table: Table, source: Source, report: Path | None) -> None:
        pairs = Pairs.load()
        settler = batches.settler_for(source, table.shape, Matcher.load(), pairs)
        tally = reporting.Tally()

        def lines() -> Iterable[list[str]]:
            with self._bar(_("Reading and matching"), table.row_count) as tells:
                for _raw, settled in batches.telling(batches.try_rows(table, settler), tells):
                    tally.add(settled, keep=_SHOWN)
                    yield reporting.report_line(settled, pairs)

        if report is None:
            for _line in lines():
                pass
        else:
            with report.open("w", encoding="utf-8", newline="") as file:
                reporting.write_report(file, lines())
        self._tell_tally(tally)
        self.console.print(_("Nothing was written: this was a trial. Accept it with --accept."))

    # --- accepting ---------------------------------------------------------------------------------------
    def _accept(self, table: Table, source: Source, report: Path | None) -> None:
        batch = self._known_batch(table, source)
        if batch is not None and batch.status == BatchStatus.ACCEPTED:
            self._tell_known(batch, report)
            return
        matcher = Matcher.load()
        with ExitStack() as stack:
            stack.enter_context(attributed(None, _("Import of the file “%(file)s”") % {"file": table.name}))
            if batch is None:
                batch = self._keep(table, source, matcher)
            if batch is None:
                self.console.print(
                    _("The source has said all of this in an import that is accepted: nothing changes.")
                )
                return
            with self._bar(_("Writing partnerships and statements"), table.row_count) as tells:
                batch = batches.accept(batch, None, matcher, tells)
        with self._bar(_("Making them findable"), None) as tells:
            batches.reindex_records(batch, tells)
        self._report_of(batch, report)
        self._tell_tally(_tally_of(batch))
        told = {"number": batch.pk}
        self.console.print(_("Accepted as import %(number)s; take it back with --revert %(number)s.") % told)

    def _known_batch(self, table: Table, source: Source) -> ImportBatch | None:
        """The same file of the same source, brought before."""
        if source.pk is None:
            return None
        known = ImportBatch.objects.filter(
            source=source, digest=table.digest, sheet=table.sheet, rows__isnull=False
        ).distinct()
        accepted = known.filter(status=BatchStatus.ACCEPTED).first()
        return accepted or known.order_by("-pk").first()

    def _keep(self, table: Table, source: Source, matcher: Matcher) -> ImportBatch | None:
        """A batch with the file's rows; none where the source has said all of them before."""
        settler = batches.settler_for(source, table.shape, matcher, Pairs.load())
        tally = reporting.Tally()
        if settler.said_before:
            for _raw, settled in batches.try_rows(table, settler):
                tally.add(settled)
            if tally.rows == tally.heard:
                return None
            settler = batches.settler_for(source, table.shape, matcher, Pairs.load())
        source.save()
        batch = batches.new_batch(table, source, None)
        batch.save()
        with self._bar(_("Reading and matching"), table.row_count) as tells:
            batches.store_rows(batch, batches.telling(batches.try_rows(table, settler), tells))
        return batch

    def _revert(self, number: int) -> None:
        batch = ImportBatch.objects.filter(pk=number).first()
        if batch is None:
            raise CommandError(_("There is no import %(number)s.") % {"number": number})
        try:
            reverted = reverting.revert(batch, None)
        except reverting.NotAccepted as error:
            raise CommandError(_("Import %(number)s is not accepted.") % {"number": number}) from error
        batches.reindex_records(ImportBatch.objects.get(pk=number))
        told = {"statements": reverted.statements, "records": len(reverted.withdrawn)}
        words = _("Taken back: %(statements)s statements; %(records)s records are withdrawn.")
        self.console.print(words % told)
        for line in reverted.kept:
            self.console.print(line, markup=False)

    # --- telling -----------------------------------------------------------------------------------------
    def _bar(self, description: str, total: int | None) -> "_Bar":
        return _Bar(self.console, description, total)

    def _tell_columns(self, table: Table) -> None:
        facts = [table.name, str(table.shape.label), table.encoding, table.sheet]
        self.console.print(", ".join(filter(None, facts)), markup=False)
        grid = Grid(_("header"), _("read as"))
        for column in table.columns:
            grid.add_row(_literal(column.header), str(column.label) or _("not read"))
        self.console.print(grid)

    def _tell_known(self, batch: ImportBatch, report: Path | None) -> None:
        self._report_of(batch, report)
        self._tell_tally(_tally_of(batch))
        told = {"number": batch.pk, "day": batch.accepted_at and batch.accepted_at.date()}
        self.console.print(
            _("This file is accepted already, as import %(number)s of %(day)s: nothing changes.") % told
        )

    def _report_of(self, batch: ImportBatch, report: Path | None) -> None:
        if report is not None:
            with report.open("w", encoding="utf-8", newline="") as file:
                reporting.write_report(file, reporting.lines_of(batch))

    def _tell_tally(self, tally: reporting.Tally) -> None:
        grid = Grid(_("outcome"), _("rows"))
        for outcome in RowOutcome:
            grid.add_row(outcome.value, str(tally.outcomes[outcome]))
        grid.add_row(_("all"), str(tally.rows), end_section=True)
        self.console.print(grid)
        if tally.repeated:
            words = ngettext(
                "%(count)s row repeats what the source said in an accepted import.",
                "%(count)s rows repeat what the source said in an accepted import.",
                tally.repeated,
            )
            self.console.print(words % {"count": tally.repeated})
        for reason, number in tally.reasons.most_common(_SHOWN):
            self.console.print(f"{number:6}  {reason}", markup=False)
        for settled in tally.misfits:
            told = {"row": settled.line, "reason": settled.reason}
            self.console.print(_("Row %(row)s: %(reason)s") % told, markup=False)
        hidden = tally.outcomes[RowOutcome.REFUSED] - len(tally.misfits)
        if hidden:
            words = ngettext(
                "… and %(count)s more refused row: all of them stand in the file of --report.",
                "… and %(count)s more refused rows: all of them stand in the file of --report.",
                hidden,
            )
            self.console.print(words % {"count": hidden})


class _Bar:
    """A bar of progress, where somebody watches."""

    def __init__(self, console: Console, description: str, total: int | None) -> None:
        self.progress = Progress(console=console, transient=True, disable=not console.is_terminal)
        self.description, self.total = description, total

    def __enter__(self) -> batches.Tells:
        self.progress.start()
        task = self.progress.add_task(self.description, total=self.total)
        return lambda done: self.progress.update(task, completed=done)

    def __exit__(self, *_error: object) -> None:
        self.progress.stop()


def _tally_of(batch: ImportBatch) -> reporting.Tally:
    """The same sums from the rows that are kept."""
    tally = reporting.Tally()
    rows = SourceRow.objects.filter(batch=batch).order_by("line")
    for line, outcome, reason in rows.values_list("line", "outcome", "reason").iterator(chunk_size=5000):
        tally.add(Settled(line, outcome, reason, key=0), keep=_SHOWN)
    return tally


def _literal(text: str) -> str:
    """Brackets in a header are no markup."""
    return text.replace("[", r"\[")
