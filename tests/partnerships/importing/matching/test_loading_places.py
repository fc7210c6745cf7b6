"""The matcher over the places of the database."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.importing.matching import Matcher
from partnerships.importing.rows import PartyReading, Reading
from partnerships.loading.foreign import SPELLINGS, UNSETTLED
from places.enums import NameKind
from places.models import Place
from tests.factories.places import ForeignPlaceFactory, HromadaFactory, PlaceNameFactory, SettlementFactory

pytestmark = pytest.mark.django_db


def test_places_are_read_in_nine_queries_however_many_there_are(kryvyi_rih: Place, duisburg: Place) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            Matcher.load()
        return len(captured)

    few = queries()
    for _number in range(5):
        SettlementFactory(parent=kryvyi_rih)
        ForeignPlaceFactory(country=duisburg.country)

    assert (few, queries()) == (9, 9)


def test_a_row_finds_both_its_places(kryvyi_rih: Place, duisburg: Place) -> None:
    reading = Reading(
        ukrainian=(PartyReading("Криворізька", ("Криворізька",), oblast="Дніпропетровська область"),),
        foreign=(PartyReading("Дуйсбург", ("Дуйсбург",), country="DE"),),
    )

    match = Matcher.load().match(reading)

    assert match.is_certain
    assert [party.candidates[0].place for party in match.parties] == [kryvyi_rih.pk, duisburg.pk]


def test_a_former_name_says_that_it_is_one(kryvyi_rih: Place) -> None:
    PlaceNameFactory(place=kryvyi_rih, text="Стародавня", kind=NameKind.FORMER)

    found = Matcher.load().match(Reading(ukrainian=(PartyReading("Стародавня", ("Стародавня",)),)))

    other = HromadaFactory(parent=kryvyi_rih.parent, name_uk="Стародавня")
    later = Matcher.load().match(Reading(ukrainian=(PartyReading("Стародавня", ("Стародавня",)),)))
    assert found.ukrainian[0].certain
    assert not later.ukrainian[0].certain
    assert {one.place for one in later.ukrainian[0].candidates} == {kryvyi_rih.pk, other.pk}


def test_a_merged_place_is_no_candidate_any_more(duisburg: Place) -> None:
    kept, twin = (ForeignPlaceFactory(country=duisburg.country, name_own="Probestadt") for _number in "12")
    reading = Reading(foreign=(PartyReading("Probestadt", ("Probestadt",), country="DE"),))
    assert not Matcher.load().match(reading).foreign[0].certain

    Place.objects.filter(pk=twin.pk).update(abolished=True, merged_into=kept)

    assert Matcher.load().match(reading).foreign[0].certain


def test_a_spelling_settled_as_a_place_that_was_merged_leads_to_the_other(
    duisburg: Place, tmp_path: Path
) -> None:
    twin = ForeignPlaceFactory(country=duisburg.country, name_own="Alt-Duisburg", slug="alt-duisburg")
    (tmp_path / SPELLINGS).write_text(
        "iso2,text,key\nDE,Дуйсбург-на-Рурі,de/alt-duisburg\n", encoding="utf-8"
    )
    (tmp_path / UNSETTLED).write_text("iso2,text,reason\n", encoding="utf-8")
    Place.objects.filter(pk=twin.pk).update(abolished=True, merged_into=duisburg)
    reading = Reading(foreign=(PartyReading("Дуйсбург-на-Рурі", ("Дуйсбург-на-Рурі",), country="DE"),))

    found = Matcher.load(gazetteer=tmp_path).match(reading).foreign[0]

    assert found.certain
    assert found.candidates[0].place == duisburg.pk
