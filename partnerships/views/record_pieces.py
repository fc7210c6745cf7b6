"""What the page of a record consists of, besides the frame of all pages and the news.

The pieces are a function of what the database holds, of the day and of the language, so they can be kept.
News are not among them: the clock alone makes them public.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.forgiving import Kept
from core.languages import current_language
from partnerships.addresses import extract_address, merged_into, record_numbered, stable_address
from partnerships.dossier import Dossier, dossier
from partnerships.drawing import MapPoint, Side, pair_map
from partnerships.enums import Status, Visibility
from partnerships.life_scale import life_scale
from partnerships.lifeline_words import language_name, summary
from partnerships.models import Agreement, Partnership, Party
from partnerships.withdrawal import withdrawal

#: Maps of so many pairs stay in memory, about 20 kB each.
MAPS_KEPT = 256


@dataclass(frozen=True)
class RecordPieces:
    """`stands_at` is the record's address now; where it is another one than was asked for, nothing else is
    set. A withdrawn record has its only piece in `top`."""

    stands_at: str
    key: int = 0
    title: str = ""
    description: str = ""
    is_withdrawn: bool = False
    #: HTML.
    top: str = ""
    main: str = ""
    aside: str = ""


def record_pieces(number: int, slug: str, asked: Kept, today: dt.date) -> RecordPieces:
    """The pieces of a record's page as of the day asked for.

    :raises Http404: there is no such record.
    """
    record = record_numbered(number)
    stands_at = merged_into(record) or record
    address = stands_at.get_absolute_url()
    if (number, slug) != (stands_at.number, stands_at.slug):
        return RecordPieces(address)
    if record.visibility == Visibility.WITHDRAWN:
        return RecordPieces(
            address,
            title=str(record),
            is_withdrawn=True,
            top=render_to_string("partnerships/_withdrawn.html", _withdrawn(record, today)),
        )
    context = _known(record, asked, today) | {"url": address}
    return RecordPieces(
        address,
        key=record.pk,
        title=str(record),
        description=_description(record),
        top=render_to_string("partnerships/_record_top.html", context),
        main=render_to_string("partnerships/_record_main.html", context),
        aside=render_to_string("partnerships/_record_aside.html", context),
    )


def _description(record: Partnership) -> str:
    parts = [record.get_kind_display(), record.get_status_display(), record.status_date_text]
    return f"{record.title}: {', '.join(filter(None, parts))}"


def _withdrawn(record: Partnership, today: dt.date) -> dict[str, Any]:
    return _cited(record, today) | {"withdrawn": withdrawal(record)}


def _cited(record: Partnership, today: dt.date) -> dict[str, Any]:
    return {
        "partnership": record,
        "stable_address": stable_address(record),
        "about": f"partnership:{record.number}",
        "site_name": settings.SITE_NAME[current_language()],
        "today": today,
    }


def _known(record: Partnership, asked: Kept, today: dt.date) -> dict[str, Any]:
    known = dossier(record, asked.value)
    line = known.line
    return _cited(record, today) | {
        "summary": summary(record, known.milestones, today),
        "then": known.then,
        "as_of_complaint": asked.complaint,
        "extract_url": extract_address(record) + (f"?as_of={asked.value}" if asked.value else ""),
        "line": line,
        "scale": life_scale(line, today, asked.value) if line else None,
        "map": _map(record),
        "acts": [milestone for milestone in known.milestones if milestone.act],
        "notes": [milestone for milestone in known.milestones if milestone.note],
        "facts": known.facts,
        "agreements": [_signed(known, agreement) for agreement in known.agreements],
        "unconfirmed": [party for party in record.parties.all() if party.awaits_confirmation],
        "past": [party for party in record.parties.all() if party.left],
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
