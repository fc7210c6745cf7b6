"""What foreign places are called, and what a cell says beside the name: kind of unit, region, city."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from partnerships.importing.matching.sounds import foreign_sound, sound_keys
from partnerships.importing.rows import PartyReading
from places.enums import Level
from places.models import Place, PlaceName
from places.regions import region_in
from places.spelling import clean_spelling, match_key, without_type

_REGION = (
    r"(?:повіт|район|воєводство|край|область|графство|округ|регіон|провінція|департамент|жупанія|"
    r"landkreis|kreis|bezirk|powiat|county|jude[țţt]ul?|raion(?:ul)?|province|voivodeship|district)"
)
_NAMES_REGION = re.compile(rf"(?:^{_REGION}\s|\s{_REGION}$|\({_REGION}\)|\wkreis$)", re.IGNORECASE)
_LIES_IN = re.compile(
    r"воєв|повіт|област|район|графств|округ|край|регіон|провінц|штат|земл|департамент|жупан|адрес|вул\.|\d|"
    r"county|powiat|voiv|kreis|land\b|state|province|judet|район",
    re.IGNORECASE,
)
#: «(Kreis 4)», «сектор 2»: a part of a city, whose number says which.
_NUMBERED_PART = re.compile(
    r"(?:kreis|sector(?:ul)?|сектор|район|district|arrondissement|bezirk)\s*(?:№\s*)?\d", re.IGNORECASE
)
_COMMUNE = re.compile(r"^\s*(?:[гґ]міна|gmina|commune of|сільська [гґ]міна)\s+(?!і\b)", re.IGNORECASE)
_TAIL = re.compile(r"[,(;]\s*(?P<tail>[^,();]*)")
_UMLAUT = re.compile(r"(?<=[bcdfghjklmnpqrstvwxz])([aou])e|^([aou])e", re.IGNORECASE)
#: Countries whose places of one name are so many that a name without a state says nothing.
STATE_NEEDED = frozenset({"US", "CA"})


@dataclass(slots=True)
class ForeignPlace:
    """A foreign place with what sources call it, as keys of spellings."""

    pk: int
    country: str
    slug: str
    level: str
    region: str
    population: int
    #: Its own name, the English and the Ukrainian one.
    names: set[str] = field(default_factory=set)
    spellings: set[str] = field(default_factory=set)
    is_commune: bool = False
    #: For a part of a city the city, as its name gives it.
    city: str = ""

    @property
    def regions(self) -> set[str]:
        """Keys of its region's names, empty where it is not known."""
        if not self.region:
            return set()
        texts = {
            self.region,
            *(str(region_in(self.country, self.region, language)) for language in ("uk", "en")),
        }
        return {match_key(text) for text in texts}


class ForeignNames:
    """Foreign places by key and by sound, within their country."""

    def __init__(
        self, places: list[ForeignPlace], texts: dict[int, list[str]], countries: dict[str, set[str]]
    ) -> None:
        self.places = {place.pk: place for place in places}
        self.countries = countries
        self.by_key: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.sounds: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.known_regions: dict[str, set[str]] = defaultdict(set)
        for place in places:
            for key in place.names | place.spellings:
                self.by_key[place.country, key].add(place.pk)
            heard = {foreign_sound(text, place.country) for text in texts[place.pk]}
            self.sounds[place.country] += [(sound, place.pk) for sound in sorted(filter(None, heard))]
            self.known_regions[place.country] |= place.regions

    @classmethod
    def load(cls, leave_out: frozenset[str] = frozenset()) -> "ForeignNames":
        """:param leave_out: sources whose Ukrainian names are not used, so that they can be measured."""
        places: dict[int, ForeignPlace] = {}
        texts: dict[int, list[str]] = {}
        rows = (
            Place.objects.foreign()
            .current()
            .values_list(
                *("pk", "country_id", "slug", "level", "region_name", "population"),
                *("name_own", "name_en", "name_uk", "name_uk_source"),
            )
        )
        for pk, country, slug, level, region, population, own, english, ukrainian, source in rows:
            place = ForeignPlace(pk, country, f"{country.lower()}/{slug}", level, region, population or 0)
            names = [own, english, "" if source in leave_out else ukrainian]
            texts[pk] = [text for text in names if text]
            place.names = {match_key(text) for text in texts[pk]}
            # «Mitte (Berlin)» is found by «Mitte», but it is not its name.
            place.spellings = {match_key(without_type(text)) for text in texts[pk]} - place.names
            place.is_commune = bool(_COMMUNE.match(own))
            if level == Level.CITY_DISTRICT:
                place.city = next((found["tail"] for text in texts[pk] if (found := _TAIL.search(text))), "")
            places[pk] = place
        other = PlaceName.objects.exclude(place__country__iso2="UA").values_list("place_id", "text")
        for pk, text in other:
            if pk in places:
                places[pk].spellings.add(match_key(text))
                texts[pk].append(text)
        countries: dict[str, set[str]] = defaultdict(set)
        named = Place.objects.filter(level=Level.COUNTRY).values_list(
            "iso2", "name_uk", "name_en", "name_own"
        )
        for iso2, *called in named:
            countries[iso2 or ""] |= {match_key(name) for name in called if name}
        return cls(list(places.values()), texts, countries)

    def called(self, country: str, keys: list[str]) -> list[int]:
        """Places of the country (of any, where none is given) that one of the keys names exactly."""
        found = [
            pk
            for (iso2, key), pks in (
                [((country, key), self.by_key.get((country, key), set())) for key in keys]
                if country
                else [(known, pks) for known, pks in self.by_key.items() if known[1] in set(keys)]
            )
            for pk in sorted(pks)
        ]
        return list(dict.fromkeys(found))


def foreign_keys(party: PartyReading) -> list[str]:
    """Keys of what a foreign party may be called: as written, without «Гміна», with ö for «oe»."""
    texts = [*party.names, party.text] if party.names else [party.text]
    keys = [match_key(text) for text in texts] + [match_key(without_type(text)) for text in texts]
    keys += [match_key(_UMLAUT.sub(r"\1\2", clean_spelling(text))) for text in texts]
    return [key for key in dict.fromkeys(keys) if key]


def names_region(party: PartyReading) -> bool:
    """Whether the party is a county, a voivodeship … and not a place in it."""
    head = re.split(r"[,;]", party.text)[0].strip()
    return party.unit in ("region", "raion", "oblast") or bool(_NAMES_REGION.search(head))


def names_commune(party: PartyReading) -> bool:
    """Whether the party is a Polish commune, which may be another than the town of its name."""
    return bool(_COMMUNE.match(clean_spelling(party.text)))


def is_only_beginning(place: ForeignPlace, keys: list[str]) -> bool:
    """Whether the place is known by this name only as by the first word of its own («Strzelce» Opolskie)."""
    if place.city or place.names & set(keys):
        return False
    return any(name.startswith(f"{key} ") for name in place.names for key in keys)


def names_city(party: PartyReading, city: str) -> bool:
    """Whether the cell of a part of a city names the city («Младост, Варна»)."""
    wanted = set(sound_keys(city))
    words = re.split(r"[^\w'’]+", " ".join((party.text, party.city, party.region, *party.names)))
    return any(wanted & set(sound_keys(word)) for word in words if word)


def region_fits(party: PartyReading, place: ForeignPlace, names: ForeignNames) -> bool | None:
    """Whether the place lies in the region that the cell names; none where that cannot be told."""
    tails = [found["tail"] for found in _TAIL.finditer(party.text)]
    told = {match_key(text) for text in (party.region, *tails) if text.strip()}
    own = place.regions
    if told & own or any(set(sound_keys(one)) & set(sound_keys(other)) for one in told for other in own):
        return True
    return False if own and told & names.known_regions[place.country] else None


def unread_tail(party: PartyReading, place: ForeignPlace, names: ForeignNames) -> str:
    """What follows the name after a comma or in brackets and says nothing that is understood: «(Oder)»."""
    whole = match_key(party.text)
    if whole in place.names | place.spellings:
        return ""
    for found in _TAIL.finditer(party.text):
        tail = found["tail"].strip()
        key = match_key(tail)
        numbered = _NUMBERED_PART.search(tail)
        known = (
            not key or key in names.countries.get(place.country, ()) or key in place.names | place.spellings
        )
        known = known or bool(_LIES_IN.search(tail) and not numbered) or key == match_key(party.region)
        known = known or bool(place.city and names_city(party, place.city))
        if not (known or key in place.regions or key in names.known_regions[place.country]):
            return tail
    return ""
