from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.progress import Progress

from search.indexing import rebuild


class Command(BaseCommand):
    help = "Makes the search index anew from the things themselves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--type", default="", help="only this kind of thing")

    def handle(self, *args: Any, **options: Any) -> None:
        totals: dict[str, int] = {}
        with Progress(transient=True, disable=not self.stdout.isatty()) as progress:
            bars: dict[str, Any] = {}
            for name, done, total in rebuild(options["type"]):
                totals[name] = total
                if name not in bars:
                    bars[name] = progress.add_task(name, total=total)
                progress.update(bars[name], completed=done)
        self.stdout.write("search: " + ", ".join(f"{name} {total}" for name, total in totals.items()))
