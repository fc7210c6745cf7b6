"""Which Ukrainian place a party is: by code, name, oblast, raion and kind of unit together.

Certain is only what everything in the row agrees on. A name that other hromadas bear as well needs something
beside it (the oblast, the raion, the kind of unit); a mistyped name is never certain.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from partnerships.importing.matching.bearing import EXACT, Bearing, Names, Sign
from partnerships.importing.matching.candidates import MAX_CANDIDATES, Hints, ranked, units_ranked
from partnerships.importing.matching.regions import Regions
from partnerships.importing.matching.sounds import TELLING_LENGTH, sound_keys
from partnerships.importing.matching.spellings import LARGER, compact, name_keys, unit_of
from partnerships.importing.rows import Candidate, PartyMatch, PartyReading
from partnerships.loading.register_titles import doubt_about_hromada
from partnerships.loading.ukrainian import UkrainianCell, UkrainianPlaces, Unit
from partnerships.loading.verdicts import Doubt, Found
from places.enums import Level
from places.models import KATOTTG_PATTERN

#: A sound so short still confirms a code, which by itself is evidence.
SHORTEST_SOUND = 3
_CODE = re.compile(KATOTTG_PATTERN)
#: A city of so many people is meant by its bare name rather than a village that is no hromada of its own.
LARGE_CITY = 100_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one hromada that is certain, or why none is."""

    bearing: Bearing | None = None
    doubt: str = ""


class UkrainianMatcher:
    """Finds Ukrainian parties among all places of Ukraine."""

    def __init__(self, places: UkrainianPlaces) -> None:
        self.places = places
        self.names = Names(places)
        self.regions = Regions(places)

    def match(self, party: PartyReading) -> PartyMatch:
        """The places that the party may be, without what the row's title says."""
        unit = unit_of(party)
        hints = self._hints(party, unit)
        if party.code:
            return self._by_code(party, unit, hints)
        if unit in LARGER:
            return self._larger_unit(party, unit, hints)
        keys = name_keys(party)
        if not keys:
            return PartyMatch(party, doubt=_("The row names no Ukrainian place."))
        bearings = self.names.bearing(keys)
        verdict = self._judge(bearings, keys, hints)
        if verdict.bearing and (other := self._other_name(keys, verdict.bearing.unit)):
            verdict = Verdict(doubt=other)
        if verdict.bearing is None and not any(
            b.sign in EXACT for b in bearings if hints.fits_region(b.unit)
        ):
            known = {bearing.unit.pk for bearing in bearings}
            bearings += [b for b in self.names.alike(keys, hints.oblast) if b.unit.pk not in known]
        candidates = ranked(bearings, hints, first=verdict.bearing)
        doubt = verdict.doubt if candidates else _("No Ukrainian place of this name is known.")
        return PartyMatch(party, candidates, verdict.bearing is not None, doubt)

    def held_against(self, found: PartyMatch, title: str, named: Iterable[PartyMatch] = ()) -> PartyMatch:
        """The match as it stands after the title of the agreement was read.

        :param named: the parties that the title names.
        """
        if not title or not found.certain:
            return found
        unit = self.places.units[found.candidates[0].place]
        if unit.level not in (Level.HROMADA, Level.SPECIAL_CITY):
            return found
        doubt = doubt_about_hromada(title, unit, self.places) or self._other_party(unit, list(named))
        if doubt is None:
            return found
        meant = [self.places.by_code[code] for code in doubt.candidates if code in self.places.by_code]
        if meant:
            # The first is the likeliest oblast; within and beyond it the larger come first.
            likeliest = meant[0].oblast
            meant.sort(key=lambda one: (one.oblast != likeliest, -(one.population or 0)))
        by_title = units_ranked(meant, _("The title of the agreement may mean it."), points=90)
        kept = {candidate.place for candidate in by_title}
        by_cells = tuple(
            replace(candidate, points=min(candidate.points, 80))
            for candidate in found.candidates
            if candidate.place not in kept
        )
        return PartyMatch(found.party, (by_title + by_cells)[:MAX_CANDIDATES], False, doubt.reason)

    def _other_party(self, unit: Unit, named: list[PartyMatch]) -> Doubt | None:
        """A doubt where the title surely names other parties, and nowhere this one."""
        known = {candidate.place for party in named for candidate in party.candidates}
        sure = tuple(party.candidates[0].code for party in named if party.certain)
        if not sure or unit.pk in known:
            return None
        return Doubt(_("The title names another Ukrainian party than the row."), sure)

    def _hints(self, party: PartyReading, unit: str) -> Hints:
        oblast = self.regions.oblast(party.oblast) if party.oblast.strip() else None
        raions = self.regions.raions(party.raion, oblast) if party.raion.strip() else []
        return Hints(
            oblast=oblast,
            unread_oblast=party.oblast.strip() if oblast is None else "",
            # A raion that is none of today's says nothing: they were redrawn in 2020.
            raions=frozenset(raion.pk for raion in raions),
            unit=unit,
            places=self.places,
        )

    def _judge(self, bearings: list[Bearing], keys: list[str], hints: Hints) -> Verdict:
        """Weighs those that bear the name: exact names, then villages, then other spellings."""
        if not bearings:
            return Verdict(doubt=_("No hromada bears exactly this name."))
        if hints.unread_oblast:
            text = {"oblast": hints.unread_oblast[:80]}
            return Verdict(doubt=_("It is not clear which oblast “%(oblast)s” is.") % text)
        inside = [bearing for bearing in bearings if hints.fits_region(bearing.unit)]
        if not inside:
            return Verdict(
                doubt=_("The name is that of a place in another oblast or raion than the row says.")
            )
        exact = [bearing for bearing in inside if bearing.sign in EXACT]
        fitting = [bearing for bearing in exact if hints.fits_unit(bearing)]
        villages = [b for b in inside if b.sign == Sign.SETTLEMENT and hints.fits_unit(b)]
        if exact and not fitting:
            return Verdict(doubt=_("The hromada of this name is of another kind than the row says."))
        if len(fitting) > 1:
            return Verdict(
                doubt=_("Several hromadas bear this name, and nothing in the row says which is meant.")
            )
        if fitting:
            return self._one_hromada(fitting[0], villages, hints)
        if any(bearing.sign in EXACT for bearing in bearings):
            return Verdict(
                doubt=_("A hromada of this name lies in another oblast or raion than the row says.")
            )
        return self._one_settlement(villages, hints) if villages else self._one_spelling(inside, keys, hints)

    def _one_hromada(self, bearing: Bearing, villages: list[Bearing], hints: Hints) -> Verdict:
        """Where villages of others have the name as well: a town of the region, or a large city."""
        if not villages or hints.unit == "hromada":
            return Verdict(bearing)
        as_known = hints.unit not in ("village", "settlement") and bearing.sign != Sign.FORMER
        if as_known and (
            _is_large(bearing.unit) or (hints.has_region and bearing.unit.category != "village")
        ):
            return Verdict(bearing)
        return Verdict(doubt=_("A hromada and villages of other hromadas bear this name."))

    def _one_settlement(self, villages: list[Bearing], hints: Hints) -> Verdict:
        if len(villages) > 1:
            return Verdict(
                doubt=_("Several villages bear this name, and nothing in the row says which is meant.")
            )
        if hints.unit == "hromada":
            return Verdict(doubt=_("Only a village bears this name, not a hromada."))
        if not hints.has_region and hints.unit not in ("village", "settlement"):
            return Verdict(doubt=_("Only a village bears this name, and the row does not say where it lies."))
        if villages[0].unit.level != Level.HROMADA:
            return Verdict(doubt=_("The settlement of this name belongs to no hromada."))
        return Verdict(villages[0])

    def _one_spelling(self, inside: list[Bearing], keys: list[str], hints: Hints) -> Verdict:
        """No name fits exactly: another spelling counts where it is the only one and the region fits."""
        spelled = [bearing for bearing in inside if bearing.sign == Sign.SPELLING]
        heard = [bearing for bearing in inside if bearing.sign == Sign.SOUND]
        if len(spelled) == 1 and not heard and hints.fits_unit(spelled[0]):
            if hints.has_region or (len(inside) == 1 and _is_large(spelled[0].unit)):
                return Verdict(spelled[0])
            return Verdict(
                doubt=_("The name is known only in another spelling, and the row does not say where.")
            )
        telling = all(
            len(key) >= TELLING_LENGTH for name in keys for key in (compact(name), *sound_keys(name))
        )
        alone = inside[0] if len(inside) == 1 else None
        if alone and alone.sign == Sign.SOUND and telling and hints.oblast and hints.fits_unit(alone):
            return Verdict(alone)
        return Verdict(doubt=_("No hromada bears exactly this name."))

    def _other_name(self, keys: list[str], chosen: Unit) -> str:
        """A doubt where another name in the row (a source's own spelling) is that of other hromadas only."""
        for key in keys[1:]:
            called = self.names.bearing([key])
            others = [bearing for bearing in called if bearing.sign in (*EXACT, Sign.SPELLING)]
            if others and all(bearing.unit.pk != chosen.pk for bearing in called):
                return _("The row also writes “%(name)s”, which is the name of another place.") % {
                    "name": key
                }
        return ""

    def _by_code(self, party: PartyReading, unit: str, hints: Hints) -> PartyMatch:
        """With a code, name and oblast have to agree with it; what they say otherwise are the candidates."""
        keys = name_keys(party)
        coded = self.places.by_code.get(party.code)
        if coded is None:
            reason = (
                _("The codifier has no code %(code)s.")
                if _CODE.match(party.code)
                else _("“%(code)s” is not a KATOTTG code.")
            ) % {"code": party.code[:30]}
            return self._doubtful(party, reason, keys, hints)
        meant = self.names.hromada_of(coded)
        if unit in LARGER and coded.level != LARGER[unit]:
            larger = self._larger_unit(party, unit, hints)
            reason = _("The row names a larger unit, the code is that of a hromada.")
            return PartyMatch(
                party,
                larger.candidates or units_ranked([meant], _("The code is that of this place.")),
                False,
                reason,
            )
        if keys and not self._is_called(coded, meant, keys):
            reason = _("The code belongs to a place of another name than “%(text)s”.")
            return self._doubtful(party, reason % {"text": party.text[:80]}, keys, hints, meant)
        if hints.unread_oblast or (hints.oblast and hints.oblast != meant.oblast):
            reason = _("The code belongs to a place in another oblast than “%(oblast)s”.")
            return self._doubtful(party, reason % {"oblast": party.oblast[:80]}, keys, hints, meant)
        if other := self._other_name(keys, meant):
            return self._doubtful(party, other, keys, hints, meant)
        reasons = [_("The code is that of this place.")]
        reasons += [_("The name fits.")] if keys else []
        reasons += [_("The oblast fits.")] if hints.oblast else []
        return PartyMatch(party, units_ranked([meant], *reasons, points=100), True)

    def _is_called(self, coded: Unit, meant: Unit, keys: list[str]) -> bool:
        """Whether one of the names is that of the place with the code, in whatever spelling."""
        known = coded.names | coded.spellings | meant.names | meant.spellings
        if known & set(keys):
            return True
        heard = {sound for name in coded.names | meant.names for sound in (compact(name), *sound_keys(name))}
        return any(
            len(sound) >= SHORTEST_SOUND and sound in heard
            for key in keys
            for sound in (compact(key), *sound_keys(key))
        )

    def _doubtful(
        self, party: PartyReading, reason: str, keys: list[str], hints: Hints, coded: Unit | None = None
    ) -> PartyMatch:
        bearings = self.names.bearing(keys) or self.names.alike(keys, hints.oblast)
        candidates = ranked(bearings, hints)
        if coded is not None and coded.pk not in {candidate.place for candidate in candidates}:
            candidates = (
                *candidates[:8],
                *units_ranked([coded], _("The code is that of this place."), points=20),
            )
        return PartyMatch(party, tuple(sorted(candidates, key=lambda one: -one.points)), False, reason)

    def _larger_unit(self, party: PartyReading, unit: str, hints: Hints) -> PartyMatch:
        """Oblasts, raions and city districts, which are no hromadas."""
        if unit == "oblast":
            return self._oblast(party, hints)
        if unit == "raion":
            return self._raion(party, hints)
        found = self._city_district(party, hints)
        if isinstance(found, Found):
            units = [self.places.units[pk] for pk in found.places]
            return PartyMatch(party, units_ranked(units, _("The name is that of the city's district.")), True)
        meant = [self.places.by_code[code] for code in found.candidates if code in self.places.by_code]
        return PartyMatch(party, units_ranked(meant, _("The name fits."), points=50), False, found.reason)

    def _oblast(self, party: PartyReading, hints: Hints) -> PartyMatch:
        for text in (*party.names, party.text, party.oblast):
            oblast = self.regions.oblast(f"{text} область") if text.strip() else None
            if oblast is None:
                continue
            unit = self.places.units[oblast]
            found = units_ranked([unit], _("The row names the oblast itself."), points=95)
            if hints.oblast not in (None, oblast):
                return PartyMatch(party, found, False, _("The row names two oblasts."))
            cities = self.names.bearing(name_keys(party)[:1])
            if not self.regions.says_oblast(party.text, unit) and any(one.sign in EXACT for one in cities):
                reason = _("The row names an oblast and also the city that it is called after.")
                return PartyMatch(party, found + self._below(found, cities, hints), False, reason)
            return PartyMatch(party, found, True)
        return PartyMatch(party, doubt=_("It is not clear which oblast is meant."))

    @staticmethod
    def _below(found: tuple[Candidate, ...], bearings: list[Bearing], hints: Hints) -> tuple[Candidate, ...]:
        """The hromadas as candidates behind the larger unit."""
        most = found[-1].points - 1
        behind = ranked(bearings, replace(hints, unit=""))
        return tuple(replace(one, points=min(one.points, most)) for one in behind)[: MAX_CANDIDATES - 1]

    def _raion(self, party: PartyReading, hints: Hints) -> PartyMatch:
        texts = [text for text in (*party.names, party.text, party.raion) if text.strip()]
        for by_town in (False, True):
            for text in texts:
                raions = self.regions.raions(text, hints.oblast, by_town=by_town)
                if not raions:
                    continue
                certain = len(raions) == 1 and hints.oblast is not None and not by_town
                doubt = "" if certain else _("Raions were redrawn in 2020, and the row may mean the old one.")
                candidates = units_ranked(raions, _("The raion of today has this name."), points=70)
                return PartyMatch(party, candidates, certain, doubt)
        reason = _("There is no such raion today; raions were redrawn in 2020.")
        return PartyMatch(party, ranked(self.names.bearing(name_keys(party)), hints), False, reason)

    def _city_district(self, party: PartyReading, hints: Hints) -> Found | Doubt:
        of_city = [f"{name} район міста {party.city}" for name in party.names if party.city]
        for text in (party.text, *party.names, *of_city):
            found = self.places.find(UkrainianCell("", text))
            if isinstance(found, Found):
                return found
        units = [u for key in name_keys(party) for u in self.places.by_name.get(key, ())]
        districts = [unit for unit in units if unit.level == Level.CITY_DISTRICT]
        inside = [unit for unit in districts if hints.oblast is None or unit.oblast == hints.oblast]
        codes = tuple(dict.fromkeys(unit.code for unit in inside or districts))
        if len(codes) == 1 and hints.oblast is not None and inside:
            return Found((inside[0].pk,))
        if not codes:
            return Doubt(_("No district of a city has this name."))
        return Doubt(_("The row does not say whose district is meant."), codes[:MAX_CANDIDATES])


def _is_large(unit: Unit) -> bool:
    return unit.level == Level.SPECIAL_CITY or (
        unit.category == "city" and (unit.population or 0) >= LARGE_CITY
    )
