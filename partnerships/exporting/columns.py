"""What an exported row holds: the data dictionary. Codes stay as they are for ever; new ones may be added."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core.edtf import InvalidDate, PartialDate
from partnerships.models import Partnership, Party
from places.models import Place

#: A value of a row: text, a number, a truth, a day as ISO text, a list of texts, or nothing.
Value = str | int | bool | list[str] | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of every export. `type`: `integer`, `text`, `date` (ISO 8601), `edtf` (ISO 8601-2), `code`,
    `boolean`, `list` (texts; in CSV and XLSX joined by `" | "`)."""

    code: str
    type: str
    meaning: StrOrPromise
    value: Callable[[Partnership], Value]


def stable_address(number: int) -> str:
    return f"{settings.SITE_URL}/id/partnership/{number}"


def _each(parties: Iterable[Party], read: Callable[[Party], str]) -> list[str]:
    """One text a party, so that the lists of a row run side by side; empty where it has none."""
    return [read(party) for party in parties]


def _name(language: str) -> Callable[[Party], str]:
    return lambda party: party.name(language).text


def _own_name(party: Party) -> str:
    if party.place is not None:
        return party.place.name_own
    return party.body.name_own if party.body else ""


def _full_name(language: str) -> Callable[[Party], str]:
    return lambda party: party.place.full_name(language).text if party.place else party.name(language).text


def _of_place(read: Callable[[Place], str | None]) -> Callable[[Party], str]:
    return lambda party: (read(party.place) or "") if party.place else ""


def _oblast(language: str) -> Callable[[Party], str]:
    return _of_place(lambda place: place.oblast.full_name(language).text if place.oblast else "")


def _code_abroad(place: Place) -> str:
    return f"{place.country_id.lower()}/{place.slug}" if place.slug else place.country_id.lower()


def _body(party: Party) -> str:
    return party.body.name("uk").text if party.body and party.place else ""


def _days(partnership: Partnership) -> tuple[str | None, str | None]:
    """First and last day that the date of the status may mean."""
    try:
        date = PartialDate.parse(partnership.shown.date)
    except InvalidDate:
        return None, None
    first, last = date.earliest, date.latest
    return (first.isoformat() if first else None), (last.isoformat() if last else None)


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def _sources(partnership: Partnership) -> dict[str, str]:
    """Licences of the sources by their codes, the strongest source first."""
    return {statement.source.slug: statement.source.licence for statement in partnership.statements.all()}


COLUMNS = (
    Column("number", "integer", _("Number of the record; it never changes."), lambda record: record.number),
    Column(
        "address",
        "text",
        _("Stable address of the record: cite this one."),
        lambda record: stable_address(record.number),
    ),
    Column(
        "ua_name_uk",
        "list",
        _("Ukrainian parties as people call them, in Ukrainian."),
        lambda record: _each(record.ukrainian_parties, _name("uk")),
    ),
    Column(
        "ua_name_en",
        "list",
        _("The same in English; where no English name is known, in another language."),
        lambda record: _each(record.ukrainian_parties, _name("en")),
    ),
    Column(
        "ua_full_name_uk",
        "list",
        _("Ukrainian parties with the kind of unit, in Ukrainian."),
        lambda record: _each(record.ukrainian_parties, _full_name("uk")),
    ),
    Column(
        "ua_katottg",
        "list",
        _("KATOTTG codes of the Ukrainian parties, in the same order: names repeat, codes do not."),
        lambda record: _each(record.ukrainian_parties, _of_place(lambda place: place.katottg)),
    ),
    Column(
        "ua_oblast_uk",
        "list",
        _("Oblasts of the Ukrainian parties, in Ukrainian."),
        lambda record: _each(record.ukrainian_parties, _oblast("uk")),
    ),
    Column(
        "ua_oblast_en",
        "list",
        _("Oblasts of the Ukrainian parties, in English."),
        lambda record: _each(record.ukrainian_parties, _oblast("en")),
    ),
    Column(
        "ua_body",
        "list",
        _("Bodies that act for the Ukrainian parties, where a source names one."),
        lambda record: _each(record.ukrainian_parties, _body),
    ),
    Column(
        "foreign_name_uk",
        "list",
        _("Foreign parties by their Ukrainian names, where one is known; else by their own."),
        lambda record: _each(record.foreign_parties, _name("uk")),
    ),
    Column(
        "foreign_name_en",
        "list",
        _("The same in English; where no English name is known, in another language."),
        lambda record: _each(record.foreign_parties, _name("en")),
    ),
    Column(
        "foreign_name_own",
        "list",
        _("Foreign parties by their own names."),
        lambda record: _each(record.foreign_parties, _own_name),
    ),
    Column(
        "foreign_place",
        "list",
        _("Codes of the foreign places, as in their addresses here: “de/duisburg”."),
        lambda record: _each(record.foreign_parties, _of_place(_code_abroad)),
    ),
    Column(
        "foreign_country",
        "list",
        _("Countries of the foreign parties, ISO 3166-1 alpha-2."),
        lambda record: _each(record.foreign_parties, _of_place(lambda place: place.country_id)),
    ),
    Column(
        "kind",
        "code",
        _("What the partners call their relation on the day."),
        lambda record: record.shown.kind,
    ),
    Column(
        "status",
        "code",
        _("The furthest that the relation had come on the day."),
        lambda record: record.shown.status,
    ),
    Column(
        "possibly",
        "boolean",
        _("True where the date of the status leaves open whether it had come by the day."),
        lambda record: record.shown.possibly,
    ),
    Column(
        "status_date",
        "edtf",
        _("Date of the status, no more precise than known."),
        lambda record: record.shown.date,
    ),
    Column(
        "status_earliest", "date", _("First day that this date may mean."), lambda record: _days(record)[0]
    ),
    Column("status_latest", "date", _("Last day that this date may mean."), lambda record: _days(record)[1]),
    Column(
        "evidence",
        "code",
        _("Grade of the strongest source, from A (official act or register) to E (open list)."),
        lambda record: record.evidence,
    ),
    Column(
        "programme",
        "code",
        _("Network or scheme that the relation belongs to."),
        lambda record: record.programme.slug if record.programme else "",
    ),
    Column(
        "agreements",
        "list",
        _("Titles of the agreements that were signed, as sources give them."),
        lambda record: [agreement.title for agreement in record.agreements.all()],
    ),
    Column(
        "legal_kinds",
        "list",
        _("Kinds of cooperation in the Law of Ukraine 3668-IX."),
        lambda record: _distinct(agreement.legal_kind for agreement in record.agreements.all()),
    ),
    Column(
        "sources",
        "list",
        _("Codes of the sources that say something about the record."),
        lambda record: list(_sources(record)),
    ),
    Column(
        "licences",
        "list",
        _("Licences of these sources, in the same order: whoever passes a row on keeps to all of them."),
        lambda record: list(_sources(record).values()),
    ),
)


def row_of(record: Partnership) -> dict[str, Value]:
    return {column.code: column.value(record) for column in COLUMNS}
