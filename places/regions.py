"""What states, Länder, voivodeships and provinces abroad are called in Ukrainian and English."""

import csv
from functools import cache
from pathlib import Path

from core.languages import LocalText, current_language

TABLE = Path(__file__).parent / "data" / "regions.csv"


@cache
def _names() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row["iso2"], row["name"]): {"uk": row["name_uk"], "en": row["name_en"]}
            for row in csv.DictReader(file)
        }


def region_in(iso2: str, name: str, language: str = "") -> LocalText:
    """The region's name in the language; one that the table does not know stands by its own name."""
    wanted = language or current_language()
    known = _names().get((iso2, name))
    return LocalText(known[wanted], wanted, wanted) if known else LocalText(name, "", wanted)
