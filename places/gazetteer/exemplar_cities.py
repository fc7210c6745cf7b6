"""Ukrainian names of capitals and other large cities: the cities by which Unicode's CLDR calls time zones."""

from functools import cache

from babel import Locale
from babel.core import get_global

from places.spelling import match_key


@cache
def ukrainian_names() -> dict[tuple[str, str], str]:
    """Country and name (as in the zone's identifier and in English, folded) → name in Ukrainian."""
    territories = get_global("zone_territories")
    english = Locale("en").time_zones
    names = {}
    for zone, words in Locale("uk").time_zones.items():
        country, city = territories.get(zone), words.get("city")
        # "Вінсенс, Індіана" names more than the city.
        if not country or not city or "," in city:
            continue
        spelled = {zone.rsplit("/", 1)[-1].replace("_", " "), english.get(zone, {}).get("city", "")}
        names.update({(country, match_key(name)): city for name in spelled if name})
    return names


def ukrainian_name(iso2: str, *names: str) -> str:
    """The Ukrainian name of a city known by any of these names; empty where CLDR does not name it."""
    known = ukrainian_names()
    return next((known[iso2, match_key(name)] for name in names if (iso2, match_key(name)) in known), "")
