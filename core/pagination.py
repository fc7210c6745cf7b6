"""Pages of a list: what a visitor asked for, or the nearest page that exists, with a message that says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

PAGE_SIZES = (25, 50, 100)
SHOWN_VALUE = 40


class CountedPaginator(Paginator):
    """A paginator that is told how many rows there are, where the page has counted them already."""

    def __init__(self, rows: QuerySet[Any] | Sequence[Any], per_page: int, count: int | None = None) -> None:
        super().__init__(rows, per_page)
        if count is not None:
            self.__dict__["count"] = count


@dataclass(frozen=True)
class PageChoice:
    """One page of a list and what could not be given as asked."""

    page: Page
    per_page: int
    messages: tuple[str, ...]

    @property
    def numbers(self) -> Iterator[int | str]:
        """Page numbers with gaps, for `components/pagination.html`."""
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)


def choose_page(
    rows: QuerySet[Any] | Sequence[Any],
    asked: QueryDict,
    *,
    sizes: tuple[int, ...] = PAGE_SIZES,
    count: int | None = None,
) -> PageChoice:
    """The page that `page` and `per_page` ask for. What makes no sense is named in a message and replaced by
    the first page, the last one, or the first of `sizes`."""
    messages: list[str] = []
    per_page = sizes[0]
    wanted_size = asked.get("per_page", "")
    if wanted_size in {str(size) for size in sizes}:
        per_page = int(wanted_size)
    elif wanted_size:
        messages.append(
            _("“%(value)s” is not a number of rows on offer; the page shows %(size)s.")
            % {"value": shortened(wanted_size), "size": per_page}
        )
    paginator = CountedPaginator(rows, per_page, count)
    wanted = asked.get("page", "").strip()
    number = _number(wanted)
    if wanted and number is None:
        messages.append(
            _("“%(value)s” is not a page number; this is the first page.") % {"value": shortened(wanted)}
        )
    elif number is not None and number > paginator.num_pages:
        messages.append(
            _("There is no page %(value)s; this is the last one, page %(last)s.")
            % {"value": shortened(wanted), "last": paginator.num_pages}
        )
    return PageChoice(paginator.page(min(number or 1, paginator.num_pages)), per_page, tuple(messages))


def shortened(value: str) -> str:
    """What a visitor typed, short enough for a message."""
    return value if len(value) <= SHOWN_VALUE else value[:SHOWN_VALUE] + "…"


def _number(text: str) -> int | None:
    """A page number from 1 on; None for anything else. Longer numbers than any list has pages stay finite."""
    if not (text.isascii() and text.isdigit()):
        return None
    return int(text[:18]) or None
