"""Places for registrars: find one by any name or code, correct it, give it former names and codes.

What is changed here stays when the shipped tables are loaded again (see `places.loading`).
"""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import PortalModelAdmin, in_columns, side_by_side
from places.enums import Level
from places.forms import PlaceForm
from places.models import Place, PlaceCode, PlaceName
from places.querysets import PlaceQuerySet


class OblastFilter(admin.SimpleListFilter):
    """By the 27 units at the top of Ukraine."""

    title = _("oblast")
    parameter_name = "oblast"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        oblasts = Place.objects.oblasts().with_context().alphabetical("uk")
        return [(str(oblast.katottg), str(oblast.short_name())) for oblast in oblasts]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Place]) -> QuerySet[Place]:
        return queryset.filter(oblast__katottg=self.value()) if self.value() else queryset


class CountryFilter(admin.SimpleListFilter):
    """By the countries that have places in the register's gazetteer."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        used = Place.objects.exclude(level=Level.COUNTRY).order_by().values("country").distinct()
        countries = Place.objects.countries().filter(iso2__in=used).alphabetical("uk")
        return [(str(country.iso2), str(country.name())) for country in countries]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Place]) -> QuerySet[Place]:
        return queryset.filter(country__iso2=self.value()) if self.value() else queryset


class PlaceNameInline(admin.TabularInline[PlaceName, Place]):
    model = PlaceName
    extra = 0
    fields = ("text", "language", "kind", "valid_from", "valid_to", "source")


class PlaceCodeInline(admin.TabularInline[PlaceCode, Place]):
    """Former KATOTTG codes lead readers to the place; today's code stands on the place itself."""

    model = PlaceCode
    extra = 0
    fields = ("scheme", "value", "valid_from", "valid_to")


@admin.register(Place)
class PlaceAdmin(PortalModelAdmin[Place]):
    form = PlaceForm
    list_display = ("__str__", "level", "katottg", "country", "population", "abolished")
    list_filter = ("level", OblastFilter, CountryFilter, "abolished", "has_namesakes")
    search_fields = (
        "name_uk",
        "name_en",
        "name_own",
        "centre__name_uk",
        "=katottg",
        "=iso2",
        "=codes__value",
        "other_names__text",
    )
    search_help_text = _("A name in any language, a former name, or a code.")
    ordering = ("sort_uk", "pk")
    autocomplete_fields = ("parent", "centre", "successor")
    readonly_fields = ("oblast", "has_namesakes", "merged_into")
    inlines = (PlaceNameInline, PlaceCodeInline)
    fieldsets = (
        (None, {"fields": (("level", "category"), "country", ("katottg", "iso2"), "slug")}),
        (
            _("Names"),
            {"fields": (*in_columns("name"), ("name_own", "own_language"), "name_uk_source")},
        ),
        (_("Where it belongs"), {"fields": ("parent", "centre", "region_name", "oblast", "has_namesakes")}),
        (
            _("Facts"),
            {
                "fields": (
                    ("latitude", "longitude"),
                    ("population", "population_year"),
                    "website",
                    "data_source",
                )
            },
        ),
        (
            _("Office for partnerships"),
            {
                "description": _(
                    "Whom other communities write to: an office, not a person. Everybody sees it."
                ),
                "fields": (
                    *in_columns("office"),
                    ("office_email", "office_phone"),
                    "office_checked_on",
                ),
            },
        ),
        (
            _("Abolished units"),
            {"fields": ("abolished", "successor", "merged_into"), "classes": ("collapse",)},
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Place | None = None) -> Any:
        return side_by_side(super().get_fieldsets(request, obj))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Place]:
        places = super().get_queryset(request)
        assert isinstance(places, PlaceQuerySet)
        return places.with_context()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Place], search_term: str
    ) -> tuple[QuerySet[Place], bool]:
        """Who types a town's name into a field means its hromada rather than a village of that name: exact
        names first, among them units above settlements."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if not search_term:
            return found, may_repeat
        exact = (
            Q(name_uk__iexact=search_term) | Q(name_own__iexact=search_term) | Q(name_en__iexact=search_term)
        )
        exact |= Q(centre__name_uk__iexact=search_term) & Q(level=Level.HROMADA)
        nearness = Case(
            When(exact & ~Q(level=Level.SETTLEMENT), then=Value(0)),
            When(exact, then=Value(1)),
            When(level=Level.SETTLEMENT, then=Value(3)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return found.order_by(nearness, "sort_uk", "pk"), may_repeat

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "country":
            kwargs["queryset"] = Place.objects.countries().alphabetical("uk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def view_on_site(self, obj: models.Model) -> str | None:
        """An abolished unit without a code has no page."""
        has_address = isinstance(obj, Place) and (obj.katottg or obj.slug or obj.iso2)
        return super().view_on_site(obj) if has_address else None
