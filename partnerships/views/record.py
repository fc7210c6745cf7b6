"""One record of the register."""

from functools import lru_cache
from typing import Any, Protocol, Self, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.forgiving import Kept
from partnerships.as_of import day_asked
from partnerships.dossier import Dossier, dossier
from partnerships.drawing import MapPoint, Side, pair_map
from partnerships.enums import Status, Visibility
from partnerships.life_scale import life_scale
from partnerships.lifeline_words import language_name, summary
from partnerships.models import Agreement, Partnership, Party
from partnerships.withdrawal import withdrawal

NEWS_SHOWN = 10
#: Maps of so many pairs stay in memory, about 20 kB each.
MAPS_KEPT = 256


class PublicNews(Protocol):
    """What the reverse relation of news offers; the register does not import the news."""

    def public(self) -> Self: ...
    def latest_first(self) -> Self: ...
    def __getitem__(self, key: slice) -> Any: ...


def partnership_by_number(request: HttpRequest, number: int) -> HttpResponse:
    """People cite the number alone."""
    record = record_numbered(number)
    return HttpResponsePermanentRedirect((merged_into(record) or record).get_absolute_url())


def partnership_detail(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    record = record_numbered(number)
    stands_at = merged_into(record) or record
    if (number, slug) != (stands_at.number, stands_at.slug):
        return HttpResponsePermanentRedirect(stands_at.get_absolute_url())
    context: dict[str, Any] = {
        "partnership": record,
        "crumbs": [
            (_("Home"), reverse("home")),
            (_("Register of partnerships"), reverse("partnerships:list")),
            (_("No. %(number)s") % {"number": record.number}, ""),
        ],
        "stable_address": stable_address(record),
        "about": f"partnership:{record.number}",
        "today": timezone.localdate(),
    }
    if record.visibility == Visibility.WITHDRAWN:
        context["withdrawn"] = withdrawal(record)
        return render(request, "partnerships/partnership_withdrawn.html", context)
    asked = day_asked(request.GET.get("as_of", ""), timezone.localdate())
    return render(request, "partnerships/partnership_detail.html", context | _known(record, asked))


def record_numbered(number: int) -> Partnership:
    """A withdrawn record keeps its address; a draft has none yet.

    :raises Http404: there is no such record.
    """
    records = Partnership.objects.addressable()
    return get_object_or_404(records.select_related("programme").with_parties(), number=number)


def merged_into(record: Partnership) -> Partnership | None:
    """The record that it was merged into, and that one again; none where it stands for itself."""
    seen = {record.pk}
    target = record.merged_into_id
    found = None
    while target is not None and target not in seen:
        seen.add(target)
        found = Partnership.objects.addressable().with_parties().filter(pk=target).first()
        target = found.merged_into_id if found else None
    # In a circle nothing stands: then each says that it is withdrawn.
    return None if target is not None else found


def extract_address(record: Partnership) -> str:
    return reverse("partnerships:extract", args=[record.number, record.slug])


def stable_address(record: Partnership) -> str:
    return f"{settings.SITE_URL}/id/partnership/{record.number}"


def _known(record: Partnership, asked: Kept) -> dict[str, Any]:
    known = dossier(record, asked.value)
    news = cast(PublicNews, record.news_items)
    line = known.line
    return {
        "summary": summary(record, known.milestones, timezone.localdate()),
        "then": known.then,
        "as_of_complaint": asked.complaint,
        "extract_url": extract_address(record) + (f"?as_of={asked.value}" if asked.value else ""),
        "line": line,
        "scale": life_scale(line, timezone.localdate(), asked.value) if line else None,
        "map": _map(record),
        "acts": [milestone for milestone in known.milestones if milestone.act],
        "notes": [milestone for milestone in known.milestones if milestone.note],
        "facts": known.facts,
        "agreements": [_signed(known, agreement) for agreement in known.agreements],
        "unconfirmed": [party for party in record.parties.all() if party.awaits_confirmation],
        "past": [party for party in record.parties.all() if party.left],
        "news": list(news.public().latest_first()[:NEWS_SHOWN]),
    }


def _signed(known: Dossier, agreement: Agreement) -> dict[str, Any]:
    signing = known.signing_of(agreement)
    return {
        "agreement": agreement,
        "languages": ", ".join(language_name(code) for code in agreement.languages),
        "signing": signing,
        "names": known.names_then(signing),
    }


def _map(record: Partnership) -> SafeString:
    points = tuple(point for party in record.parties.all() if (point := _point(party)) is not None)
    title = _("On the map: %(pair)s") % {"pair": record.title}
    return _drawn_map(points, title, record.status == Status.ANNOUNCED)


@lru_cache(maxsize=MAPS_KEPT)
def _drawn_map(points: tuple[MapPoint, ...], title: str, planned: bool) -> SafeString:
    """The map of a pair as HTML: a function of where its places lie and what they are called."""
    drawn = pair_map(points, planned=planned)
    return render_to_string("components/pair_map.html", {"map": drawn, "title": title})


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
