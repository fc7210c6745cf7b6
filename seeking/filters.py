"""What the list of cards can be narrowed by, and the counts beside the choices.

There are at most as many cards as hromadas: the counts are taken over all of them in memory, from one query.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django.http import QueryDict
from django.utils.translation import get_language_info, gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from core.forgiving import ChoiceField, CodesField, ForgivingForm, QueryField
from core.languages import current_language
from places.models import Place
from search.engine import find
from seeking.enums import LANGUAGES, Topic
from seeking.models import SeekingCard
from seeking.querysets import SeekingCardQuerySet

SORTS = ("-date", "date", "name", "ends")
#: Names of parameters that have choices, in the order of the page.
FACETS = ("topic", "language", "oblast", "country")


#: Names that Django lacks in Ukrainian, or has an outdated one for.
_NAMES = {"nb": gettext_lazy("Norwegian"), "nl": gettext_lazy("Dutch")}


def language_name(code: str) -> str:
    """The language in words of the page."""
    if code in _NAMES:
        return str(_NAMES[code])
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


class _Codes(django_filters.Filter):
    field_class = CodesField


class _Text(django_filters.Filter):
    field_class = QueryField


class _Choice(django_filters.Filter):
    field_class = ChoiceField


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def open(self) -> bool:
        return self.name == "topic" or any(option.selected for option in self.options)


class SeekingFilter(django_filters.FilterSet):
    """Parameters of `/seeking/`: OR within one of them, AND between them. A card without countries is open to
    every country."""

    q = _Text(label=_("Words"), longest=200, required=False, method="filter_words")
    topic = _Codes(
        label=_("Topic"), known={t.value: t.value for t in Topic}, required=False, method="filter_topic"
    )
    language = _Codes(
        label=_("Language"), known={c: c for c in LANGUAGES}, required=False, method="filter_language"
    )
    oblast = _Codes(label=_("Oblast"), known={}, folded=True, required=False, method="filter_oblast")
    country = _Codes(
        label=_("Country of the partner"), known={}, folded=True, required=False, method="filter_country"
    )
    sort = _Choice(
        label=_("Order"), known=dict.fromkeys(SORTS, True), initial="-date", required=False, method="in_order"
    )

    class Meta:
        model = SeekingCard
        form = ForgivingForm
        fields: ClassVar[list[str]] = []

    def __init__(self, data: QueryDict, queryset: SeekingCardQuerySet) -> None:
        super().__init__(data, queryset)
        self.filters["oblast"].extra["known"] = {place.katottg: place for place in self.oblasts}
        self.filters["country"].extra["known"] = {place.iso2: place for place in self.countries}
        self.form.full_clean()

    @cached_property
    def oblasts(self) -> list[Place]:
        return list(Place.objects.current().oblasts().alphabetical(current_language()))

    @cached_property
    def countries(self) -> list[Place]:
        abroad = Place.objects.current().countries().exclude(iso2="UA")
        return list(abroad.alphabetical(current_language()))

    def values(self, name: str) -> list[Any]:
        return list(self.form.cleaned_data.get(name) or [])

    def narrowed(self) -> SeekingCardQuerySet:
        cards: SeekingCardQuerySet = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            cards = self.filters[name].filter(cards, value)
        return cards

    @cached_property
    def _found(self) -> list[int]:
        return [pk for _type, pk in find(self.form.cleaned_data["q"], "seeking").references]

    def filter_words(self, cards: SeekingCardQuerySet, name: str, text: str) -> SeekingCardQuerySet:
        return cards.filter(pk__in=self._found)

    def filter_topic(self, cards: SeekingCardQuerySet, name: str, codes: list[str]) -> SeekingCardQuerySet:
        return cards.filter(topics__overlap=codes)

    def filter_language(self, cards: SeekingCardQuerySet, name: str, codes: list[str]) -> SeekingCardQuerySet:
        return cards.filter(languages__overlap=codes)

    def filter_oblast(
        self, cards: SeekingCardQuerySet, name: str, places: list[Place]
    ) -> SeekingCardQuerySet:
        return cards.filter(hromada__oblast__in=places)

    def filter_country(
        self, cards: SeekingCardQuerySet, name: str, places: list[Place]
    ) -> SeekingCardQuerySet:
        wanted = [place.iso2 for place in places]
        return cards.filter(countries__overlap=wanted) | cards.filter(countries=[])

    def in_order(self, cards: SeekingCardQuerySet, name: str, sort: str) -> SeekingCardQuerySet:
        language = current_language()
        orders: dict[str, tuple[str, ...]] = {
            "-date": ("-published_on", "-pk"),
            "date": ("published_on", "pk"),
            "ends": ("valid_until", "pk"),
            "name": (f"hromada__centre__sort_{language}", f"hromada__sort_{language}", "pk"),
        }
        return cards.order_by(*orders[sort])

    def complaints(self) -> list[tuple[str, str]]:
        """Label of each filter that was given what it can't use, and what was left out."""
        return [
            (str(self.form.fields[name].label), " ".join(str(error) for error in errors))
            for name, errors in self.form.errors.items()
        ]

    def facets(self) -> list[Facet]:
        """The choices, each counted under all the other filters."""
        cards = self.queryset
        if self.form.cleaned_data.get("q"):
            cards = cards.filter(pk__in=self._found)
        rows = list(
            cards.order_by().values_list("topics", "languages", "hromada__oblast__katottg", "countries")
        )
        names = {
            "topic": {topic.value: str(topic.label) for topic in Topic},
            "language": {code: language_name(code) for code in LANGUAGES},
            "oblast": {str(place.katottg): str(place.full_name()) for place in self.oblasts},
            "country": {str(place.iso2): str(place.name()) for place in self.countries},
        }
        return [facet for name in FACETS if (facet := self._facet(name, names[name], rows)).options]

    def _facet(self, name: str, labels: dict[str, str], rows: Iterable[tuple[Any, ...]]) -> Facet:
        counts: Counter[str] = Counter()
        open_to_all = 0
        for row in rows:
            values = dict(zip(FACETS, (row[0], row[1], [row[2]], row[3]), strict=True))
            if all(self._fits(other, values[other]) for other in FACETS if other != name):
                counts.update(values[name])
                open_to_all += name == "country" and not values[name]
        chosen = {_code(value) for value in self.values(name)}
        options = [
            Option(code, label, counts[code] + open_to_all, code in chosen)
            for code, label in labels.items()
            if counts[code] or code in chosen
        ]
        return Facet(name, str(self.form.fields[name].label), tuple(options))

    def _fits(self, name: str, values: list[str]) -> bool:
        wanted = {_code(value) for value in self.values(name)}
        return not wanted or bool(wanted & set(values)) or (name == "country" and not values)


def _code(value: Any) -> str:
    return str(value.iso2 or value.katottg) if isinstance(value, Place) else str(value)


def chips(asked: SeekingFilter, address: QueryDict) -> list[tuple[str, str]]:
    """A label and the address without it for each filter in force."""
    named: dict[str, Callable[[Any], str]] = {
        "topic": lambda code: str(Topic(code).label),
        "language": language_name,
        "oblast": lambda place: str(place.full_name()),
        "country": lambda place: str(place.name()),
    }
    found = []
    if text := asked.form.cleaned_data.get("q"):
        found.append((gettext("“%(text)s”") % {"text": text}, _without(address, "q", "")))
    for name in FACETS:
        for value in asked.values(name):
            found.append((named[name](value), _without(address, name, _code(value))))
    return found


def _without(address: QueryDict, name: str, code: str) -> str:
    rest = address.copy()
    rest.pop("page", None)
    rest.setlist(name, [v for v in rest.getlist(name) if code and v.strip().upper() != code.upper()])
    for other in list(rest):
        if not any(rest.getlist(other)):
            del rest[other]
    return f"?{rest.urlencode()}" if rest else "?"
