"""From the cells of a row to the values of a place or a name: what the row alone can tell is checked.

The checks are those of the database's constraints, so that what passes here can be written in bulk.
"""

import math
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.edtf import InvalidDate, PartialDate
from places.enums import TOP_LEVELS, Category, Level, NameKind
from places.loading.tables import Row, RowRefused
from places.models import Place, PlaceName

COUNTRY_COLUMNS = ("iso2", "name_uk", "name_en", "name_own", "language", "other_names")
UKRAINIAN_COLUMNS = (
    "katottg", "level", "parent_katottg", "name_uk", "name_en", "category", "centre_katottg", "lat", "lon",
    "population", "population_year", "source",
)  # fmt: skip
FOREIGN_COLUMNS = (
    "iso2", "slug", "level", "name_own", "language", "name_en", "name_uk", "name_uk_source", "geonameid",
    "lat", "lon", "population", "region",
)  # fmt: skip
NAME_COLUMNS = ("key", "text", "language", "kind", "valid_from", "valid_to", "source")

#: Under what a unit of Ukraine may stand. Prypiat and Chornobyl belong to no hromada, only to their oblast.
PARENTS: dict[str, tuple[str, ...]] = {
    Level.OBLAST: (),
    Level.SPECIAL_CITY: (),
    Level.RAION: (Level.OBLAST, Level.SPECIAL_CITY),
    Level.HROMADA: (Level.RAION, Level.OBLAST),
    Level.SETTLEMENT: (Level.HROMADA, Level.RAION, Level.OBLAST, Level.SPECIAL_CITY),
    Level.CITY_DISTRICT: (Level.SETTLEMENT, Level.HROMADA, Level.SPECIAL_CITY),
}
FOREIGN_LEVELS = (Level.MUNICIPALITY, Level.REGION, Level.CITY_DISTRICT)

_KATOTTG = re.compile(r"UA[0-9]{17}", re.ASCII)
_ISO2 = re.compile(r"[A-Z]{2}", re.ASCII)
_SLUG = re.compile(r"[a-z0-9-]+", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
_NUMBER = re.compile(r"[0-9]+", re.ASCII)
_LARGEST = {"population": 2**31 - 1, "population_year": 2**15 - 1}


@dataclass(slots=True)
class PlaceRecord:
    """A place as its row describes it. `key` is its KATOTTG code, ISO code or "iso2/slug"; `parent`, `centre`
    and `country` are keys of other places."""

    row: Row
    key: str
    level: str
    values: dict[str, Any]
    country: str
    parent: str = ""
    centre: str = ""
    geonames: str = ""
    other_names: list[str] = field(default_factory=list)


@dataclass(slots=True)
class NameRecord:
    """Another name; `place` is the key of the place that bears it."""

    row: Row
    place: str
    values: dict[str, Any]

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.place, self.values["text"], self.values["language"], self.values["kind"])


def country(row: Row) -> PlaceRecord:
    iso2 = _matching(_ISO2, row["iso2"], _("“%(value)s” is not an ISO code of two capital letters"))
    values = {"level": Level.COUNTRY.value, "country_id": iso2, "iso2": iso2, **_names(row), **_own_name(row)}
    record = PlaceRecord(row, iso2, Level.COUNTRY, values, country=iso2)
    record.other_names = sorted({name.strip() for name in row["other_names"].split("|")} - {""})
    for name in record.other_names:
        _fitting(PlaceName, "text", name)
    return record


def ukrainian(row: Row) -> PlaceRecord:
    code = _katottg(row["katottg"])
    level = row["level"]
    if level not in PARENTS:
        raise RowRefused(_("unknown level “%(value)s”") % {"value": level})
    category = row["category"]
    if category and category not in Category.values:
        raise RowRefused(_("unknown category “%(value)s”") % {"value": category})
    values = {
        "level": level,
        "country_id": "UA",
        "katottg": code,
        "category": category,
        "population_year": _number(row, "population_year"),
        "data_source": _fitting(Place, "data_source", row["source"]),
        **_names(row),
        **_size_and_point(row),
    }
    parent = _katottg(row["parent_katottg"]) if row["parent_katottg"] else ""
    if parent and level in TOP_LEVELS:
        raise RowRefused(_("a unit of the highest level belongs to no other"))
    if not parent and level not in TOP_LEVELS:
        raise RowRefused(_("does not say where it belongs"))
    centre = _katottg(row["centre_katottg"]) if row["centre_katottg"] else ""
    return PlaceRecord(row, code, level, values, country="UA", parent=parent, centre=centre)


def foreign(row: Row) -> PlaceRecord:
    iso2 = _matching(_ISO2, row["iso2"], _("“%(value)s” is not an ISO code of two capital letters"))
    if iso2 == "UA":
        raise RowRefused(_("a Ukrainian place belongs in the table of Ukrainian places"))
    slug = _fitting(Place, "slug", _matching(_SLUG, row["slug"], _("“%(value)s” is not a slug")))
    level = row["level"]
    if level not in FOREIGN_LEVELS:
        raise RowRefused(_("unknown level “%(value)s”") % {"value": level})
    geonames = _matching(_NUMBER, row["geonameid"] or "0", _("“%(value)s” is not a GeoNames identifier"))
    if len(geonames) > 10:
        raise RowRefused(_("“%(value)s” is not a GeoNames identifier") % {"value": geonames})
    values = {
        "level": level,
        "country_id": iso2,
        "slug": slug,
        "name_uk_source": _fitting(Place, "name_uk_source", row["name_uk_source"]),
        "region_name": _fitting(Place, "region_name", row["region"]),
        "data_source": "geonames" if row["geonameid"] else "",
        **_names(row),
        **_own_name(row),
        **_size_and_point(row),
    }
    return PlaceRecord(
        row, f"{iso2.lower()}/{slug}", level, values, country=iso2, geonames=row["geonameid"] and geonames
    )


def other_name(row: Row) -> NameRecord:
    if not row["text"]:
        raise RowRefused(_("the name is missing"))
    kind = row["kind"]
    if kind not in NameKind.values:
        raise RowRefused(_("unknown kind of name “%(value)s”") % {"value": kind})
    values = {
        "text": _fitting(PlaceName, "text", row["text"]),
        "language": _language(row["language"]),
        "kind": kind,
        "valid_from": _date(row["valid_from"]),
        "valid_to": _date(row["valid_to"]),
        "source": _fitting(PlaceName, "source", row["source"]),
    }
    return NameRecord(row, row["key"], values)


def country_names(record: PlaceRecord) -> list[NameRecord]:
    """The names that stand in the country's own row, Ukrainian unless in Latin letters."""
    return [
        NameRecord(
            record.row,
            record.key,
            {
                "text": name,
                "language": "en" if name.isascii() else "uk",
                "kind": NameKind.OTHER_SPELLING.value,
                "valid_from": "",
                "valid_to": "",
                "source": "",
            },
        )
        for name in record.other_names
    ]


def _matching(pattern: re.Pattern[str], value: str, message: str) -> str:
    if not pattern.fullmatch(value):
        raise RowRefused(message % {"value": value})
    return value


def _katottg(value: str) -> str:
    return _matching(_KATOTTG, value, _("“%(value)s” is not a KATOTTG code (UA and 17 digits)"))


def _fitting(model: type[Place] | type[PlaceName], column: str, value: str) -> str:
    longest = getattr(model._meta.get_field(column), "max_length", None)
    if longest and len(value) > longest:
        raise RowRefused(
            _("“%(start)s…” is longer than %(longest)s characters")
            % {"start": value[:40], "longest": longest}
        )
    return value


def _names(row: Row) -> dict[str, str]:
    if not any(row.cells.get(column) for column in ("name_uk", "name_en", "name_own")):
        raise RowRefused(_("the name is missing"))
    return {column: _fitting(Place, column, row[column]) for column in ("name_uk", "name_en")}


def _own_name(row: Row) -> dict[str, str]:
    return {
        "name_own": _fitting(Place, "name_own", row["name_own"]),
        "own_language": _language(row["language"]) if row["name_own"] else "",
    }


def _language(value: str) -> str:
    return _matching(_LANGUAGE, value, _("“%(value)s” is not a language code")) if value else ""


def _size_and_point(row: Row) -> dict[str, Any]:
    latitude, longitude = _degrees(row["lat"], 90), _degrees(row["lon"], 180)
    if (latitude is None) != (longitude is None):
        raise RowRefused(_("of the coordinates one is missing"))
    return {"latitude": latitude, "longitude": longitude, "population": _number(row, "population")}


def _degrees(value: str, limit: int) -> float | None:
    if not value:
        return None
    try:
        degrees = float(value)
    except ValueError:
        degrees = math.nan
    if not -limit <= degrees <= limit:
        raise RowRefused(_("bad coordinate “%(value)s”") % {"value": value})
    return degrees


def _number(row: Row, column: str) -> int | None:
    value = row[column]
    if not value:
        return None
    if not _NUMBER.fullmatch(value) or len(value) > 12 or int(value) > _LARGEST[column]:
        raise RowRefused(
            _("“%(value)s” is not a number that fits into “%(column)s”")
            % {"value": value[:40], "column": column}
        )
    return int(value)


def _date(value: str) -> str:
    if not value:
        return ""
    try:
        return PartialDate.parse(value if value.isascii() else "?").edtf
    except InvalidDate as error:
        raise RowRefused(_("“%(value)s” is not a date") % {"value": value}) from error
