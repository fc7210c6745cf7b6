"""`manage.py messages`: the catalogues of the interface, brought up to the sources or checked."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import catalogues


class Command(BaseCommand):
    help = "Collects the interface's texts into locale/; with --check only says what is missing."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail if a catalogue is incomplete"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.LOCALE_PATHS[0])
        found = catalogues.extracted(Path(settings.BASE_DIR))
        if not options["check"]:
            for language in catalogues.LANGUAGES:
                changed = catalogues.update(language, found, folder)
                self.stdout.write(f"{language}: {'changed' if changed else 'as it was'}")
            catalogues.compile_stale(folder)
        faults = [
            fault for language in catalogues.LANGUAGES for fault in catalogues.faults(language, found, folder)
        ]
        for fault in faults:
            self.stderr.write(str(fault))
        if faults and options["check"]:
            raise CommandError(f"The catalogues are not complete: {len(faults)} faults.")
        if not faults:
            self.stdout.write(f"The catalogues are complete: {len(found)} texts in each language.")
