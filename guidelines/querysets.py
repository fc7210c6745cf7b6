"""Reusable questions about the Guidelines."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from guidelines.models import Chapter, Edition


class EditionQuerySet(models.QuerySet["Edition"]):
    def current(self) -> "Edition | None":
        """The edition that readers get: the one marked so."""
        return self.filter(is_current=True).first()


class ChapterQuerySet(models.QuerySet["Chapter"]):
    def public(self) -> Self:
        """Chapters of the current edition. Drafts are public as well and say what they are."""
        return self.filter(edition__is_current=True)

    def in_order(self) -> Self:
        return self.order_by("edition", "position", "pk")
