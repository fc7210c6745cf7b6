"""What every page of a place has: facts in words, where they come from, the way down to it, news about it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from core.edtf import in_words
from core.languages import LocalText, current_language, in_language
from news.models import NewsItem
from places.enums import Level, NameKind
from places.models import Place, PlaceName
from portal.place_map import place_map

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


def profile(place: Place, day: dt.date | None = None) -> dict[str, Any]:
    """The place as it is today, with what it was called on `day`; `place` is loaded `with_context()`."""
    title = place.full_name()
    then = place.full_name_on(day) if day is not None else title
    return {
        "place": place,
        "title": title,
        "name_then": then if then.text != title.text else None,
        "crumbs": crumbs(place),
        "facts": list(facts(place)),
        "sources": list(sources(place)),
        "office": office(place),
        "map": place_map(place),
        "news": news_about(place),
        "register_url": _narrowed("partnerships:list", place),
        "news_url": _narrowed("news:list", place),
        "about": _about(place),
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
    yield from _other_names(place.other_names.all())
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


def office(place: Place) -> dict[str, Any] | None:
    """Whom other communities write to; none where nothing is known."""
    known = {
        "name": in_language(place, "office"),
        "email": place.office_email,
        "phone": place.office_phone,
    }
    if not any(known.values()):
        return None
    checked = place.office_checked_on
    return known | {"checked_on": date_format(checked, "j E Y") if checked else ""}


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


def _other_names(names: Iterable[PlaceName]) -> Iterator[Fact]:
    """Former names, the one that ended last first, as far as their dates are known."""
    shown = sorted((name for name in names if name.kind in SHOWN_NAMES), key=lambda name: name.text)
    for name in sorted(shown, key=lambda name: name.valid_to, reverse=True):
        yield Fact(name.get_kind_display().capitalize(), _dated(name), lang=_lang(name.language))


def _dated(name: PlaceName) -> str:
    words = {"name": name.text, "start": in_words(name.valid_from), "end": in_words(name.valid_to)}
    if words["start"] and words["end"]:
        return _("%(name)s (%(start)s – %(end)s)") % words
    if words["end"]:
        return _("%(name)s (until %(date)s)") % {"name": name.text, "date": words["end"]}
    if words["start"]:
        return _("%(name)s (since %(date)s)") % {"name": name.text, "date": words["start"]}
    return name.text


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
