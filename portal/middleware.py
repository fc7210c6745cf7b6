"""What every request passes beside Django's own middleware."""

import logging
from collections.abc import Callable

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import activate, get_language_from_path
from psycopg import errors

LOGIN = "/accounts/login/"
log = logging.getLogger(__name__)
#: What the database gave up on because others were at the same rows, or because it took too long.
BUSY = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure, errors.QueryCanceled)
SECONDS_TO_WAIT = "10"


class BusyDatabaseMiddleware:
    """Whoever waited in vain for what somebody else is changing is told so: it is no fault of the portal, and
    nothing of what they sent was written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not (isinstance(error, OperationalError) and isinstance(error.__cause__, BUSY)):
            return None
        log.warning("busy: %s %s: %s", request.method, request.path, type(error.__cause__).__name__)
        answer = render(request, "503.html", status=503)
        answer["Retry-After"] = SECONDS_TO_WAIT
        answer["Cache-Control"] = "no-store"
        return answer


class RefuseNullBytesMiddleware:
    """PostgreSQL stores no NUL: an address that holds one names nothing. In parameters, forms say so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        in_admin = request.path.startswith("/admin/") and "%00" in request.META.get("QUERY_STRING", "")
        if "\0" in request.path or in_admin:
            raise Http404
        return self.get_response(request)


class LanguageOfDestinationMiddleware:
    """Pages without a language in their address (signing in) speak that of the page they will lead to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == LOGIN:
            destination = request.GET.get("next") or request.POST.get("next") or ""
            language = get_language_from_path(destination)
            if language is not None:
                activate(language)
                request.LANGUAGE_CODE = language
        return self.get_response(request)
