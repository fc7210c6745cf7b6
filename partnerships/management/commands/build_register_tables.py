"""Builds the shipped tables of the register from a folder of gathered tables. For developers."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partnerships.loading.building import files, pairs, register
from partnerships.loading.building import sources as sources_table
from partnerships.loading.tables import DATA


class Command(BaseCommand):
    help = (
        "Build sources.csv, pairs.csv, ministry_map.csv and register_agreements.csv in our columns from "
        "a folder of gathered tables. Rows keep their numbers."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--input", type=Path, required=True, help="folder with the gathered tables")
        parser.add_argument("--output", type=Path, default=DATA, help="folder to write to")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._build(options["input"], options["output"])
        except FileNotFoundError as error:
            raise CommandError(f"There is no {error.filename}.") from error
        except sources_table.UnknownSite as error:
            raise CommandError(
                f"{error} is not in publishers.csv: say who publishes there, and its grade."
            ) from error

    def _build(self, gathered: Path, output: Path) -> None:
        sources = sources_table.Sources(DATA / "publishers.csv")
        for slug in (*sources_table.LISTS, *sources_table.OF_CURATED_RECORDS):
            sources.add_list(slug)
        full = register.FullTexts(files.read(gathered / "register_sample.csv"))
        tables = (
            (
                "pairs.csv",
                pairs.COLUMNS,
                pairs.IDENTITY,
                [pairs.pair(row, sources) for row in files.read(gathered / "partnerships.csv")],
            ),
            (
                "ministry_map.csv",
                register.MAP_COLUMNS,
                register.MAP_IDENTITY,
                [register.map_row(row) for row in files.read(gathered / "ministry_map.csv")],
            ),
            (
                "register_agreements.csv",
                register.REGISTER_COLUMNS,
                register.REGISTER_IDENTITY,
                [
                    register.register_row(row, full)
                    for row in files.read(gathered / "register_agreements.csv")
                ],
            ),
        )
        for name, columns, identity, rows in tables:
            count = files.write(output / name, columns, files.numbered(rows, output / name, identity))
            self.stdout.write(f"{name}: {count} rows")
        count = files.write(output / "sources.csv", sources_table.COLUMNS, sources.rows.values())
        self.stdout.write(f"sources.csv: {count} rows")
