"""The Guidelines in the admin: editions, chapters with the list of their sections, sections with sources."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PortalTranslationAdmin, PreviewAdmin, in_columns
from guidelines.enums import Audience
from guidelines.models import Chapter, Credit, Edition, Section, SectionSource
from guidelines.views import chapter_context
from search.indexed_admin import IndexedAdminMixin


class ChapterInline(admin.TabularInline[Chapter, Edition]):
    """The order of the chapters; their texts have forms of their own."""

    model = Chapter
    fields = ("position", "slug", "review_state", "checked_on")
    readonly_fields = ("slug",)
    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = True
    ordering = ("position", "pk")


@admin.register(Edition)
class EditionAdmin(IndexedAdminMixin, PortalTranslationAdmin[Edition]):
    """One edition is shown to readers at a time."""

    list_display = ("__str__", "state", "is_current", "published_on")
    fieldsets = (
        (gettext_lazy("Text"), {"fields": in_columns("title")}),
        (gettext_lazy("State"), {"fields": ("slug", "state", "is_current", "published_on")}),
    )
    inlines: ClassVar[list[Any]] = [ChapterInline]

    def indexed_with(self, obj: Edition) -> list[Chapter]:
        """Which edition readers see decides about its chapters."""
        return list(obj.chapters.all()) if obj.pk else []


class SectionInline(admin.TabularInline[Section, Chapter]):
    """The sections of a chapter in their order; their texts have forms of their own."""

    model = Section
    fields = ("position", "heading", "anchor")
    readonly_fields = ("heading", "anchor")
    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = True
    ordering = ("position", "pk")

    @admin.display(description=gettext_lazy("title"))
    def heading(self, section: Section) -> str:
        return str(section)


@admin.register(Chapter)
class ChapterAdmin(IndexedAdminMixin, PreviewAdmin[Chapter], PortalTranslationAdmin[Chapter]):
    """Title, lead, readers and state of a chapter."""

    preview_template = "guidelines/chapter.html"
    list_display = ("__str__", "position", "edition", "review_state", "checked_on")
    list_filter = ("edition", "review_state")
    list_select_related = ("edition",)
    search_fields = ("title_uk", "title_en", "slug")
    ordering = ("edition", "position", "pk")
    readonly_fields = ("new_section",)
    fieldsets = (
        (gettext_lazy("Text"), {"fields": in_columns("title", "lead")}),
        (gettext_lazy("Place in the Guidelines"), {"fields": ("edition", "position", "slug", "audience")}),
        (gettext_lazy("State"), {"fields": ("review_state", "checked_on")}),
        (gettext_lazy("Sections of the chapter"), {"fields": ("new_section",)}),
    )
    inlines: ClassVar[list[Any]] = [SectionInline]

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if isinstance(db_field, ArrayField):
            return forms.MultipleChoiceField(
                label=capfirst(db_field.verbose_name),
                choices=Audience.choices,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("add"))
    def new_section(self, chapter: Chapter) -> str:
        """A link to the form of a new section of this chapter."""
        if chapter.pk is None:
            return _("Save the chapter first; then sections can be added.")
        address = reverse("admin:guidelines_section_add")
        last = chapter.sections.aggregate(models.Max("position"))["position__max"] or 0
        query = urlencode({"chapter": chapter.pk, "position": last + 1})
        return format_html('<a href="{}?{}">{}</a>', address, query, _("Add a section to this chapter"))

    def preview_queryset(self) -> QuerySet[Chapter]:
        return Chapter.objects.with_sections()

    def preview_context(self, obj: Chapter) -> dict[str, Any]:
        return chapter_context(obj)

    def view_on_site(self, obj: models.Model) -> str | None:
        """Readers see the chapters of the current edition only."""
        assert isinstance(obj, Chapter)
        return obj.get_absolute_url() if obj.edition.is_current else None


class SectionSourceInline(admin.StackedInline[SectionSource, Section]):
    model = SectionSource
    extra = 0
    fields = (("position", "grade", "read_on"), "title", "url")


@admin.register(Section)
class SectionAdmin(IndexedAdminMixin, PortalTranslationAdmin[Section]):
    """A section: its text in two columns and the sources of what it states."""

    list_display = ("__str__", "chapter", "position", "anchor")
    list_filter = ("chapter__edition", "chapter")
    list_select_related = ("chapter",)
    search_fields = ("title_uk", "title_en", "body_uk", "body_en", "anchor")
    autocomplete_fields = ("chapter",)
    fieldsets = (
        (gettext_lazy("Text"), {"fields": in_columns("title", "body")}),
        (gettext_lazy("Place in the chapter"), {"fields": ("chapter", "position", "anchor")}),
    )
    inlines: ClassVar[list[Any]] = [SectionSourceInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Section | None = None) -> Any:
        """Anchors stand in links that readers keep."""
        fixed = ("anchor",) if obj is not None else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def indexed_with(self, obj: Section) -> list[Chapter]:
        return [obj.chapter]

    def view_on_site(self, obj: models.Model) -> str | None:
        assert isinstance(obj, Section)
        chapter = obj.chapter
        return f"{chapter.get_absolute_url()}#{obj.anchor}" if chapter.edition.is_current else None


@admin.register(Credit)
class CreditAdmin(PortalTranslationAdmin[Credit]):
    """Organisations behind the Guidelines and the section, each with its part."""

    list_display = ("__str__", "position", "url")
    fieldsets = (
        (gettext_lazy("Text"), {"fields": in_columns("name", "role")}),
        (gettext_lazy("Place"), {"fields": ("slug", "position", "url")}),
    )
