"""The history of a record in the admin: the same steps that the public reads, with the person's name."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.pagination import choose_page
from partnerships.histories import (
    FOR_REGISTRARS,
    STEPS_A_PAGE,
    RecordStep,
    entries_of,
    record_steps,
    transactions_of,
)


class TellsHistory(admin.ModelAdmin):
    """Shows what every path wrote, where Django's own page knows only what was saved in the admin."""

    def entries(self, obj: Any) -> Any:
        return entries_of(obj, FOR_REGISTRARS)

    def steps(self, entries: Any, transactions: Any) -> list[RecordStep]:
        return record_steps(entries, transactions, FOR_REGISTRARS, names_persons=True)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        entries = self.entries(obj)
        choice = choose_page(transactions_of(entries), request.GET, sizes=STEPS_A_PAGE)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(name)s") % {"name": obj},
            "opts": self.opts,
            "object": obj,
            "steps": self.steps(entries, choice.page.object_list),
            "choice": choice,
            "page_obj": choice.page,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/record_history.html", context)
