"""Two records that the tests of the register tell apart: Kryvyi Rih with Duisburg, decided; and another one,
Polish and signed."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils.translation import override

from accounts.enums import Role
from accounts.models import User
from accounts.roles import sync_roles
from partnerships.models import Difference, Milestone, Partnership, Statement
from places.models import Place
from tests.factories.partnerships import PartnershipFactory, SourceFactory, StatementFactory
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


@pytest.fixture
def user(db: None) -> User:
    sync_roles()
    registrar = User.objects.create_user("registrar@example.org", is_staff=True)
    registrar.groups.add(Group.objects.get(name=Role.REGISTRAR))
    return registrar


@pytest.fixture
def milestone(pair: Partnership) -> Milestone:
    """A decision that follows the stronger of two statements of its day."""
    event = pair.milestones.get()
    event.follows = event.statements.get()
    event.save()
    StatementFactory(milestone=event, value="2023-02-13", source=SourceFactory(grade="D"))
    return event


@pytest.fixture
def difference(milestone: Milestone) -> Difference:
    return Difference.objects.get()


@pytest.fixture
def weaker(milestone: Milestone) -> Statement:
    return milestone.statements.get(value="2023-02-13")


@pytest.fixture
def registrar(client: Client, user: User) -> Client:
    """A registrar's browser, in English."""
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
