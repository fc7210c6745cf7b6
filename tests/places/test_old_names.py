"""A renamed hromada is found by its old name: in search, in the register's filter, on its page."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils.translation import override

from partnerships.conditions import named
from partnerships.models import Partnership
from places.enums import NameKind
from places.loading.run import load
from places.models import Place
from search.engine import find
from search.engine import load as results
from search.indexing import reindex
from tests.factories.partnerships import PartnershipFactory
from tests.factories.places import HromadaFactory, PlaceNameFactory, SettlementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_ukrainian() -> Iterator[None]:
    with override("uk"):
        yield


#: What is renamed in the shipped data: the former name of the town, and its name of today.
RENAMED = (
    ("Новоград-Волинський", "Звягель"),
    ("Червоноград", "Шептицький"),
    ("Першотравенськ", "Шахтарське"),
)


def test_renamed_hromadas_of_the_shipped_data_are_found_by_their_old_names(client: Client) -> None:
    load()
    for old, new in RENAMED:
        hromada = Place.objects.get(level="hromada", centre__name_uk=new, centre__other_names__text=old)
        record = PartnershipFactory(ua=hromada)
        reindex(hromada)
        assert ("place", hromada.pk) in find(old, "place").references
        condition = named(old)
        assert condition is not None
        assert record in Partnership.objects.filter(condition)
        page = client.get(hromada.get_absolute_url()).content.decode()
        # The tables give no date of the renaming, and the page invents none.
        former = hromada.other_names.get(kind=NameKind.FORMER)
        assert f">{former.text}</dd>" in page


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        ({"valid_to": "2024-09-26"}, "Старопіль (until 26 September 2024)"),
        ({"valid_from": "1950", "valid_to": "2024"}, "Старопіль (1950 – 2024)"),
        ({"valid_from": "1950"}, "Старопіль (since 1950)"),
        ({}, "Старопіль"),
    ],
)
def test_former_name_shows_its_dates_as_far_as_they_are_known(
    client: Client, period: dict[str, str], shown: str
) -> None:
    hromada = HromadaFactory()
    PlaceNameFactory(place=hromada, text="Старопіль", **period)
    page = client.get(hromada.get_absolute_url().replace("/uk/", "/en/")).content.decode()
    assert f">{shown}</dd>" in page


def test_page_of_a_past_day_says_what_the_place_was_called(client: Client) -> None:
    hromada = HromadaFactory(city=True, name_uk="Нова")
    PlaceNameFactory(place=hromada, text="Стара", valid_to="2024-09-26")
    address = hromada.get_absolute_url()
    assert "Стара міська громада" in client.get(f"{address}?as_of=2023-01-01").content.decode()
    assert "Стара міська громада" not in client.get(f"{address}?as_of=2025-01-01").content.decode()


def test_village_in_search_names_its_hromada_and_leads_to_it() -> None:
    hromada = HromadaFactory(city=True, name_uk="Тестопільська")
    village = SettlementFactory(parent=hromada, name_uk="Малинівка")
    reindex(village)
    (result,) = results(find("Малинівка", "place").references)
    assert str(hromada.full_name("uk")) in result.context
    assert result.url == village.get_absolute_url()
