"""The International Municipal Partnership Guidelines: editions, chapters, sections, and who made them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.languages import in_language
from core.richtext import RichTextField
from guidelines.enums import Audience, EditionState, ReviewState
from guidelines.querysets import ChapterManager, EditionManager

#: Words that stand in addresses of this section and so cannot be slugs of chapters.
RESERVED_SLUGS = frozenset({"cases", "editions", "glossary", "guidelines.pdf"})


class Edition(models.Model):
    """One edition of the Guidelines as a whole."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=12, choices=EditionState, default=EditionState.DRAFT)
    is_current = models.BooleanField(_("shown to readers"), default=False)
    published_on = models.DateField(_("published"), null=True, blank=True)

    objects: ClassVar[EditionManager] = EditionManager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-slug"]
        constraints = [
            models.UniqueConstraint(
                name="edition_one_current",
                fields=["is_current"],
                condition=Q(is_current=True),
                violation_error_message=_("Another edition is shown to readers."),
            )
        ]

    def __str__(self) -> str:
        return f"{in_language(self, 'title')} ({self.slug})"


class Chapter(models.Model):
    """A chapter with one question of practice."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="chapters", verbose_name=_("edition"))
    slug = models.SlugField(_("slug"), max_length=80)
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=200)
    lead = models.TextField(_("lead"), blank=True)
    audience = ArrayField(
        models.CharField(max_length=16, choices=Audience),
        verbose_name=_("for whom"),
        default=list,
        blank=True,
    )
    review_state = models.CharField(_("state"), max_length=10, choices=ReviewState, default=ReviewState.DRAFT)
    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("Empty until an editor has checked it.")
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects: ClassVar[ChapterManager] = ChapterManager()
    # For `edition.chapters`: mypy can't name the class that django-modeltranslation puts in its place.
    _default_manager: ClassVar[ChapterManager]

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["edition", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="chapter_slug_once",
                fields=["edition", "slug"],
                violation_error_message=_("Another chapter of this edition has this slug."),
            ),
            models.CheckConstraint(
                name="chapter_slug_not_reserved",
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)),
                violation_error_message=_("This word is part of other addresses; choose another slug."),
            ),
        ]

    def __str__(self) -> str:
        return str(in_language(self, "title")) or self.slug

    def get_absolute_url(self) -> str:
        return reverse("guidelines:chapter", args=[self.slug])

    @property
    def audience_labels(self) -> list[str]:
        return [str(Audience(code).label) for code in self.audience]


class Section(models.Model):
    """A part of a chapter under an anchor that never changes."""

    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="sections", verbose_name=_("chapter"))
    anchor = models.SlugField(_("anchor"), max_length=80)
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=200)
    body = RichTextField(_("text"))

    objects: ClassVar[models.Manager["Section"]] = models.Manager()
    _default_manager: ClassVar[models.Manager["Section"]]  # as above, for `chapter.sections`

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["chapter", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="section_anchor_once",
                fields=["chapter", "anchor"],
                violation_error_message=_("Another section of this chapter has this anchor."),
            )
        ]

    def __str__(self) -> str:
        return str(in_language(self, "title")) or self.anchor


class SectionSource(models.Model):
    """Where the statements of a section come from."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="sources", verbose_name=_("section"))
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("address"), max_length=500, blank=True)
    grade = models.CharField(_("grade"), max_length=12, blank=True)
    read_on = models.DateField(_("read on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["section", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class Credit(models.Model):
    """An organisation behind the Guidelines and the section, with its part in them."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=300)
    url = models.URLField(_("address"), blank=True)

    objects: ClassVar[models.Manager["Credit"]] = models.Manager()

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(in_language(self, "name")) or self.slug
