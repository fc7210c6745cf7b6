"""Reusable questions to the index; ranking stands in `search.engine`."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from search.models import SearchEntry


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def public(self) -> Self:
        """Entries whose hour has come."""
        return self.filter(Q(visible_from__isnull=True) | Q(visible_from__lte=timezone.now()))
