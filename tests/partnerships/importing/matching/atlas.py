"""A small Ukraine, and a few places abroad, in memory: real names with made-up codes, no database."""

from itertools import count

from partnerships.importing.matching.abroad import ForeignNames, ForeignPlace
from partnerships.importing.matching.foreign import ForeignMatcher
from partnerships.importing.matching.matcher import Matcher
from partnerships.importing.matching.ukrainian import UkrainianMatcher
from partnerships.importing.rows import PartyMatch, PartyReading, Reading
from partnerships.loading.foreign import ForeignPlaces
from partnerships.loading.ukrainian import UkrainianPlaces, Unit
from places.spelling import match_key
from places.transliteration import transliterate


class Atlas:
    """Makes units and names them as the gazetteer does, in Ukrainian and by Resolution 55."""

    def __init__(self) -> None:
        self.units: dict[int, Unit] = {}
        self.abroad: list[ForeignPlace] = []
        self.texts: dict[int, list[str]] = {}
        self.settled: list[tuple[str, str, str]] = []
        self.left_open: list[tuple[str, str, str]] = []
        self._numbers = count(1)

    def unit(self, level: str, name: str, parent: Unit | None = None, category: str = "") -> Unit:
        number = next(self._numbers)
        above = parent.oblast if parent else None
        oblast = number if level in ("oblast", "special_city") else above
        made = Unit(number, level, f"UA99{number:015d}", category, parent.pk if parent else None, oblast)
        made.names = {match_key(name), match_key(transliterate(name))}
        self.units[number] = made
        return made

    def hromada(
        self, name: str, centre: str, raion: Unit, category: str = "city", *, people: int = 9_000
    ) -> Unit:
        made = self.unit("hromada", name, raion, category)
        middle = self.unit("settlement", centre, made, category)
        made.centre, made.population = middle.pk, people
        made.names |= middle.names
        return made

    def village(self, name: str, hromada: Unit) -> Unit:
        return self.unit("settlement", name, hromada, "village")

    def foreign(
        self,
        country: str,
        slug: str,
        *names: str,
        region: str = "",
        level: str = "municipality",
        people: int = 0,
    ) -> ForeignPlace:
        number = next(self._numbers)
        made = ForeignPlace(number, country, f"{country.lower()}/{slug}", level, region, people)
        made.names = {match_key(name) for name in names}
        made.is_commune = names[0].startswith("Gmina ")
        self.abroad.append(made)
        self.texts[number] = list(names)
        return made

    def matcher(self) -> Matcher:
        slugs = {place.pk: place.slug for place in self.abroad}
        levels = {place.pk: place.level for place in self.abroad}
        known = ForeignPlaces(slugs, levels, [], self.settled, self.left_open)
        countries = {"DE": {"німеччина", "germany"}, "PL": {"польща", "poland"}}
        names = ForeignNames(self.abroad, self.texts, countries)
        ukrainian = UkrainianPlaces(self.units.values(), {})
        return Matcher(UkrainianMatcher(ukrainian), ForeignMatcher(known, names))


def ukrainian(matcher: Matcher, *names: str, title: str = "", text: str = "", **cells: str) -> PartyMatch:
    """What becomes of a Ukrainian party of these names."""
    party = PartyReading(text or (names[0] if names else ""), names, **cells)
    return matcher.match(Reading(ukrainian=(party,), title=title)).ukrainian[0]


def foreign(matcher: Matcher, text: str, country: str = "", *, title: str = "", **cells: str) -> PartyMatch:
    """What becomes of a foreign party of this cell."""
    party = PartyReading(text, (text,), country=country, **cells)
    return matcher.match(Reading(foreign=(party,), title=title)).foreign[0]


def codes(found: PartyMatch) -> list[str]:
    return [candidate.code for candidate in found.candidates]
