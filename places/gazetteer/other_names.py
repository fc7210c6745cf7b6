"""Other names of places: former, in other languages, and every spelling that a source uses."""

import re
from pathlib import Path

from places.gazetteer.foreign import ForeignPlace
from places.gazetteer.geonames import GeoName
from places.gazetteer.own_names import surely_ukrainian
from places.gazetteer.tables import DECISIONS, Row, read_table, write_table
from places.gazetteer.ukraine import Ukraine
from places.spelling import clean_spelling, match_key

COLUMNS = ["key", "text", "language", "kind", "valid_from", "valid_to", "source"]
#: No more of GeoNames' alternate names than this for one place.
MOST_ALTERNATES = 40
#: The same for a Ukrainian settlement that is neither a city nor the centre of a hromada.
MOST_IN_SMALL = 10
#: Latin, Cyrillic, Greek, Armenian and Georgian letters: what people here type.
_READABLE = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0370-\u052f\u0531-\u0587\u10d0-\u10ff'’ʼ`.() -]+")


def build_other_names(source: Path, target: Path, ukraine: Ukraine, places: list[ForeignPlace]) -> list[Row]:
    """Write ``place_names.csv`` and return its rows."""
    rows: dict[tuple[str, str], Row] = {}
    _former_names(source, ukraine, rows)
    centres = {unit["centre_katottg"] for unit in ukraine.rows.values()}
    for code, match in ukraine.matches.items():
        unit = ukraine.rows[code]
        large = unit["category"] == "city" or unit["level"] == "special_city" or code in centres
        limit = MOST_ALTERNATES if large else MOST_IN_SMALL
        _alternates(code, match, {unit["name_uk"], unit["name_en"]}, rows, limit)
    for place in places:
        key = f"{place.iso2.lower()}/{place.slug}"
        main = {place.name_own, place.name_en, place.name_uk}
        for text, origin in sorted(place.spellings.items()):
            _enter(rows, key, text, "other_spelling", origin, main)
        if place.geoname is not None:
            _alternates(key, place.geoname, main, rows)
    write_table(target / "place_names.csv", COLUMNS, rows.values())
    return list(rows.values())


def _former_names(source: Path, ukraine: Ukraine, rows: dict[tuple[str, str], Row]) -> None:
    centres: dict[str, str] = {}
    for facts in read_table(source / "hromadas.csv"):
        centres[facts["katottg"]] = facts["centre_katottg"]
        former = clean_spelling(facts["former_name_uk"])
        # One former name of the source is today's name with a Latin letter in it.
        if former and former != facts["name_uk"]:
            _enter(rows, facts["katottg"], former, "former", "codifier package", {facts["name_uk"]}, "uk")
    for decision in read_table(DECISIONS / "former_settlements.csv"):
        centre = centres[decision["katottg_hromada"]]
        known = {ukraine.rows[centre]["name_uk"]}
        _enter(rows, centre, decision["former_name_uk"], "former", "hromada's former name", known, "uk")


def _alternates(
    key: str, place: GeoName, main: set[str], rows: dict[tuple[str, str], Row], limit: int = MOST_ALTERNATES
) -> None:
    names = {name for name in (place.name, *place.alternates) if len(name) > 1 and _READABLE.fullmatch(name)}
    # Airport codes stand among them and, in small letters, mechanical romanisations of other scripts.
    names = {name for name in names if not re.fullmatch(r"[A-Z]{3}", name) and name != name.lower()}
    ordered = sorted(
        names, key=lambda name: (not surely_ukrainian(name), not name.istitle(), len(name), name)
    )
    entered = 0
    for name in ordered:
        if entered == limit:
            break
        ukrainian = surely_ukrainian(name)
        kind = "exonym" if ukrainian and "/" in key else "other_spelling"
        entered += _enter(rows, key, name, kind, "geonames", main, "uk" if ukrainian else "")


def _enter(
    rows: dict[tuple[str, str], Row],
    key: str,
    text: str,
    kind: str,
    source: str,
    main: set[str],
    language: str = "",
) -> bool:
    """Add the name unless a spelling that folds to the same is there already."""
    folded = match_key(text)
    if not folded or (key, folded) in rows or folded in {match_key(name) for name in main if name}:
        return False
    rows[key, folded] = dict.fromkeys(COLUMNS, "") | {
        "key": key,
        "text": clean_spelling(text),
        "language": language,
        "kind": kind,
        "source": source,
    }
    return True
