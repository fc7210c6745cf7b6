"""The one FilterSet of the register: page, counts of facets, exports, and later feeds, map and API."""

import copy
import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Any, Self, cast

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from core.forgiving import ChoiceField, CodesField, ForgivingForm, Kept, QueryField, YearField
from partnerships import conditions
from partnerships.as_of import day_asked
from partnerships.enums import Grade, Kind, LegalKind, Status
from partnerships.models import Listing, Programme
from partnerships.querysets import ListingQuerySet
from places.enums import TOP_LEVELS, Level
from places.models import Place

LONGEST_QUERY = 200
YEARS = (1900, 2100)
KATOTTG = re.compile(r"^UA\d{17}$")
COUNTRY = re.compile(r"^[A-Z]{2}$")
PLACE_LEVELS: dict[str, tuple[str, ...]] = {
    "oblast": TOP_LEVELS,
    "raion": (Level.RAION,),
    "hromada": (Level.HROMADA, Level.SPECIAL_CITY),
    "country": (Level.COUNTRY,),
}
SORT_CODES = tuple(f"{sign}{name}" for name in conditions.SORTS for sign in ("", "-"))

Condition = Callable[[list[Any]], Q]


class LightFilter(django_filters.Filter):
    """A set of filters copies its filters for each request; what they refer to needs no copies."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        fresh = copy.copy(self)
        fresh.extra = dict(self.extra)
        if self.method:
            fresh.method = self.method
        return fresh


class CodesFilter(LightFilter):
    """A parameter that repeats. `condition` makes one condition of all its values; a facet counts with the
    same condition and leaves it out of its own counts."""

    field_class = CodesField

    def __init__(self, condition: Condition, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.condition = condition

    def filter(self, qs: QuerySet[Listing], value: list[Any] | None) -> QuerySet[Listing]:
        return qs.filter(self.condition(value)) if value else qs


class TextFilter(LightFilter):
    field_class = QueryField


class YearFilter(LightFilter):
    field_class = YearField


class DayField(forms.Field):
    """A day before `today`; none for today itself."""

    def __init__(self, *, today: dt.date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def clean(self, value: str | None) -> Kept:
        return day_asked((value or "").replace("\0", ""), self.today)


class DayFilter(LightFilter):
    field_class = DayField


class SortFilter(LightFilter):
    field_class = ChoiceField


def codes(choices: type[Kind] | type[LegalKind] | type[Status] | type[Grade]) -> dict[str, Any]:
    return {choice.value: choice for choice in choices}


class PartnershipFilter(django_filters.FilterSet):
    """Parameters of the register. A value that means nothing is named in `messages` and left out.

    Other parameters of the address are not read: there is no way from an address to a column that is not
    declared here.
    """

    q = TextFilter(method="filter_text", longest=LONGEST_QUERY)
    oblast = CodesFilter(conditions.in_oblasts, known={}, folded=True)
    raion = CodesFilter(conditions.in_raions, known={}, folded=True)
    hromada = CodesFilter(conditions.in_hromadas, known={}, folded=True)
    country = CodesFilter(conditions.with_countries, known={}, folded=True)
    kind = CodesFilter(conditions.of_kinds, known=codes(Kind))
    status = CodesFilter(conditions.of_statuses, known=codes(Status))
    evidence = CodesFilter(conditions.of_grades, known=codes(Grade), folded=True)
    legal_kind = CodesFilter(conditions.of_legal_kinds, known=codes(LegalKind))
    programme = CodesFilter(conditions.in_programmes, known={})
    year_from = YearFilter(method="filter_from", earliest=YEARS[0], latest=YEARS[1])
    year_to = YearFilter(method="filter_to", earliest=YEARS[0], latest=YEARS[1])
    as_of = DayFilter(method="filter_day")
    sort = SortFilter(
        method="filter_order", known=dict.fromkeys(SORT_CODES, True), initial=conditions.DEFAULT_SORT
    )

    class Meta:
        model = Listing
        fields: list[str] = []
        form = ForgivingForm

    def __init__(
        self, data: QueryDict, queryset: QuerySet[Listing] | None = None, *, today: dt.date | None = None
    ) -> None:
        super().__init__(data, queryset=Listing.objects.public() if queryset is None else queryset)
        self.filters["as_of"].extra["today"] = today or timezone.localdate()
        places = self._asked_places()
        for name, levels in PLACE_LEVELS.items():
            self.filters[name].extra["known"] = {
                place.iso2 or place.katottg: place for place in places if place.level in levels
            }
        self.filters["programme"].extra["known"] = {
            programme.slug: programme for programme in self.programmes
        }

    @cached_property
    def programmes(self) -> list[Programme]:
        return list(Programme.objects.order_by("slug"))

    def _asked_places(self) -> Iterable[Place]:
        """The places that parameters name, in one query; none where none is named."""
        asked = {code.strip().upper() for name in PLACE_LEVELS for code in self.data.getlist(name)}
        units = [code for code in asked if KATOTTG.match(code)]
        countries = [code for code in asked if COUNTRY.match(code)]
        if not units and not countries:
            return []
        found = Place.objects.with_names().filter(Q(katottg__in=units) | Q(iso2__in=countries))
        return list(found.exclude(iso2="UA"))

    def filter_text(self, records: QuerySet[Listing], name: str, value: str) -> QuerySet[Listing]:
        condition = conditions.named(value)
        return records.none() if condition is None else records.filter(condition)

    def filter_from(self, records: QuerySet[Listing], name: str, value: int) -> QuerySet[Listing]:
        return records.filter(conditions.from_year(value))

    def filter_to(self, records: QuerySet[Listing], name: str, value: int) -> QuerySet[Listing]:
        return records.filter(conditions.until_year(value))

    def filter_day(self, records: QuerySet[Listing], name: str, value: dt.date) -> QuerySet[Listing]:
        return records  # `filter_queryset` asks for the day first, for the others stand on it

    def filter_order(self, records: QuerySet[Listing], name: str, value: str) -> QuerySet[Listing]:
        return conditions.in_order(records, value)

    def filter_queryset(self, queryset: QuerySet[Listing]) -> QuerySet[Listing]:
        return super().filter_queryset(self._of_the_day(queryset))

    def _of_the_day(self, records: QuerySet[Listing]) -> QuerySet[Listing]:
        return cast(ListingQuerySet, records).as_of(self.values["as_of"])

    @property
    def day(self) -> dt.date | None:
        """The past day that is asked about; none for today."""
        return cast(dt.date | None, self.values["as_of"])

    @cached_property
    def key(self) -> Hashable:
        """What is asked, but for the order: equal for addresses that ask for the same records."""
        return tuple(
            (name, tuple(str(getattr(one, "pk", one)) for one in value) if isinstance(value, list) else value)
            for name, value in self.values.items()
            if value and name != "sort"
        )

    @cached_property
    def values(self) -> dict[str, Any]:
        """What is asked, by parameter: places, choices, programmes, years, text."""
        self.errors  # noqa: B018  django-filter validates when the errors are read
        return dict(self.form.cleaned_data)

    @cached_property
    def messages(self) -> dict[str, list[str]]:
        """What was left out, by parameter."""
        found = {name: [str(error) for error in errors] for name, errors in self.errors.items()}
        first, last = self.values.get("year_from"), self.values.get("year_to")
        if first and last and first > last:
            found.setdefault("year_to", []).append(
                _("This period ends before it begins, so nothing fits it.")
            )
        if len(conditions.words_of(self.values.get("q") or "")) > conditions.MOST_WORDS:
            found.setdefault("q", []).append(
                _("Only the first %(count)s words are looked for.") % {"count": conditions.MOST_WORDS}
            )
        return found

    def without(self, *names: str) -> QuerySet[Listing]:
        """The records that all parameters but these ask for, in no order."""
        left_out = {*names, "sort"}
        records = self._of_the_day(self.queryset.all())
        for name, value in self.values.items():
            if name not in left_out:
                records = self.filters[name].filter(records, value)
        return records.order_by()

    @property
    def is_narrowed(self) -> bool:
        """Something else than the whole register is asked for."""
        return any(value for name, value in self.values.items() if name != "sort")
