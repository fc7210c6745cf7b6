"""Parties in the form of a record: what cannot be is said beside its field."""

from typing import Any

import pytest
from django.forms import inlineformset_factory

from partnerships.models import Body, Partnership, Party
from partnerships.validation import PartyFormSet
from places.models import Place
from tests.factories.partnerships import BodyFactory
from tests.factories.places import CountryFactory, ForeignPlaceFactory, HromadaFactory

pytestmark = pytest.mark.django_db

FormSet = inlineformset_factory(
    Partnership, Party, formset=PartyFormSet, fields=["side", "place", "body", "position"], extra=2
)


def parties(*rows: tuple[str, Place | None, Body | None]) -> Any:
    data = {"parties-TOTAL_FORMS": str(len(rows)), "parties-INITIAL_FORMS": "0"}
    for number, (side, place, body) in enumerate(rows):
        data |= {
            f"parties-{number}-side": side,
            f"parties-{number}-place": str(place.pk) if place else "",
            f"parties-{number}-body": str(body.pk) if body else "",
            f"parties-{number}-position": str(number),
        }
    formset = FormSet(data, instance=Partnership())
    formset.is_valid()
    return formset


def test_places_on_their_sides_with_their_bodies_are_accepted() -> None:
    hromada, foreign = HromadaFactory(), ForeignPlaceFactory()
    formset = parties(
        ("ua", hromada, BodyFactory(place=hromada)), ("foreign", foreign, BodyFactory(place=foreign))
    )
    assert formset.is_valid(), formset.errors


def test_place_on_the_wrong_side_is_said_beside_the_side() -> None:
    formset = parties(("foreign", HromadaFactory(), None), ("ua", ForeignPlaceFactory(), None))
    assert [list(errors) for errors in formset.errors] == [["side"], ["side"]]


def test_body_alone_stands_on_the_side_of_its_country() -> None:
    formset = parties(("ua", HromadaFactory(), None), ("foreign", None, BodyFactory(place=HromadaFactory())))
    assert [list(errors) for errors in formset.errors] == [[], ["body"]]


def test_body_of_another_country_than_its_place_is_refused() -> None:
    pole = BodyFactory(place=ForeignPlaceFactory(country=CountryFactory(poland=True)))
    formset = parties(("ua", HromadaFactory(), None), ("foreign", ForeignPlaceFactory(), pole))
    assert [list(errors) for errors in formset.errors] == [[], ["body"]]


def test_body_without_a_place_may_act_for_any() -> None:
    body = BodyFactory(place=None)
    assert parties(("ua", HromadaFactory(), None), ("foreign", ForeignPlaceFactory(), body)).is_valid()


def test_body_is_a_party_once() -> None:
    body = BodyFactory(place=None)
    formset = parties(
        ("ua", HromadaFactory(), None),
        ("foreign", ForeignPlaceFactory(), body),
        ("foreign", ForeignPlaceFactory(), body),
    )
    assert [list(errors) for errors in formset.errors] == [[], [], ["body"]]


def test_one_side_alone_is_no_partnership() -> None:
    assert parties(("ua", HromadaFactory(), None)).non_form_errors()
