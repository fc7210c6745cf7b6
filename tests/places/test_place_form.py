"""The form of a place: what the database would refuse is said beside its field."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.forms import model_to_dict
from django.test import Client
from django.utils import timezone

from places.forms import PlaceForm
from places.models import Place
from tests.factories.partnerships import PartnershipFactory
from tests.factories.places import CountryFactory, ForeignPlaceFactory, HromadaFactory

pytestmark = pytest.mark.django_db


def form(place: Place, **changes: object) -> PlaceForm:
    data = {name: value for name, value in model_to_dict(place).items() if value is not None}
    return PlaceForm(data | changes, instance=Place.objects.get(pk=place.pk))


def test_place_that_is_a_party_stays_on_its_side_of_the_border() -> None:
    foreign = ForeignPlaceFactory()
    ukraine = CountryFactory(ukraine=True)
    PartnershipFactory(foreign=foreign)
    refused = form(foreign, country="UA", katottg="UA99" + "8" * 15, slug="")
    assert "country" in refused.errors
    with pytest.raises(IntegrityError, match="place_keeps_its_side"), transaction.atomic():
        Place.objects.filter(pk=foreign.pk).update(country=ukraine, katottg="UA99" + "8" * 15, slug="")


def test_place_of_a_party_may_move_between_two_foreign_countries() -> None:
    """Somebody took the wrong one of two towns' countries."""
    foreign = ForeignPlaceFactory()
    poland = CountryFactory(poland=True)
    PartnershipFactory(foreign=foreign)
    accepted = form(foreign, country="PL")
    assert accepted.is_valid(), accepted.errors
    accepted.save()
    assert Place.objects.get(pk=foreign.pk).country == poland


def test_place_without_parties_may_cross_the_border() -> None:
    foreign = ForeignPlaceFactory()
    CountryFactory(ukraine=True)
    accepted = form(foreign, country="UA", katottg="UA99" + "8" * 15, slug="")
    assert accepted.is_valid(), accepted.errors


def test_contact_wants_the_day_on_which_it_was_checked() -> None:
    hromada = HromadaFactory()
    assert "office_checked_on" in form(hromada, office_email="office@example.org").errors
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    refused = form(hromada, office_email="office@example.org", office_checked_on=tomorrow)
    assert "office_checked_on" in refused.errors
    assert form(hromada, office_email="office@example.org", office_checked_on=dt.date(2026, 1, 2)).is_valid()


def test_contact_is_shown_with_its_day_and_hidden_when_there_is_none(client: Client) -> None:
    hromada = HromadaFactory()
    address = hromada.get_absolute_url().replace("/uk/", "/en/")
    assert "mailto:" not in client.get(address).content.decode()
    Place.objects.filter(pk=hromada.pk).update(
        office_uk="Відділ співпраці",
        office_email="office@example.org",
        office_phone="+380 00 000 00 00",
        office_checked_on=dt.date(2026, 1, 2),
    )
    page = client.get(address).content.decode()
    assert '<a href="mailto:office@example.org">' in page
    assert '<span lang="uk">Відділ співпраці</span>' in page
    assert "+380 00 000 00 00" in page
    assert "2 January 2026" in page
