"""What became of an announcement, on a page of its own beside the event's form."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships import outcomes
from partnerships.enums import Outcome, Stage
from partnerships.evidence import said_of
from partnerships.models import Milestone
from partnerships.outcome_forms import TOOK_PLACE, OutcomeForm
from search.indexing import reindex


class WatchFilter(admin.SimpleListFilter):
    """Announcements that nothing confirms."""

    title = gettext_lazy("watch list")
    parameter_name = "watch"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("announced, not confirmed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Milestone]) -> QuerySet[Milestone]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=Milestone.objects.unconfirmed().order_by().values("pk"))


class AnnouncementSteps(admin.ModelAdmin):
    """Adds “What happened?” to the admin of milestones."""

    change_form_template = "admin/partnerships/milestone/change_form.html"

    @admin.display(description=gettext_lazy("next step"))
    def next_step(self, milestone: Milestone) -> str:
        if milestone.stage != Stage.ANNOUNCED or milestone.outcome != Outcome.NOT_KNOWN:
            return ""
        address = reverse("admin:partnerships_milestone_outcome", args=[milestone.pk])
        return format_html('<a href="{}">{}</a>', address, _("What happened?"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.outcome)
        step = path("<path:object_id>/outcome/", view, name="partnerships_milestone_outcome")
        return [step, *super().get_urls()]

    def outcome(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask what became of the announcement, and record it."""
        announcement = self.get_object(request, unquote(object_id))
        if announcement is None or announcement.stage != Stage.ANNOUNCED:
            raise Http404
        if not (self.has_change_permission(request, announcement) and self.has_add_permission(request)):
            raise PermissionDenied
        form = OutcomeForm(
            request.POST if request.method == "POST" else None,
            announcement=announcement,
            initial={"date": announcement.date, "mode": announcement.mode},
        )
        if request.method == "POST" and form.is_valid() and self._record(request, announcement, form):
            return redirect(reverse("admin:partnerships_milestone_change", args=[announcement.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("What became of the announcement"),
            "opts": self.opts,
            "original": announcement,
            "form": form,
            "said": [said_of(one) for one in announcement.statements.select_related("source")],
            "events": list(announcement.fulfilled_by.all()),
        }
        return TemplateResponse(request, "admin/partnerships/milestone/outcome.html", context)

    def _record(self, request: HttpRequest, announcement: Milestone, form: OutcomeForm) -> bool:
        try:
            with transaction.atomic():  # a new source goes again with what it was to prove
                told = _write(announcement, form, request.user)
        except outcomes.SettledMeanwhile:
            announcement.refresh_from_db()
            form.add_error(
                None,
                _("Nothing was saved: meanwhile the register says of this announcement: %(outcome)s.")
                % {"outcome": announcement.get_outcome_display()},
            )
            return False
        except ValidationError as error:
            _show(form, error)
            return False
        reindex(announcement.partnership)
        self.log_change(request, announcement, told)
        messages.success(request, told)
        return True


def _write(announcement: Milestone, form: OutcomeForm, user: Any) -> str:
    """Record what the form says; the words that tell of it."""
    given = form.cleaned_data
    what, reason = given["what"], given["reason"]
    if what == TOOK_PLACE and given["event"]:
        outcomes.fulfilled_by(announcement, given["event"], user)
        return _("The event is linked to its announcement, which is kept.")
    if what == Outcome.NOT_KNOWN:
        outcomes.nothing_known(announcement, reason, user)
        return _("The announcement is on the watch list again.")
    evidence = form.evidence()
    if what != TOOK_PLACE:
        outcomes.called_off(announcement, what, reason, user, evidence=evidence, new_date=given["new_date"])
        return _("Recorded: %(outcome)s.") % {"outcome": Outcome(what).label}
    assert evidence is not None  # the form asks for it
    outcomes.took_place(announcement, evidence, user, date=given["date"], mode=given["mode"])
    return _("Recorded as an event of its own; the announcement is kept.")


def _show(form: OutcomeForm, error: ValidationError) -> None:
    """Put what the register refuses beside its field, where it has one."""
    if not hasattr(error, "error_dict"):
        form.add_error("date" if form.cleaned_data["what"] == TOOK_PLACE else None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
