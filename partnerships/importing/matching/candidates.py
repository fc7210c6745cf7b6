"""Ranks the places that may be meant, each with its reasons in whole sentences."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.importing.matching.bearing import OF_A_SETTLEMENT, Bearing, Sign
from partnerships.importing.matching.spellings import CATEGORIES, SETTLEMENTS
from partnerships.importing.rows import Candidate
from partnerships.loading.ukrainian import UkrainianPlaces, Unit
from places.enums import Level

#: Fewer for the report, more for the registrar who decides.
MAX_CANDIDATES = 9

_POINTS = {
    Sign.OWN: 55, Sign.CENTRE: 55, Sign.FORMER: 50, Sign.SPELLING: 45, Sign.SETTLEMENT: 36, Sign.SOUND: 38,
    Sign.SETTLEMENT_SOUND: 24, Sign.LIKE: 34,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hints:
    """What the row says about where a Ukrainian party lies and what kind of unit it is."""

    places: UkrainianPlaces
    oblast: int | None = None
    #: The cell for the oblast, where nobody can tell which it means.
    unread_oblast: str = ""
    raions: frozenset[int] = frozenset()
    unit: str = ""

    @property
    def has_region(self) -> bool:
        return self.oblast is not None or bool(self.raions)

    def fits_region(self, unit: Unit) -> bool:
        if self.oblast is not None and unit.oblast != self.oblast:
            return False
        return not self.raions or unit.level != Level.HROMADA or unit.parent in self.raions

    def fits_unit(self, bearing: Bearing) -> bool:
        """Whether the row names the kind of the hromada, or of the settlement that leads to it."""
        if self.unit not in CATEGORIES:
            return self.unit != "hromada" or bearing.sign not in OF_A_SETTLEMENT
        if bearing.settlements:
            return any(one.category in SETTLEMENTS[self.unit] for one in bearing.settlements)
        if bearing.unit.level == Level.SPECIAL_CITY:
            return self.unit == "city"
        centre = self.places.units.get(bearing.unit.centre) if bearing.unit.centre else None
        as_centre = centre is not None and centre.category in SETTLEMENTS[self.unit]
        return bearing.unit.category == CATEGORIES[self.unit] or as_centre


def ranked(bearings: Iterable[Bearing], hints: Hints, first: Bearing | None = None) -> tuple[Candidate, ...]:
    """Candidates by points, the certain one first, the larger before the smaller, each once."""
    candidates = [_candidate(bearing, hints, bearing is first) for bearing in bearings]
    candidates.sort(key=lambda one: (-one.points, one.code))
    return tuple(candidates[:MAX_CANDIDATES])


def units_ranked(units: Iterable[Unit], *reasons: str, points: int = 60) -> tuple[Candidate, ...]:
    """Candidates that something other than their names speaks for, in the order given."""
    given = tuple(filter(None, reasons))
    kept = list({unit.pk: unit for unit in units}.values())[:MAX_CANDIDATES]
    return tuple(
        Candidate(unit.pk, unit.code, max(points - place, 0), given) for place, unit in enumerate(kept)
    )


def _candidate(bearing: Bearing, hints: Hints, certain: bool) -> Candidate:
    points, reasons = _POINTS[bearing.sign] - 2 * min(bearing.name, 5), [_why(bearing)]
    if bearing.sign == Sign.LIKE:
        points -= (100 - bearing.likeness) // 2
    if hints.oblast is not None:
        fits = bearing.unit.oblast == hints.oblast
        points += 22 if fits else -20
        reasons.append(_("The oblast fits.") if fits else _("Another oblast than the row says."))
    if hints.raions and bearing.unit.level == Level.HROMADA:
        fits = bearing.unit.parent in hints.raions
        points += 8 if fits else -8
        reasons.append(_("The raion fits.") if fits else _("Another raion than the row says."))
    if hints.unit in CATEGORIES:
        fits = hints.fits_unit(bearing)
        points += 8 if fits else -22
        reasons.append(_("The kind of unit fits.") if fits else _("Another kind of unit than the row says."))
    if bearing.unit.population:
        points += min(round(math.log10(bearing.unit.population) * 1.5), 10)
    if certain and len(reasons) == 1:
        reasons.append(_alone(bearing))
    return Candidate(
        bearing.unit.pk, bearing.unit.code, 100 if certain else max(min(points, 99), 0), tuple(reasons)
    )


def _why(bearing: Bearing) -> str:
    if bearing.sign == Sign.OWN:
        return (
            _("The name is the hromada's own.")
            if bearing.unit.level == Level.HROMADA
            else _("The name fits.")
        )
    if bearing.sign == Sign.CENTRE:
        return _("The name is that of the hromada's centre.")
    if bearing.sign == Sign.FORMER:
        return _("The name is a former one of the hromada or its centre.")
    if bearing.sign == Sign.SPELLING:
        return _("The name is on record as another spelling.")
    if bearing.sign == Sign.SETTLEMENT:
        return _("A settlement of the hromada bears the name.")
    if bearing.sign == Sign.SOUND:
        return _("The name is the same but for the way it is written.")
    if bearing.sign == Sign.SETTLEMENT_SOUND:
        return _("A settlement of the hromada has a name that is written in another way.")
    return _("The name differs by a few letters.")


def _alone(bearing: Bearing) -> str:
    if bearing.unit.level == Level.HROMADA and bearing.sign in OF_A_SETTLEMENT:
        return _("No other settlement bears the name.")
    return _("No other hromada bears the name.")
