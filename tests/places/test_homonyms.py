"""Homonyms are told apart: in the shipped data no two places that stand in one list show the same text."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

import pytest
from django.test import Client
from django.utils.translation import override

from places.enums import Level
from places.loading.run import load
from places.models import Place
from places.search import indexed_places, texts
from tests.factories.partnerships import PartnershipFactory
from tests.factories.places import (
    ForeignPlaceFactory,
    HromadaFactory,
    OblastFactory,
    RaionFactory,
    SettlementFactory,
)
from tests.known import known

pytestmark = pytest.mark.django_db

LED_ON = (Level.SETTLEMENT, Level.CITY_DISTRICT)


def alike(places: Iterable[Place], shown: Callable[[Place], Hashable]) -> list[tuple[Hashable, list[str]]]:
    """Texts that two places show, with the places."""
    by_text = defaultdict(list)
    for place in places:
        by_text[shown(place)].append(place.katottg or place.slug)
    return [(text, found) for text, found in by_text.items() if len(found) > 1]


def found(place: Place, language: str) -> tuple[str, str]:
    """A result of search: its title and the line under it."""
    return next((text.title, text.context) for text in texts(place) if text.language == language)


def test_no_two_shipped_places_show_the_same_text_in_one_list() -> None:
    load()
    everything = list(Place.objects.current().with_context())
    with_page = [place for place in everything if place.level not in LED_ON]
    ukrainian = [place for place in with_page if place.is_ukrainian]
    indexed = list(indexed_places())
    for language in ("uk", "en"):
        with override(language):
            # Choices of the admin, results of search, rows of the register, links of news and lists of what
            # lies in an area, chips and choices of filters.
            assert alike(everything, str) == []
            assert alike(indexed, lambda place: found(place, language)) == []  # noqa: B023  called at once
            assert alike(with_page, lambda place: (str(place.short_name()), place.whereabouts())) == []
            of_one_level = [place for place in with_page if place.level != Level.COUNTRY]
            assert alike(of_one_level, lambda place: (place.country_id, str(place.qualified_name()))) == []
            assert alike(ukrainian, lambda place: str(place.qualified_full_name())) == []


def test_hromadas_called_by_one_name_in_one_raion_show_their_full_names(client: Client) -> None:
    raion = RaionFactory(name_uk="Сумський")
    town = HromadaFactory(
        parent=raion,
        city=True,
        name_uk="Миколаївська",
        with_centre=True,
        centre_settlement__name_uk="Миколаївка",
    )
    village = HromadaFactory(
        parent=raion, name_uk="Миколаївська", with_centre=True, centre_settlement__name_uk="Миколаївка"
    )
    for place in (town, village):
        place.refresh_from_db()
        assert place.has_twin
        assert str(place.full_name("uk")) in str(place.qualified_name("uk"))
    PartnershipFactory(ua=town)
    PartnershipFactory(ua=village)
    page = client.get(f"/uk/places/ua/{raion.katottg}/").content.decode()
    assert "Миколаївка (Миколаївська міська громада" in page
    assert "Миколаївка (Миколаївська сільська громада" in page


def test_villages_of_one_name_in_one_hromada_show_their_codes() -> None:
    hromada = HromadaFactory()
    first, second = (SettlementFactory(parent=hromada, name_uk="Веселе") for _n in range(2))
    first.refresh_from_db()
    assert known(first.katottg) in str(first)
    assert found(first, "uk") != found(second, "uk")


def test_names_that_differ_in_ukrainian_alone_are_told_apart_in_english() -> None:
    raions = [RaionFactory() for _n in range(2)]
    first = HromadaFactory(parent=raions[0], name_uk="Воропаївська", name_en="Voropaivska")
    HromadaFactory(parent=raions[1], name_uk="Воропаївска", name_en="Voropaivska")
    first.refresh_from_db()
    assert str(raions[0].full_name("en")) in str(first.qualified_name("en"))


def test_place_that_is_alone_again_needs_no_telling_apart() -> None:
    raion = RaionFactory(parent=OblastFactory())
    first, second = (HromadaFactory(parent=raion, name_uk="Спільна") for _n in range(2))
    Place.objects.filter(pk=second.pk).update(abolished=True)
    first.refresh_from_db()
    assert (first.has_namesakes, first.has_twin) == (False, False)


def test_foreign_namesakes_of_a_country_show_their_region(client: Client) -> None:
    places = [ForeignPlaceFactory(name_own="Neustadt", region_name=name) for name in ("Hessen", "Bayern")]
    for place in places:
        PartnershipFactory(foreign=place)
    page = client.get("/en/places/de/").content.decode()
    for place in places:
        place.refresh_from_db()
        assert place.qualified_name("en").text in page
