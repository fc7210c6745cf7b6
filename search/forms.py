"""The search box."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.registry import kind_of, kinds
from search.engine import MAX_QUERY


class SearchForm(forms.Form):
    """A query and, if the reader narrows it, one kind of thing."""

    q = forms.CharField(
        label=_("Hromada, town, country or topic"),
        max_length=MAX_QUERY,
        strip=True,
        error_messages={
            "required": _("Write what you are looking for."),
            "max_length": _("This is too long: write at most %(limit_value)d characters."),
        },
    )
    type = forms.CharField(required=False, max_length=20)

    def clean_type(self) -> str:
        name = self.cleaned_data["type"]
        if name and kind_of(name) is None:
            raise forms.ValidationError(_("There is no kind “%(kind)s”."), params={"kind": name})
        return name

    def choices(self) -> list[dict[str, Any]]:
        """The kinds to narrow to, with the one chosen."""
        chosen = self.cleaned_data.get("type", "") if self.is_bound and hasattr(self, "cleaned_data") else ""
        return [{"type": kind.type, "label": kind.label, "current": kind.type == chosen} for kind in kinds()]
