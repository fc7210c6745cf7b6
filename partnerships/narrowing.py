"""Lists of things that belong to records (announcements, differences), narrowed by what an address asks for.

The parameters mean what they mean in the register, by the same columns of its list (`Listing`). Each choice
is counted without its own selection, so that one sees what a further one would add.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, Union

from django.db import models
from django.db.models import Count, F, Func, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.forgiving import CodesField, ForgivingForm
from core.languages import current_language
from core.pagination import shortened
from partnerships.facets import label_of
from partnerships.filters import COUNTRY, KATOTTG
from partnerships.register_words import Chip, address_without
from places.enums import TOP_LEVELS, Level
from places.models import Place

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: A word of a catalogue, translated when it is shown.
Words = Union[str, "_StrPromise"]
#: Rows of a table with a column `partnership`.
Things = TypeVar("Things", bound=models.QuerySet[Any])

#: Parameter → column of the record's row in the register's list, and how a place stands in it.
_COLUMNS = {
    "oblast": ("partnership__listing__oblasts", "pk"),
    "country": ("partnership__listing__countries", "iso2"),
}


@dataclass(frozen=True)
class Choice:
    """One value of a filter, as `components/facet_group.html` shows it."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Choices:
    """A filter with its values."""

    name: str
    label: str
    options: list[Choice]
    open: bool = True


class Narrowing:
    """Oblasts, countries, one record by its number, and codes of further parameters that an address asks for.

    `codes` maps such a parameter to its choices. What is not known is named in `messages` and left out.
    """

    def __init__(self, asked: QueryDict, codes: Mapping[str, Mapping[str, Words]]) -> None:
        self.asked, self.codes = asked, codes
        places = self._asked_places()
        form = ForgivingForm(asked)
        form.fields["oblast"] = _codes_field(
            {place.katottg: place for place in places if place.level in TOP_LEVELS}, folded=True
        )
        form.fields["country"] = _codes_field(
            {place.iso2: place for place in places if place.level == Level.COUNTRY}, folded=True
        )
        for name, choices in codes.items():
            form.fields[name] = _codes_field({code: code for code in choices})
        form.is_valid()
        self.values: dict[str, list[Any]] = {name: form.cleaned_data.get(name) or [] for name in form.fields}
        self.messages = [str(text) for errors in form.errors.values() for text in errors]
        self.record = self._asked_record()

    @property
    def is_narrowed(self) -> bool:
        return any(self.values.values()) or self.record is not None

    def of(self, things: Things, *, but: str = "") -> Things:
        """Those of records that fit the oblasts, the countries and the number asked for."""
        if self.record is not None:
            things = things.filter(partnership__number=self.record)
        for name, (column, key) in _COLUMNS.items():
            if self.values[name] and name != but:
                wanted = [getattr(place, key) for place in self.values[name]]
                things = things.filter(**{f"{column}__overlap": wanted})
        return things

    def place_choices(self, things: Things) -> list[Choices]:
        """Oblasts and countries of these things, those with most first; three queries."""
        counts = {name: _counted(self.of(things, but=name), name) for name in _COLUMNS}
        selected = {name: {place.pk for place in self.values[name]} for name in _COLUMNS}
        found = list(
            Place.objects.filter(
                Q(pk__in=[*counts["oblast"], *selected["oblast"], *selected["country"]])
                | Q(iso2__in=list(counts["country"]))
            ).alphabetical(current_language())
        )
        made = []
        for name, label in (("oblast", _("Oblast")), ("country", _("Country"))):
            key = _COLUMNS[name][1]
            options = [
                Choice(
                    _code(place),
                    label_of(place)[0],
                    counts[name].get(getattr(place, key), 0),
                    place.pk in selected[name],
                )
                for place in found
                if (place.level == Level.COUNTRY) == (name == "country")
            ]
            options.sort(key=lambda option: -option.count)
            made.append(Choices(name, label, options, open=bool(selected[name])))
        return made

    def code_choices(self, name: str, label: str, counts: Mapping[str, int]) -> Choices:
        """The codes of a further parameter that there is something of, in their own order."""
        options = [
            Choice(code, str(words), counts.get(code, 0), code in self.values[name])
            for code, words in self.codes[name].items()
            if counts.get(code) or code in self.values[name]
        ]
        return Choices(name, label, options)

    def chips(self) -> list[Chip]:
        """One for each value in force, with the address of the page without it."""
        made = []
        if self.record is not None:
            words = _("No. %(number)s") % {"number": self.record}
            made.append(Chip(words, address_without(self.asked, "record")))
        for name, chosen in self.values.items():
            for value in chosen:
                words = label_of(value)[0] if isinstance(value, Place) else str(self.codes[name][value])
                made.append(Chip(words, address_without(self.asked, name, _code(value))))
        return made

    def _asked_record(self) -> int | None:
        text = self.asked.get("record", "").strip()
        if text.isascii() and text.isdigit() and len(text) <= 9:
            return int(text)
        if text:
            complaint = _("“%(value)s” is not a number of a record and was left out.")
            self.messages.append(complaint % {"value": shortened(text)})
        return None

    def _asked_places(self) -> Iterable[Place]:
        """The places that parameters name, in one query; none where none is named."""
        asked = {code.strip().upper() for name in _COLUMNS for code in self.asked.getlist(name)}
        units = [code for code in asked if KATOTTG.match(code)]
        countries = [code for code in asked if COUNTRY.match(code) and code != "UA"]
        if not units and not countries:
            return []
        return list(Place.objects.filter(Q(katottg__in=units) | Q(iso2__in=countries)))


def _codes_field(known: Mapping[Any, Any], folded: bool = False) -> CodesField:
    return CodesField(known=known, folded=folded, required=False)


def _code(value: Any) -> str:
    return str(value.iso2 or value.katottg) if isinstance(value, Place) else str(value)


def _counted(things: models.QuerySet[Any], name: str) -> dict[Any, int]:
    """How many of the things each oblast (by key) or country (by ISO code) has."""
    units = Func(F(_COLUMNS[name][0]), function="unnest")
    rows = things.order_by().annotate(unit=units).values_list("unit").annotate(number=Count("*"))
    return dict(rows)
