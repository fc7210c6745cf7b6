"""The history of one record, for everybody."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.pagination import choose_page
from partnerships.enums import Visibility
from partnerships.histories import (
    OF_WITHDRAWN,
    PUBLIC,
    STEPS_A_PAGE,
    entries_of,
    record_steps,
    transactions_of,
)
from partnerships.models import Partnership


def partnership_history(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Steps of a record's life in the register. One that was merged leads to the record that holds it now."""
    records = Partnership.objects.addressable().select_related("merged_into").with_parties()
    record = get_object_or_404(records, number=number)
    if record.merged_into is not None or slug != record.slug:
        kept = record.merged_into or record
        address = reverse("partnerships:history", args=[kept.number, kept.slug])
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
