"""Counts beside the choices of the register's filters.

Each facet counts the records that everything else asks for: its own selection is left out, so that one sees
what a further choice would add. All counts and the total come from one query over the flat list: one pass for
each selected facet, which has a condition less, and a few for all others together. No pass joins anything but
the standings of a past day, so no plan can go wrong.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.kept import KeptByVersion
from core.languages import current_language
from partnerships.enums import Grade, Kind, LegalKind, Status
from partnerships.filters import PartnershipFilter
from partnerships.models import Listing
from places.enums import TOP_LEVELS, Level
from places.models import Place
from places.querysets import NAMED_BY

FACETS = ("oblast", "raion", "country", "kind", "status", "evidence", "legal_kind", "programme")
AT_ONCE = 8
#: Words for oblasts, raions and countries, by language and place.
_place_words = KeptByVersion(1_000)
_PLACE_VERSION = RawSQL("places_place.xmin::text || places_place.ctid::text", [])

#: Facet → column of the list. What stands in arrays is counted by whole arrays, of which there are few, and
#: these are taken apart here.
_COLUMNS = {
    "kind": "then_kind",
    "status": "then_status",
    "evidence": "evidence",
    "programme": "programme_id",
    "legal_kind": "legal_kinds",
    "oblast": "oblasts",
    "country": "countries",
    "raion": "raions",
}
#: Facets that are counted in one pass, and the generated column that holds them all for today.
_TOGETHER = (
    (("kind", "status", "evidence", "programme", "legal_kind"), "codes"),
    (("oblast", "country"), "units"),
    (("raion",), ""),
)


@dataclass(frozen=True)
class Counts:
    """How many records fit everything, and how many each value of each facet would have. Units and programmes
    go by their keys, countries by their codes."""

    total: int
    by_facet: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    lang: str
    count: int
    selected: bool

    @property
    def words(self) -> SafeString:
        """The label, marked where it is in another language than the page."""
        if not self.lang:
            return format_html("{}", self.label)
        return format_html('<span lang="{}">{}</span>', self.lang, self.label)


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
        return self.name in {"oblast", "raion", "country", "status"} or chosen or bool(self.messages)


@dataclass(frozen=True)
class _Part:
    """Facets that are counted in one pass over the records that fit some conditions."""

    names: tuple[str, ...]
    records: QuerySet[Listing]
    #: A column that holds the values of all of them, with a slash between.
    joined: str = ""

    def sql(self, number: int) -> tuple[str, Sequence[Any]]:
        """Selects the part's number, an array of the values as texts, and how many records have them.

        :raises EmptyResultSet: no record can fit.
        """
        columns = [self.joined] if self.joined else [_COLUMNS[name] for name in self.names]
        grouped = self.records.values(*columns).annotate(many=Count("*")).order_by()
        sql, params = grouped.query.sql_with_params()
        texts = ", ".join(f"coalesce({column}::text, '')" for column in columns)
        return f"SELECT {number}, ARRAY[{texts}]::text[], many FROM ({sql}) AS counted", params  # noqa: S608

    def values(self, keys: list[str]) -> list[str]:
        return keys[0].split("/") if self.joined else keys


def count(asked: PartnershipFilter) -> Counts:
    """All counts of the page in one query."""
    parts = _parts(asked)
    found: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    total = 0
    for number, keys, many in _rows(parts):
        part = parts[number]
        for name, key in zip(part.names, part.values(keys), strict=True):
            for value in _values_in(key):
                found[name][value] += many
        total += many if number == 0 else 0
    return Counts(total, {name: dict(counter) for name, counter in found.items()})


def _parts(asked: PartnershipFilter) -> list[_Part]:
    """One for each selected facet, which leaves its own condition out, and one for each group of the others.
    The total is the sum of the first, which stands there even where all of its facets are selected."""
    selected = [name for name in FACETS if asked.values.get(name)]
    parts: list[_Part] = []
    for names, joined in _TOGETHER:
        others = tuple(name for name in names if name not in selected and _is_shown(name, asked))
        if others or not parts:
            parts.append(_Part(others, asked.without(), joined if others == names and not asked.day else ""))
    return parts + [_Part((name,), asked.without(name)) for name in selected]


def _is_shown(name: str, asked: PartnershipFilter) -> bool:
    """Raions are told where somebody looks at an oblast."""
    return name != "raion" or bool(asked.values.get("oblast"))


def _rows(parts: list[_Part]) -> list[tuple[int, list[str], int]]:
    """(number of the part, values of its columns, records) for all parts, in one query."""
    queries: list[str] = []
    params: list[Any] = []
    for number, part in enumerate(parts):
        try:
            sql, its_params = part.sql(number)
        except EmptyResultSet:
            continue
        queries.append(sql)
        params += its_params
    if not queries:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(queries), params)
        return cursor.fetchall()


def _values_in(key: str) -> list[str]:
    """The values in a column's text: none, one, or those of an array such as `{DE,PL}`."""
    key = key.strip("{}")
    return key.split(",") if key else []


def facets(asked: PartnershipFilter, counts: Counts) -> list[Facet]:
    """The choices with their labels. What is selected stays in the list, also with nothing behind it; a facet
    without any value is left out unless something about it has to be said."""
    places = _places_of(asked, counts)
    oblasts = [one.choice for one in places if one.level in TOP_LEVELS]
    countries = [one.choice for one in places if one.level == Level.COUNTRY]
    made = [
        _facet("oblast", _("Oblast"), asked, counts, oblasts),
        _facet("raion", _("Raion"), asked, counts, _raions(asked, places)),
        _facet("country", _("Country"), asked, counts, countries),
        _facet("status", _("Status"), asked, counts, _code_choices(Status), by_count=False),
        _facet("kind", _("Kind"), asked, counts, _code_choices(Kind)),
        _facet("evidence", _("Evidence"), asked, counts, _code_choices(Grade), by_count=False),
        _facet("legal_kind", _("Legal kind"), asked, counts, _code_choices(LegalKind)),
        _facet("programme", _("Programme"), asked, counts, _programme_choices(asked)),
    ]
    return [facet for facet in made if facet.options or facet.messages]


@dataclass(frozen=True)
class _Choice:
    """A value of a facet: what it is counted by, what stands in addresses, its words and their language."""

    key: str
    value: str
    label: str
    lang: str = ""


def _facet(
    name: str,
    label: str,
    asked: PartnershipFilter,
    counts: Counts,
    choices: Iterable[_Choice],
    by_count: bool = True,
) -> Facet:
    """`choices` in the order to show among equals."""
    found = counts.by_facet[name]
    selected = {value_of(chosen) for chosen in asked.values.get(name) or []}
    options = [
        Option(choice.value, choice.label, choice.lang, found.get(choice.key, 0), choice.value in selected)
        for choice in choices
        if choice.key in found or choice.value in selected
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


@dataclass(frozen=True)
class _PlaceChoice:
    choice: _Choice
    level: str
    oblast: int | None


def _places_of(asked: PartnershipFilter, counts: Counts) -> list[_PlaceChoice]:
    """Oblasts, raions and countries with a count or selected, in alphabetical order, in one query where their
    words are known."""
    keys = {key for name in ("oblast", "raion") for key in counts.by_facet[name]}
    for name in ("oblast", "raion", "country"):
        keys |= {str(place.pk) for place in asked.values.get(name) or []}
    wanted = Place.objects.filter(Q(pk__in=keys) | Q(iso2__in=counts.by_facet["country"]))
    language = current_language()
    versions = wanted.alphabetical(language).values_list("pk", _PLACE_VERSION)
    in_order = {(language, key): version for key, version in versions}
    choices = _place_words.values(in_order, _place_choices)
    return [choices[key] for key in in_order if key in choices]


def _place_choices(keys: list[tuple[str, int]]) -> dict[tuple[str, int], _PlaceChoice]:
    places = Place.objects.only(*NAMED_BY).in_bulk([key for _language, key in keys])
    return {
        key: _PlaceChoice(
            _Choice(place.iso2 or str(place.pk), value_of(place), *label_of(place)),
            place.level,
            place.oblast_id,
        )
        for key in keys
        if (place := places.get(key[1])) is not None
    }


def _raions(asked: PartnershipFilter, places: Iterable[_PlaceChoice]) -> list[_Choice]:
    """Of a record's several raions, those in the oblasts that are asked for, and what is selected."""
    selected = {value_of(place) for place in asked.values.get("raion") or []}
    inside = {place.pk for place in asked.values.get("oblast") or []}
    return [
        one.choice
        for one in places
        if one.level == Level.RAION and (not inside or one.oblast in inside or one.choice.value in selected)
    ]


def _code_choices(choices: type[Kind] | type[Status] | type[LegalKind] | type[Grade]) -> list[_Choice]:
    return [_Choice(choice.value, choice.value, *label_of(choice)) for choice in choices]


def _programme_choices(asked: PartnershipFilter) -> list[_Choice]:
    made = [_Choice(str(one.pk), one.slug, str(one)) for one in asked.programmes]
    return sorted(made, key=lambda choice: choice.label.casefold())
