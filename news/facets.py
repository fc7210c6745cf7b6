"""Choices beside the list of news with their counts, and the filters in force."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractYear
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.languages import LocalText, in_language
from news.filters import NewsFilter
from news.models import NewsItem, NewsPlace
from places.enums import Level
from places.models import Place

#: Choices shown of one facet: the most frequent ones.
MAX_OPTIONS = 40


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter and how many items it would show."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    options: list[Option]

    @property
    def open(self) -> bool:
        return any(option.selected for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force and the address of the list without it."""

    label: str
    url: str


def facets(chosen: NewsFilter) -> list[Facet]:
    """Each facet counted under all the other filters, in a fixed number of queries."""
    place_counts = {
        "country": _count_places(chosen, "country", F("place__country__id")),
        "oblast": _count_places(chosen, "oblast", F("place__oblast_id")),
        "hromada": _count_places(chosen, "hromada", F("place_id")),
    }
    wanted = {pk for counts in place_counts.values() for pk in counts}
    places = Place.objects.with_context().in_bulk(wanted)
    return [
        _facet(chosen, "tag", _tag_options(chosen)),
        _facet(chosen, "year", _year_options(chosen)),
        *(
            _facet(chosen, name, _place_options(chosen, name, counts, places))
            for name, counts in place_counts.items()
        ),
    ]


def chips(chosen: NewsFilter, asked: QueryDict) -> list[Chip]:
    """The filters in force, each with the address that takes it off."""
    found = []
    if text := chosen.form.cleaned_data.get("q"):
        found.append(Chip(_("“%(text)s”") % {"text": text}, _without(asked, "q", "")))
    for name in ("tag", "year", "country", "oblast", "hromada"):
        for value in chosen.chosen(name):
            found.append(Chip(_label(value), _without(asked, name, _code(name, value))))
    return found


def _facet(chosen: NewsFilter, name: str, options: list[Option]) -> Facet:
    return Facet(name, str(chosen.form.fields[name].label), options)


def _tag_options(chosen: NewsFilter) -> list[Option]:
    links = NewsItem.tags.through.objects.filter(newsitem__in=chosen.narrowed("tag"))
    counts = dict(links.values_list("tag_id").annotate(Count("newsitem", distinct=True)))
    return _sorted(
        Option(
            tag.slug, str(in_language(tag, "name")) or tag.slug, counts[tag.pk], tag in chosen.chosen("tag")
        )
        for tag in chosen.tags.values()
        if tag.pk in counts
    )


def _year_options(chosen: NewsFilter) -> list[Option]:
    years = chosen.narrowed("year").order_by().annotate(in_year=ExtractYear("publish_at"))
    counts = years.values_list("in_year").annotate(Count("pk")).order_by("-in_year")
    return [Option(str(year), str(year), number, year in chosen.chosen("year")) for year, number in counts]


def _count_places(chosen: NewsFilter, name: str, key: F) -> dict[int, int]:
    links: QuerySet[NewsPlace] = NewsPlace.objects.filter(item__in=chosen.narrowed(name)).order_by()
    if name == "country":
        # Nearly every item is about Ukraine; that would be no choice.
        links = links.exclude(place__country__iso2="UA")
    elif name == "hromada":
        links = links.filter(place__level__in=(Level.HROMADA, Level.SPECIAL_CITY))
    else:
        links = links.filter(place__oblast__isnull=False)
    return dict(links.annotate(key=key).values_list("key").annotate(Count("item", distinct=True)))


def _place_options(
    chosen: NewsFilter, name: str, counts: dict[int, int], places: dict[int, Place]
) -> list[Option]:
    in_force = {place.pk for place in chosen.chosen(name)}
    return _sorted(
        Option(_code(name, places[pk]), str(places[pk].short_name()), number, pk in in_force)
        for pk, number in counts.items()
    )


def _sorted(options: Iterable[Option]) -> list[Option]:
    ordered = sorted(options, key=lambda option: (not option.selected, -option.count, option.label))
    return ordered[:MAX_OPTIONS]


def _code(name: str, value: object) -> str:
    if isinstance(value, Place):
        return str(value.iso2 if name == "country" else value.katottg)
    return str(getattr(value, "slug", value))


def _label(value: object) -> str:
    label: str | LocalText = value.short_name() if isinstance(value, Place) else str(value)
    return str(label)


def _without(asked: QueryDict, name: str, code: str) -> str:
    """The query string without one value of a parameter, back on the first page."""
    rest = asked.copy()
    rest.pop("page", None)
    kept = [value for value in rest.getlist(name) if code and value.strip().upper() != code.upper()]
    rest.setlist(name, kept)
    return "?" + rest.urlencode()
