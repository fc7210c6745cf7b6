"""Home, the section front and the statements: pages that gather what several apps know."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.vary import vary_on_headers

from core.kept import Kept
from core.languages import LANGUAGES, current_language
from core.registry import next_change
from guidelines.models import Chapter, Credit
from news.models import NewsItem
from partnerships.drawing import MapPoint, RegisterMap, Side, register_map
from partnerships.enums import Status
from partnerships.figures import RegisterFigures, map_pairs, newest_announcements, register_figures
from partnerships.models import Partnership
from places.outlines import EUROPE

NEWS_ON_HOME = 3
NEWS_ON_SECTION = 6
ANNOUNCEMENTS_ON_HOME = 4
#: Partnerships among which the one for the strong arc is looked for.
RECENTLY_NAMED = 10

_kept = Kept()


@vary_on_headers("Accept-Language", "Cookie")
def to_language(request: HttpRequest) -> HttpResponse:
    """`/` leads to the home page in the visitor's language, which the middleware has activated."""
    return HttpResponseRedirect(reverse("home"))


def home(request: HttpRequest) -> HttpResponse:
    """Search, the register's figures and map, the latest announcements, the section, the watch list."""
    figures, drawn = _register_at_a_glance(timezone.localdate())
    return render(
        request,
        "portal/home.html",
        {
            "figures": figures,
            "register_map": drawn,
            "news": NewsItem.objects.public().with_lead().latest_first().with_teaser_links()[:NEWS_ON_HOME],
            "announcements": newest_announcements(ANNOUNCEMENTS_ON_HOME),
        },
    )


def _register_at_a_glance(day: dt.date) -> tuple[RegisterFigures, RegisterMap]:
    """Figures and map of the register; kept until news that is scheduled may change the strong arc."""

    def look() -> tuple[RegisterFigures, RegisterMap]:
        featured = _featured_partnership()
        planned = featured is not None and featured.status == Status.ANNOUNCED
        return register_figures(day), register_map(map_pairs(), _ends(featured), highlight_planned=planned)

    return _kept.value(("glance", current_language(), day, next_change()), look)


def _featured_partnership() -> Partnership | None:
    """The partnership that news named last and that lies on the map of Europe: it gets the strong arc."""
    latest = (
        NewsItem.objects.public().filter(partnerships=OuterRef("pk")).latest_first().values("publish_at")[:1]
    )
    recent = (
        Partnership.objects.public()
        .annotate(named_at=Subquery(latest))
        .filter(named_at__isnull=False)
        .order_by("-named_at", "number")
        .with_parties()[:RECENTLY_NAMED]
    )
    return next((partnership for partnership in recent if _ends(partnership)), None)


def _ends(partnership: Partnership | None) -> tuple[MapPoint, MapPoint] | None:
    """Its first two places on the map, the Ukrainian one first; none if either has no point."""
    if partnership is None:
        return None
    ends = []
    for parties in (partnership.ukrainian_parties, partnership.foreign_parties):
        place = next((party.place for party in parties if party.place and party.place.has_point), None)
        if place is None or place.latitude is None or place.longitude is None:
            return None
        if not EUROPE.holds(place.latitude, place.longitude):
            return None
        name = place.short_name()
        side: Side = "ua" if place.is_ukrainian else "foreign"
        ends.append(
            MapPoint(name.text, place.latitude, place.longitude, side, name.lang if name.is_foreign else "")
        )
    return ends[0], ends[1]


def recovery(request: HttpRequest) -> HttpResponse:
    """Front of the section “Partnership for Recovery and Development”."""
    return render(
        request,
        "portal/recovery.html",
        {
            "opening": _text("recovery"),
            "chapters": Chapter.objects.public().in_order(),
            "news": NewsItem.objects.public()
            .in_section()
            .latest_first()
            .with_teaser_links()[:NEWS_ON_SECTION],
            "figures": register_figures(timezone.localdate()),
            "credits": Credit.objects.all(),
        },
    )


def statement(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """A page of prose in the page's language: about, privacy, accessibility, methodology."""

    def view(request: HttpRequest) -> HttpResponse:
        return render(request, f"portal/{name}.html", {"prose": _text(name)})

    return view


@lru_cache
def _read(name: str, language: str) -> str:
    return (settings.BASE_DIR / "portal" / "texts" / f"{name}.{language}.html").read_text(encoding="utf-8")


def _text(name: str) -> str:
    language = current_language()
    assert language in LANGUAGES
    return _read(name, language)
