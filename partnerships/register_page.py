"""The register's page in two halves: the frame, the same on all pages of a list, and the rows of one page.

Both are kept while nothing in the database changes: the frame by what the address asks for, the order of
records in stretches of a thousand, the rows one by one. Then a page that nobody has opened yet costs a query
for the state of the data and one for the order, wherever in the list it lies.
"""

import datetime as dt
from array import array
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, overload

from django.conf import settings
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.kept import Kept
from core.languages import current_language
from core.pagination import PAGE_SIZES
from partnerships.conditions import DEFAULT_SORT
from partnerships.facets import Counts, Facet, count, facets, value_of
from partnerships.filters import PartnershipFilter
from partnerships.register_words import Chip, address_without, chips, register_sentence
from partnerships.rows import ReadyRow, ready_rows

#: Frames are some 30 kB each; orders 8 kB.
FRAMES_KEPT, COUNTS_KEPT, STRETCHES_KEPT = 64, 512, 256
STRETCH = 1_000
#: An address that somebody filled with rubbish is not asked for twice.
LONGEST_ADDRESS = 500

_frames = Kept(FRAMES_KEPT)
_counts = Kept(COUNTS_KEPT)
_stretches = Kept(STRETCHES_KEPT)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the page says whatever its number."""

    asked: PartnershipFilter
    total: int
    sentence: str
    facets: list[Facet]
    chips: list[Chip]
    #: The panel of filters, ready-made.
    panel: SafeString
    #: The same as files, ready-made.
    exports: SafeString
    #: The rest of the address, without the page.
    query: str
    day_text: str
    today_url: str
    is_filtered: bool

    @property
    def messages(self) -> dict[str, list[str]]:
        return self.asked.messages

    @property
    def sort(self) -> str:
        return str(self.asked.values["sort"])


def declared(address: QueryDict) -> QueryDict:
    """What of the address the register reads, in the order typed: links of the page carry nothing else."""
    known = {*PartnershipFilter.base_filters, "page", "per_page"}
    kept = QueryDict(mutable=True)
    for name in address:
        if name in known:
            kept.setlist(name, [value for value in address.getlist(name) if value.strip()])
    return kept


def frame_of(address: QueryDict, today: dt.date, state: str) -> Frame:
    """The frame for an address, in the active language. `state` as of `core.kept.state_of_values()`."""
    asks = {name: address.getlist(name) for name in address if name != "page"}
    key = (current_language(), today, tuple((name, tuple(values)) for name, values in asks.items()))
    if len(address.urlencode()) > LONGEST_ADDRESS:
        return _frame(address, today, state)
    return _frames.value(key, lambda: _frame(address, today, state), state=state)


def _frame(address: QueryDict, today: dt.date, state: str) -> Frame:
    asked = PartnershipFilter(address, today=today)
    counts: Counts = _counts.value(_key(asked, today), lambda: count(asked), state=state)
    made = facets(asked, counts)
    made_chips = chips(asked, address)
    query = address_without(address, "page").removeprefix("?")
    return Frame(
        asked=asked,
        total=counts.total,
        sentence=register_sentence(asked, counts.total, today),
        facets=made,
        chips=made_chips,
        panel=_panel(asked, made, today),
        exports=SafeString(
            render_to_string("partnerships/_exports.html", {"query": query, "total": counts.total})
        ),
        query=query,
        day_text=date_format(asked.day, "j E Y") if asked.day else "",
        today_url=address_without(address, "as_of"),
        is_filtered=asked.is_narrowed or bool(asked.messages) or asked.values["sort"] != DEFAULT_SORT,
    )


class FrameRows(Sequence[ReadyRow]):
    """The rows of all pages of a frame, of which a slice is read."""

    def __init__(self, frame: Frame, today: dt.date, state: str) -> None:
        self._frame, self._today, self._state = frame, today, state

    def __len__(self) -> int:
        return self._frame.total

    @overload
    def __getitem__(self, wanted: int) -> ReadyRow: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[ReadyRow]: ...
    def __getitem__(self, wanted: int | slice) -> ReadyRow | list[ReadyRow]:
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        keys = self._keys(wanted.start or 0, wanted.stop)
        return ready_rows(keys, self._frame.asked.day, self._today, self._state)

    def _keys(self, begin: int, end: int) -> list[int]:
        keys = self._frame.asked.qs.values_list("pk", flat=True)
        if not self._state:
            return list(keys[begin:end])
        number = begin // STRETCH

        def make() -> "array[int]":
            return array("q", keys[number * STRETCH : (number + 1) * STRETCH])

        asked = self._frame.asked
        key = (current_language(), self._frame.sort, number, _key(asked, self._today))
        stretch = _stretches.value(key, make, state=self._state)
        return list(stretch[begin - number * STRETCH : end - number * STRETCH])


def _key(asked: PartnershipFilter, today: dt.date) -> Hashable:
    return (today, asked.key)


def _panel(asked: PartnershipFilter, made: list[Facet], today: dt.date) -> SafeString:
    """The panel of filters. It follows from what is asked and from the facets alone, so that after a change
    which moves no count it is found ready."""
    if not settings.KEEP_VALUES or asked.messages:
        return _Panel(asked, today, tuple(made)).html
    return _panels(_Panel(asked, today, tuple(made)))


@dataclass(frozen=True)
class _Panel:
    asked: PartnershipFilter = field(compare=False)
    today: dt.date
    facets: tuple[Facet, ...]
    language: str = field(default_factory=current_language)
    key: Hashable = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.asked.key)

    @property
    def html(self) -> SafeString:
        context = _panel_context(self.asked, list(self.facets), self.today)
        return SafeString(render_to_string("partnerships/_filters.html", context))


@lru_cache(FRAMES_KEPT)
def _panels(panel: _Panel) -> SafeString:
    return panel.html


def _panel_context(asked: PartnershipFilter, made: list[Facet], today: dt.date) -> dict[str, Any]:
    shown = {facet.name for facet in made}
    hidden = [name for name in ("raion", "hromada") if name not in shown]
    return {
        "facets": made,
        "typed": _typed(asked),
        "asked": asked,
        "today": today.isoformat(),
        "place_messages": [text for name in hidden for text in asked.messages.get(name, [])],
        # Selections that the form has no control for and still keeps.
        "hidden": [(name, value_of(place)) for name in hidden for place in asked.values.get(name) or []],
    }


def _typed(asked: PartnershipFilter) -> dict[str, str]:
    """What stands in the fields: a year as it was typed, so that nothing typed is lost; the text as it is
    looked for; a day as the control for days writes it."""
    years = {name: asked.data.get(name, "")[:40].replace("\0", "") for name in ("year_from", "year_to")}
    day = asked.day.isoformat() if asked.day else ""
    return {"q": asked.values.get("q") or "", "as_of": day, **years}


def sorting(frame: Frame, per_page: int, state: str) -> SafeString:
    """The controls for order and length, ready-made."""

    def make() -> SafeString:
        words = {"sorts": sort_choices(), "sort": frame.sort, "sizes": PAGE_SIZES, "per_page": per_page}
        words |= {"messages": frame.messages.get("sort", [])}
        return SafeString(render_to_string("partnerships/_sorting.html", words))

    key = ("sorting", current_language(), frame.sort, per_page)
    return make() if frame.messages else _frames.value(key, make, state=state)


def sort_choices() -> list[tuple[str, str]]:
    return [
        ("-date", _("newest first")),
        ("date", _("oldest first")),
        ("name", _("by name")),
        ("-name", _("by name, backwards")),
        ("country", _("by country")),
        ("-country", _("by country, backwards")),
        ("status", _("by status")),
        ("-status", _("by status, backwards")),
        ("number", _("by number")),
        ("-number", _("by number, backwards")),
    ]
