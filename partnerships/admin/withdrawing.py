"""Withdrawing a record with a reason that everybody reads, and bringing it back."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import in_columns
from partnerships.admin.telling import may_change
from partnerships.enums import Visibility
from partnerships.models import Partnership
from partnerships.withdrawing import bring_back, withdraw

_ROWS = forms.Textarea(attrs={"rows": 3})


class WithdrawForm(forms.Form):
    because_uk = forms.CharField(
        label=gettext_lazy("Why it is withdrawn, in Ukrainian"), required=False, max_length=1000, widget=_ROWS
    )
    because_en = forms.CharField(
        label=gettext_lazy("Why it is withdrawn, in English"), required=False, max_length=1000, widget=_ROWS
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any((cleaned.get(name) or "").strip() for name in ("because_uk", "because_en")):
            self.add_error("because_uk", _("Say in at least one language why the record is withdrawn."))
        return cleaned


class BringBackForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is brought back"),
        max_length=500,
        help_text=gettext_lazy("Stands in the history, for everybody to read."),
        widget=_ROWS,
    )


class WithdrawsRecords(admin.ModelAdmin):
    """Visibility is changed in the form between draft and published only; withdrawing wants a reason."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.withdraw)
        step = path("<path:object_id>/withdraw/", view, name="partnerships_partnership_withdraw")
        return [step, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Partnership | None = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is not None and obj.visibility == Visibility.WITHDRAWN:
            fieldsets.insert(1, (_("Why it was withdrawn"), {"fields": in_columns("withdrawn_because")}))
        return fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Partnership | None = None) -> Any:
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "visibility") if obj and obj.visibility == Visibility.WITHDRAWN else fields

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "visibility":
            kwargs["choices"] = [choice for choice in Visibility.choices if choice[0] != Visibility.WITHDRAWN]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Partnership | None = None) -> bool:
        """What was merged into another record is written there."""
        return super().has_change_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the reason; withdraw the record, or bring it back where it is withdrawn."""
        record = self.get_object(request, unquote(object_id))
        if record is None or record.visibility == Visibility.DRAFT:
            raise Http404
        if not may_change(self, request, record):
            raise PermissionDenied
        back = record.visibility == Visibility.WITHDRAWN
        data = request.POST if request.method == "POST" else None
        form = BringBackForm(data) if back else WithdrawForm(data)
        if form.is_bound and form.is_valid():
            try:
                self._do(request, record, form)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return redirect(reverse("admin:partnerships_partnership_change", args=[record.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Bring the record back") if back else _("Withdraw the record"),
            "opts": self.opts,
            "original": record,
            "back": back,
            "form": form,
        }
        return TemplateResponse(request, "admin/partnerships/partnership/withdraw.html", context)

    def _do(self, request: HttpRequest, record: Partnership, form: forms.Form) -> None:
        given = form.cleaned_data
        if isinstance(form, BringBackForm):
            bring_back(record, request.user, given["reason"])
            told = _("The record is published again.")
        else:
            withdraw(record, request.user, because_uk=given["because_uk"], because_en=given["because_en"])
            told = _("The record is withdrawn. Its page says why.")
        self.log_change(request, record, told)
        messages.success(request, told)
