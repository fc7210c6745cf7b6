"""A folder of tables of partnerships for tests of the loader, and the places that its rows name."""

import csv
from pathlib import Path
from typing import Any

from partnerships.loading.report import Report
from partnerships.loading.run import load
from partnerships.loading.tables import COLUMNS, CURATED, MAP, PAIRS, REGISTER, SOURCES
from partnerships.models import Partnership
from places.models import Place
from tests.factories.places import (
    CountryFactory,
    ForeignPlaceFactory,
    HromadaFactory,
    OblastFactory,
    RaionFactory,
    katottg,
)

CITY, NAMESAKE, SINGLE, RAION = (katottg(n) for n in (11, 12, 13, 14))

SOURCE_ROWS: list[dict[str, str]] = [
    {"slug": "agreements-register", "title": "Register", "grade": "A"},
    {"slug": "ministry-map", "title": "Map", "grade": "C"},
    {"slug": "hand-checked", "title": "By hand", "grade": "C"},
    {"slug": "town-page", "title": "Page of a town", "grade": "B", "url": "https://town.example/"},
    {"slug": "paper", "title": "A newspaper", "grade": "D"},
    {"slug": "open-list", "title": "An open list", "grade": "E", "licence": "CC BY-SA 4.0"},
]


class Tables:
    """A folder of tables, to which rows are added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, list[dict[str, str]]] = {name: [] for name in (SOURCES, PAIRS, MAP, REGISTER)}
        self.rows[SOURCES] = [dict(row) for row in SOURCE_ROWS]
        self.curated = ""
        self.spellings = "source,iso2,text,key\n"
        self.unsettled = "source,iso2,text,reason,candidates\n"

    def pair(self, **cells: str) -> dict[str, str]:
        given = {"source": "paper", "ua_katottg": SINGLE, "ua_text": "Одинцеве", "ua_oblast": "Lvivska"}
        return self._add(PAIRS, {**given, **self._partner(), "kind": "unknown", "status": "listed", **cells})

    def on_map(self, **cells: str) -> dict[str, str]:
        given = {"ua_katottg": SINGLE, "ua_text": "Одинцівська", "ua_oblast": "Львівська область"}
        return self._add(MAP, {**given, **self._partner(), **cells})

    def agreement(self, **cells: str) -> dict[str, str]:
        given = {"ua_katottg": SINGLE, "ua_text": "Одинцівська міська", "ua_oblast": "Львівська область"}
        partner = {"foreign_iso2": "DE", "foreign_text": "Мустерштадт"}
        return self._add(REGISTER, {**given, **partner, "title": "Угода про партнерство", **cells})

    def _partner(self) -> dict[str, str]:
        return {"foreign_iso2": "DE", "foreign_text": "Musterstadt"}

    def _add(self, name: str, cells: dict[str, str]) -> dict[str, str]:
        row = {"id": str(len(self.rows[name]) + 1), **cells}
        self.rows[name].append(row)
        return row

    def write(self) -> None:
        for name, rows in self.rows.items():
            with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS[name], restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        (self.folder / CURATED).write_text(self.curated, encoding="utf-8")
        (self.folder / "source_spellings.csv").write_text(self.spellings, encoding="utf-8")
        (self.folder / "unresolved_foreign.csv").write_text(self.unsettled, encoding="utf-8")

    def load(self) -> Report:
        self.write()
        return load(self.folder, self.folder)


def places_of_tables() -> dict[str, Place]:
    """Two urban hromadas called Миколаївська in two oblasts, one of a name of its own, a town, a district,
    and a Polish town."""
    lviv = OblastFactory(name_uk="Львівська", name_en="Lvivska")
    mykolaiv = OblastFactory(name_uk="Миколаївська", name_en="Mykolaivska")
    raion = RaionFactory(parent=lviv, name_uk="Стрийський", name_en="Stryiskyi", katottg=RAION)
    named = {"city": True, "with_centre": True, "name_uk": "Миколаївська", "name_en": "Mykolaivska"}
    centre = {"centre_settlement__name_uk": "Миколаїв", "centre_settlement__name_en": "Mykolaiv"}
    made: dict[str, Any] = {
        "city": HromadaFactory(parent=RaionFactory(parent=mykolaiv), katottg=CITY, **named, **centre),
        "namesake": HromadaFactory(parent=raion, katottg=NAMESAKE, **named, **centre),
        "single": HromadaFactory(
            parent=raion,
            katottg=SINGLE,
            city=True,
            with_centre=True,
            name_uk="Одинцівська",
            name_en="Odyntsivska",
            centre_settlement__name_uk="Одинцеве",
            centre_settlement__name_en="Odyntseve",
        ),
        "town": ForeignPlaceFactory(name_own="Musterstadt", name_uk="Мустерштадт", slug="musterstadt"),
        "district": ForeignPlaceFactory(
            name_own="Landkreis Musterstadt", name_uk="Мустерштадтський повіт", slug="lk", region=True
        ),
        "pole": ForeignPlaceFactory(
            country=CountryFactory(poland=True),
            name_own="Szczebrzeszyn",
            name_uk="Щебрешин",
            slug="szczebrzeszyn",
        ),
    }
    return {**made, "raion": raion}


def only_partnership() -> Partnership:
    return Partnership.objects.with_parties().get()


def milestones(partnership: Partnership) -> list[tuple[str, str, str]]:
    return list(partnership.milestones.order_by("type", "date").values_list("type", "stage", "date"))
