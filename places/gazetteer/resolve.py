"""Which place a source means by a spelling; what is not certain stays unresolved, with the reason."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from places.gazetteer.foreign import ForeignPlace, ForeignPlaces
from places.gazetteer.geonames import GeoName, clearly_meant
from places.gazetteer.tables import DECISIONS, Row, read_table
from places.spelling import match_key, without_type

#: Sources in the order of trust for a Ukrainian name.
SOURCES = {
    "ministry_map.csv": ("partner_country_iso2", "partner_name"),
    "register_agreements.csv": ("foreign_country_iso2", "foreign_place"),
    "partnerships.csv": ("partner_country_iso2", "partner_place"),
}
#: Country as the source gives it -> as it is. The ministry's map takes Gudensberg in Hesse for a Polish
#: town; a cell of the register with two states begins with the other one.
WRONG_COUNTRY = {("PL", "гуденсберг"): "DE", ("MD", "ісакчі"): "RO"}
#: Cells of the register without a country code that name a place with one.
MISSING_COUNTRY = {"сантьяго де калі": "CO"}


@dataclass(frozen=True)
class Spelling:
    """A cell of a source: country as given there, and the text with runs of spaces made one."""

    source: str
    iso2: str
    text: str


@dataclass(frozen=True)
class Unresolved:
    spelling: Spelling
    reason: str
    candidates: str = ""


def spellings(folder: Path, source: str) -> list[Spelling]:
    """Every different country and place name of one source."""
    country, name = SOURCES[source]
    found = {(row[country], " ".join(row[name].split())) for row in read_table(folder / source)}
    return [Spelling(source, iso2, text) for iso2, text in sorted(found) if text]


def resolve(spelling: Spelling, places: ForeignPlaces) -> list[ForeignPlace] | Unresolved:
    """The place or places meant; new rows are entered where GeoNames or a decision is certain."""
    name = without_type(spelling.text)
    key = match_key(name)
    iso2 = WRONG_COUNTRY.get((spelling.iso2, key)) or spelling.iso2 or MISSING_COUNTRY.get(key, "")
    if (iso2, spelling.text) in places.joint:
        return places.joint[iso2, spelling.text]
    if spelling.source == "partnerships.csv":
        known = places.find(iso2, spelling.text)
        return [known] if known else Unresolved(spelling, "no such row")
    decision = _decision(iso2, spelling.text) or _decision(iso2, name)
    if decision is not None and decision["name"] == "-":
        return Unresolved(spelling, decision["note"])
    if decision is not None:
        return [_decided(iso2, decision, places)]
    if "воєводство" in key:
        return Unresolved(spelling, "the cell names only the voivodeship; the title names the partner")
    return _by_geonames(spelling, iso2, name, places)


def _by_geonames(
    spelling: Spelling, iso2: str, name: str, places: ForeignPlaces
) -> list[ForeignPlace] | Unresolved:
    known = places.find(iso2, name)
    if known is not None:
        return [known]
    candidates = places.names.named(iso2, name)
    found = clearly_meant(candidates)
    if found is None:
        reason = "several places of this name" if candidates else "name not known to GeoNames"
        return Unresolved(spelling, reason, _listed(candidates))
    namesakes = places.names.named(iso2, found.name)
    if clearly_meant(namesakes) != found:
        return Unresolved(spelling, "several places of this name", _listed(namesakes))
    for place in places.all:
        if place.geoname == found and place.level != "region":
            return [place]
    return [places.add(_from_geonames(iso2, found, "Ukrainian name among GeoNames' names, only place of it"))]


def _decided(iso2: str, decision: Row, places: ForeignPlaces) -> ForeignPlace:
    known = places.find(iso2, decision["name"])
    if known is not None:
        return known
    level, pick = decision["level"] or "municipality", decision["geonameid"]
    found = places.names.by_id[pick] if pick.isdigit() else None
    if not pick:
        candidates = places.names.named(iso2, decision["name"])
        exact = [place for place in candidates if match_key(place.name) == match_key(decision["name"])]
        found = clearly_meant(exact or candidates)
    if found is not None:
        for place in places.all:
            if place.geoname == found and place.level == level:
                return place
        entered = _from_geonames(iso2, found, decision["note"] or "the source's spelling read by a person")
        entered.latin, entered.level = decision["name"], level
        return places.add(entered)
    note = decision["note"] or "not among GeoNames' places of 500 people and more, or not the only one"
    name = decision["name"]
    return places.add(ForeignPlace(iso2=iso2, latin=name, level=level, confidence="none", notes=[note]))


def _from_geonames(iso2: str, found: GeoName, note: str) -> ForeignPlace:
    return ForeignPlace(iso2=iso2, latin=found.name, geoname=found, confidence="medium", notes=[note])


def _listed(candidates: list[GeoName]) -> str:
    return "|".join(f"{place.name} ({place.id}, {place.population})" for place in candidates[:8])


def _decision(iso2: str, text: str) -> Row | None:
    return _decisions().get((iso2, match_key(text)))


@cache
def _decisions() -> dict[tuple[str, str], Row]:
    rows = read_table(DECISIONS / "ukrainian_spellings.csv")
    exact = {(row["iso2"], match_key(row["text"])): row for row in rows}
    # «Гміна Дубецько» also decides «Дубецько», except where commune and town are two municipalities.
    bare = {
        (row["iso2"], match_key(without_type(row["text"]))): row
        for row in rows
        if "mina" not in row["name"] and row["name"] != "-"
    }
    return bare | exact


def resolve_titles(folder: Path, places: ForeignPlaces) -> dict[Spelling, list[ForeignPlace]]:
    """Agreements whose title names the partner more exactly than the cell for the place does."""
    decisions = read_table(DECISIONS / "register_titles.csv")
    found: dict[Spelling, list[ForeignPlace]] = {}
    for row in read_table(folder / "register_agreements.csv"):
        title = " ".join(row["title"].split())
        for decision in decisions:
            if decision["title_part"] in title:
                place = _decided(decision["iso2"], decision | {"note": ""}, places)
                found[Spelling("register_title", decision["iso2"], title)] = [place]
    return found


def ukrainian_form(spelling: Spelling, place: ForeignPlace) -> str:
    """The spelling as a name to show; a rural commune keeps its «Гміна», the town beside it has its name."""
    if place.name_own.startswith("Gmina "):
        return "Гміна " + without_type(spelling.text)
    return without_type(spelling.text)
