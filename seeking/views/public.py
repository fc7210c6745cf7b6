"""The list of hromadas that look for a partner, and one card."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.pagination import choose_page
from partnerships.models import Partnership
from places.models import Place
from seeking.filters import SeekingFilter, chips, language_name
from seeking.models import SeekingCard

PARTNERSHIPS_SHOWN = 10


def card_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = SeekingFilter(request.GET, SeekingCard.objects.public(today))
    choice = choose_page(asked.narrowed().with_hromada(), request.GET)
    made = chips(asked, request.GET)
    without_page = request.GET.copy()
    without_page.pop("page", None)
    context = {
        "asked": asked,
        "facets": asked.facets(),
        "chips": made,
        "complaints": [*asked.complaints(), *(("", message) for message in choice.messages)],
        "choice": choice,
        "page_obj": choice.page,
        "query": without_page.urlencode(),
        "is_filtered": bool(made) or bool(asked.form.errors),
        "sorts": [
            ("-date", _("newest first")),
            ("date", _("oldest first")),
            ("name", _("by name")),
            ("ends", _("ending soonest")),
        ],
        "today": today,
        "crumbs": [(_("Home"), reverse("home")), (_("Seeking a partner"), "")],
    }
    return render(request, "seeking/card_list.html", context)


def card_detail(request: HttpRequest, pk: int) -> HttpResponse:
    card = get_object_or_404(SeekingCard.objects.addressable().with_hromada(), pk=pk)
    today = timezone.localdate()
    related = Partnership.objects.public().of_place(card.hromada)
    shown = related.with_parties().with_open_announcements().latest_first()[:PARTNERSHIPS_SHOWN]
    codes = Place.objects.countries().filter(iso2__in=card.countries)
    context = {
        "card": card,
        "holds": card.holds_on(today),
        "lapsed": card.has_lapsed(today),
        "languages": [language_name(code) for code in card.languages],
        "countries": list(codes.order_by("iso2")),
        "partnerships": list(shown),
        "partnership_count": related.count(),
        "about": f"seeking:{card.pk}",
        "crumbs": [
            (_("Home"), reverse("home")),
            (_("Seeking a partner"), reverse("seeking:list")),
            (str(card.hromada.short_name()), ""),
        ],
    }
    return render(request, "seeking/card.html", context)
