"""Builds every table of ``places/data`` in order and reports how well the sources' spellings resolve."""

import re
from collections.abc import Callable
from pathlib import Path

from places.gazetteer import exemplar_cities
from places.gazetteer.countries import build_countries
from places.gazetteer.foreign import COLUMNS as FOREIGN_COLUMNS
from places.gazetteer.foreign import ForeignPlace, ForeignPlaces, add_source_places
from places.gazetteer.geonames import geonames
from places.gazetteer.other_names import build_other_names
from places.gazetteer.own_names import ukrainian_name
from places.gazetteer.resolve import (
    SOURCES,
    Spelling,
    Unresolved,
    resolve,
    resolve_titles,
    spellings,
    ukrainian_form,
)
from places.gazetteer.tables import Row, write_table
from places.gazetteer.ukraine import build_ukraine

SOURCE_FILES = ("hromadas.csv", "special_cities.csv", "foreign_places.csv", *SOURCES)
SPELLING_COLUMNS = ["source", "iso2", "text", "key"]
UNRESOLVED_COLUMNS = ["source", "iso2", "text", "reason", "candidates"]
#: Names that announcements give in Ukrainian (decentralization.ua, news 16104 and 20147).
ARTICLE_NAMES = {
    ("DE", "Duisburg"): "Дуйсбург",
    ("DE", "Bonn"): "Бонн",
    ("DE", "Kehl"): "Кель",
    ("FR", "Strasbourg"): "Страсбург",
}


def build(source: Path, target: Path, report: Callable[[str], None]) -> None:
    """Read the source files of ``source``, write the tables into ``target``, tell ``report`` the counts.

    Raises ``FileNotFoundError`` when a source file is missing.
    """
    missing = [name for name in SOURCE_FILES if not (source / name).is_file()]
    if missing:
        raise FileNotFoundError(f"Missing in {source}: {', '.join(missing)}")
    names = geonames()
    countries = build_countries(target)
    ukraine = build_ukraine(source, target, names)
    places = ForeignPlaces(names)
    add_source_places(source, places)
    meant, unresolved = _resolve_all(source, places, report)
    _name_in_ukrainian(places.all, meant)
    write_table(target / "foreign_places.csv", FOREIGN_COLUMNS, (place.row() for place in places.all))
    write_table(target / "source_spellings.csv", SPELLING_COLUMNS, _spelling_rows(meant))
    write_table(target / "unresolved_foreign.csv", UNRESOLVED_COLUMNS, map(_unresolved_row, unresolved))
    others = build_other_names(source, target, ukraine, places.all)
    report(
        f"{len(countries)} countries, {len(ukraine.rows)} units of Ukraine "
        f"({len(ukraine.matches)} recognised in GeoNames), "
        f"{len(places.all)} foreign places, {len(others)} other names"
    )


def _resolve_all(
    source: Path, places: ForeignPlaces, report: Callable[[str], None]
) -> tuple[dict[Spelling, list[ForeignPlace]], list[Unresolved]]:
    meant: dict[Spelling, list[ForeignPlace]] = {}
    unresolved: list[Unresolved] = []
    for name in SOURCES:
        found = 0
        cells = spellings(source, name)
        for spelling in cells:
            answer = resolve(spelling, places)
            if isinstance(answer, Unresolved):
                unresolved.append(answer)
                continue
            meant[spelling] = answer
            found += 1
        report(f"{name}: {found} of {len(cells)} different spellings resolved, {len(cells) - found} not")
    titles = resolve_titles(source, places)
    report(f"register_agreements.csv: {len(titles)} titles name the partner more exactly than the cell")
    return meant | titles, unresolved


def _name_in_ukrainian(places: list[ForeignPlace], meant: dict[Spelling, list[ForeignPlace]]) -> None:
    for spelling, found in meant.items():
        if len(found) != 1 or spelling.source == "register_title":
            continue
        place, form = found[0], ukrainian_form(spelling, found[0])
        place.spellings.setdefault(form, spelling.source)
        ukrainian = re.fullmatch(r"[А-ЩЬЮЯІЇЄҐа-щьюяіїєґ'’ʼ ().,-]+", form)
        if spelling.source == "ministry_map.csv" and ukrainian and not place.name_uk:
            place.name_uk, place.name_uk_source = form, "ministry_map"
    for place in places:
        if not place.name_uk and (place.iso2, place.latin) in ARTICLE_NAMES:
            place.name_uk, place.name_uk_source = ARTICLE_NAMES[place.iso2, place.latin], "article"
        if not place.name_uk and place.geoname is not None and place.level == "municipality":
            name = ukrainian_name(place.geoname)
            place.name_uk, place.name_uk_source = name, "geonames" if name else ""
        if not place.name_uk and place.level == "municipality":
            name = exemplar_cities.ukrainian_name(place.iso2, place.latin, place.name_own, place.name_en)
            place.name_uk, place.name_uk_source = name, "cldr" if name else ""


def _spelling_rows(meant: dict[Spelling, list[ForeignPlace]]) -> list[Row]:
    return [
        {
            "source": spelling.source.removesuffix(".csv"),
            "iso2": spelling.iso2,
            "text": spelling.text,
            "key": f"{place.iso2.lower()}/{place.slug}",
        }
        for spelling, found in meant.items()
        for place in found
    ]


def _unresolved_row(unresolved: Unresolved) -> Row:
    return {
        "source": unresolved.spelling.source.removesuffix(".csv"),
        "iso2": unresolved.spelling.iso2,
        "text": unresolved.spelling.text,
        "reason": unresolved.reason,
        "candidates": unresolved.candidates,
    }
