"""What every request passes beside Django's own middleware."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import activate, get_language_from_path

LOGIN = "/accounts/login/"


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
