"""Sources and their statements."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import PortalModelAdmin
from partnerships.models import Source, Statement


@admin.register(Source)
class SourceAdmin(PortalModelAdmin[Source]):
    list_display = ("title", "publisher", "grade", "licence", "read_on")
    list_filter = ("grade", "licence")
    search_fields = ("title", "publisher", "url", "slug")
    prepopulated_fields = {"slug": ("title",)}
    fields = (
        "title",
        ("slug", "language", "grade"),
        ("publisher", "published_on", "read_on"),
        ("url", "archived_url"),
        "licence",
    )


@admin.register(Statement)
class StatementAdmin(PortalModelAdmin[Statement]):
    list_display = ("fact", "value", "grade", "source", "partnership")
    list_filter = ("fact", "grade")
    search_fields = ("=partnership__number", "value", "source__title")
    autocomplete_fields = ("source", "partnership", "milestone", "agreement")

    def get_readonly_fields(self, request: HttpRequest, obj: Statement | None = None) -> tuple[str, ...]:
        """A statement stays with its record."""
        return ("partnership",) if obj else ()

    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        return (
            super()
            .get_queryset(request)
            .select_related("source")
            .prefetch_related("partnership__parties__place__centre")
        )
