"""The register: what the address asks for, with facets, page by page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.pagination import PAGE_SIZES, choose_page
from partnerships.conditions import DEFAULT_SORT
from partnerships.facets import count, facets, value_of
from partnerships.filters import PartnershipFilter
from partnerships.models import Partnership
from partnerships.register_words import address_without, chips, register_sentence


def partnership_list(request: HttpRequest) -> HttpResponse:
    asked = PartnershipFilter(request.GET, queryset=Partnership.objects.public())
    counts = count(asked)
    records = asked.qs.with_parties().with_open_announcements()
    choice = choose_page(records, request.GET, count=counts.total)
    today = timezone.localdate()
    context = {
        "asked": asked,
        "typed": _typed(asked),
        "sentence": register_sentence(asked, counts.total, today),
        "facets": facets(asked, counts),
        "chips": chips(asked, request.GET),
        "hidden": _hidden(asked),
        "choice": choice,
        "page_obj": choice.page,
        "query": address_without(request.GET, "page").removeprefix("?"),
        "sorts": sort_choices(),
        "sizes": PAGE_SIZES,
        "place_messages": [text for name in ("raion", "hromada") for text in asked.messages.get(name, [])],
        "is_filtered": asked.is_narrowed or bool(asked.messages) or asked.values["sort"] != DEFAULT_SORT,
        "crumbs": [(_("Home"), reverse("home")), (_("Register of partnerships"), "")],
    }
    return render(request, "partnerships/partnership_list.html", context)


def sort_choices() -> list[tuple[str, str]]:
    return [
        ("-date", _("newest first")),
        ("date", _("oldest first")),
        ("name", _("by name")),
        ("-name", _("by name, backwards")),
        ("country", _("by country")),
        ("-country", _("by country, backwards")),
        ("status", _("by status")),
        ("-status", _("by status, backwards")),
        ("number", _("by number")),
        ("-number", _("by number, backwards")),
    ]


def _typed(asked: PartnershipFilter) -> dict[str, str]:
    """What stands in the fields: a year as it was typed, so that nothing typed is lost; the text as it is
    looked for."""
    years = {name: asked.data.get(name, "")[:40].replace("\0", "") for name in ("year_from", "year_to")}
    return {"q": asked.values.get("q") or "", **years}


def _hidden(asked: PartnershipFilter) -> list[tuple[str, str]]:
    """Selections that the form has no control for and still keeps."""
    return [
        (name, value_of(place)) for name in ("raion", "hromada") for place in asked.values.get(name) or []
    ]
