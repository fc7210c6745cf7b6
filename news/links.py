"""Where tags and places of an item lead: to the list of what else is about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from core.languages import LocalText, in_language
from news.models import NewsItem, Tag
from places.enums import Level
from places.models import Place


@dataclass(frozen=True, slots=True)
class Link:
    """A link of `components/tag_links.html`."""

    label: str
    url: str
    lang: str = ""


def teaser_links(item: NewsItem) -> list[Link]:
    """For a card: tags, hromadas and foreign countries. Needs `with_teaser_links()`."""
    places = [link.place for link in item.place_links.all()]
    hromadas = [place for place in places if place.level in (Level.HROMADA, Level.SPECIAL_CITY)]
    return [
        *tag_links(item),
        *(list_link(place) for place in hromadas),
        *(list_link(country) for country in _countries(places)),
    ]


def tag_links(item: NewsItem) -> list[Link]:
    return [_link(tag_name(tag), "tag", tag.slug) for tag in item.tags.all()]


def place_links(item: NewsItem) -> list[Link]:
    """For an article: the pages of its places. Needs `with_teaser_links()`."""
    found = []
    for link in item.place_links.all():
        name = link.place.qualified_name()
        found.append(Link(name.text, link.place.get_absolute_url(), _foreign(name)))
    return found


def more_links(item: NewsItem) -> list[Link]:
    """For an article: lists of news on its tags and about its oblasts, hromadas and foreign countries."""
    places = [link.place for link in item.place_links.all()]
    ours = [place for place in places if place.is_ukrainian and place.level in LISTED]
    return [*tag_links(item), *(list_link(place) for place in (*ours, *_countries(places)))]


#: Levels by which the list can be narrowed.
LISTED = {
    Level.OBLAST: "oblast",
    Level.SPECIAL_CITY: "oblast",
    Level.HROMADA: "hromada",
    Level.COUNTRY: "country",
}


def list_link(place: Place) -> Link:
    """The list of news about a country, an oblast or a hromada."""
    parameter = LISTED[Level(place.level)]
    return _link(place.qualified_name(), parameter, place.iso2 or place.katottg or "")


def tag_name(tag: Tag) -> LocalText:
    return in_language(tag, "name")


def _link(name: LocalText, parameter: str, value: str) -> Link:
    return Link(name.text or value, f"{reverse('news:list')}?{urlencode({parameter: value})}", _foreign(name))


def _foreign(name: LocalText) -> str:
    return name.lang if name.is_foreign else ""


def _countries(places: list[Place]) -> Iterator[Place]:
    """Each foreign country once, in the order of the places."""
    seen = set()
    for place in places:
        if not place.is_ukrainian and place.country_id not in seen:
            seen.add(place.country_id)
            yield place.country
