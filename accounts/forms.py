"""The forms of django-allauth in the portal's words."""

from typing import Any, ClassVar

from allauth.account import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _


def _password_rules() -> str:
    """The rules of `AUTH_PASSWORD_VALIDATORS` as one paragraph; Django's own list can't stand inside one."""
    return " ".join(str(rule) for rule in password_validators_help_texts())


PASSWORD_RULES = lazy(_password_rules, str)()
EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
NEW_PASSWORD_AGAIN = _("New password again")


class _InOwnWords:
    """Sets labels and help, and takes away placeholders, which only repeat the labels."""

    labels: ClassVar[dict[str, str | Promise]]
    help_texts: ClassVar[dict[str, str | Promise]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.labels[name]
            field.help_text = self.help_texts.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SignInForm(_InOwnWords, forms.LoginForm):
    labels = {"login": EMAIL, "password": PASSWORD}


class ReauthenticateForm(_InOwnWords, forms.ReauthenticateForm):
    labels = {"password": PASSWORD}


class ResetPasswordForm(_InOwnWords, forms.ResetPasswordForm):
    labels = {"email": EMAIL}


class ResetPasswordKeyForm(_InOwnWords, forms.ResetPasswordKeyForm):
    labels = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}
    help_texts = {"password1": PASSWORD_RULES}


class ChangePasswordForm(_InOwnWords, forms.ChangePasswordForm):
    labels = {
        "oldpassword": _("Current password"),
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD_AGAIN,
    }
    help_texts = {"password1": PASSWORD_RULES}


class SetPasswordForm(_InOwnWords, forms.SetPasswordForm):
    labels = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}
    help_texts = {"password1": PASSWORD_RULES}
