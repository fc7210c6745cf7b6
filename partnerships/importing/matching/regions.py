"""Which oblast or raion a cell names: «Львівська обл.», «Львівщина», “Lviv Oblast”, „Gebiet Lwiw“."""

import re
from collections import defaultdict

from partnerships.importing.matching.sounds import sound_keys
from partnerships.loading.ukrainian import UkrainianPlaces, Unit
from places.enums import Level
from places.spelling import match_key

#: What people say beside the adjective of the codifier: the city or land that an oblast is named after, and
#: the colloquial name; for Crimea and the two cities their usual names.
_ALSO_CALLED: dict[str, str] = {
    "автономна республіка крим": "Крим|АР Крим|АРК|Кримська|Crimea|Krim|Autonome Republik Krim",
    "вінницька": "Вінниця|Вінниччина",
    "волинська": "Волинь|Volyn|Volhynia|Wolhynien",
    "дніпропетровська": "Дніпропетровськ|Дніпропетровщина",
    "донецька": "Донецьк|Донеччина",
    "житомирська": "Житомир|Житомирщина",
    "закарпатська": "Закарпаття|Transcarpathia|Zakarpattia|Transkarpatien|Transkarpatska",
    "запорізька": "Запоріжжя",
    "івано франківська": "Івано-Франківськ|Івано-Франківщина",
    "київська": "Київщина|Kiev region|Kiew Gebiet",
    "кіровоградська": "Кіровоград|Кіровоградщина|Кропивницька",
    "луганська": "Луганськ|Луганщина",
    "львівська": "Львів|Львівщина|Lemberg",
    "миколаївська": "Миколаїв|Миколаївщина|Nikolaev",
    "одеська": "Одеса|Одещина|Odessa",
    "полтавська": "Полтава|Полтавщина",
    "рівненська": "Рівне|Рівненщина|Rovno|Riwne",
    "сумська": "Суми|Сумщина",
    "тернопільська": "Тернопіль|Тернопільщина",
    "харківська": "Харків|Харківщина|Kharkov",
    "херсонська": "Херсон|Херсонщина",
    "хмельницька": "Хмельницький|Хмельниччина",
    "черкаська": "Черкаси|Черкащина",
    "чернівецька": "Чернівці|Буковина|Chernovtsy|Czernowitz",
    "чернігівська": "Чернігів|Чернігівщина|Chernigov",
    "київ": "Kiev|Kiew|Kijów|Kyjiw|Kyjev",
    "севастополь": "Sevastopol|Sewastopol",
}  # fmt: skip
_OBLAST_WORD = re.compile(
    r"\b(?:області|область|областю|обл|oblast|voblast|gebiet|region|province|обласн\w+|рад[аиоі]\w*|"
    r"державн\w+|військов\w+|адміністраці\w+|rada|council|ова|ода)\b\.?",
    re.IGNORECASE,
)
_CITY_MARK = re.compile(
    r"^\s*(?:м\.|місто\b|city of\b|stadt\b)|\((?:city|stadt|місто|м\.)\)|\bcity\b", re.IGNORECASE
)
_RAION_WORD = re.compile(
    r"\b(?:район\w*|р-н\w*|raion|rajon|rayon|district|kreis|районн\w+|рад[аи])\b\.?", re.IGNORECASE
)
#: «Львівської», «Львівській», «Львівську», «Львівською» -> «Львівська».
_CASE = re.compile(r"(?<=[сцз]ьк)(?:ої|ій|у|ою)\b", re.IGNORECASE)
_RAION_CASE = re.compile(r"(?<=[сцз]ьк)(?:ого|ому|им|ім)\b", re.IGNORECASE)


class Regions:
    """Oblasts, the two cities and raions, by what cells call them."""

    def __init__(self, places: UkrainianPlaces) -> None:
        self.places = places
        self._oblasts: dict[str, set[int]] = defaultdict(set)
        self._raions: dict[str, list[Unit]] = defaultdict(list)
        for unit in places.units.values():
            if unit.level in (Level.OBLAST, Level.SPECIAL_CITY):
                for name in unit.names:
                    self._enter(name, unit.pk)
                    for called in filter(None, _ALSO_CALLED.get(name, "").split("|")):
                        self._enter(called, unit.pk)
            elif unit.level == Level.RAION:
                for key in {key for name in unit.names for key in sound_keys(name)}:
                    self._raions[key].append(unit)

    def _enter(self, name: str, pk: int) -> None:
        for key in (match_key(name), *sound_keys(name)):
            self._oblasts[key].add(pk)

    def oblast(self, text: str) -> int | None:
        """The oblast, Crimea, Kyiv or Sevastopol that the cell names; none where it cannot be told.

        «Київ» alone is the city; with a word for an oblast beside it the oblast.
        """
        words = _OBLAST_WORD.sub(" ", text)
        says_oblast, says_city = words != text, bool(_CITY_MARK.search(text))
        name = _CASE.sub("а", _CITY_MARK.sub(" ", words)).strip(" ,.()")
        found = self._called(name) or self._called(name.split(",")[0])
        cities = {pk for pk in found if self.places.units[pk].level == Level.SPECIAL_CITY}
        if says_oblast and cities == found and not says_city:
            # “Kyiv Oblast” is the oblast around the city.
            found = self._around(cities)
        elif cities and not says_oblast:
            found = cities
        elif says_city and not cities:
            return None
        return next(iter(found)) if len(found) == 1 else None

    def says_oblast(self, text: str, oblast: Unit) -> bool:
        """Whether the text names the oblast by a word for it or by its adjective, not only by its city."""
        return bool(_OBLAST_WORD.search(text)) or bool(set(sound_keys(text)) & self._adjectives(oblast))

    @staticmethod
    def _adjectives(oblast: Unit) -> set[str]:
        return {key for name in oblast.names for key in sound_keys(name)}

    def _called(self, name: str) -> set[int]:
        for key in (match_key(name), *sound_keys(name)):
            if len(key) >= 3 and key in self._oblasts:
                return self._oblasts[key]
        return set()

    def _around(self, cities: set[int]) -> set[int]:
        stems = {key[:4] for pk in cities for key in self.places.units[pk].names}
        return {
            unit.pk
            for unit in self.places.units.values()
            if unit.level == Level.OBLAST and any(name[:4] in stems for name in unit.names)
        }

    def raions(self, text: str, oblast: int | None = None, *, by_town: bool = False) -> list[Unit]:
        """Raions of today that the cell names, within the oblast if one is given.

        :param by_town: also those whose name is made from that of the town in the cell (“Kolomyia Raion”).
        """
        name = _RAION_CASE.sub("ий", _RAION_WORD.sub(" ", text)).strip(" ,.()")
        keys = [key for key in sound_keys(name) if len(key) >= 3]
        found = [unit for key in keys for unit in self._raions.get(key, [])]
        if not found and by_town:
            found = [
                unit
                for key, units in self._raions.items()
                for unit in units
                if any(_same_stem(key, wanted) for wanted in keys)
            ]
        units = {unit.pk: unit for unit in found if oblast is None or unit.oblast == oblast}
        return list(units.values())


def _same_stem(adjective: str, noun: str) -> bool:
    """Whether a raion's name is made from the town's: «kolomiiski», «kolomia»."""
    stem = adjective.removesuffix("ski")
    return len(stem) >= 4 and (noun.startswith(stem) or (len(noun) >= 5 and stem.startswith(noun[:-1])))
