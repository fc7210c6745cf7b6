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

    list_display = ("source", "line", "outcome", "reason", "partnership_number")
    list_filter = ("outcome", "source__grade", "source")
    search_fields = ("reason", "cells", "=partnership__number")
    list_select_related = ("source", "partnership")
    autocomplete_fields = ("partnership",)
    readonly_fields = ("source", "line", "cells", "reason", "candidates")
    fields = ("source", "line", "cells", "outcome", "reason", "candidates", "partnership")
    show_full_result_count = False

    @admin.display(description=_("partnership"))
    def partnership_number(self, row: SourceRow) -> int | None:
        return row.partnership.number if row.partnership else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
