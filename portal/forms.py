"""The form by which a visitor reports an error."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.models import ErrorReport


class ErrorReportForm(forms.ModelForm[ErrorReport]):
    """What is wrong, and where to answer. The record it is about comes with the link."""

    message = forms.CharField(
        label=_("What is wrong, or what do you know?"),
        help_text=_("If you know a source, give its address. Please write no personal data of others."),
        max_length=5000,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write what is wrong.")},
    )
    email = forms.EmailField(
        label=_("E-mail for an answer"),
        help_text=_("Only if you want an answer. We use it for nothing else."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # People leave it empty because they do not see it; programs that fill every field give themselves away.
    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": -1, "autocomplete": "off"}),
    )

    class Meta:
        model = ErrorReport
        fields = ("about", "page", "message", "email")
        widgets = {"about": forms.HiddenInput, "page": forms.HiddenInput}

    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data.get("website"))
