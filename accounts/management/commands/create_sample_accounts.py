from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.samples import make_sample_accounts


class Command(BaseCommand):
    help = "Makes one sample account of each role for trying the portal out. Never for production."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.STATE_DIR / "sample-accounts.txt"
        made = make_sample_accounts(path)
        for email, password in made.items():
            self.stdout.write(f"  {email:<24} {password}")
        if made:
            self.stdout.write(f"  (kept in {path}, which only you can read)")
