"""Error reports and the history in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.admin import PortalModelAdmin
from core.models import AuditEntry
from partnerships.models import Partnership
from places.admin import PlaceAdmin
from places.models import Place
from portal.models import ErrorReport
from portal.place_history import PlaceHistory
from portal.place_merging_admin import PlaceMergingMixin
from portal.views.contact import about_record
from search.indexed_admin import IndexedAdminMixin


@admin.register(ErrorReport)
class ErrorReportAdmin(PortalModelAdmin[ErrorReport]):
    """What visitors wrote; the answer to it is the registrar's."""

    list_display = ("created_at", "record", "message", "state")
    list_filter = ("state", "language")
    search_fields = ("about", "message", "email")
    fields = ("created_at", "record", "page", "message", "email", "language", "state", "answer_note")
    readonly_fields = ("created_at", "record", "page", "message", "email", "language")

    @admin.display(description=_("about"))
    def record(self, report: ErrorReport) -> str:
        """A link to the page of the record that the message is about."""
        thing = about_record(report.about)
        if thing is None:
            return report.about or self.empty_value_display
        return format_html('<a href="{}">{}</a>', thing.get_absolute_url(), thing)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(PortalModelAdmin[AuditEntry]):
    """The history of the register: to read only."""

    list_display = ("occurred_at", "table_name", "row_id", "operation", "user_id", "reason")
    list_filter = ("table_name", "operation")
    search_fields = ("=row_id", "reason")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.unregister(Place)


@admin.register(Place)
class IndexedPlaceAdmin(PlaceHistory, PlaceMergingMixin, IndexedAdminMixin, PlaceAdmin):
    """Places may not import search; so their changes are brought to it from here."""

    def indexed_with(self, obj: Place) -> QuerySet[Partnership]:
        return Partnership.objects.with_party(place=obj)
