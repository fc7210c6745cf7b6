"""How sign-in by django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Accounts are made by the ministry; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
