"""Which Ukrainian place a row means. A name alone never decides: code, name and oblast have to agree."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from partnerships.loading.verdicts import Doubt, Found
from places.enums import CodeScheme, Level, NameKind
from places.models import KATOTTG_PATTERN, Place, PlaceCode, PlaceName
from places.spelling import match_key

MAX_CANDIDATES = 9
_CODE = re.compile(KATOTTG_PATTERN)
_OBLAST_WORD = re.compile(r"\s*(?:область|обл\.?|oblast|region|\((?:city|stadt|місто)\))\s*$", re.IGNORECASE)
_CATEGORY_WORD = re.compile(
    r"\s+(?:міська|селищна|сільська)(?:\s+(?:територіальна\s+)?громада)?\s*$", re.IGNORECASE
)
#: «Печерський район міста Києва», “Pecherskyi (Kyiv)”, “Pecherskyi district (Kyiv)”.
_CITY_DISTRICT = re.compile(
    r"^(?P<name>.+?)\s+(?:район\s+(?:міста|м\.)\s*(?P<uk>\S.*)|(?:district\s+)?\((?P<en>[^()]+)\))$"
)
_RAION = re.compile(r"^(?P<name>.+?)\s+(?:район|raion)$", re.IGNORECASE)
_OBLAST = re.compile(r"^(?P<name>.+?)\s+(?:область|oblast)$", re.IGNORECASE)
#: How a source marks that it means the oblast or the raion, not the city of the same name.
_LARGER_UNIT = re.compile(r"\((?:oblast|rajon|raion|район|область)\)|,\s*rajon\b", re.IGNORECASE)


@dataclass(slots=True)
class Unit:
    """A Ukrainian place with everything that sources may call it, as keys of spellings."""

    pk: int
    level: str
    code: str
    category: str
    parent: int | None
    oblast: int | None
    #: Today's and former names; for a hromada its centre's as well.
    names: set[str] = field(default_factory=set)
    #: Those of the names that it bears no more.
    former: set[str] = field(default_factory=set)
    #: Names in other spellings and languages: they confirm a code, but find nothing by themselves.
    spellings: set[str] = field(default_factory=set)
    #: Key of the settlement that a hromada is led from.
    centre: int | None = None
    #: People of 2022, where known.
    population: int | None = None


@dataclass(frozen=True, slots=True)
class UkrainianCell:
    """The cells of a row that say which Ukrainian place is meant."""

    code: str
    text: str
    text_en: str = ""
    oblast: str = ""
    #: As the source itself writes it, with a mark for an oblast or a raion.
    source_text: str = ""

    @property
    def keys(self) -> set[str]:
        return {match_key(_CATEGORY_WORD.sub("", text)) for text in (self.text, self.text_en) if text.strip()}


def shared_beginning(one: str, other: str) -> int:
    """How many letters two words have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


class UkrainianPlaces:
    """All Ukrainian places, by code and by name."""

    def __init__(self, units: Iterable[Unit], former_codes: dict[str, int]) -> None:
        self.units = {unit.pk: unit for unit in units}
        self.by_code = {unit.code: unit for unit in self.units.values()}
        self.by_code |= {code: self.units[pk] for code, pk in former_codes.items() if pk in self.units}
        self.by_name: dict[str, list[Unit]] = defaultdict(list)
        self.oblasts: dict[str, int] = {}
        for unit in self.units.values():
            for name in unit.names:
                self.by_name[name].append(unit)
            if unit.level in (Level.OBLAST, Level.SPECIAL_CITY):
                self.oblasts |= dict.fromkeys(unit.names, unit.pk)

    @classmethod
    def load(cls) -> "UkrainianPlaces":
        units: dict[int, Unit] = {}
        centres: list[tuple[int, int]] = []
        rows = (
            Place.objects.ukrainian()
            .current()
            .values_list(
                *("pk", "level", "katottg", "category", "parent_id", "oblast_id"),
                *("centre_id", "population", "name_uk", "name_en", "name_own"),
            )
        )
        for pk, level, code, category, parent, oblast, centre, population, *names in rows:
            unit = Unit(pk, level, code or "", category, parent, oblast, population=population)
            unit.names = {match_key(name) for name in names if name}
            units[pk] = unit
            if centre and level == Level.HROMADA:
                unit.centre = centre
                centres.append((pk, centre))
        kept = (NameKind.FORMER, NameKind.OFFICIAL)
        other = PlaceName.objects.filter(place__country__iso2="UA").values_list("place_id", "kind", "text")
        for pk, kind, text in other:
            if pk in units:
                (units[pk].names if kind in kept else units[pk].spellings).add(match_key(text))
                if kind == NameKind.FORMER:
                    units[pk].former.add(match_key(text))
        for hromada, settlement in centres:
            if settlement in units:
                units[hromada].names |= units[settlement].names
                units[hromada].spellings |= units[settlement].spellings
        codes = PlaceCode.objects.filter(scheme=CodeScheme.KATOTTG, place__country__iso2="UA")
        return cls(units.values(), dict(codes.values_list("value", "place_id")))

    def find(self, cell: UkrainianCell) -> Found | Doubt:
        """The place meant, or why it is not certain."""
        if not cell.code:
            return self._by_name(cell)
        if not _CODE.match(cell.code):
            return Doubt(_("“%(code)s” is not a KATOTTG code.") % {"code": cell.code[:30]}, self._named(cell))
        unit = self.by_code.get(cell.code)
        if unit is None:
            return Doubt(_("The codifier has no code %(code)s.") % {"code": cell.code}, self._named(cell))
        if _LARGER_UNIT.search(cell.source_text) and unit.level not in (Level.OBLAST, Level.RAION):
            reason = _("The source writes “%(text)s”, the code is that of a hromada.")
            return Doubt(reason % {"text": cell.source_text[:80]}, self._larger_units(cell, unit))
        if cell.keys and not cell.keys & (unit.names | unit.spellings):
            reason = _("The code belongs to a place of another name than “%(text)s”.")
            return Doubt(
                reason % {"text": (cell.text or cell.text_en)[:80]}, self._named(cell) or (unit.code,)
            )
        if cell.oblast and self.oblast_of(cell.oblast) != unit.oblast:
            reason = _("The code belongs to a place in another oblast than “%(oblast)s”.")
            return Doubt(reason % {"oblast": cell.oblast[:80]}, self._named(cell))
        return Found((unit.pk,))

    def oblast_of(self, text: str) -> int | None:
        """The oblast (or Kyiv, Sevastopol, Crimea) that a cell names in Ukrainian or English."""
        return self.oblasts.get(match_key(_OBLAST_WORD.sub("", text)))

    def hromadas_named(self, key: str) -> list[Unit]:
        """Hromadas, Kyiv and Sevastopol that are or were called so, by themselves or by their centres."""
        wanted = (Level.HROMADA, Level.SPECIAL_CITY)
        return [unit for unit in self.by_name.get(key, []) if unit.level in wanted]

    def codes(self, units: Iterable[Unit], oblast: int | None = None) -> tuple[str, ...]:
        """Codes of candidates, those in the oblast first; a settlement stands for its hromada."""
        ranked = sorted(units, key=lambda unit: (unit.oblast != oblast, unit.code))
        codes = dict.fromkeys(self._hromada_of(unit).code for unit in ranked)
        return tuple(code for code in codes if code)[:MAX_CANDIDATES]

    def _hromada_of(self, unit: Unit) -> Unit:
        parent = self.units.get(unit.parent) if unit.parent else None
        return parent if unit.level == Level.SETTLEMENT and parent else unit

    def _named(self, cell: UkrainianCell) -> tuple[str, ...]:
        units = [unit for key in cell.keys for unit in self.by_name.get(key, [])]
        larger = [unit for unit in units if unit.level != Level.SETTLEMENT]
        return self.codes(larger or units, self.oblast_of(cell.oblast))

    def _larger_units(self, cell: UkrainianCell, unit: Unit) -> tuple[str, ...]:
        oblast = self.units.get(unit.oblast) if unit.oblast else None
        raion = self.units.get(unit.parent) if unit.parent else None
        wanted = raion if re.search("raj?on|район", cell.source_text, re.IGNORECASE) else oblast
        return tuple(one.code for one in (wanted, unit) if one is not None)

    def _by_name(self, cell: UkrainianCell) -> Found | Doubt:
        """Without a code only districts of a named city, and raions and oblasts of today, can be certain."""
        for text in (cell.text, cell.text_en):
            if (found := _CITY_DISTRICT.match(text)) and (
                district := self._city_district(found["name"], found["uk"] or found["en"] or "")
            ):
                return district
            if found := _RAION.match(text):
                return self._raion(found["name"], cell)
            if (found := _OBLAST.match(text)) and (oblast := self._oblast(found["name"])):
                return Found((oblast,))
        candidates = self._named(cell)
        if not candidates:
            return Doubt(_("No Ukrainian place of this name is known."))
        return Doubt(_("No code is given, and a name alone decides nothing."), candidates)

    def _oblast(self, name: str) -> int | None:
        """The oblast by its adjective or by the city that it is named after (“Lviv Oblast”)."""
        key = match_key(name)
        if key in self.oblasts:
            return self.oblasts[key]
        shared: dict[int, int] = defaultdict(int)
        for known, pk in self.oblasts.items():
            if self.units[pk].level == Level.OBLAST:
                shared[pk] = max(shared[pk], shared_beginning(key, known))
        longest = max(shared.values(), default=0)
        fitting = [pk for pk, length in shared.items() if length == longest]
        return fitting[0] if len(fitting) == 1 and longest >= min(len(key), 6) else None

    def _city_district(self, name: str, city: str) -> Found | None:
        fitting = [
            unit
            for unit in self.by_name.get(match_key(name), [])
            if unit.level == Level.CITY_DISTRICT and unit.parent and self._is_called(unit.parent, city)
        ]
        return Found((fitting[0].pk,)) if len(fitting) == 1 else None

    def _is_called(self, pk: int, city: str) -> bool:
        """Whether the place has the name, perhaps in the genitive («Києва», «Харкова»)."""
        key = match_key(city)
        genitives = {key, re.sub(r"єва$", "їв", key), re.sub(r"ова$", "ів", key), re.sub(r"а$", "", key)}
        return bool(self.units[pk].names & genitives)

    def _raion(self, name: str, cell: UkrainianCell) -> Found | Doubt:
        oblast = self.oblast_of(cell.oblast) if cell.oblast else None
        named = [unit for unit in self.by_name.get(match_key(name), []) if unit.level == Level.RAION]
        fitting = [unit for unit in named if unit.oblast == oblast]
        if len(fitting) == 1:
            return Found((fitting[0].pk,))
        if oblast is None:
            return Doubt(
                _("Raions were redrawn in 2020, and the row does not say which is meant."), self.codes(named)
            )
        return Doubt(_("The oblast has no such raion today."), self.codes(named))
