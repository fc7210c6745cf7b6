"""The admin: one sign-in with the rest of the portal, its own content policy, every change attributed."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.decorators import secure_admin_login
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import admin, messages
from django.db import DataError, IntegrityError, InternalError
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from core.history import attributed

logger = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class PortalAdminSite(admin.AdminSite):
    """Django's admin under the portal's rules."""

    site_header = _("Editorial desk and register")
    site_title = _("Administration")
    index_title = _("What do you want to work on?")

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Sign-in goes through django-allauth, so that its limits on guessing hold here as well.
        self.login = secure_admin_login(self.login)  # type: ignore[method-assign]

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        guarded = super().admin_view(view, cacheable)

        @csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)
        @wraps(view)
        def with_policy(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return guarded(request, *args, **kwargs)
            # The view runs inside Django's handling of exceptions, so an error rolls everything back.
            try:
                with attributed(request.user, reason=request.path):
                    return guarded(request, *args, **kwargs)
            except (IntegrityError, DataError, InternalError):
                # Forms say what is wrong; this is for what only the database knows: a rule across rows.
                logger.exception("refused by the database")
                messages.error(request, _("The database refused this change; nothing was saved."))
                return HttpResponseRedirect(request.get_full_path())

        return cast(View, with_policy)
