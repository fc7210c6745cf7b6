"""What an exported row holds: the data dictionary. Codes stay as they are for ever; new ones may be added."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Column:
    """A column of every export. `type`: `integer`, `text`, `date` (ISO 8601), `edtf` (ISO 8601-2), `code`,
    `boolean`, `time` (ISO 8601), `list` (texts; in CSV and XLSX joined by `" | "`).

    Columns `of_file` are the same in all rows: JSON and GeoJSON say them once, at the head.
    """

    code: str
    type: str
    meaning: StrOrPromise
    of_file: bool = False


COLUMNS = (
    Column("number", "integer", _("Number of the record; it never changes.")),
    Column("address", "text", _("Stable address of the record: cite this one.")),
    Column("ua_name_uk", "list", _("Ukrainian parties as people call them, in Ukrainian.")),
    Column(
        "ua_name_en", "list", _("The same in English; where no English name is known, in another language.")
    ),
    Column("ua_full_name_uk", "list", _("Ukrainian parties with the kind of unit, in Ukrainian.")),
    Column(
        "ua_katottg",
        "list",
        _("KATOTTG codes of the Ukrainian parties, in the same order: names repeat, codes do not."),
    ),
    Column("ua_oblast_uk", "list", _("Oblasts of the Ukrainian parties, in Ukrainian.")),
    Column("ua_oblast_en", "list", _("Oblasts of the Ukrainian parties, in English.")),
    Column("ua_body", "list", _("Bodies that act for the Ukrainian parties, where a source names one.")),
    Column(
        "foreign_name_uk",
        "list",
        _("Foreign parties by their Ukrainian names, where one is known; else by their own."),
    ),
    Column(
        "foreign_name_en",
        "list",
        _("The same in English; where no English name is known, in another language."),
    ),
    Column("foreign_name_own", "list", _("Foreign parties by their own names.")),
    Column(
        "foreign_place", "list", _("Codes of the foreign places, as in their addresses here: “de/duisburg”.")
    ),
    Column("foreign_country", "list", _("Countries of the foreign parties, ISO 3166-1 alpha-2.")),
    Column("kind", "code", _("What the partners call their relation on the day.")),
    Column("status", "code", _("The furthest that the relation had come on the day.")),
    Column(
        "possibly",
        "boolean",
        _("True where the date of the status leaves open whether it had come by the day."),
    ),
    Column("status_date", "edtf", _("Date of the status, no more precise than known.")),
    Column("status_earliest", "date", _("First day that this date may mean.")),
    Column("status_latest", "date", _("Last day that this date may mean.")),
    Column(
        "evidence",
        "code",
        _("Grade of the strongest source, from A (official act or register) to E (open list)."),
    ),
    Column("programme", "code", _("Network or scheme that the relation belongs to.")),
    Column("agreements", "list", _("Titles of the agreements that were signed, as sources give them.")),
    Column("legal_kinds", "list", _("Kinds of cooperation in the Law of Ukraine 3668-IX.")),
    Column("sources", "list", _("Codes of the sources that say something about the record.")),
    Column(
        "licences",
        "list",
        _("Licences of these sources, in the same order: whoever passes a row on keeps to all of them."),
    ),
    Column("as_of", "date", _("Day for which the row holds."), of_file=True),
    Column("generated_at", "time", _("When the file was made."), of_file=True),
)
#: What differs from row to row.
OF_ROWS = tuple(column.code for column in COLUMNS if not column.of_file)
