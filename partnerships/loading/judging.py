"""What becomes of each row: accepted with its places and what it states, doubtful, or refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partnerships.loading import curated
from partnerships.loading.claims import MAP_SOURCE, READERS, REGISTER_SOURCE, Claim, check_cells
from partnerships.loading.foreign import ForeignPlaces
from partnerships.loading.register_titles import doubt_about_hromada, doubt_about_partner
from partnerships.loading.tables import CURATED, MAP, REGISTER, RowRefused, TableRow
from partnerships.loading.ukrainian import UkrainianCell, UkrainianPlaces
from partnerships.loading.verdicts import Doubt, Found


@dataclass(frozen=True, slots=True)
class Accepted:
    """The row states `claim` about the places of one record (several on a side: joint partners)."""

    ua: tuple[int, ...]
    foreign: tuple[int, ...]
    claim: Claim


@dataclass(frozen=True, slots=True)
class Refused:
    reason: str


Verdict = Accepted | Doubt | Refused


def source_of(row: TableRow) -> str:
    """Slug of the source whose row this is."""
    fixed = {CURATED: curated.SOURCE, MAP: MAP_SOURCE, REGISTER: REGISTER_SOURCE}
    return fixed.get(row.table) or str(row.cells.get("source", ""))


def claim_of(table: str, cells: dict[str, Any]) -> Claim:
    """What cells of a table state.

    :raises RowRefused: they can't be read.
    """
    return curated.record(cells) if table == CURATED else READERS[table](cells)


class Judge:
    """Decides rows by the places and the sources that are known."""

    def __init__(
        self,
        ua: UkrainianPlaces,
        foreign: ForeignPlaces,
        sources: Iterable[str],
        bodies: Iterable[str] = (),
        programmes: Iterable[str] = (),
    ) -> None:
        self.ua, self.foreign = ua, foreign
        self.sources = set(sources)
        self.bodies, self.programmes = {"", *bodies}, {"", *programmes}

    def judge(self, row: TableRow) -> Verdict:
        """Exactly one verdict for every row, whatever its cells hold."""
        try:
            if row.fault:
                raise RowRefused(row.fault)
            claim = claim_of(row.table, row.cells)
            self._check_names(claim)
            if row.table == CURATED:
                return self._hand_checked(row, claim)
            check_cells(row.cells)
        except RowRefused as refused:
            return Refused(str(refused))
        return self._places(row, claim)

    def _check_names(self, claim: Claim) -> None:
        sources = {claim.source, *(assertion.source for assertion in claim.assertions)}
        bodies = {assertion.event.body for assertion in claim.assertions if assertion.event}
        unknown = [*(sources - self.sources), *(bodies - self.bodies), *({claim.programme} - self.programmes)]
        if unknown:
            raise RowRefused(_("“%(value)s” stands in no table of sources.") % {"value": unknown[0][:80]})

    def _hand_checked(self, row: TableRow, claim: Claim) -> Verdict:
        unit = self.ua.by_code.get(str(row.cells.get("ukrainian", "")))
        place = self.foreign.by_slug(str(row.cells.get("foreign", "")))
        if unit is None or place is None:
            return Refused(_("The entry names a place that is not known."))
        return Accepted((unit.pk,), (place,), claim)

    def _places(self, row: TableRow, claim: Claim) -> Verdict:
        cells = row.cells
        cell = UkrainianCell(
            cells["ua_katottg"],
            cells["ua_text"],
            *(cells.get("ua_text_en", ""), cells["ua_oblast"], cells.get("ua_source_text", "")),
        )
        ua = self.ua.find(cell)
        if isinstance(ua, Doubt):
            return ua
        foreign = self.foreign.find(cells["foreign_iso2"], cells["foreign_text"])
        if row.table == REGISTER:
            doubt = self._doubt_by_title(cells, ua, foreign)
            if doubt is not None:
                return doubt
        return foreign if isinstance(foreign, Doubt) else Accepted(ua.places[:1], foreign.places, claim)

    def _doubt_by_title(self, cells: dict[str, str], ua: Found, foreign: Found | Doubt) -> Doubt | None:
        title = cells["title"]
        doubt = doubt_about_hromada(title, self.ua.units[ua.places[0]], self.ua)
        if doubt is not None or isinstance(foreign, Doubt):
            return doubt
        place = foreign.places[0]
        if cells["foreign_iso2"] and self.foreign.slugs[place][:2].upper() != cells["foreign_iso2"]:
            return Doubt(
                _("The place lies in another country than the row says."), (self.foreign.slugs[place],)
            )
        doubt = doubt_about_partner(
            title, bool(cells["title_cut"]), cells["foreign_text"], self.foreign.is_region(place)
        )
        return doubt and Doubt(doubt.reason, (self.foreign.slugs[place],))
