"""Where sources disagree: the public list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.pagination import choose_page
from partnerships import differing
from partnerships.models import Difference
from partnerships.narrowing import Choices, Narrowing
from partnerships.register_words import address_without


def difference_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = Narrowing(request.GET, {"state": differing.STATES, "fact": differing.FACTS})
    every = Difference.objects.public().order_by("decided", "-found_at", "pk")
    tally = differing.tally(asked.of(every))
    states, facts = asked.values["state"], asked.values["fact"]
    total = tally.total(states, facts)
    still_open = 0 if states == ["decided"] else tally.total(["open"], facts)
    wanted = differing.chosen(asked.of(every), asked)
    choice = choose_page(differing.loaded(wanted), request.GET, count=total)
    context = {
        "sentence": differing.differences_sentence(total, still_open, date_format(today, "j E Y")),
        "differing": differing.in_words(list(choice.page.object_list)),
        "filters": [
            *_own_filters(asked, tally),
            *asked.place_choices(differing.chosen(every, asked)),
        ],
        "asked": asked,
        "choice": choice,
        "page_obj": choice.page,
        "query": address_without(request.GET, "page").removeprefix("?"),
        "crumbs": [
            (_("Home"), reverse("home")),
            (_("Register of partnerships"), reverse("partnerships:list")),
            (_("Where sources differ"), ""),
        ],
    }
    return render(request, "partnerships/difference_list.html", context)


def _own_filters(asked: Narrowing, tally: differing.Tally) -> list[Choices]:
    """State and fact, each counted under the other's selection."""
    states, facts = asked.values["state"], asked.values["fact"]
    by_state = {state: tally.total([state], facts) for state in differing.STATES}
    by_fact = {fact: tally.total(states, [fact]) for fact in differing.FACTS}
    return [
        asked.code_choices("state", _("Decision"), by_state),
        asked.code_choices("fact", _("Fact"), by_fact),
    ]
