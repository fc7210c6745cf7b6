"""The extract of a record as a PDF."""

import datetime as dt

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils import timezone

from core import kept
from core.languages import current_language
from documents.typesetting import typeset
from partnerships.addresses import extract_address, merged_into, record_numbered, stable_address
from partnerships.as_of import day_asked
from partnerships.dossier import dossier
from partnerships.enums import Visibility
from partnerships.extract import extract
from partnerships.models import Partnership

_papers = kept.Kept()


def partnership_extract(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    record = record_numbered(number)
    stands_at = merged_into(record) or record
    if (number, slug) != (stands_at.number, stands_at.slug):
        return HttpResponsePermanentRedirect(extract_address(stands_at))
    if record.visibility == Visibility.WITHDRAWN:
        # Its page says that it no longer counts, and why.
        return HttpResponseRedirect(record.get_absolute_url())
    today = timezone.localdate()
    day: dt.date | None = day_asked(request.GET.get("as_of", ""), today).value
    paper = _papers.value((record.number, current_language(), day, today), lambda: _paper(record, day, today))
    name = f"partnership-{record.number}-{day or today:%Y-%m-%d}-{current_language()}.pdf"
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            # The page is what a search should find.
            "X-Robots-Tag": "noindex",
            "Content-Language": current_language(),
        },
    )


def _paper(record: Partnership, day: dt.date | None, today: dt.date) -> bytes:
    known = dossier(record, day)
    return typeset("partnerships/extract.typ", extract(known, stable_address(record), today), today)
