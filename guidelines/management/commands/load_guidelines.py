"""`manage.py load_guidelines`: the Guidelines that come with the portal."""

from typing import Any

from django.core.management.base import BaseCommand

from guidelines.loading import load_guidelines


class Command(BaseCommand):
    help = "Load the shipped Guidelines and credits. Makes what is missing; never overwrites editors."

    def handle(self, *args: Any, **options: Any) -> None:
        for line in load_guidelines().lines():
            self.stdout.write(line)
