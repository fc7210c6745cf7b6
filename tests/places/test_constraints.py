"""What the database refuses about places, whoever writes, and what it derives by itself."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Value

from places.models import Place, PlaceCode, PlaceName
from tests.factories.places import (
    CountryFactory,
    ForeignPlaceFactory,
    HromadaFactory,
    OblastFactory,
    PlaceCodeFactory,
    PlaceNameFactory,
    RaionFactory,
    SettlementFactory,
    SpecialCityFactory,
)
from tests.known import known

pytestmark = pytest.mark.django_db


def change(place: Place, assignment: str, *values: Any) -> None:
    """By SQL, past every check of Python; raises with the constraint's name."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE places_place SET {assignment} WHERE id = %s", [*values, place.pk])


@pytest.mark.parametrize(
    ("assignment", "constraint"),
    [
        ("katottg = NULL", "place_ukrainian_has_katottg"),
        ("katottg = 'UA12'", "place_ukrainian_has_katottg"),
        ("katottg = 'UA1234567890123456X'", "place_ukrainian_has_katottg"),
        ("iso2 = 'XX'", "place_country_has_iso2"),
        ("level = 'country'", "place_country_has_iso2"),
        ("latitude = 91", "place_coordinates"),
        ("longitude = NULL", "place_coordinates"),
        ("latitude = 'NaN'", "place_coordinates"),
        ("name_uk = '', name_en = '', name_own = ''", "place_has_a_name"),
        ("population = -1", "population"),
    ],
)
def test_ukrainian_place_is_refused_when_it_makes_no_sense(assignment: str, constraint: str) -> None:
    hromada = HromadaFactory()
    with pytest.raises(IntegrityError, match=constraint):
        change(hromada, assignment)


def test_foreign_place_is_refused_when_it_has_a_katottg_code() -> None:
    with pytest.raises(IntegrityError, match="place_ukrainian_has_katottg"):
        change(ForeignPlaceFactory(), "katottg = 'UA12345678901234567'")


def test_abolished_ukrainian_place_needs_no_code() -> None:
    hromada = HromadaFactory()
    change(hromada, "katottg = NULL, abolished = true")
    hromada.refresh_from_db()
    assert hromada.katottg is None


@pytest.mark.parametrize("iso2", ["X", "xa", "1A"])
def test_country_is_refused_when_its_code_is_not_two_capital_letters(iso2: str) -> None:
    with pytest.raises(IntegrityError, match="place_country_has_iso2"):
        change(CountryFactory(), "iso2 = %s, country_id = %s", iso2, iso2)


def test_slug_is_refused_when_another_place_of_the_country_has_it() -> None:
    first = ForeignPlaceFactory()
    with pytest.raises(IntegrityError, match="place_foreign_slug"), transaction.atomic():
        ForeignPlaceFactory(slug=first.slug)
    assert ForeignPlaceFactory(slug=first.slug, country=CountryFactory(poland=True)).pk


def test_code_of_a_place_is_refused_when_another_has_it() -> None:
    first = HromadaFactory()
    with pytest.raises(IntegrityError, match="katottg"), transaction.atomic():
        HromadaFactory(katottg=first.katottg)


def test_name_and_code_are_refused_when_the_place_has_them_already() -> None:
    name, code = PlaceNameFactory(), PlaceCodeFactory()
    with pytest.raises(IntegrityError, match="placename_once"), transaction.atomic():
        PlaceNameFactory(place=name.place, text=name.text)
    with pytest.raises(IntegrityError, match="placecode_once"), transaction.atomic():
        PlaceCode.objects.create(place=code.place, scheme=code.scheme, value=code.value)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [({"text": ""}, "placename_not_empty"), ({"valid_to": "yesterday"}, "placename_dates")],
)
def test_name_is_refused_when_it_is_empty_or_has_no_real_date(
    values: dict[str, str], constraint: str
) -> None:
    name = PlaceNameFactory()
    # As SQL writes it: the field reads dates as people type them and refuses others before the database.
    written = {column: Value(value) for column, value in values.items()}
    with pytest.raises(IntegrityError, match=constraint):
        PlaceName.objects.filter(pk=name.pk).update(**written)


def test_code_is_refused_when_it_is_empty() -> None:
    with pytest.raises(IntegrityError, match="placecode_not_empty"):
        PlaceCodeFactory(value="")


def test_oblast_is_derived_from_the_parent_when_a_place_is_made_or_moved() -> None:
    hromada = HromadaFactory(with_centre=True, centre_settlement__name_uk="Тестополе")
    hromada.refresh_from_db()
    assert hromada.oblast == known(hromada.parent).parent == known(hromada.centre).oblast
    assert str(hromada.short_name("uk")) == "Тестополе"
    elsewhere = RaionFactory()
    change(hromada, "parent_id = %s", elsewhere.pk)
    hromada.refresh_from_db()
    assert hromada.oblast == elsewhere.parent


@pytest.mark.parametrize("factory", [OblastFactory, SpecialCityFactory])
def test_unit_of_the_highest_level_is_its_own_oblast(factory: Any) -> None:
    place = factory()
    assert place.oblast == place


def test_namesakes_are_marked_until_one_of_them_is_abolished_or_renamed() -> None:
    first, second = HromadaFactory(name_uk="Миколаївська"), HromadaFactory(name_uk="Миколаївська")
    village = SettlementFactory(name_uk="Миколаївська")
    marked = Place.objects.filter(has_namesakes=True)
    assert set(marked) == {first, second}  # a village is on another level
    assert not village.has_namesakes
    change(second, "abolished = true")
    assert not marked.all().exists()


def test_names_sort_by_the_ukrainian_alphabet() -> None:
    oblast = OblastFactory(name_uk="Ялинкова")
    names = ["Ґанівка", "Гайок", "Ївга", "Іванки", "Єрки", "Ем", "Дуб", "Щербані", "М'ятне", "Мяке"]
    for name in names:
        SettlementFactory(parent=oblast, name_uk=name)
    found = Place.objects.filter(level="settlement").alphabetical("uk").values_list("name_uk", flat=True)
    assert list(found) == [
        "Гайок", "Ґанівка", "Дуб", "Ем", "Єрки", "Іванки", "Ївга", "Мяке", "М'ятне", "Щербані",
    ]  # fmt: skip


def test_foreign_places_sort_by_the_name_that_is_shown() -> None:
    for own, uk in (("Zwickau", ""), ("Bonn", "Бонн"), ("Aachen", "")):
        ForeignPlaceFactory(name_own=own, name_uk=uk)
    shown = [str(place.name("uk")) for place in Place.objects.foreign().alphabetical("uk")]
    assert shown == ["Aachen", "Zwickau", "Бонн"]
