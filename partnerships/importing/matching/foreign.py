"""Which foreign place a party is: a spelling that has been settled, else a name in the row's country.

The gazetteer holds only places that have had to do with Ukraine, so a name that it knows once may be borne by
others that it does not know: what the row says beside the name (region, kind of unit) must not speak against
it, and a name that is only similar is never certain.
"""

import math
from dataclasses import replace

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from partnerships.importing.matching.abroad import (
    STATE_NEEDED,
    ForeignNames,
    ForeignPlace,
    foreign_keys,
    is_only_beginning,
    names_city,
    names_commune,
    names_region,
    region_fits,
    unread_tail,
)
from partnerships.importing.matching.candidates import MAX_CANDIDATES
from partnerships.importing.matching.sounds import foreign_sound
from partnerships.importing.rows import Candidate, PartyMatch, PartyReading
from partnerships.loading.foreign import ForeignPlaces
from partnerships.loading.register_titles import doubt_about_partner
from places.enums import Level
from places.spelling import clean_spelling, match_key, without_type

#: People of a city that is meant by its name alone, where the row gives no country or no state.
LARGE_CITY = 200_000
#: A place of fewer people is no town beside which Poland has a rural commune of the same name.
VILLAGE = 2_000
WORTH_SHOWING = 62
#: In another country than the row's only names that are almost the same are worth showing.
ALMOST_THE_SAME = 92


class ForeignMatcher:
    """Finds foreign parties among the places of the gazetteer."""

    def __init__(self, places: ForeignPlaces, names: ForeignNames, settled: bool = True) -> None:
        """:param settled: use what people have settled about spellings of the sources."""
        self.places, self.names, self.settled = places, names, settled
        # «Гміна Хмельник» was left open, so «Хмельник» is no clearer.
        self.left_open = {(iso2, match_key(without_type(text))) for iso2, text in places.unsettled}

    def match(self, party: PartyReading) -> PartyMatch:
        """The places that the party may be, without what the row's title says."""
        if not party.text.strip() and not party.names:
            return PartyMatch(party, doubt=_("The row names no foreign place."))
        if self.settled and (settled := self._settled(party)):
            return settled
        keys = foreign_keys(party)
        exact = [self.names.places[pk] for pk in self.names.called(party.country, keys)]
        whole = self.names.called(party.country, [match_key(party.text)])
        # The whole text may be a name («Гміна Грубешів») whose last word is that of another place.
        meant = [self.names.places[pk] for pk in whole] if len(whole) == 1 else exact
        doubt = self._doubt(party, meant, keys)
        if not doubt:
            found = self._candidate(meant[0], party, keys, certain=True)
            return PartyMatch(party, (found,), True)
        return PartyMatch(party, self._open(party), False, doubt)

    def _open(self, party: PartyReading) -> tuple[Candidate, ...]:
        """Whoever may be meant, by name and by sound."""
        keys = foreign_keys(party)
        exact = self.names.called(party.country, keys)
        candidates = [self._candidate(self.names.places[pk], party, keys) for pk in exact]
        candidates += self._alike(party, set(exact))
        candidates.sort(key=lambda one: (-one.points, one.code))
        return tuple(candidates[:MAX_CANDIDATES])

    def held_against(self, found: PartyMatch, title: str, cut: bool) -> PartyMatch:
        """The match as it stands after the title of the agreement was read."""
        if not title or not found.certain:
            return found
        place = self.names.places[found.candidates[0].place]
        partner = found.party.text or " ".join(found.party.names[:1])
        doubt = doubt_about_partner(title, cut, partner, place.level == Level.REGION)
        return PartyMatch(found.party, found.candidates, False, doubt.reason) if doubt else found

    def _settled(self, party: PartyReading) -> PartyMatch | None:
        """What the gazetteer's builders have settled about this spelling, for certain or as open."""
        for text in (party.text, *party.names[:1]):
            key = (party.country, clean_spelling(text))
            if key in self.places.unsettled or (key[0], match_key(without_type(text))) in self.left_open:
                reason = _("It is not certain which place is meant by “%(place)s”.") % {"place": key[1][:80]}
                return PartyMatch(party, self._open(party), False, reason)
            meant = [self.names.places[pk] for pk in dict.fromkeys(self.places.settled.get(key, ()))]
            if not meant:
                continue
            reasons = (_("It has been settled what this spelling means."),)
            found = tuple(Candidate(one.pk, one.slug, 100 - n, reasons) for n, one in enumerate(meant))
            if len(meant) > 1:
                return PartyMatch(
                    party, found[:MAX_CANDIDATES], False, _("The cell names several places at once.")
                )
            if not self._is_placed(party, meant[0]):
                return PartyMatch(party, found, False, self._no_state())
            if party.country and meant[0].country != party.country:
                return PartyMatch(
                    party, found, False, _("The place lies in another country than the row says.")
                )
            if (commune := self._commune_beside(party, text)) and commune.pk not in self._keys_of(found):
                better = self._candidate(commune, party, foreign_keys(party))
                found = tuple(replace(one, points=min(one.points, better.points)) for one in found)
                reason = _("The row names a commune, the place may be the town in the middle of it.")
                return PartyMatch(party, (better, *found), False, reason)
            return PartyMatch(party, found, True)
        return None

    @staticmethod
    def _keys_of(candidates: tuple[Candidate, ...]) -> set[int]:
        return {candidate.place for candidate in candidates}

    def _commune_beside(self, party: PartyReading, text: str) -> ForeignPlace | None:
        """The rural commune of the name that the row gives, where the gazetteer has one beside the town."""
        if not names_commune(party):
            return None
        keys = [match_key(f"{word} {without_type(text)}") for word in ("гміна", "gmina")]
        communes = [self.names.places[pk] for pk in self.names.called(party.country, keys)]
        return communes[0] if len(communes) == 1 and communes[0].is_commune else None

    def _doubt(self, party: PartyReading, exact: list[ForeignPlace], keys: list[str]) -> str:
        """Why no place is certain; empty where one alone has the name and nothing speaks against it."""
        place = {"place": (party.text or " ".join(party.names))[:80]}
        if not exact:
            return _("The foreign place “%(place)s” is not in the gazetteer.") % place
        if len(exact) > 1:
            return _("Several places may be meant by “%(place)s”.") % place
        only = exact[0]
        if (only.level == Level.REGION) != names_region(party):
            return _("The row names another kind of unit than the place is.")
        if region_fits(party, only, self.names) is False:
            return _("The place lies in another region than the row says.")
        if only.city and not names_city(party, only.city):
            return _("The place known by this name is a part of a city, and the row does not name the city.")
        if is_only_beginning(only, keys):
            return _("The name is only the beginning of the place's, and other places may bear it.")
        if tail := unread_tail(party, only, self.names):
            return _("It is not clear what “%(tail)s” says about the place.") % {"tail": tail[:80]}
        if not party.country and not (only.population >= LARGE_CITY and only.names & set(keys)):
            return _("The row names no country, and other countries may have a place of this name.")
        if not self._is_placed(party, only):
            return self._no_state()
        if names_commune(party) and not only.is_commune and only.population >= VILLAGE:
            return _("The row names a commune, the place may be the town in the middle of it.")
        return ""

    @staticmethod
    def _no_state() -> str:
        return _("The row names no state or province, and other places bear this name.")

    def _is_placed(self, party: PartyReading, place: ForeignPlace) -> bool:
        """Whether the row says in which state the place lies, where a name without a state says nothing."""
        if place.country not in STATE_NEEDED or place.level == Level.REGION:
            return True
        return place.population >= LARGE_CITY or bool(region_fits(party, place, self.names))

    def _candidate(
        self,
        place: ForeignPlace,
        party: PartyReading,
        keys: list[str],
        certain: bool = False,
        points: int = 0,
    ) -> Candidate:
        main = bool(place.names & set(keys))
        score = points or (70 if main else 58)
        reasons = [_("The name fits.") if main else _("The name is on record as another spelling.")]
        if points:
            reasons = [_("The name sounds alike.")]
        if party.country:
            fits = place.country == party.country
            score += 15 if fits else -15
            reasons.append(_("The country fits.") if fits else _("Another country than the row says."))
        elif certain:
            reasons.append(_("It is a large city, and no other place known here bears the name."))
        in_region = region_fits(party, place, self.names)
        if in_region is not None:
            score += 10 if in_region else -15
            reasons.append(_("The region fits.") if in_region else _("Another region than the row says."))
        if (place.level == Level.REGION) != names_region(party):
            score -= 8
        if names_commune(party) == place.is_commune:
            score += 2
        score += round(math.log10(place.population)) if place.population > 1 else 0
        return Candidate(place.pk, place.slug, 100 if certain else max(min(score, 99), 0), tuple(reasons))

    def _alike(self, party: PartyReading, without: set[int]) -> list[Candidate]:
        """Places that sound like the party: in the row's country, or almost the same elsewhere."""
        texts = dict.fromkeys(without_type(text) for text in (*party.names, party.text) if text.strip())
        best: dict[int, float] = {}
        for text in texts:
            for country, pool in self.names.sounds.items():
                own = country == party.country
                sounds = [sound for sound, _pk in pool]
                near = process.extract(
                    foreign_sound(text, country),
                    sounds,
                    scorer=fuzz.ratio,
                    score_cutoff=WORTH_SHOWING if own or not party.country else ALMOST_THE_SAME,
                    limit=MAX_CANDIDATES * 2,
                )
                for _sound, likeness, at in near:
                    pk = pool[at][1]
                    if pk not in without:
                        best[pk] = max(best.get(pk, 0), likeness)
        ranked = sorted(best.items(), key=lambda one: (-one[1], one[0]))[: 2 * MAX_CANDIDATES]
        found = [
            self._candidate(self.names.places[pk], party, [], points=max(round(likeness * 0.6), 1))
            for pk, likeness in ranked
        ]
        return sorted(found, key=lambda one: (-one.points, one.code))[:MAX_CANDIDATES]
