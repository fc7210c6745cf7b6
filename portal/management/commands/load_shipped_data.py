"""Loads everything that is shipped with the portal; quick when nothing has changed since the last time."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from portal.models import LoadedData

#: Step → the folder of its tables, in the order in which one stands on the other.
STEPS = (
    ("load_places", "places/data"),
    ("load_partnerships", "partnerships/data"),
    ("load_guidelines", "guidelines/data"),
    ("load_news", "news/data"),
)


class Command(BaseCommand):
    help = "Loads the shipped places, partnerships, Guidelines and news. Repeating it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="load even if the shipped files are unchanged"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = dict(LoadedData.objects.values_list("step", "fingerprint"))
        changed = False
        for step, folder in STEPS:
            fingerprint = _fingerprint(settings.BASE_DIR / folder)
            # A later step stands on the earlier ones: once one has run, all that follow run as well.
            if not changed and not options["force"] and loaded.get(step) == fingerprint:
                continue
            changed = True
            call_command(step, stdout=self.stdout, stderr=self.stderr)
            LoadedData.objects.update_or_create(step=step, defaults={"fingerprint": fingerprint})
        if changed:
            call_command("rebuild_search", stdout=self.stdout, stderr=self.stderr)
            with connection.cursor() as cursor:
                # Without statistics the first pages after a load are planned badly.
                cursor.execute("ANALYZE")


def _fingerprint(folder: Path) -> str:
    """SHA-256 over names and contents of the files in a folder."""
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.is_file())
