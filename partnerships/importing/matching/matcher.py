"""The matcher: all places in memory, one answer for each row."""

from dataclasses import replace
from pathlib import Path

from partnerships.importing.matching.abroad import ForeignNames
from partnerships.importing.matching.foreign import ForeignMatcher
from partnerships.importing.matching.ukrainian import UkrainianMatcher
from partnerships.importing.rows import Match, PartyMatch, PartyReading, Reading
from partnerships.loading.foreign import GAZETTEER, ForeignPlaces
from partnerships.loading.ukrainian import UkrainianPlaces

#: How many different parties are remembered; a list of 25,000 rows names fewer.
REMEMBERED = 50_000


class Matcher:
    """Says for each party of a row which places it may be, and whether one of them is certain."""

    def __init__(self, ukrainian: UkrainianMatcher, foreign: ForeignMatcher) -> None:
        self.ukrainian, self.foreign = ukrainian, foreign
        self._known: dict[tuple[str, PartyReading], PartyMatch] = {}

    @classmethod
    def load(
        cls, *, settled: bool = True, leave_out: frozenset[str] = frozenset(), gazetteer: Path = GAZETTEER
    ) -> "Matcher":
        """Reads all places. For measurements:

        :param settled: use the settled spellings of the sources.
        :param leave_out: sources whose Ukrainian names of foreign places are not used.
        """
        foreign = ForeignMatcher(ForeignPlaces.load(gazetteer), ForeignNames.load(leave_out), settled)
        return cls(UkrainianMatcher(UkrainianPlaces.load()), foreign)

    def match(self, reading: Reading) -> Match:
        """One entry for each party of the row, in its order. What the title says can only cast doubt."""
        title = reading.title
        named = [self._of(party, "ua") for party in reading.title_ukrainian]
        ukrainian = [
            self.ukrainian.held_against(self._of(party, "ua"), title, named) for party in reading.ukrainian
        ]
        foreign = [
            self.foreign.held_against(self._of(party, "foreign"), title, reading.title_cut)
            for party in reading.foreign
        ]
        return Match(tuple(ukrainian), tuple(foreign))

    def _of(self, party: PartyReading, side: str) -> PartyMatch:
        # The body that acts for a place does not change which place it is.
        key = (side, replace(party, body="", body_kind=""))
        if key not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self.ukrainian.match(party) if side == "ua" else self.foreign.match(party)
            self._known[key] = found
        return replace(self._known[key], party=party)
