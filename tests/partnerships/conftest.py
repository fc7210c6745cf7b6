"""Two records that the tests of the register tell apart: Kryvyi Rih with Duisburg, decided; and another one,
Polish and signed."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from partnerships.models import Partnership
from places.models import Place
from tests.factories.partnerships import PartnershipFactory
from tests.factories.places import (
    CountryFactory,
    ForeignPlaceFactory,
    HromadaFactory,
    OblastFactory,
    RaionFactory,
)


@pytest.fixture
def kryvyi_rih(db: None) -> Place:
    oblast = OblastFactory(name_uk="Дніпропетровська", name_en="Dnipropetrovska")
    raion = RaionFactory(parent=oblast, name_uk="Криворізький", name_en="Kryvorizkyi")
    return HromadaFactory(
        parent=raion,
        city=True,
        with_centre=True,
        name_uk="Криворізька",
        name_en="Kryvorizka",
        centre_settlement__name_uk="Кривий Ріг",
        centre_settlement__name_en="Kryvyi Rih",
    )


@pytest.fixture
def duisburg(db: None) -> Place:
    return ForeignPlaceFactory(name_own="Duisburg", name_uk="Дуйсбург", slug="duisburg")


@pytest.fixture
def pair(kryvyi_rih: Place, duisburg: Place) -> Partnership:
    return PartnershipFactory(
        ua=kryvyi_rih, foreign=duisburg, decided=True, grade="B", listed_kind="solidarity"
    )


@pytest.fixture
def other(db: None) -> Partnership:
    return PartnershipFactory(foreign__country=CountryFactory(poland=True), signed=True, grade="D")


@pytest.fixture
def english() -> Iterator[None]:
    """Words in English."""
    with override("en"):
        yield
