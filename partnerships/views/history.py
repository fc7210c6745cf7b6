"""The history of one record, for everybody."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.pagination import choose_page
from partnerships.addresses import merged_into, record_numbered
from partnerships.enums import Visibility
from partnerships.histories import (
    OF_WITHDRAWN,
    PUBLIC,
    STEPS_A_PAGE,
    entries_of,
    record_steps,
    transactions_of,
)


def partnership_history(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Steps of a record's life in the register. One that was merged leads to the record that holds it now."""
    record = record_numbered(number)
    stands_at = merged_into(record) or record
    if (number, slug) != (stands_at.number, stands_at.slug):
        address = reverse("partnerships:history", args=[stands_at.number, stands_at.slug])
        return HttpResponsePermanentRedirect(address)
    tellings = OF_WITHDRAWN if record.visibility == Visibility.WITHDRAWN else PUBLIC
    entries = entries_of(record, tellings)
    choice = choose_page(transactions_of(entries), request.GET, sizes=STEPS_A_PAGE)
    context = {
        "partnership": record,
        "crumbs": [
            (_("Home"), reverse("home")),
            (_("Register of partnerships"), reverse("partnerships:list")),
            (_("No. %(number)s") % {"number": record.number}, record.get_absolute_url()),
            (_("History"), ""),
        ],
        "steps": record_steps(entries, choice.page.object_list, tellings),
        "choice": choice,
        "page_obj": choice.page,
    }
    return render(request, "partnerships/history.html", context)
