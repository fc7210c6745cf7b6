"""What every request passes beside Django's own middleware."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase


class RefuseNullBytesMiddleware:
    """PostgreSQL stores no NUL: an address that holds one names nothing. In parameters, forms say so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path:
            raise Http404
        return self.get_response(request)
