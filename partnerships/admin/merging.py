"""Merging two records in the admin: choose them, see both side by side, say why, and only then do it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.admin.telling import may_change
from partnerships.merging import MergePlan, merge_partnerships, plan
from partnerships.models import Partnership


class PairForm(forms.Form):
    """Which two records; part of the page's address. The first one stays."""

    kept = forms.IntegerField(label=gettext_lazy("Number of the record that stays"), min_value=1)
    merged = forms.IntegerField(label=gettext_lazy("Number of the record that goes into it"), min_value=1)

    def clean_kept(self) -> Partnership:
        return self._record("kept")

    def clean_merged(self) -> Partnership:
        return self._record("merged")

    def _record(self, name: str) -> Partnership:
        number = self.cleaned_data[name]
        records = Partnership.objects.select_related("merged_into", "programme").with_parties()
        record = records.filter(number=number).first() if number < 2**31 else None
        if record is None:
            raise ValidationError(_("There is no record No. %(number)s.") % {"number": number})
        return record


class MergeForm(forms.Form):
    in_spite_of_doubts = forms.BooleanField(
        label=gettext_lazy("They are one relation all the same"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why are they one relation?"),
        max_length=500,
        help_text=gettext_lazy("Stands in the history of both, for everybody to read."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MergesRecords(admin.ModelAdmin):
    """Offers registrars to merge two records."""

    actions = ("merge_selected",)

    @admin.action(description=gettext_lazy("Merge two records of one relation"), permissions=["change"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Partnership]) -> HttpResponse | None:
        numbers = list(queryset.order_by("number").values_list("number", flat=True)[:3])
        if len(numbers) != 2:
            messages.error(request, _("Choose exactly two records to merge."))
            return None
        query = urlencode({"kept": numbers[0], "merged": numbers[1]})
        return redirect(f"{reverse('admin:partnerships_partnership_merge')}?{query}")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge)
        return [path("merge/", view, name="partnerships_partnership_merge"), *super().get_urls()]

    def merge(self, request: HttpRequest) -> HttpResponse:
        """Show both records and what would move; do it once it is confirmed with a reason."""
        if not may_change(self, request):
            raise PermissionDenied
        pair = PairForm(request.GET or None, initial={"kept": request.GET.get("kept")})
        planned = None
        if pair.is_bound and "merged" in request.GET and pair.is_valid():
            planned = plan(pair.cleaned_data["kept"], pair.cleaned_data["merged"])
        form = MergeForm(request.POST if request.method == "POST" else None)
        if planned and form.is_bound and form.is_valid() and self._merge(request, planned, form):
            return redirect(reverse("admin:partnerships_partnership_change", args=[planned.kept.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge two records"),
            "opts": self.opts,
            "pair": pair if "merged" in request.GET else PairForm(initial={"kept": request.GET.get("kept")}),
            "plan": planned,
            "sides": [_side(planned.kept), _side(planned.merged)] if planned else [],
            "form": form,
        }
        return TemplateResponse(request, "admin/partnerships/partnership/merge.html", context)

    def _merge(self, request: HttpRequest, planned: MergePlan, form: MergeForm) -> bool:
        reason = form.cleaned_data["reason"]
        if planned.doubts and not form.cleaned_data["in_spite_of_doubts"]:
            form.add_error("in_spite_of_doubts", _("Confirm this, or choose another record."))
            return False
        try:
            merge_partnerships(
                planned.kept, planned.merged, request.user, reason, in_spite_of_doubts=bool(planned.doubts)
            )
        except ValidationError as error:
            form.add_error(None, error)
            return False
        numbers = {"merged": planned.merged.number, "kept": planned.kept.number}
        self.log_change(request, planned.kept, _("No. %(merged)s was merged into No. %(kept)s.") % numbers)
        messages.success(request, _("No. %(merged)s was merged into No. %(kept)s and leads there.") % numbers)
        return True


def _side(record: Partnership) -> dict[str, Any]:
    """One column of the comparison."""
    return {
        "record": record,
        "milestones": list(record.milestones.in_order()),
        "agreements": list(record.agreements.all()),
        "statements": record.statements.count(),
    }
