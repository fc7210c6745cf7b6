"""Exports of exactly the selection that an address of the register asks for, and the page about them."""

from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.exporting.columns import COLUMNS
from partnerships.exporting.records import selected
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
    query = address.urlencode()
    about = About(
        as_of=day,
        generated_at=timezone.now(),
        address=settings.SITE_URL + reverse("partnerships:list") + (f"?{query}" if query else ""),
        dictionary=settings.SITE_URL + reverse("open_data"),
    )
    return StreamingHttpResponse(
        _Pieces(write(selected(asked), about)), content_type=content_type, headers=headers
    )


class _Pieces:
    """The pieces of one export; its place is free again when they are sent or nobody wants them any more."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._is_open = True

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._pieces
        finally:
            self.close()

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            _places.release()


def open_data(request: HttpRequest) -> HttpResponse:
    """The data sets with their dictionary, the sources and their licences."""
    context = {
        "forms": list(FORMS),
        "columns": COLUMNS,
        "sources": list(
            Source.objects.filter(pk__in=Statement.objects.public().values("source")).order_by(
                "grade", "title", "pk"
            )
        ),
        "crumbs": [(_("Home"), reverse("home")), (_("Open data"), "")],
    }
    return render(request, "partnerships/open_data.html", context)
