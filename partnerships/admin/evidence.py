"""Sources, statements, and the rows of source tables that wait for a decision."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import PortalModelAdmin
from partnerships.models import Source, SourceRow, Statement


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


@admin.register(SourceRow)
class SourceRowAdmin(PortalModelAdmin[SourceRow]):
    """Rows as they were read. The doubtful ones stand apart until a registrar decides."""

    list_display = (
        "ukrainian_side",
        "foreign_side",
        "outcome",
        "reason",
        "candidates",
        "table",
        "partnership_number",
    )
    list_filter = ("outcome", "source__grade")
    search_fields = ("reason", "cells", "source__slug", "=partnership__number")
    list_select_related = ("source", "partnership")
    autocomplete_fields = ("partnership",)
    readonly_fields = ("source", "line", "cells", "candidates")
    fields = ("source", "line", "cells", "outcome", "reason", "candidates", "partnership")
    show_full_result_count = False

    @admin.display(description=_("Ukrainian side"))
    def ukrainian_side(self, row: SourceRow) -> str:
        parts = (row.cells.get("ua_text") or row.cells.get("ua_text_en"), row.cells.get("ua_oblast"))
        return ", ".join(filter(None, parts)) or self.empty_value_display

    @admin.display(description=_("foreign side"))
    def foreign_side(self, row: SourceRow) -> str:
        parts = (row.cells.get("foreign_text"), row.cells.get("foreign_iso2"), row.cells.get("title"))
        return ", ".join(filter(None, parts))[:120] or self.empty_value_display

    @admin.display(description=_("table and row"))
    def table(self, row: SourceRow) -> str:
        return f"{row.source.slug[:40]} {row.line}"

    @admin.display(description=_("partnership"))
    def partnership_number(self, row: SourceRow) -> int | None:
        return row.partnership.number if row.partnership else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
