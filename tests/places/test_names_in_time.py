"""Names with their time: a document shows the name of its day, and nothing is guessed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.enums import NameKind
from places.models import Place, PlaceName
from places.names_in_time import names_on
from tests.factories.places import ForeignPlaceFactory, HromadaFactory, PlaceNameFactory

pytestmark = pytest.mark.django_db


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def hromada() -> Place:
    """Made up in the shape of a real renaming."""
    place = HromadaFactory(
        city=True,
        with_centre=True,
        name_uk="Новонаміська",
        name_en="Novonamiska",
        centre_settlement__name_uk="Новонаміськ",
        centre_settlement__name_en="Novonamisk",
    )
    PlaceNameFactory(
        place=place, text="Старонаміська", language="uk", kind=NameKind.FORMER, valid_to="2024-09-26"
    )
    PlaceNameFactory(
        place=place.centre, text="Старонаміськ", language="uk", kind=NameKind.FORMER, valid_to="2024-09-26"
    )
    return place


def test_name_of_a_day_before_the_renaming_is_the_former_one(hromada: Place) -> None:
    before = day("2023-01-01")
    assert str(hromada.name_on(before, "uk")) == "Старонаміська"
    assert str(hromada.short_name_on(before, "uk")) == "Старонаміськ"
    assert str(hromada.full_name_on(before, "uk")) == "Старонаміська міська громада"


@pytest.mark.parametrize("after", ["2024-09-26", "2024-09-27", "2030-01-01"])
def test_name_of_a_day_after_the_renaming_is_todays(hromada: Place, after: str) -> None:
    assert str(hromada.short_name_on(day(after), "uk")) == "Новонаміськ"


def test_page_in_english_has_the_former_ukrainian_name_in_latin_letters(hromada: Place) -> None:
    name = hromada.short_name_on(day("2023-01-01"), "en")
    assert (name.text, name.lang) == ("Staronamisk", "en")


def test_former_name_known_in_the_language_is_preferred(hromada: Place) -> None:
    PlaceNameFactory(
        place=hromada.centre, text="Staro-Namisk", language="en", kind=NameKind.FORMER, valid_to="2024-09-26"
    )
    assert str(hromada.short_name_on(day("2023-01-01"), "en")) == "Staro-Namisk"


def test_former_name_of_a_foreign_place_stands_in_its_own_language() -> None:
    place = ForeignPlaceFactory(name_own="Chemnitz", own_language="de")
    PlaceNameFactory(
        place=place,
        text="Karl-Marx-Stadt",
        language="de",
        kind=NameKind.FORMER,
        valid_from="1953-05-10",
        valid_to="1990-06-01",
    )
    name = place.name_on(day("1980-01-01"), "uk")
    assert (name.text, name.lang, name.is_foreign) == ("Karl-Marx-Stadt", "de", True)
    # Before the period nobody recorded another name.
    assert place.name_on(day("1950-01-01"), "uk").text == "Chemnitz"


@pytest.mark.parametrize(
    ("period", "on"),
    [
        ({}, "2000-01-01"),
        # The year may have begun under either name.
        ({"valid_to": "2024"}, "2024-05-01"),
        # A former name with a beginning has ended as well; nobody knows when.
        ({"valid_from": "1990"}, "2000-01-01"),
        ({"valid_from": "1990", "valid_to": "2010"}, "1990-06-01"),
        ({"valid_to": "../2010"}, "2000-01-01"),
    ],
)
def test_unknown_period_gives_todays_name(period: dict[str, str], on: str) -> None:
    place = HromadaFactory(name_uk="Нова")
    PlaceNameFactory(place=place, text="Стара", language="uk", kind=NameKind.FORMER, **period)
    assert str(place.name_on(day(on), "uk")) == "Нова"


@pytest.mark.parametrize("kind", [NameKind.EXONYM, NameKind.OTHER_SPELLING, NameKind.HISTORICAL])
def test_spelling_is_no_name_of_its_time(kind: NameKind) -> None:
    place = HromadaFactory(name_uk="Нова")
    PlaceNameFactory(place=place, text="Стара", language="uk", kind=kind, valid_to="2024-01-01")
    assert str(place.name_on(day("2000-01-01"), "uk")) == "Нова"


def test_of_several_former_names_each_counts_back_to_the_end_of_the_one_before() -> None:
    place = HromadaFactory(name_uk="Третя")
    for text, until in (("Друга", "2024-01-01"), ("Перша", "1951")):
        PlaceNameFactory(place=place, text=text, language="uk", kind=NameKind.FORMER, valid_to=until)
    names = [str(place.name_on(day(on), "uk")) for on in ("1940-01-01", "1951-06-01", "1960-01-01")]
    # In the year itself either may have held.
    assert names == ["Перша", "Третя", "Друга"]


def test_official_name_with_a_beginning_holds_from_it_on() -> None:
    place = HromadaFactory(name_uk="Громадська")
    PlaceNameFactory(
        place=place, text="Урочиста", language="uk", kind=NameKind.OFFICIAL, valid_from="2020-01-01"
    )
    assert [name.text for name in place.names_on(day("2021-01-01"))] == ["Урочиста"]
    assert place.names_on(day("2019-01-01")) == []


EDTF = st.sampled_from(
    ["", "1950", "1990-05", "2000-01-01", "2024-09-26", "2024?", "1980/1990", "../1970", "2001/.."]
)
NAMES = st.lists(
    st.builds(
        PlaceName,
        text=st.just("Назва"),
        language=st.sampled_from(["uk", "en", "", "de"]),
        kind=st.sampled_from(NameKind.values),
        valid_from=EDTF,
        valid_to=EDTF,
    ),
    max_size=5,
)


@given(NAMES, st.dates(dt.date(1900, 1, 1), dt.date(2030, 1, 1)))
def test_only_a_dated_name_that_cannot_have_ended_or_not_begun_holds(
    names: list[PlaceName], on: dt.date
) -> None:
    from core.edtf import PartialDate

    for name in names_on(names, on):
        assert name.kind in (NameKind.FORMER, NameKind.OFFICIAL)
        assert name.valid_from or name.valid_to
        if name.valid_to:
            earliest = PartialDate.parse(name.valid_to).earliest
            assert earliest is not None
            assert on < earliest
        if name.valid_from:
            latest = PartialDate.parse(name.valid_from).latest
            assert latest is not None
            assert latest <= on
