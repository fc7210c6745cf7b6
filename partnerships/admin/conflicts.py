"""The second of two registrars who save one record is told, sees both versions, and loses nothing."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from partnerships.admin.telling import ToldForm
from partnerships.conflicts import conflict, locked_version, version_of


class VersionedForm(ToldForm):
    """Knows the state of the record that it was filled in upon."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.overtaken_since: int | None = None
        if self.instance.pk and not self.is_bound:
            self.fields["seen_version"].initial = version_of(self.instance)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            self._check_version()
        return cleaned

    def _check_version(self) -> None:
        seen = self.cleaned_data.get("seen_version") or 0
        latest = locked_version(self.instance)
        # Who has seen the other's version may save over it, as long as nobody has changed it again.
        if latest > seen and self.data.get("over_version") != str(latest):
            self.overtaken_since = seen
            self.add_error(
                None,
                _(
                    "Nothing was saved yet: somebody changed this record while you were at it. Both versions "
                    "are shown above; what you typed is still in the form."
                ),
            )


class ShowsConflicts(admin.ModelAdmin):
    """Puts both versions above a form that somebody else has overtaken."""

    form = VersionedForm

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        since = getattr(form, "overtaken_since", None)
        if since is not None:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["conflict"] = conflict(form.instance, since, form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)
