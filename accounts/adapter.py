"""How sign-in by django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.languages import current_language


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Accounts are made by the ministry; nobody signs up alone."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "incorrect_password": _("The password is wrong."),
        "too_many_login_attempts": _("Too many failed attempts. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("after_sign_in")

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.SITE_NAME[current_language()]}: {subject}"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address of the portal's settings: whoever asks for the letter can't choose where it leads."""
        user, _dash, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": user, "key": token})
        return settings.SITE_URL + path
