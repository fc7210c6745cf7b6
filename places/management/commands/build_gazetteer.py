"""``manage.py build_gazetteer``: makes the shipped place tables anew."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Build the tables in places/data from the source files (needs the development requirements)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--input", type=Path, required=True, help="folder with the source files")
        parser.add_argument(
            "--output", type=Path, default=Path(__file__).parents[2] / "data", help="where the tables go"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from places.gazetteer.build import build
        except ModuleNotFoundError as missing:
            raise CommandError(
                f"{missing.name} is not installed: the builder needs the development requirements."
            ) from missing
        try:
            build(options["input"], options["output"], self.stdout.write)
        except FileNotFoundError as problem:
            raise CommandError(str(problem)) from problem
