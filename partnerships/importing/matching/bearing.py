"""Which Ukrainian places bear a name, and by what right: their own name, their centre's, a former one …"""

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import IntEnum

from rapidfuzz import fuzz, process

from partnerships.importing.matching.sounds import sound_keys
from partnerships.importing.matching.spellings import compact
from partnerships.loading.ukrainian import UkrainianPlaces, Unit
from places.enums import Level

#: How alike a mistyped name must be to be worth showing (0 to 100).
WORTH_SHOWING = 72
_HROMADA_LEVELS = (Level.HROMADA, Level.SPECIAL_CITY)


class Sign(IntEnum):
    """What connects a name with a hromada, the strongest first."""

    OWN = 0
    CENTRE = 1
    FORMER = 2
    #: A settlement of the hromada that is not its centre bears the name.
    SETTLEMENT = 3
    #: The name in another spelling or language that is on record.
    SPELLING = 4
    #: Only hyphens, spaces or apostrophes differ, or the name sounds the same.
    SOUND = 5
    SETTLEMENT_SOUND = 6
    #: A few letters differ.
    LIKE = 7


#: The name itself, of the hromada as a whole.
EXACT = (Sign.OWN, Sign.CENTRE, Sign.FORMER)
OF_A_SETTLEMENT = (Sign.SETTLEMENT, Sign.SETTLEMENT_SOUND)


@dataclass(frozen=True, slots=True)
class Bearing:
    """A hromada (or Kyiv, Sevastopol) that a name leads to."""

    unit: Unit
    sign: Sign
    #: Which of the party's names it was, from 0, the likeliest.
    name: int = 0
    #: Those that bear the name, where settlements lead to the hromada.
    settlements: tuple[Unit, ...] = ()
    likeness: int = 100


class Names:
    """All that Ukrainian places are called, each name leading to hromadas."""

    def __init__(self, places: UkrainianPlaces) -> None:
        self.places = places
        self._spellings: dict[str, list[Unit]] = defaultdict(list)
        self._sounds: dict[str, list[Unit]] = defaultdict(list)
        #: Names of hromadas by oblast, for mistyped ones.
        self._of_hromadas: dict[int | None, dict[str, list[Unit]]] = defaultdict(lambda: defaultdict(list))
        for unit in places.units.values():
            if unit.level not in (*_HROMADA_LEVELS, Level.SETTLEMENT):
                continue
            for spelling in unit.spellings:
                self._spellings[spelling].append(unit)
            keys = {key for name in unit.names for key in (compact(name), *sound_keys(name))}
            for key in keys:
                self._sounds[key].append(unit)
            if unit.level in _HROMADA_LEVELS:
                for name in unit.names:
                    self._of_hromadas[unit.oblast][name].append(unit)

    def bearing(self, keys: list[str]) -> list[Bearing]:
        """Every hromada that one of the names leads to, each once by its strongest sign."""
        best: dict[int, Bearing] = {}
        for number, key in enumerate(keys):
            for found in (*self._exactly(key), *self._otherwise(key)):
                bearing = replace(found, name=number)
                known = best.get(bearing.unit.pk)
                if known is None or (bearing.sign, bearing.name) < (known.sign, known.name):
                    best[bearing.unit.pk] = bearing
                elif (bearing.sign, bearing.name) == (known.sign, known.name):
                    settlements = tuple(
                        {one.pk: one for one in known.settlements + bearing.settlements}.values()
                    )
                    best[bearing.unit.pk] = replace(known, settlements=settlements)
        return list(best.values())

    def alike(self, keys: list[str], oblast: int | None) -> list[Bearing]:
        """Hromadas, of the oblast if one is known, whose names differ by a few letters."""
        pools = (
            [self._of_hromadas[oblast]] if oblast in self._of_hromadas else list(self._of_hromadas.values())
        )
        best: dict[int, Bearing] = {}
        for number, key in enumerate(keys):
            for pool in pools:
                near = process.extract(
                    key, pool.keys(), scorer=fuzz.ratio, score_cutoff=WORTH_SHOWING, limit=9
                )
                for name, likeness, _place in near:
                    for unit in pool[name]:
                        known = best.get(unit.pk)
                        if known is None or known.likeness < likeness:
                            best[unit.pk] = Bearing(unit, Sign.LIKE, number, likeness=int(likeness))
        return sorted(best.values(), key=lambda bearing: (-bearing.likeness, bearing.unit.code))[:9]

    def hromada_of(self, unit: Unit) -> Unit:
        """The hromada that a settlement leads to; any other place is what it is."""
        parent = self.places.units.get(unit.parent) if unit.parent else None
        return (
            parent if unit.level == Level.SETTLEMENT and parent and parent.level in _HROMADA_LEVELS else unit
        )

    def _exactly(self, key: str) -> list[Bearing]:
        found = []
        for unit in self.places.by_name.get(key, ()):
            if unit.level in _HROMADA_LEVELS:
                found.append(Bearing(unit, self._right_to(unit, key)))
            elif unit.level == Level.SETTLEMENT:
                found.append(self._lifted(unit, Sign.SETTLEMENT))
        return found

    def _otherwise(self, key: str) -> list[Bearing]:
        found = [
            self._lifted(unit, Sign.SPELLING)
            for unit in self._spellings.get(key, ())
            if unit.level in _HROMADA_LEVELS or self._is_centre(unit)
        ]
        found += [
            self._lifted(unit, Sign.SETTLEMENT_SOUND)
            for unit in self._spellings.get(key, ())
            if unit.level == Level.SETTLEMENT and not self._is_centre(unit)
        ]
        for sound in dict.fromkeys((compact(key), *sound_keys(key))):
            for unit in self._sounds.get(sound, ()):
                whole = unit.level in _HROMADA_LEVELS or self._is_centre(unit)
                found.append(self._lifted(unit, Sign.SOUND if whole else Sign.SETTLEMENT_SOUND))
        return found

    def _right_to(self, unit: Unit, key: str) -> Sign:
        centre = self.places.units.get(unit.centre) if unit.centre else None
        if centre and key in centre.names:
            return Sign.FORMER if key in centre.former else Sign.CENTRE
        return Sign.FORMER if key in unit.former else Sign.OWN

    def _is_centre(self, unit: Unit) -> bool:
        return self.hromada_of(unit).centre == unit.pk

    def _lifted(self, unit: Unit, sign: Sign) -> Bearing:
        hromada = self.hromada_of(unit)
        aside = unit.level == Level.SETTLEMENT and hromada.centre != unit.pk
        return Bearing(hromada, sign, settlements=(unit,) if aside else ())
