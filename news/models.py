"""Announcements in two languages, what they are about, and notes that stand under many of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import LocalText, in_language, languages_of
from core.richtext import RichTextField
from news.enums import State
from news.querysets import NewsItemManager
from partnerships.models import Partnership
from places.models import Place

#: Words that stand in addresses of this section and so cannot be slugs.
RESERVED_SLUGS = frozenset({"feed", "archive", "tag"})


class Tag(models.Model):
    """A subject under which news are gathered."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=80)

    objects: ClassVar[models.Manager["Tag"]] = models.Manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["slug"]

    def __str__(self) -> str:
        return str(in_language(self, "name")) or self.slug


class ReusableNote(models.Model):
    """A text written once and shown under many items. It stays out of search, teasers and feeds."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    body = RichTextField(_("text"))

    objects: ClassVar[models.Manager["ReusableNote"]] = models.Manager()

    class Meta:
        verbose_name = _("reusable note")
        verbose_name_plural = _("reusable notes")
        ordering = ["slug"]

    def __str__(self) -> str:
        return str(in_language(self, "title")) or self.slug


class NewsItem(models.Model):
    """One announcement. A text may exist in one language only; then the other language's page says so."""

    slug = models.SlugField(_("slug"), max_length=120, help_text=_("Part of the address, in Latin letters."))
    title = models.CharField(_("title"), max_length=250, blank=True)
    lead = models.TextField(_("lead"), blank=True, help_text=_("One or two sentences for lists and feeds."))
    body = RichTextField(_("text"), blank=True)
    original_language = models.CharField(
        _("written in"), max_length=2, choices=[("uk", _("Ukrainian")), ("en", _("English"))], default="uk"
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(_("publish at"), default=timezone.now)
    in_section = models.BooleanField(
        _("in the section “Partnership for Recovery and Development”"), default=False
    )
    author_body = models.CharField(_("author body"), max_length=200, blank=True)
    source_title = models.CharField(_("source"), max_length=300, blank=True)
    source_publisher = models.CharField(_("publisher of the source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="items", verbose_name=_("tags"))
    places = models.ManyToManyField(
        Place, through="NewsPlace", related_name="news_items", verbose_name=_("places")
    )
    partnerships = models.ManyToManyField(
        Partnership, through="NewsPartnership", related_name="news_items", verbose_name=_("partnerships")
    )
    notes = models.ManyToManyField(
        ReusableNote, through="NewsNote", related_name="items", verbose_name=_("reusable notes")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects: ClassVar[NewsItemManager] = NewsItemManager()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = ["-publish_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="newsitem_slug_once",
                fields=["slug"],
                violation_error_message=_("Another item has this slug."),
            ),
            models.CheckConstraint(
                name="newsitem_published_has_title",
                condition=Q(state=State.DRAFT)
                | Q(title_uk__isnull=False, title_uk__gt="")
                | Q(title_en__isnull=False, title_en__gt=""),
                violation_error_message=_("A published item has a title in at least one language."),
            ),
        ]
        indexes = [models.Index(fields=["state", "-publish_at"], name="newsitem_public")]

    def __str__(self) -> str:
        return str(in_language(self, "title")) or self.slug

    def get_absolute_url(self) -> str:
        return reverse("news:article", args=[timezone.localtime(self.publish_at).year, self.slug])

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which it can be read: of its text, or of its title where it is a title only."""
        return languages_of(self, "body") or languages_of(self, "title")

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLISHED and self.publish_at <= timezone.now()

    def text_in(self, field: str, language: str = "") -> LocalText:
        return in_language(self, field, language)


class NewsPlace(models.Model):
    """A place that an item is about."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="place_links")
    place = models.ForeignKey(Place, models.PROTECT, related_name="news_links", verbose_name=_("place"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("linked place")
        verbose_name_plural = _("linked places")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="newsplace_once",
                fields=["item", "place"],
                violation_error_message=_("This place is already linked."),
            )
        ]

    def __str__(self) -> str:
        return str(self.place)


class NewsPartnership(models.Model):
    """A partnership that an item is about."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="partnership_links")
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="news_links", verbose_name=_("partnership")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("linked partnership")
        verbose_name_plural = _("linked partnerships")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="newspartnership_once",
                fields=["item", "partnership"],
                violation_error_message=_("This partnership is already linked."),
            )
        ]

    def __str__(self) -> str:
        return str(self.partnership)


class NewsNote(models.Model):
    """A reusable note placed under an item."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="note_links")
    note = models.ForeignKey(
        ReusableNote, models.PROTECT, related_name="links", verbose_name=_("reusable note")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("placed note")
        verbose_name_plural = _("placed notes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="newsnote_once",
                fields=["item", "note"],
                violation_error_message=_("This note is already placed."),
            )
        ]

    def __str__(self) -> str:
        return str(self.note)
