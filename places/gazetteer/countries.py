"""Countries and territories of ISO 3166-1 with their names, from Unicode CLDR as Babel packages it."""

from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from places.gazetteer.tables import Row, write_table

COLUMNS = ["iso2", "name_uk", "name_en", "name_own", "language", "other_names"]

#: Two-letter codes of CLDR that are not assigned to a country or territory by ISO 3166-1.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}

#: Full names as the official register of agreements writes them, and short forms in use.
OTHER_NAMES = {
    "AT": "Республіка Австрія",
    "BE": "Королівство Бельгія",
    "BG": "Республіка Болгарія",
    "CZ": "Чеська Республіка|Чехія",
    "DE": "Федеративна Республіка Німеччина|ФРН",
    "EE": "Естонська Республіка",
    "FR": "Французька Республіка",
    "GB": "Сполучене Королівство Великої Британії і Північної Ірландії|Велика Британія|Англія|United Kingdom",
    "GE": "Республіка Грузія",
    "HR": "Республіка Хорватія",
    "IT": "Італійська Республіка",
    "LT": "Литовська Республіка",
    "LV": "Латвійська Республіка",
    "MD": "Республіка Молдова|Молдова",
    "NO": "Королівство Норвегія",
    "PL": "Республіка Польща",
    "SE": "Королівство Швеція",
    "SK": "Словацька Республіка|Словаччина",
    "US": "Сполучені Штати Америки|США|United States of America|USA",
}


def build_countries(target: Path) -> list[Row]:
    """Write ``countries.csv`` and return its rows."""
    ukrainian, english = Locale("uk").territories, Locale("en").territories
    rows: list[Row] = []
    for code in sorted(english):
        if len(code) != 2 or not code.isalpha() or code in NOT_ISO:
            continue
        own, language = _own_name(code)
        names = {ukrainian[code], english[code], own}
        others = [name for name in OTHER_NAMES.get(code, "").split("|") if name and name not in names]
        rows.append(
            {
                "iso2": code,
                "name_uk": ukrainian[code],
                "name_en": english[code],
                "name_own": own,
                "language": language,
                "other_names": "|".join(others),
            }
        )
    write_table(target / "countries.csv", COLUMNS, rows)
    return rows


def _own_name(code: str) -> tuple[str, str]:
    """The name in the country's first official language of the whole country; blank where CLDR has none."""
    for language in get_official_languages(code, de_facto=True):
        try:
            name = Locale(language.split("_")[0]).territories.get(code)
        except UnknownLocaleError:
            continue
        if name:
            return name, language.split("_")[0]
    return "", ""
