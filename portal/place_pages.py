"""What pages of places show: facts of the place in words, its relations, what lies in it, news about it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.edtf import in_words
from core.languages import LocalText, current_language
from core.pagination import PageChoice, choose_page
from news.models import NewsItem
from partnerships.enums import Side
from partnerships.models import Partnership, Party
from places.enums import Level, NameKind
from places.models import Place
from places.querysets import shown_name_key
from portal.place_map import place_map

RELATIONS_SHOWN = 50
NEWS_SHOWN = 6
#: Names that people knew a place by; spellings of data sets serve search only.
SHOWN_NAMES = (NameKind.FORMER, NameKind.HISTORICAL, NameKind.OFFICIAL)


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the profile, for `components/details_list.html`."""

    label: str
    value: str
    url: str = ""
    lang: str = ""


def page_of_place(place: Place, asked: QueryDict) -> dict[str, Any]:
    """What the page of a place has; `place` is loaded `with_context()`."""
    choice = choose_page(_relations(place).latest_first(), asked, sizes=(RELATIONS_SHOWN,))
    return _profile(place) | {"choice": choice, "page_obj": choice.page}


def _profile(place: Place) -> dict[str, Any]:
    return {
        "place": place,
        "title": place.full_name(),
        "crumbs": crumbs(place),
        "facts": list(facts(place)),
        "sources": list(sources(place)),
        "map": place_map(place),
        "news": news_about(place),
        "register_url": _narrowed("partnerships:list", place),
        "news_url": _narrowed("news:list", place),
        "about": _about(place),
    }


def hromadas(place: Place) -> dict[str, Any]:
    """The hromadas of an oblast or a raion, in the order of the names that they are shown by."""
    key = "sort_en" if current_language() == "en" else "sort_uk"
    inside = Place.objects.current().inside(place).filter(level=Level.HROMADA)
    return _inner(list(_with_relations(inside).order_by(Coalesce(f"centre__{key}", key), "pk")))


def oblasts() -> dict[str, Any]:
    """The 27 units at the top of Ukraine, each with the number of relations in it."""
    inside = Party.objects.filter(
        place__oblast=OuterRef("pk"), partnership__in=Partnership.objects.public()
    ).order_by()
    counted = inside.values("place__oblast").annotate(n=Count("partnership", distinct=True)).values("n")
    places = Place.objects.current().oblasts().with_context().annotate(relations=Subquery(counted))
    return _inner(list(places.alphabetical(current_language())))


def _inner(places: list[Any]) -> dict[str, Any]:
    """Those with relations and the others. `ambiguous` marks names that occur twice among them."""
    names = Counter(str(place.short_name()) for place in places)
    for place in places:
        place.ambiguous = names[str(place.short_name())] > 1
    return {
        "connected": [place for place in places if place.relations],
        "others": [place for place in places if not place.relations],
        "inner_count": len(places),
    }


def settlements(place: Place) -> list[Place]:
    """Cities, villages and other settlements of a hromada in alphabetical order."""
    inside = Place.objects.current().filter(parent=place, level=Level.SETTLEMENT)
    return list(inside.alphabetical(current_language()))


def page_of_country(country: Place, asked: QueryDict) -> dict[str, Any]:
    """A foreign country: its places that have relations, and the relations under the place they belong to."""
    places = _with_relations(Place.objects.filter(country=country)).filter(relations__gt=0)
    language = current_language()
    first = (
        Party.objects.filter(partnership=OuterRef("pk"), side=Side.FOREIGN, place__country=country)
        .annotate(name_key=shown_name_key(language, "place__"))
        .order_by("position", "pk")
    )
    in_order = list(places.with_context().alphabetical(language))
    relations = (
        _relations(country)
        .annotate(
            shown_under=Subquery(first.values("place")[:1]), name_key=Subquery(first.values("name_key")[:1])
        )
        .order_by("name_key", "shown_under", "number")
    )
    choice = choose_page(relations, asked, sizes=(RELATIONS_SHOWN,))
    return _profile(country) | {
        "places": in_order,
        "choice": choice,
        "page_obj": choice.page,
        "groups": list(_groups(choice, {place.pk: place for place in in_order})),
    }


def facts(place: Place) -> Iterator[Fact]:
    """The profile. What is not known has no line."""
    yield from _unit_facts(place)
    name = place.name()
    if place.name_own and place.name_own != name.text:
        yield Fact(_("Own name"), place.name_own, lang=place.own_language or "und")
    if place.region_name:
        yield Fact(_("Region"), place.region.text)
    if not place.is_ukrainian and place.level != Level.COUNTRY:
        yield _linked(_("Country"), place.country.name(), place.country)
    if place.population is not None:
        figure = number_format(place.population, force_grouping=True)
        if place.population_year:
            figure = _("%(population)s (%(year)s)") % {"population": figure, "year": place.population_year}
        yield Fact(_("Population"), figure)
    if place.katottg:
        yield Fact(_("KATOTTG code"), place.katottg)
    if place.has_point:
        yield Fact(_("Coordinates"), f"{place.latitude:.4f}, {place.longitude:.4f}")
    former = place.other_names.filter(kind__in=SHOWN_NAMES).order_by("-valid_to", "text")
    for other in former:
        until = in_words(other.valid_to)
        text = _("%(name)s (until %(date)s)") % {"name": other.text, "date": until} if until else other.text
        yield Fact(other.get_kind_display().capitalize(), text, lang=_lang(other.language))
    if place.website:
        yield Fact(_("Website"), place.website, url=place.website)


def sources(place: Place) -> Iterator[str]:
    """Where the facts come from; GeoNames asks to be named wherever its data are shown."""
    names = {
        "codifier": _("KATOTTG codifier of the Ministry"),
        "kse": _("coordinates and population: KSE Loc Data Hub"),
        "ocha": _("coordinates: OCHA"),
        "geonames": _("coordinates and population: GeoNames (CC BY 4.0)"),
    }
    for code in filter(None, place.data_source.split("+")):
        yield names.get(code, code)
    spelling = {
        "ministry_map": _("Ukrainian name: the Ministry's map of partnerships"),
        "geonames": _("Ukrainian name: GeoNames"),
        "article": _("Ukrainian name: the Ministry's announcement"),
        "cldr": _("Ukrainian name: Unicode CLDR"),
    }
    if place.name_uk_source:
        yield spelling.get(place.name_uk_source, place.name_uk_source)


def news_about(place: Place) -> list[NewsItem]:
    return list(NewsItem.objects.public().about_place(place).latest_first().with_teaser_links()[:NEWS_SHOWN])


def crumbs(place: Place) -> list[tuple[str, str]]:
    """The way from the home page down to the place, through the larger ones."""
    larger: list[Place] = []
    if place.level != Level.COUNTRY:
        larger.append(place.country)
    if place.oblast is not None and place.oblast_id != place.pk:
        larger.append(place.oblast)
    if place.parent is not None and place.parent_id != place.oblast_id:
        larger.append(place.parent)
    way = [(larger_place.short_name().text, larger_place.get_absolute_url()) for larger_place in larger]
    return [(_("Home"), reverse("home")), *way, (place.short_name().text, "")]


def _relations(place: Place) -> Any:
    return Partnership.objects.public().of_place(place).with_parties().with_open_announcements()


def _with_relations(places: Any) -> Any:
    """With the number of public relations of each place itself, as `relations`."""
    public = Q(parties__partnership__in=Partnership.objects.public())
    return places.annotate(
        relations=Count("parties__partnership", filter=public, distinct=True)
    ).select_related("centre", "parent", "oblast", "country")


def _groups(choice: PageChoice, places: dict[int, Place]) -> Iterator[tuple[Place | None, list[Partnership]]]:
    for pk, relations in groupby(choice.page.object_list, key=lambda relation: relation.shown_under):
        yield places.get(pk), list(relations)


def _unit_facts(place: Place) -> Iterator[Fact]:
    if place.successor is not None:
        yield _linked(_("Now"), place.successor.full_name(), place.successor)
    if place.level == Level.HROMADA and place.parent is not None:
        yield _linked(_("Raion"), place.parent.full_name(), place.parent)
    if place.oblast is not None and place.oblast_id != place.pk:
        in_crimea = (place.katottg or "").startswith("UA01")
        label = _("Autonomous republic") if in_crimea else _("Oblast")
        yield _linked(label, place.oblast.full_name(), place.oblast)
    if place.centre is not None:
        name = place.centre.name()
        kind = place.centre.get_category_display()
        text = _("%(name)s (%(kind)s)") % {"name": name, "kind": kind} if kind else name.text
        yield Fact(_("Centre"), text, lang=_lang(name.lang) if name.is_foreign else "")


def _linked(label: str, name: LocalText, place: Place) -> Fact:
    return Fact(label, name.text, place.get_absolute_url(), _lang(name.lang) if name.is_foreign else "")


def _lang(code: str) -> str:
    """The `lang` of an element; empty where it is the page's own. BCP 47 has "und" for what is not known."""
    return "" if code == current_language() else code or "und"


def _narrowed(view: str, place: Place) -> str:
    """The address of a list with only what belongs to the place; empty where the list has no such filter."""
    parameter = {
        Level.OBLAST: "oblast",
        Level.SPECIAL_CITY: "oblast",
        Level.RAION: "raion" if view == "partnerships:list" else "",
        Level.HROMADA: "hromada",
        Level.COUNTRY: "country" if not place.is_ukrainian else "",
    }.get(Level(place.level), "")
    return f"{reverse(view)}?{urlencode({parameter: place.katottg or place.iso2})}" if parameter else ""


def _about(place: Place) -> str:
    """How "report an error" names the place."""
    if place.level == Level.COUNTRY:
        return f"place:{(place.iso2 or '').lower()}"
    return f"place:{place.katottg or f'{place.country_id.lower()}/{place.slug}'}"
