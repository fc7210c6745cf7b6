"""Reading pages kept in the memory of each process, ready-compressed, as long as nothing has changed.

A page is a function of its address, of what the database holds and of the time. So it is kept under its
address for one state of the data (`core.kept.data_state`), and until the clock changes something: the next
scheduled publication, or midnight, because pages name the day they hold for. Whatever answers one visitor
only is never kept: an answer with a cookie, one that looked at the session, one that says `no-store`.
"""

import datetime as dt
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from core.kept import data_state
from core.languages import LANGUAGES
from core.registry import next_change

MOST_PAGES = 1_000
#: An address that somebody filled with rubbish is not asked for twice.
LONGEST_ADDRESS = 500
PREFIXES = tuple(f"/{language}/" for language in LANGUAGES)
NOT_FOR_ALL = ("no-store", "private")
OF_THE_CONNECTION = {"Content-Length", "Content-Encoding", "ETag"}


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An answer: its headers, its body compressed by gzip, and until when it holds."""

    headers: dict[str, str]
    body: bytes
    etag: str
    state: str
    until: dt.datetime


class KeptPagesMiddleware:
    """Answers reading pages from memory where nothing has changed; stands inside sessions and languages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        address = request.get_full_path()
        if not settings.KEEP_PAGES or not _may_be_kept(request, address):
            return self.get_response(request)
        state = data_state()
        page = self._pages.get(address)
        if page is None or page.state != state or page.until <= timezone.now():
            # Before the page is made: what becomes public meanwhile ends it at once.
            until = _until()
            # What the page is made of is kept under the same state (core.kept).
            request.data_state = state  # type: ignore[attr-defined]
            response = self.get_response(request)
            if not _is_for_all(request, response):
                return response
            page = _page(response, state, until)
            self._keep(address, page)
        return _answer(request, page)

    def _keep(self, address: str, page: KeptPage) -> None:
        with self._lock:
            self._pages[address] = page
            self._pages.move_to_end(address)
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)


def _may_be_kept(request: HttpRequest, address: str) -> bool:
    return request.method == "GET" and address.startswith(PREFIXES) and len(address) <= LONGEST_ADDRESS


def _is_for_all(request: HttpRequest, response: HttpResponseBase) -> bool:
    """The same for every visitor, in every respect that the answer itself shows."""
    control = response.headers.get("Cache-Control", "")
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and not request.session.accessed
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not any(word in control for word in NOT_FOR_ALL)
        and "cookie" not in response.headers.get("Vary", "").lower()
    )


def _until() -> dt.datetime:
    """The next moment at which the clock changes what pages show."""
    now = timezone.localtime()
    midnight = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), now.tzinfo)
    return min(filter(None, [midnight, next_change()]))


def _page(response: HttpResponseBase, state: str, until: dt.datetime) -> KeptPage:
    assert isinstance(response, HttpResponse)
    return KeptPage(
        headers={name: value for name, value in response.headers.items() if name not in OF_THE_CONNECTION},
        # The time in the header of gzip would make two equal pages differ.
        body=gzip.compress(response.content, compresslevel=6, mtime=0),
        etag=f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"',
        state=state,
        until=until,
    )


def _answer(request: HttpRequest, page: KeptPage) -> HttpResponseBase:
    compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(page.body if compressed else gzip.decompress(page.body), headers=page.headers)
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["ETag"] = page.etag
    # Ask each time: an unchanged page costs a 304, a changed one is never shown in its old state.
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=page.etag, response=response) or response
