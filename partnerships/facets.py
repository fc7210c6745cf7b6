"""Counts beside the choices of the register's filters.

Each facet counts the records that everything else asks for: its own selection is left out, so that one sees
what a further choice would add. All counts and the total come from one query: the records that fit whatever
is no facet are read once, with a flag for each facet in force, and counted from there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, Q
from django.utils.translation import gettext as _

from core.languages import current_language
from partnerships.enums import Grade, Kind, LegalKind, Status
from partnerships.filters import PartnershipFilter
from places.enums import TOP_LEVELS, Level
from places.models import Place

FACETS = ("oblast", "country", "kind", "status", "evidence", "legal_kind", "programme")
AT_ONCE = 8

#: Where the values of a facet stand: column or expression, and what has to be joined to `matched` for it.
_VALUES = {
    "oblast": (
        "top.katottg",
        "JOIN partnerships_party party ON party.partnership_id = matched.id AND party.side = 'ua' "
        "JOIN places_place place ON place.id = party.place_id "
        "JOIN places_place top ON top.id = place.oblast_id",
    ),
    "country": (
        "place.country_id",
        "JOIN partnerships_party party ON party.partnership_id = matched.id AND party.side = 'foreign' "
        "JOIN places_place place ON place.id = party.place_id",
    ),
    "kind": ("matched.kind", ""),
    "status": ("matched.status", ""),
    "evidence": ("matched.evidence", ""),
    "legal_kind": (
        "agreement.legal_kind",
        "JOIN partnerships_agreement agreement ON agreement.partnership_id = matched.id",
    ),
    "programme": (
        "programme.slug",
        "JOIN partnerships_programme programme ON programme.id = matched.programme_id",
    ),
}


@dataclass(frozen=True)
class Counts:
    """How many records fit everything, and how many each value of each facet would have."""

    total: int
    by_facet: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    lang: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    """The choices of one parameter; `rest` is shown on demand."""

    name: str
    label: str
    options: tuple[Option, ...]
    rest: tuple[Option, ...]
    messages: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        chosen = any(option.selected for option in self.options)
        return self.name in {"oblast", "country", "status"} or chosen or bool(self.messages)


def count(asked: PartnershipFilter) -> Counts:
    """All counts of the page in one query."""
    active = [name for name in FACETS if asked.values.get(name)]
    flags = {f"fits_{name}": _flag(asked.filters[name].condition(asked.values[name])) for name in active}
    records = asked.without(*FACETS).annotate(**flags)
    try:
        matched, params = records.values_list(
            "id", "kind", "status", "evidence", "programme_id", *flags
        ).query.sql_with_params()
    except EmptyResultSet:
        return Counts(0, {name: {} for name in FACETS})
    columns = ", ".join(["id", "kind", "status", "evidence", "programme_id", *flags])
    parts = [_part(name, active) for name in FACETS]
    parts.append(f"SELECT 'total', '', count(*) FROM matched{_where(active)}")  # noqa: S608  constants only
    sql = f"WITH matched ({columns}) AS MATERIALIZED ({matched}) " + " UNION ALL ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    by_facet: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    total = 0
    for name, value, number in rows:
        if name == "total":
            total = number
        elif value:
            by_facet[name][value] = number
    return Counts(total, by_facet)


def facets(asked: PartnershipFilter, counts: Counts) -> list[Facet]:
    """The choices with their labels. What is selected stays in the list, also with nothing behind it; a facet
    without any value is left out unless something about it has to be said."""
    places = _places_of(asked, counts)
    made = [
        _facet("oblast", _("Oblast"), asked, counts, _place_choices(places, *TOP_LEVELS)),
        _facet("country", _("Country"), asked, counts, _place_choices(places, Level.COUNTRY)),
        _facet("status", _("Status"), asked, counts, _code_choices(Status), by_count=False),
        _facet("kind", _("Kind"), asked, counts, _code_choices(Kind)),
        _facet("evidence", _("Evidence"), asked, counts, _grade_choices(), by_count=False),
        _facet("legal_kind", _("Legal kind"), asked, counts, _code_choices(LegalKind)),
        _facet("programme", _("Programme"), asked, counts, _programme_choices(asked)),
    ]
    return [facet for facet in made if facet.options or facet.messages]


def _flag(condition: Q | Exists) -> Exists | ExpressionWrapper:
    if isinstance(condition, Exists):
        return condition
    return ExpressionWrapper(condition, output_field=BooleanField())


def _where(active: Iterable[str]) -> str:
    flags = [f"fits_{name}" for name in active]
    return f" WHERE {' AND '.join(flags)}" if flags else ""


def _part(name: str, active: list[str]) -> str:
    value, joins = _VALUES[name]
    where = _where(other for other in active if other != name)
    # Only a join can bring a record twice under one value.
    number = "count(DISTINCT matched.id)" if joins else "count(*)"
    return f"SELECT '{name}', {value}::text, {number} FROM matched {joins}{where} GROUP BY 2"  # noqa: S608


def _facet(
    name: str,
    label: str,
    asked: PartnershipFilter,
    counts: Counts,
    choices: dict[str, tuple[str, str]],
    by_count: bool = True,
) -> Facet:
    """`choices` maps each value to its label and the label's language, in the order to show among equals."""
    found = counts.by_facet[name]
    selected = {value_of(chosen) for chosen in asked.values.get(name) or []}
    options = [
        Option(value, text, lang, found.get(value, 0), value in selected)
        for value, (text, lang) in choices.items()
        if value in found or value in selected
    ]
    if by_count:
        options.sort(key=lambda option: -option.count)
    shown = options[:AT_ONCE] + [option for option in options[AT_ONCE:] if option.selected]
    rest = [option for option in options[AT_ONCE:] if not option.selected]
    return Facet(name, label, tuple(shown), tuple(rest), tuple(asked.messages.get(name, ())))


def value_of(chosen: Any) -> str:
    """How something chosen stands in an address: a code, the KATOTTG or ISO code of a place, a slug."""
    if isinstance(chosen, Place):
        return chosen.iso2 or chosen.katottg or ""
    return getattr(chosen, "slug", None) or str(chosen)


def label_of(chosen: Any) -> tuple[str, str]:
    """Words for something chosen and, where it is not the page's, their language."""
    if isinstance(chosen, Place):
        name = chosen.qualified_full_name()
        return name.text, (name.lang or "und") if name.is_foreign else ""
    if isinstance(chosen, Grade):
        return f"{chosen.value} – {chosen.label}", ""
    return str(getattr(chosen, "label", chosen)), ""


def _places_of(asked: PartnershipFilter, counts: Counts) -> list[Place]:
    """Oblasts and countries with a count or selected, in alphabetical order, in one query."""
    units = {*counts.by_facet["oblast"], *map(value_of, asked.values.get("oblast") or [])}
    countries = {*counts.by_facet["country"], *map(value_of, asked.values.get("country") or [])}
    wanted = Q(katottg__in=units) | Q(iso2__in=countries)
    return list(Place.objects.filter(wanted).alphabetical(current_language()))


def _place_choices(places: Iterable[Place], *levels: str) -> dict[str, tuple[str, str]]:
    return {value_of(place): label_of(place) for place in places if place.level in levels}


def _code_choices(choices: type[Kind] | type[Status] | type[LegalKind]) -> dict[str, tuple[str, str]]:
    return {choice.value: label_of(choice) for choice in choices}


def _grade_choices() -> dict[str, tuple[str, str]]:
    return {grade.value: label_of(grade) for grade in Grade}


def _programme_choices(asked: PartnershipFilter) -> dict[str, tuple[str, str]]:
    named = [(programme.slug, str(programme)) for programme in asked.programmes]
    return {slug: (name, "") for slug, name in sorted(named, key=lambda pair: pair[1].casefold())}
