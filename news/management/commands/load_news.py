"""`manage.py load_news`: the announcements that come with the portal."""

from typing import Any

from django.core.management.base import BaseCommand

from news.loading import load_news


class Command(BaseCommand):
    help = (
        "Load the shipped tags, notes and news. Makes what is missing; never overwrites what editors changed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for line in load_news().lines():
            self.stdout.write(line)
