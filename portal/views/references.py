"""Stable addresses: `/id/<type>/<identifier>` leads to the page of the thing, wherever it has moved."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language_from_request, override
from django.views.decorators.vary import vary_on_headers

from core.registry import kind_of


@vary_on_headers("Accept-Language")
def by_identifier(request: HttpRequest, type: str, identifier: str) -> HttpResponse:
    kind = kind_of(type)
    thing = kind.find(identifier) if kind else None
    if thing is None:
        raise Http404
    with override(get_language_from_request(request)):
        return HttpResponseRedirect(thing.get_absolute_url())
