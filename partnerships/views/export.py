"""Exports of exactly the selection that an address of the register asks for, and the page about them."""

import datetime as dt
import zlib
from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.kept import Kept, state_of_values
from partnerships.exporting.columns import COLUMNS
from partnerships.exporting.records import Selection
from partnerships.exporting.writers import About, Writer, write_csv, write_geojson, write_json, write_xlsx
from partnerships.filters import PartnershipFilter
from partnerships.models import Source, Statement
from partnerships.register_page import declared


class Form(NamedTuple):
    content_type: str
    write: Writer


FORMS = {
    "csv": Form("text/csv; charset=utf-8", write_csv),
    "xlsx": Form("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "json": Form("application/json", write_json),
    "geojson": Form("application/geo+json", write_geojson),
}
#: Exports that one process makes at once: each keeps a thread and a connection busy.
AT_ONCE = 2
_places = BoundedSemaphore(AT_ONCE)
SECONDS_TO_WAIT = "10"
_kept = Kept()


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    today = timezone.localdate()
    address = declared(request.GET)
    asked = PartnershipFilter(address, today=today)
    day = asked.day or today
    content_type, write = FORMS[form]
    headers = {
        "Content-Disposition": f'attachment; filename="partnerships-{day.isoformat()}.{form}"',
        "Cache-Control": "no-cache",
        "X-Robots-Tag": "noindex",
    }
    if request.method == "HEAD":
        return HttpResponse(content_type=content_type, headers=headers)
    if not _places.acquire(blocking=False):
        busy = _("Several exports are being made. Please try again in a moment.")
        return HttpResponse(
            busy,
            status=503,
            headers={"Retry-After": SECONDS_TO_WAIT},
            content_type="text/plain; charset=utf-8",
        )
    pieces = _Pieces()
    try:
        pieces.made_by = write(Selection(asked).records(), _about(asked, address, day))
    except Exception:
        pieces.close()
        raise
    if form != "xlsx":  # which is compressed already
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            pieces.are_compressed = True
            headers["Content-Encoding"] = "gzip"
    return StreamingHttpResponse(pieces, content_type=content_type, headers=headers)


def _about(asked: PartnershipFilter, address: QueryDict, day: dt.date) -> About:
    query = address.urlencode()
    return About(
        as_of=day,
        generated_at=timezone.localtime(),
        address=settings.SITE_URL + reverse("partnerships:list") + (f"?{query}" if query else ""),
        dictionary=settings.SITE_URL + reverse("open_data"),
        left_out=asked.messages,
    )


class _Pieces:
    """The pieces of one export; its place is free again when they are sent or nobody wants them any more."""

    def __init__(self) -> None:
        self.made_by: Iterator[bytes] = iter(())
        self.are_compressed = False
        self._is_open = True

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from _gzipped(self.made_by) if self.are_compressed else self.made_by
        finally:
            self.close()

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            _places.release()

    # An answer that nobody closed must not hold its place for ever.
    __del__ = close


def _gzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()


def _cited() -> list[Source]:
    """Sources of public records; those of drafts only are nobody's business yet."""
    said = Statement.objects.public().values("source")
    return list(Source.objects.filter(pk__in=said).order_by("grade", "title", "pk"))


def open_data(request: HttpRequest) -> HttpResponse:
    """The data sets with their dictionary, the sources and their licences."""
    context = {
        "forms": list(FORMS),
        "columns": COLUMNS,
        "sources": _kept.value("sources", _cited, state=state_of_values(request)),
        "crumbs": [(_("Home"), reverse("home")), (_("Open data"), "")],
    }
    return render(request, "partnerships/open_data.html", context)
