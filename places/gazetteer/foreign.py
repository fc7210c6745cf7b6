"""Foreign municipalities and regions: one row each, with what is known about them and how surely."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from places.gazetteer.geonames import GeoName, GeoNames, clearly_meant
from places.gazetteer.own_names import own_name
from places.gazetteer.tables import DECISIONS, Row, coordinate, read_table
from places.spelling import match_key

COLUMNS = [
    "iso2", "slug", "level", "name_own", "language", "name_en", "name_uk", "name_uk_source",
    "geonameid", "lat", "lon", "population", "match_confidence", "match_note", "region",
]  # fmt: skip

_SPECIAL_LETTERS = str.maketrans({
    "ł": "l", "Ł": "L", "ß": "ss", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ı": "i", "æ": "ae",
    "ə": "a", "Ə": "A",
})  # fmt: skip


@dataclass
class ForeignPlace:
    """A row of ``foreign_places.csv`` with the spellings that lead to it."""

    iso2: str
    latin: str
    level: str = "municipality"
    name_own: str = ""
    language: str = ""
    name_en: str = ""
    name_uk: str = ""
    name_uk_source: str = ""
    geoname: GeoName | None = None
    point: tuple[str, str] = ("", "")
    confidence: str = "none"
    notes: list[str] = field(default_factory=list)
    region: str = ""
    slug: str = ""
    spellings: dict[str, str] = field(default_factory=dict)

    def row(self) -> Row:
        population = str(self.geoname.population) if self.geoname and self.geoname.population else ""
        return {
            "iso2": self.iso2,
            "slug": self.slug,
            "level": self.level,
            "name_own": self.name_own,
            "language": self.language,
            "name_en": self.name_en,
            "name_uk": self.name_uk,
            "name_uk_source": self.name_uk_source,
            "geonameid": self.geoname.id if self.geoname else "",
            "lat": self.point[0],
            "lon": self.point[1],
            "population": population,
            "match_confidence": self.confidence,
            "match_note": "; ".join(self.notes),
            "region": self.region,
        }


class ForeignPlaces:
    """All rows, each found by GeoNames identifier or by name, so that nothing is entered twice."""

    def __init__(self, names: GeoNames) -> None:
        self.names = names
        self.all: list[ForeignPlace] = []
        #: Cells of a source that name several places: (country, spelling) -> the places.
        self.joint: dict[tuple[str, str], list[ForeignPlace]] = {}
        self._known: dict[tuple[str, str, str], ForeignPlace] = {}
        self._slugs: dict[tuple[str, str], ForeignPlace] = {}

    def find(self, iso2: str, name: str) -> ForeignPlace | None:
        """The row with this own, English or source name; None also where it belongs to several rows."""
        found = {id(place): place for place in self.all if place.iso2 == iso2 and _bears(place, name)}
        return next(iter(found.values())) if len(found) == 1 else None

    def add(self, place: ForeignPlace) -> ForeignPlace:
        """Enter ``place``, or return the row that stands for the same one already."""
        identity = place.geoname.id if place.geoname else f"name:{match_key(place.latin)}|{place.region}"
        key = (place.iso2, place.level, identity)
        if key in self._known:
            known = self._known[key]
            known.spellings |= place.spellings
            return known
        self._complete(place)
        self._known[key] = place
        self.all.append(place)
        return place

    def _complete(self, place: ForeignPlace) -> None:
        if place.geoname is not None:
            place.region = place.region or self.names.region(place.geoname)
            place.point = (coordinate(place.geoname.latitude), coordinate(place.geoname.longitude))
        if not place.name_own:
            place.name_own, place.language = own_name(place.iso2, place.latin, place.geoname)
        elif not place.language:
            place.language = own_name(place.iso2, place.latin, None)[1]
        if not place.name_en and (_other_script(place.name_own) or not place.language):
            place.name_en = place.latin
        place.slug = self._free_slug(place)

    def _free_slug(self, place: ForeignPlace) -> str:
        base = slug_of(place.latin)
        if place.iso2 == "US" and place.region and place.level == "municipality":
            base = f"{base}-{slug_of(place.region)}"
        slug, number = base, 2
        if (place.iso2, slug) in self._slugs and place.region:
            slug = base = f"{base}-{slug_of(place.region)}"
        while (place.iso2, slug) in self._slugs:
            slug, number = f"{base}-{number}", number + 1
        self._slugs[place.iso2, slug] = place
        return slug


def slug_of(name: str) -> str:
    """Small Latin letters, digits and hyphens."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_SPECIAL_LETTERS))
    plain = decomposed.encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def add_source_places(source: Path, places: ForeignPlaces) -> None:
    """Enter every place of ``foreign_places.csv``, with the decisions of ``decisions/source_places.csv``."""
    decisions = {(row["iso2"], row["name"]): row for row in read_table(DECISIONS / "source_places.csv")}
    by_name: dict[str, list[Row]] = defaultdict(list)
    for facts in read_table(source / "foreign_places.csv"):
        by_name[facts["country_iso2"]].append(facts)
    for iso2 in sorted(by_name):
        for facts in by_name[iso2]:
            decision = decisions.get((iso2, facts["name"]), {})
            if decision.get("geonameid") == "joint":
                places.joint[iso2, facts["name"]] = [
                    _town(places, iso2, part.strip()) for part in decision["note"].split(";")
                ]
            else:
                _add_source_place(places, facts, decision)


def _add_source_place(places: ForeignPlaces, facts: Row, decision: Row) -> None:
    name, state = facts["name"], ""
    if facts["country_iso2"] in {"US", "CA"} and ", " in name:
        name, state = name.split(", ", 1)
    place = ForeignPlace(
        iso2=facts["country_iso2"],
        latin=_latin(name, decision),
        level=decision.get("level") or "municipality",
        name_own=decision.get("name_own", ""),
        name_en=decision.get("name_en", ""),
        region=state,
        spellings={facts["name"]: "partnerships.csv"},
    )
    _locate(place, facts, decision, places.names)
    places.add(place)


def _latin(name: str, decision: Row) -> str:
    if decision.get("level") == "region" or "gmina" in name:
        return decision.get("name_own") or name
    return decision.get("name_own") or name


def _locate(place: ForeignPlace, facts: Row, decision: Row, names: GeoNames) -> None:
    """Take over the source's GeoNames place unless a decision or a namesake of similar size forbids it."""
    if decision.get("note"):
        place.notes.append(decision["note"])
    chosen = decision.get("geonameid", "")
    if chosen.isdigit():
        place.geoname, place.confidence = names.by_id[chosen], "high"
        return
    if chosen == "none" or not facts["geonameid"]:
        if "point is the namesake town" in facts["match_note"] and not decision.get("note"):
            place.point = (coordinate(facts["lat"]), coordinate(facts["lon"]))
            place.confidence = "low"
            place.notes.append("the point is that of the town it is named after")
        return
    found = names.by_id[facts["geonameid"]]
    if (
        "largest taken" in facts["match_note"]
        and clearly_meant(names.named(place.iso2, facts["name"])) != found
    ):
        place.notes.append("several places of this name, none of them clearly the largest: no point")
        return
    place.geoname, place.confidence = found, facts["match_confidence"]
    place.notes.append(facts["match_note"])


def _town(places: ForeignPlaces, iso2: str, name: str) -> ForeignPlace:
    found = clearly_meant(places.names.named(iso2, name))
    return places.add(
        ForeignPlace(iso2=iso2, latin=name, geoname=found, confidence="medium" if found else "none")
    )


def _bears(place: ForeignPlace, name: str) -> bool:
    key = match_key(name)
    own = (place.latin, place.name_own, place.name_en, *place.spellings)
    return any(match_key(text) == key for text in own if text)


def _other_script(name: str) -> bool:
    return not any("LATIN" in unicodedata.name(letter, "") for letter in name)
