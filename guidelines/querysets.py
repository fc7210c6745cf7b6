"""Reusable questions about the Guidelines."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch, Q

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

    def for_audience(self, code: str) -> Self:
        """Written for one of the audiences of `guidelines.enums.Audience`."""
        return self.filter(audience__contains=[code])

    def with_sections(self) -> Self:
        """Sections in order, each with its sources."""
        from guidelines.models import Section

        sections = Section.objects.order_by("position", "pk").prefetch_related("sources")
        return self.select_related("edition").prefetch_related(Prefetch("sections", sections))

    def before(self, chapter: "Chapter") -> "Chapter | None":
        """The chapter that stands before this one in its edition."""
        earlier = Q(position__lt=chapter.position) | Q(position=chapter.position, pk__lt=chapter.pk)
        return self.filter(earlier, edition_id=chapter.edition_id).order_by("-position", "-pk").first()

    def after(self, chapter: "Chapter") -> "Chapter | None":
        """The chapter that stands after this one in its edition."""
        later = Q(position__gt=chapter.position) | Q(position=chapter.position, pk__gt=chapter.pk)
        return self.filter(later, edition_id=chapter.edition_id).order_by("position", "pk").first()


# Named for the models whose managers django-modeltranslation replaces, so that types survive it.
EditionManager = models.Manager.from_queryset(EditionQuerySet)
ChapterManager = models.Manager.from_queryset(ChapterQuerySet)
