"""What the list of news can be narrowed by. It is typed into addresses, so nothing may break it."""

from collections.abc import Iterator
from typing import Any, ClassVar

import django_filters
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.forgiving import CodesField, ForgivingForm, QueryField
from news.models import NewsItem, Tag
from news.querysets import NewsItemQuerySet
from places.models import Place
from search.engine import find

YEARS = {str(year): year for year in range(1991, 2101)}
#: Codes of one parameter that are looked up; more than anybody chooses.
MAX_CODES = 50


class CodesFilter(django_filters.Filter):
    """Values of one parameter that repeats: one of them must fit."""

    field_class = CodesField


class QueryFilter(django_filters.Filter):
    field_class = QueryField


class NewsFilter(django_filters.FilterSet):
    """Parameters of `/news/`: OR within one of them, AND between them."""

    q = QueryFilter(label=_("Words"), longest=200, required=False, method="filter_words")
    tag = CodesFilter(label=_("Tag"), known={}, required=False, method="filter_tag")
    year = CodesFilter(label=_("Year"), known=YEARS, required=False, method="filter_year")
    country = CodesFilter(label=_("Country"), known={}, folded=True, required=False, method="filter_place")
    oblast = CodesFilter(label=_("Oblast"), known={}, folded=True, required=False, method="filter_place")
    hromada = CodesFilter(label=_("Hromada"), known={}, folded=True, required=False, method="filter_place")

    class Meta:
        model = NewsItem
        form = ForgivingForm
        fields: ClassVar[list[str]] = []

    def __init__(self, data: QueryDict, queryset: NewsItemQuerySet) -> None:
        super().__init__(data, queryset)
        self._answers: dict[str, list[int]] = {}
        places = _places_asked(data)
        self.tags = {tag.slug: tag for tag in Tag.objects.all()}
        self.filters["tag"].extra["known"] = self.tags
        self.filters["country"].extra["known"] = {place.iso2: place for place in places if place.iso2}
        # A hromada and an oblast are both known by their KATOTTG code, and Kyiv is one of each.
        self.filters["oblast"].extra["known"] = {p.katottg: p for p in places if p.oblast_id == p.pk}
        self.filters["hromada"].extra["known"] = {
            place.katottg: place
            for place in places
            if place.katottg and place.level in ("hromada", "special_city")
        }
        self.form.full_clean()

    def narrowed(self, leave_out: str = "") -> NewsItemQuerySet:
        """The items that fit; without one filter for the counts beside its own values."""
        items = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name != leave_out:
                items = self.filters[name].filter(items, value)
        return items

    def filter_words(self, items: NewsItemQuerySet, name: str, text: str) -> NewsItemQuerySet:
        return items.with_words(text, self._found(text))

    def _found(self, text: str) -> list[int]:
        """What search finds for the words in any of their forms; asked once for the list and all counts."""
        if text not in self._answers:
            self._answers[text] = [key for _type, key in find(text, "news").references]
        return self._answers[text]

    def filter_tag(self, items: NewsItemQuerySet, name: str, tags: list[Tag]) -> NewsItemQuerySet:
        return items.tagged(tags)

    def filter_year(self, items: NewsItemQuerySet, name: str, years: list[int]) -> NewsItemQuerySet:
        return items.of_years(years)

    def filter_place(self, items: NewsItemQuerySet, name: str, places: list[Place]) -> NewsItemQuerySet:
        return items.about_any(places)

    def complaints(self) -> Iterator[tuple[str, str]]:
        """Label of each filter that was given what it can't use, and what was left out."""
        for name, errors in self.form.errors.items():
            yield str(self.form.fields[name].label), " ".join(str(error) for error in errors)

    def chosen(self, name: str) -> list[Any]:
        """Values of one filter that are in force."""
        return list(self.form.cleaned_data.get(name) or [])


def _places_asked(data: QueryDict) -> list[Place]:
    """Every place that the parameters name, in one query, or in none where they name none."""
    codes = _codes(data, "oblast") + _codes(data, "hromada")
    countries = _codes(data, "country")
    if not any(codes) and not any(countries):
        return []
    asked = Q(katottg__in=codes) | Q(iso2__in=countries)
    return list(Place.objects.filter(asked).with_context())


def _codes(data: QueryDict, name: str) -> list[str]:
    """What may be a code at all: letters and digits, no byte that the database refuses."""
    return [code for value in data.getlist(name)[:MAX_CODES] if (code := value.strip().upper()).isalnum()]
