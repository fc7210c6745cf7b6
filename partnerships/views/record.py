"""One record of the register."""

from typing import Any, Protocol, Self, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import kept
from core.languages import current_language
from partnerships.addresses import merged_into, record_numbered
from partnerships.as_of import day_asked
from partnerships.models import Partnership
from partnerships.views.record_pieces import RecordPieces, record_pieces

NEWS_SHOWN = 10
#: Pieces of so many records stay in memory, about 35 kB each.
RECORDS_KEPT = 256

_records = kept.Kept(RECORDS_KEPT)


class PublicNews(Protocol):
    """What the reverse relation of news offers; the register does not import the news."""

    def public(self) -> Self: ...
    def latest_first(self) -> Self: ...
    def __getitem__(self, key: slice) -> Any: ...


def partnership_by_number(request: HttpRequest, number: int) -> HttpResponse:
    """People cite the number alone."""
    record = record_numbered(number)
    return _moved(request, (merged_into(record) or record).get_absolute_url())


def partnership_detail(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    today = timezone.localdate()
    asked = day_asked(request.GET.get("as_of", ""), today)
    # What somebody typed wrong is shown once, to them.
    state = "" if asked.complaint else None
    page = _records.value(
        (number, slug, current_language(), asked.value, today),
        lambda: record_pieces(number, slug, asked, today),
        state=state,
    )
    if request.path != page.stands_at:
        return _moved(request, page.stands_at)
    context: dict[str, Any] = {
        "page": page,
        "crumbs": [
            (_("Home"), reverse("home")),
            (_("Register of partnerships"), reverse("partnerships:list")),
            (_("No. %(number)s") % {"number": number}, ""),
        ],
    }
    if page.is_withdrawn:
        return render(request, "partnerships/partnership_withdrawn.html", context)
    return render(request, "partnerships/partnership_detail.html", context | {"news": _news(page)})


def _moved(request: HttpRequest, stands_at: str) -> HttpResponse:
    """To the page where the record stands, for the day that was asked about."""
    day = request.GET.get("as_of", "")
    return HttpResponsePermanentRedirect(f"{stands_at}?{urlencode({'as_of': day})}" if day else stands_at)


def _news(page: RecordPieces) -> list[Any]:
    news = cast(PublicNews, Partnership(pk=page.key).news_items)
    return list(news.public().latest_first()[:NEWS_SHOWN])
