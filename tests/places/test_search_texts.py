"""What search is told about places."""

import pytest

from places.models import Place
from places.search import indexed_places, public_places, texts
from tests.factories.places import (
    ForeignPlaceFactory,
    HromadaFactory,
    OblastFactory,
    PlaceNameFactory,
    SettlementFactory,
    SpecialCityFactory,
)
from tests.known import known

pytestmark = pytest.mark.django_db


@pytest.fixture
def hromada() -> Place:
    place: Place = HromadaFactory(
        name_uk="Тестопільська",
        with_centre=True,
        centre_settlement__name_uk="Тестополь",
        centre_settlement__name_en="Testopol",
    )
    return place


def test_hromada_answers_for_every_name_of_itself_and_of_its_centre(hromada: Place) -> None:
    PlaceNameFactory(place=hromada, text="Старопільська")
    PlaceNameFactory(place=hromada.centre, text="Teststadt", kind="exonym")
    ukrainian, english = texts(public_places().get(pk=hromada.pk))
    assert (ukrainian.title, english.title) == ("Тестополь", "Testopol")
    expected = {"Тестопільська", "Старопільська", "Тестополь", "Testopol", "Teststadt", hromada.katottg}
    assert expected <= set(ukrainian.names)
    assert str(known(hromada.oblast).full_name("uk")) in ukrainian.context


def test_centre_of_a_hromada_has_no_entry_beside_the_hromada(hromada: Place) -> None:
    village = SettlementFactory(parent=hromada)
    indexed = set(indexed_places())
    assert village in indexed
    assert hromada in indexed
    assert hromada.centre not in indexed


def test_settlement_says_to_which_hromada_it_belongs(hromada: Place) -> None:
    village = SettlementFactory(parent=hromada)
    ukrainian, english = texts(public_places().get(pk=village.pk))
    assert "Тестопільська" in ukrainian.context
    assert str(hromada.full_name("en")) in english.context


def test_place_directly_under_its_oblast_names_it_once() -> None:
    oblast = OblastFactory(name_uk="Прикладська")
    ukrainian, _english = texts(public_places().get(pk=SettlementFactory(parent=oblast).pk))
    assert ukrainian.context.count("Прикладська") == 1


def test_abolished_place_is_not_found() -> None:
    assert HromadaFactory(abolished=True) not in indexed_places()


def test_larger_place_comes_before_its_smaller_namesake() -> None:
    def weight(place: Place) -> float:
        return next(texts(place)).weight

    city, village = SpecialCityFactory(population=2_900_000), SettlementFactory(name_uk="Особливе")
    small, large = ForeignPlaceFactory(population=900), ForeignPlaceFactory(population=500_000)
    town = SettlementFactory(city=True)
    assert weight(city) > weight(large) > weight(small) > weight(town) > weight(village)
