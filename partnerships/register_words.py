"""What the register's page says about itself: one sentence, and a chip for each filter in force."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.facets import label_of, value_of
from partnerships.filters import PartnershipFilter

_IN_SENTENCE = {"oblast", "raion", "hromada", "country", "as_of", "sort"}
_CODES = ("oblast", "raion", "hromada", "country", "status", "kind", "evidence", "legal_kind", "programme")


@dataclass(frozen=True)
class Chip:
    """A filter in force and the address of the same page without it."""

    label: str
    url: str


def register_sentence(asked: PartnershipFilter, total: int, today: dt.date) -> str:
    """“47 partnerships of Dnipropetrovska oblast with Germany, as of 24 November 2026”."""
    values = asked.values
    places = [place for name in ("oblast", "raion", "hromada") for place in values.get(name) or []]
    countries = values.get("country") or []
    words = {
        "count": number_format(total, use_l10n=True, force_grouping=True),
        "place": ", ".join(label_of(place)[0] for place in places),
        "country": ", ".join(label_of(country)[0] for country in countries),
        "day": date_format(asked.day or today, "j E Y"),
    }
    narrowed = any(value for name, value in values.items() if name not in _IN_SENTENCE)
    sentence = _narrowed_sentence if narrowed else _sentence
    return sentence(total, bool(places), bool(countries)) % words


def _sentence(total: int, places: bool, countries: bool) -> str:
    if places and countries:
        return ngettext(
            "%(count)s partnership of %(place)s with %(country)s, as of %(day)s",
            "%(count)s partnerships of %(place)s with %(country)s, as of %(day)s",
            total,
        )
    if places:
        return ngettext(
            "%(count)s partnership of %(place)s, as of %(day)s",
            "%(count)s partnerships of %(place)s, as of %(day)s",
            total,
        )
    if countries:
        return ngettext(
            "%(count)s partnership with %(country)s, as of %(day)s",
            "%(count)s partnerships with %(country)s, as of %(day)s",
            total,
        )
    return ngettext(
        "%(count)s partnership in the register, as of %(day)s",
        "%(count)s partnerships in the register, as of %(day)s",
        total,
    )


def _narrowed_sentence(total: int, places: bool, countries: bool) -> str:
    if places and countries:
        return ngettext(
            "%(count)s partnership of %(place)s with %(country)s fits all filters, as of %(day)s",
            "%(count)s partnerships of %(place)s with %(country)s fit all filters, as of %(day)s",
            total,
        )
    if places:
        return ngettext(
            "%(count)s partnership of %(place)s fits all filters, as of %(day)s",
            "%(count)s partnerships of %(place)s fit all filters, as of %(day)s",
            total,
        )
    if countries:
        return ngettext(
            "%(count)s partnership with %(country)s fits all filters, as of %(day)s",
            "%(count)s partnerships with %(country)s fit all filters, as of %(day)s",
            total,
        )
    return ngettext(
        "%(count)s partnership fits all filters, as of %(day)s",
        "%(count)s partnerships fit all filters, as of %(day)s",
        total,
    )


def chips(asked: PartnershipFilter, address: QueryDict) -> list[Chip]:
    """One for each value in force, in the order of the filters."""
    made = []
    if text := asked.values.get("q"):
        made.append(Chip(_("text: %(text)s") % {"text": text}, address_without(address, "q")))
    for name in _CODES:
        for chosen in asked.values.get(name) or []:
            made.append(Chip(_chip_label(name, chosen), address_without(address, name, value_of(chosen))))
    if year := asked.values.get("year_from"):
        made.append(Chip(_("from %(year)s") % {"year": year}, address_without(address, "year_from")))
    if year := asked.values.get("year_to"):
        made.append(Chip(_("until %(year)s") % {"year": year}, address_without(address, "year_to")))
    if asked.day:
        label = _("as of %(day)s") % {"day": date_format(asked.day, "j E Y")}
        made.append(Chip(label, address_without(address, "as_of")))
    return made


def _chip_label(name: str, chosen: Any) -> str:
    text = label_of(chosen)[0]
    return _("evidence: %(grade)s") % {"grade": text} if name == "evidence" else text


def address_without(address: QueryDict, name: str, value: str = "") -> str:
    """The same page without a value of a parameter, or without the parameter; from its first page on."""
    params = address.copy()
    kept = [other for other in params.getlist(name) if value and other.strip().upper() != value.upper()]
    params.setlist(name, kept)
    params.setlist("page", [])
    for other in list(params):
        # A form without scripts sends its empty fields as well; they say nothing.
        if not any(params.getlist(other)):
            del params[other]
    return f"?{params.urlencode()}" if params else "?"
