"""One record of the register."""

from typing import Any, Protocol, Self, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from partnerships.drawing import MapPoint, PairMap, Side, life_line, pair_map
from partnerships.enums import Status, Visibility
from partnerships.evidence import known_facts
from partnerships.lifeline_words import life_points, summary
from partnerships.models import Agreement, Partnership, Party

NEWS_SHOWN = 10


class PublicNews(Protocol):
    """What the reverse relation of news offers; the register does not import the news."""

    def public(self) -> Self: ...
    def latest_first(self) -> Self: ...
    def __getitem__(self, key: slice) -> Any: ...


def partnership_by_number(request: HttpRequest, number: int) -> HttpResponse:
    """People cite the number alone."""
    return HttpResponsePermanentRedirect(_record(number).get_absolute_url())


def partnership_detail(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    record = _record(number)
    if slug != record.slug:
        return HttpResponsePermanentRedirect(record.get_absolute_url())
    context: dict[str, Any] = {
        "partnership": record,
        "crumbs": [
            (_("Home"), reverse("home")),
            (_("Register of partnerships"), reverse("partnerships:list")),
            (_("No. %(number)s") % {"number": record.number}, ""),
        ],
        "stable_address": f"{settings.SITE_URL}/id/partnership/{record.number}",
        "about": f"partnership:{record.number}",
        "today": timezone.localdate(),
    }
    if record.visibility == Visibility.WITHDRAWN:
        return render(request, "partnerships/partnership_withdrawn.html", context)
    return render(request, "partnerships/partnership_detail.html", context | _known(record))


def _record(number: int) -> Partnership:
    """A withdrawn record keeps its address; a draft has none yet."""
    records = Partnership.objects.addressable()
    return get_object_or_404(records.select_related("programme").with_parties(), number=number)


def _known(record: Partnership) -> dict[str, Any]:
    milestones = list(record.milestones.in_order().select_related("body", "act__body"))
    agreements = list(record.agreements.all())
    statements = list(record.statements.with_source().order_by("grade", "pk"))
    differences = list(record.differences.all())
    rulings = list(record.rulings.select_related("follows__source")) if differences else []
    sources = {statement.source_id: statement.source for statement in statements}
    proven = {statement.milestone_id for statement in statements if statement.milestone_id}
    points = life_points(record, milestones, proven)
    news = cast(PublicNews, record.news_items)
    return {
        "summary": summary(record, milestones, timezone.localdate()),
        "line": life_line(points) if points else None,
        "map": _map(record),
        "acts": [milestone for milestone in milestones if milestone.act],
        "notes": [milestone for milestone in milestones if milestone.note],
        "facts": known_facts(statements, milestones, agreements, differences, rulings),
        "sources": list(sources.values()),
        "agreements": [(agreement, _languages(agreement)) for agreement in agreements],
        "unconfirmed": [party for party in record.parties.all() if party.awaits_confirmation],
        "past": [party for party in record.parties.all() if party.left],
        "news": list(news.public().latest_first()[:NEWS_SHOWN]),
    }


def _map(record: Partnership) -> PairMap | None:
    points = [point for party in record.parties.all() if (point := _point(party)) is not None]
    nothing_happened = record.status == Status.ANNOUNCED
    return pair_map(points, planned=nothing_happened)


def _point(party: Party) -> MapPoint | None:
    """Where the party's place lies; a hromada without a point of its own is shown at its centre."""
    place = party.place
    if place is None:
        return None
    spot = place if place.has_point else place.centre
    if spot is None or spot.latitude is None or spot.longitude is None:
        return None
    name = party.name()
    return MapPoint(
        name.text,
        spot.latitude,
        spot.longitude,
        cast(Side, party.side),
        (name.lang or "und") if name.is_foreign else "",
    )


def _languages(agreement: Agreement) -> str:
    return ", ".join(_language_name(code) for code in agreement.languages)


def _language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
