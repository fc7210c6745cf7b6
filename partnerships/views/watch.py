"""Announced and not confirmed: the public watch list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.pagination import choose_page
from partnerships import watching
from partnerships.narrowing import Narrowing
from partnerships.register_words import address_without


def watch(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = Narrowing(request.GET, {})
    every = watching.on_watch(today)
    wanted = asked.of(every)
    counts = watching.count(wanted, today)
    choice = choose_page(watching.loaded(wanted), request.GET, count=counts.total)
    context = {
        "sentence": watching.watch_sentence(counts, today),
        "watched": watching.in_words(list(choice.page.object_list), today),
        "filters": asked.place_choices(every),
        "asked": asked,
        "choice": choice,
        "page_obj": choice.page,
        "query": address_without(request.GET, "page").removeprefix("?"),
        "crumbs": [
            (_("Home"), reverse("home")),
            (_("Register of partnerships"), reverse("partnerships:list")),
            (_("Announced, not confirmed"), ""),
        ],
    }
    return render(request, "partnerships/watch.html", context)
