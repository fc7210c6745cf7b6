"""Pages of places: they show what the register and the news know about a place."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from places.enums import CodeScheme, Level
from places.models import Place
from portal import place_pages


def ukrainian_place(request: HttpRequest, katottg: str) -> HttpResponse:
    place = (
        Place.objects.with_context()
        .select_related("successor", "merged_into")
        .filter(katottg=katottg)
        .first()
    )
    if place is None:
        former = Place.objects.filter(codes__scheme=CodeScheme.KATOTTG, codes__value=katottg).first()
        if former is None or former.katottg is None:
            raise Http404(_("There is no place with the code %(code)s.") % {"code": katottg})
        return redirect(former, permanent=True)
    if place.merged_into is not None:
        return redirect(place, permanent=True)
    if place.level in (Level.SETTLEMENT, Level.CITY_DISTRICT):
        return redirect(_with_a_page(place), permanent=True)
    if place.level in (Level.OBLAST, Level.RAION):
        return render(request, "places/area.html", place_pages.page_of_area(place, request.GET))
    return render(request, "places/place.html", place_pages.page_of_place(place, request.GET))


def country(request: HttpRequest, iso2: str) -> HttpResponse:
    place = get_object_or_404(Place.objects.countries().with_context(), iso2=iso2.upper())
    if place.is_ukrainian:
        return render(request, "places/area.html", place_pages.page_of_area(place, request.GET))
    return render(request, "places/country.html", place_pages.page_of_country(place, request.GET))


def foreign_place(request: HttpRequest, iso2: str, slug: str) -> HttpResponse:
    places = Place.objects.foreign().with_context().select_related("successor", "merged_into")
    place = get_object_or_404(places, country=iso2.upper(), slug=slug)
    if place.merged_into is not None:
        return redirect(place, permanent=True)
    return render(request, "places/place.html", place_pages.page_of_place(place, request.GET))


def _with_a_page(place: Place) -> Place:
    """The hromada or city that a settlement or a district belongs to. Prypiat and Chornobyl, which have no
    hromada, lead to their oblast."""
    while place.level in (Level.SETTLEMENT, Level.CITY_DISTRICT):
        if place.parent is None:
            raise Http404
        place = place.parent
    return place
