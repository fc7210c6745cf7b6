"""Loads the register's shipped tables as statements of their sources."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from partnerships.enums import RowOutcome
from partnerships.importing import shipped
from partnerships.importing.matching import Matcher
from partnerships.loading.report import Report
from partnerships.loading.run import STEPS, load
from partnerships.loading.tables import DATA, TableUnusable
from partnerships.models import Partnership, SourceRow, Statement

#: Reasons and refused rows that are shown; all of them stand with the rows in the admin.
_SHOWN = 15


class Command(BaseCommand):
    help = "Load the shipped tables of partnerships. A second load of the same tables changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--directory", type=Path, default=DATA, help="folder with the tables")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=getattr(self.stdout, "_out", None))
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("", total=STEPS)

            def step(description: str) -> None:
                progress.update(task, description=description, advance=1)

            try:
                report = load(options["directory"], on_step=step)
            except TableUnusable as error:
                raise CommandError(str(error)) from error
            self._gather_candidates()
        self._tell(console, report)

    def _gather_candidates(self) -> None:
        """What doubtful rows may mean, for those who work through them."""
        rows = list(shipped.without_candidates())
        if rows:
            shipped.propose(Matcher.load(), rows)

    def _tell(self, console: Console, report: Report) -> None:
        console.print(outcomes_table(report))
        written = ", ".join(f"{kind}: {number}" for kind, number in report.written.items() if number)
        console.print(_("Written: %(what)s.") % {"what": written or _("nothing")})
        console.print(
            _(
                "In the register: %(partnerships)s partnerships, %(statements)s statements, "
                "%(rows)s rows that belong to none."
            )
            % {
                "partnerships": Partnership.objects.count(),
                "statements": Statement.objects.count(),
                "rows": SourceRow.objects.filter(partnership=None).count(),
            }
        )
        for reason, number in report.reasons()[:_SHOWN]:
            console.print(f"{number:6}  {reason}", markup=False, highlight=False)
        for misfit in report.refusals[:_SHOWN]:
            place = {"table": misfit.table, "line": misfit.line, "reason": misfit.reason}
            console.print(_("%(table)s, line %(line)s: %(reason)s") % place, markup=False, highlight=False)


def outcomes_table(report: Report) -> Table:
    """Rows by source and outcome."""
    outcomes = (RowOutcome.NEW, RowOutcome.MATCHED, RowOutcome.DOUBTFUL, RowOutcome.REFUSED)
    table = Table()
    table.add_column(_("source"))
    for heading in (_("rows"), *(outcome.value for outcome in outcomes)):
        table.add_column(heading, justify="right")
    for group in report.groups:
        counts = [report.count(outcome, group) for outcome in outcomes]
        table.add_row(group or _("single pages"), str(sum(counts)), *map(str, counts))
    totals = [report.count(outcome) for outcome in outcomes]
    table.add_row(_("all"), str(sum(totals)), *map(str, totals), end_section=True)
    return table
