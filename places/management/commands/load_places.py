"""``manage.py load_places``: loads the shipped tables of places; can be repeated."""

from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from places.loading import DATA, Outcome, Report, TableUnusable, load
from places.loading.run import STEPS


class Command(BaseCommand):
    help = "Load countries, Ukrainian and foreign places and their other names; lists the rows it refuses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--data", type=Path, default=DATA, metavar="DIR", help="folder with the four tables"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = self._load(options["data"])
        except TableUnusable as problem:
            raise CommandError(str(problem)) from problem
        for refusal in [*report.refusals, *report.remarks]:
            self.stderr.write(str(refusal))
        for file in report.files:
            self.stdout.write(_summary(file, report))
        if report.kept:
            self.stdout.write(
                _("Rows of which a person's own value was kept: %(count)s") % {"count": len(report.kept)}
            )

    def _load(self, directory: Path) -> Report:
        console = Console(stderr=True)
        if not console.is_terminal:
            return load(directory)
        with ExitStack() as stack:
            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            progress = stack.enter_context(Progress(*columns, console=console, transient=True))
            task = progress.add_task("", total=STEPS)
            steps = iter(range(STEPS))
            return load(
                directory, lambda step: progress.update(task, description=step, completed=next(steps))
            )


def _summary(file: str, report: Report) -> str:
    counts = report.counts(file)
    return _(
        "%(file)s: %(created)s created, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused"
    ) % {"file": file, **{outcome.value: counts[outcome] for outcome in Outcome}}
