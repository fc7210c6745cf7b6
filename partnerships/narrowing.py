"""Lists of things that belong to records (announcements, differences), narrowed by what an address asks for.

The parameters mean what they mean in the register, by the same conditions. Each choice is counted without
its own selection, so that one sees what a further one would add.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, Union

from django.db import models
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.forgiving import CodesField, ForgivingForm
from core.languages import current_language
from core.pagination import shortened
from partnerships import conditions
from partnerships.enums import Side
from partnerships.facets import label_of
from partnerships.filters import COUNTRY, KATOTTG
from partnerships.models import Partnership
from partnerships.register_words import Chip, address_without
from places.enums import TOP_LEVELS, Level
from places.models import Place

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: A word of a catalogue, translated when it is shown.
Words = Union[str, "_StrPromise"]
#: Rows of a table with a column `partnership`.
Things = TypeVar("Things", bound=models.QuerySet[Any])

_CONDITIONS = {"oblast": conditions.in_oblasts, "country": conditions.with_countries}
_COLUMNS = {
    "oblast": (Side.UKRAINIAN, "partnership__parties__place__oblast__katottg"),
    "country": (Side.FOREIGN, "partnership__parties__place__country"),
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
        records = Partnership.objects.all()
        wanted = [name for name in _CONDITIONS if self.values[name] and name != but]
        for name in wanted:
            records = records.filter(_CONDITIONS[name](self.values[name]))
        return things.filter(partnership__in=records.values("pk")) if wanted else things

    def place_choices(self, things: Things) -> list[Choices]:
        """Oblasts and countries of these things, those with most first; three queries."""
        counts = {name: _counted(self.of(things, but=name), name) for name in _CONDITIONS}
        selected = {name: {_code(place) for place in self.values[name]} for name in _CONDITIONS}
        found = Place.objects.filter(
            Q(katottg__in=[*counts["oblast"], *selected["oblast"]])
            | Q(iso2__in=[*counts["country"], *selected["country"]])
        ).alphabetical(current_language())
        labels = {_code(place): label_of(place)[0] for place in found}
        return [
            Choices(
                name,
                label,
                sorted(
                    (
                        Choice(code, words, counts[name].get(code, 0), code in selected[name])
                        for code, words in labels.items()
                        if code in counts[name] or code in selected[name]
                    ),
                    key=lambda choice: -choice.count,
                ),
                open=bool(selected[name]),
            )
            for name, label in (("oblast", _("Oblast")), ("country", _("Country")))
        ]

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
        asked = {code.strip().upper() for name in _CONDITIONS for code in self.asked.getlist(name)}
        units = [code for code in asked if KATOTTG.match(code)]
        countries = [code for code in asked if COUNTRY.match(code) and code != "UA"]
        if not units and not countries:
            return []
        return list(Place.objects.filter(Q(katottg__in=units) | Q(iso2__in=countries)))


def _codes_field(known: Mapping[Any, Any], folded: bool = False) -> CodesField:
    return CodesField(known=known, folded=folded, required=False)


def _code(value: Any) -> str:
    return str(value.iso2 or value.katottg) if isinstance(value, Place) else str(value)


def _counted(things: models.QuerySet[Any], name: str) -> dict[str, int]:
    """How many of the things each oblast or country has."""
    side, column = _COLUMNS[name]
    rows = (
        things.order_by()
        .filter(partnership__parties__side=side, partnership__parties__place__isnull=False)
        .values_list(column)
        .annotate(number=Count("pk", distinct=True))
    )
    return {code: number for code, number in rows if code}
