"""The tables of the ministry's map and of the register of agreements in our columns."""

import re

from partnerships.loading.building.files import Row, one_line

MAP_COLUMNS = ("id", "ua_katottg", "ua_text", "ua_oblast", "foreign_iso2", "foreign_text")
MAP_IDENTITY = ("ua_katottg", "foreign_iso2", "foreign_text")
REGISTER_COLUMNS = (
    *("id", "ua_katottg", "ua_text", "ua_oblast", "title", "title_cut", "signed_text", "signed_on"),
    *("legal_kind", "sphere", "foreign_state", "foreign_iso2", "foreign_text", "term"),
)
REGISTER_IDENTITY = ("ua_katottg", "title", "signed_text", "foreign_text")
#: The gathered titles and spheres end at these lengths, in the middle of a word; spaces at the end are gone.
TITLE_CUT_AT, SPHERE_CUT_AT, SPACES = 120, 60, 3
_NOTHING = {"-", "_", "—"}


def map_row(row: Row) -> Row:
    return {
        "ua_katottg": row["katottg"],
        "ua_text": row["hromada_short"],
        "ua_oblast": row["oblast"],
        "foreign_iso2": row["partner_country_iso2"],
        "foreign_text": one_line(row["partner_name"]),
    }


class FullTexts:
    """Whole cells of the register for those that were cut, as far as exactly one fits."""

    def __init__(self, sample: list[Row]) -> None:
        self.titles = {one_line(row["title"]) for row in sample}
        self.spheres = {one_line(row["sphere"]) for row in sample}

    def title(self, text: str) -> tuple[str, bool]:
        """The title, and whether its end is missing."""
        return self._whole(text, self.titles, TITLE_CUT_AT)

    def sphere(self, text: str) -> str:
        whole, cut = self._whole(text, self.spheres, SPHERE_CUT_AT)
        return f"{whole} …" if cut else whole

    @staticmethod
    def _whole(text: str, known: set[str], length: int) -> tuple[str, bool]:
        start = one_line(text)
        if len(text) < length - SPACES or (len(text) < length and text.endswith((")", "."))):
            return start, False
        fitting = {whole for whole in known if whole.startswith(start)}
        return (fitting.pop(), False) if len(fitting) == 1 else (start, True)


def register_row(row: Row, full: FullTexts) -> Row:
    title, cut = full.title(row["title"])
    return {
        "ua_katottg": row["katottg"],
        "ua_text": re.sub(r" територіальна громада$", "", row["hromada_name"]),
        "ua_oblast": row["oblast"],
        "title": title,
        "title_cut": "yes" if cut else "",
        "signed_text": one_line(row["signed_cell"]),
        "signed_on": row["signed_iso"],
        "legal_kind": one_line(row["legal_kind"]),
        "sphere": full.sphere(row["sphere"]),
        "foreign_state": one_line(row["foreign_state"]),
        "foreign_iso2": row["foreign_country_iso2"],
        "foreign_text": one_line(row["foreign_place"]),
        "term": "" if one_line(row["duration"]) in _NOTHING else one_line(row["duration"]),
    }
