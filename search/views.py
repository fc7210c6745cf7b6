"""Search over everything public."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from search.engine import MAX_RESULTS, Found, find, load
from search.forms import SearchForm

PER_PAGE = 20


def search(request: HttpRequest) -> HttpResponse:
    """Results of a query; without one, the empty box. A kind that does not exist is named and ignored."""
    form = SearchForm(request.GET) if "q" in request.GET else SearchForm()
    found = Found([])
    asked = form.is_bound and (form.is_valid() or "q" not in form.errors)
    if asked:
        found = find(form.cleaned_data["q"], form.cleaned_data.get("type", ""))
    page = Paginator(found.references, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "search/results.html",
        {
            "form": form,
            "asked": asked,
            "query": form.cleaned_data.get("q", "") if asked else "",
            "total": len(found.references),
            "more": len(found.references) >= MAX_RESULTS,
            "instead": found.instead,
            "results": load(list(page.object_list)),
            "page_obj": page,
            "other_parameters": _other_parameters(request),
        },
    )


def _other_parameters(request: HttpRequest) -> str:
    """The query string of the page without its page number."""
    parameters = request.GET.copy()
    parameters.pop("page", None)
    return parameters.urlencode()
