"""Ukrainian parties: what makes one certain, and what keeps it in doubt."""

from types import SimpleNamespace

import pytest

from partnerships.importing.rows import PartyReading, Reading
from tests.partnerships.importing.matching.atlas import Atlas, codes, ukrainian


def test_a_name_of_two_hromadas_is_never_matched_by_itself(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    found = ukrainian(atlas.matcher(), "Миколаїв")

    assert not found.certain
    assert found.doubt
    # The larger city stands first.
    assert codes(found)[:2] == [ukraine.mykolaiv.code, ukraine.mykolaiv_of_lviv.code]


@pytest.mark.parametrize(
    "oblast",
    ["Львівська область", "Львівська обл.", "Львівської області", "Львівщина", "Lvivska", "Lviv Oblast",
     "Gebiet Lwiw", "LVIV REGION"],
)  # fmt: skip
def test_the_oblast_in_any_language_tells_namesakes_apart(
    atlas: Atlas, ukraine: SimpleNamespace, oblast: str
) -> None:
    found = ukrainian(atlas.matcher(), "Миколаїв", oblast=oblast)

    assert found.certain
    assert codes(found)[0] == ukraine.mykolaiv_of_lviv.code


def test_an_oblast_that_nobody_understands_leaves_even_a_rare_name_open(
    atlas: Atlas, ukraine: SimpleNamespace
) -> None:
    found = ukrainian(atlas.matcher(), "Чернівці", oblast="Нетутешня область")

    assert not found.certain
    assert "Нетутешня" in found.doubt
    assert codes(found)[0] == ukraine.chernivtsi.code


def test_a_raion_tells_namesakes_of_one_oblast_apart(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    matcher = atlas.matcher()

    assert not ukrainian(matcher, "Іванівська", oblast="Дніпропетровська").certain
    found = ukrainian(matcher, "Іванівська", oblast="Дніпропетровська", raion="Криворізького району")
    assert found.certain
    assert codes(found)[0] == ukraine.ivanivka.code


def test_a_raion_that_is_none_of_today_says_nothing(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    found = ukrainian(atlas.matcher(), "Чернівці", oblast="Чернівецька", raion="Заставнівський")

    assert found.certain
    assert codes(found)[0] == ukraine.chernivtsi.code


def test_the_kind_of_unit_tells_namesakes_apart(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    found = ukrainian(atlas.matcher(), "Іванівська селищна рада", oblast="Дніпропетровська")

    assert found.certain
    assert codes(found)[0] == ukraine.ivanivka_town.code


def test_a_kind_of_unit_that_the_hromada_is_not_leaves_it_open(
    atlas: Atlas, ukraine: SimpleNamespace
) -> None:
    found = ukrainian(atlas.matcher(), "Чернівецька", oblast="Чернівецька", unit="village")

    assert not found.certain
    assert codes(found)[0] == ukraine.chernivtsi.code


def test_a_large_city_is_meant_rather_than_a_village_of_its_name(
    atlas: Atlas, ukraine: SimpleNamespace
) -> None:
    matcher = atlas.matcher()

    assert codes(ukrainian(matcher, "Кривий Ріг"))[0] == ukraine.kryvyi_rih.code
    assert ukrainian(matcher, "Кривий Ріг").certain
    assert codes(ukrainian(matcher, "Кривий Ріг", unit="village"))[0] == ukraine.mykolaiv.code


def test_a_smaller_town_is_not(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    ukraine.kryvyi_rih.population = 40_000

    assert not ukrainian(atlas.matcher(), "Кривий Ріг").certain
    assert ukrainian(atlas.matcher(), "Кривий Ріг", oblast="Дніпропетровська").certain


def test_a_rural_hromada_and_a_village_of_one_oblast_stay_in_doubt(
    atlas: Atlas, ukraine: SimpleNamespace
) -> None:
    matcher = atlas.matcher()

    found = ukrainian(matcher, "Слобідка", oblast="Львівська")
    assert not found.certain
    assert {ukraine.slobidka.code, ukraine.mykolaiv_of_lviv.code} <= set(codes(found))
    # No village is called so: the adjective is the hromada's.
    assert ukrainian(matcher, "Слобідська", oblast="Львівська").certain


def test_a_village_leads_to_its_hromada_where_the_row_says_where_it_lies(
    atlas: Atlas, ukraine: SimpleNamespace
) -> None:
    matcher = atlas.matcher()

    found = ukrainian(matcher, "Дзвиняч", oblast="Чернівецька")
    assert found.certain
    assert codes(found) == [ukraine.karapchiv.code]
    assert not ukrainian(matcher, "Дзвиняч").certain


def test_a_village_is_not_taken_for_the_hromada_that_the_row_names(
    atlas: Atlas, ukraine: SimpleNamespace
) -> None:
    found = ukrainian(atlas.matcher(), "Дзвиняч", oblast="Чернівецька", unit="hromada")

    assert not found.certain
    assert codes(found) == [ukraine.karapchiv.code]


def test_a_village_of_the_oblast_does_not_outweigh_a_hromada_elsewhere(
    atlas: Atlas, ukraine: SimpleNamespace
) -> None:
    """The oblast of the row may be wrong: the name is that of a city elsewhere."""
    found = ukrainian(atlas.matcher(), "Кривий Ріг", oblast="Миколаївська")

    assert not found.certain
    assert {ukraine.kryvyi_rih.code, ukraine.mykolaiv.code} == set(codes(found))


def test_a_former_name_finds_the_hromada(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    found = ukrainian(atlas.matcher(), "Новомосковська", oblast="Дніпропетровська область")

    assert found.certain
    assert codes(found)[0] == ukraine.samar.code


@pytest.mark.parametrize(
    ("name", "oblast", "wanted"),
    [
        ("Krywyj Rih", "Dnipropetrowsk", "kryvyi_rih"),
        ("Kryvyi Rih", "Dnipropetrovska", "kryvyi_rih"),
        ("Tscherniwzi", "Tscherniwzi (Gebiet)", "chernivtsi"),
        ("Czerniwci", "Чернівецька", "chernivtsi"),
        ("Kiew", "Kyiv (city)", "kyiv"),
        ("Карапчів-ська", "Чернівецька", "karapchiv"),
    ],
)
def test_other_ways_to_write_a_name_count_where_the_oblast_confirms_them(
    atlas: Atlas, ukraine: SimpleNamespace, name: str, oblast: str, wanted: str
) -> None:
    found = ukrainian(atlas.matcher(), name, oblast=oblast)

    assert found.certain
    assert codes(found)[0] == getattr(ukraine, wanted).code


def test_a_name_that_only_sounds_right_is_open_without_an_oblast(
    atlas: Atlas, ukraine: SimpleNamespace
) -> None:
    found = ukrainian(atlas.matcher(), "Tscherniwzi")

    assert not found.certain
    assert codes(found)[0] == ukraine.chernivtsi.code


def test_a_mistyped_name_is_a_candidate_and_no_more(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    found = ukrainian(atlas.matcher(), "Карапачівська", oblast="Чернівецька область")

    assert not found.certain
    assert codes(found)[0] == ukraine.karapchiv.code


def test_a_name_like_no_other_has_no_candidates(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    found = ukrainian(atlas.matcher(), "Щщщщщщщщ")

    assert not found.certain
    assert not found.candidates
    assert found.doubt


def test_kyiv_is_the_city_or_the_oblast_around_it(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    matcher = atlas.matcher()

    for cell in ("Київ", "м. Київ", "Kyiv (city)", "Kiew"):
        assert matcher.ukrainian.regions.oblast(cell) == ukraine.kyiv.pk
    for cell in ("Київська", "Київська область", "Kyiv Oblast", "Gebiet Kyjiw", "Київщина"):
        assert matcher.ukrainian.regions.oblast(cell) == ukraine.kyiv_oblast.pk


@pytest.mark.parametrize("text", ["Львівська обласна рада", "Lviv Oblast", "Lwiw (Oblast)"])
def test_an_oblast_is_a_party_itself(atlas: Atlas, ukraine: SimpleNamespace, text: str) -> None:
    found = ukrainian(atlas.matcher(), text, unit="oblast")

    assert found.certain
    assert codes(found) == [ukraine.lviv.code]


def test_a_raion_without_an_oblast_may_be_the_one_before_2020(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    matcher = atlas.matcher()

    assert ukrainian(matcher, "Криворізький район", unit="raion", oblast="Дніпропетровська").certain
    found = ukrainian(matcher, "Криворізький район", unit="raion")
    assert not found.certain
    assert codes(found) == [ukraine.kryvorizkyi.code]
    gone = ukrainian(matcher, "Заставнівський район", unit="raion", oblast="Чернівецька")
    assert not gone.certain
    assert "2020" in gone.doubt


def test_a_district_of_a_named_city_is_found(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    matcher = atlas.matcher()

    found = ukrainian(matcher, "Печерський", text="Печерський район міста Києва", unit="city_district")
    assert found.certain
    assert codes(found) == [ukraine.pecherskyi.code]
    assert not ukrainian(matcher, "Печерський", unit="city_district").certain


def test_a_code_is_believed_where_name_and_oblast_agree(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    matcher, code = atlas.matcher(), ukraine.mykolaiv.code

    assert ukrainian(matcher, "Миколаїв", code=code, oblast="Миколаївська").certain
    assert ukrainian(matcher, "Mykolajiw", code=code).certain
    assert ukrainian(matcher, code=code).certain


def test_a_code_of_a_village_leads_to_its_hromada(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    found = ukrainian(atlas.matcher(), "Дзвиняч", code=ukraine.lone_village.code)

    assert found.certain
    assert codes(found) == [ukraine.karapchiv.code]


def test_a_code_that_the_row_contradicts_is_open_and_stays_among_the_candidates(
    atlas: Atlas, ukraine: SimpleNamespace
) -> None:
    matcher, code = atlas.matcher(), ukraine.mykolaiv.code

    other_name = ukrainian(matcher, "Чернівці", code=code)
    assert not other_name.certain
    assert codes(other_name) == [ukraine.chernivtsi.code, code]
    other_oblast = ukrainian(matcher, "Миколаїв", code=code, oblast="Львівська")
    assert not other_oblast.certain
    assert codes(other_oblast)[0] == ukraine.mykolaiv_of_lviv.code
    unread = ukrainian(matcher, "Миколаїв", code=code, oblast="Нетутешня")
    assert not unread.certain
    larger = ukrainian(matcher, "Миколаївська", code=code, unit="oblast")
    assert not larger.certain


@pytest.mark.parametrize("code", ["UA99000000000099999", "UA1", "48060150000071713"])
def test_a_code_that_does_not_exist_is_said_so(atlas: Atlas, ukraine: SimpleNamespace, code: str) -> None:
    found = ukrainian(atlas.matcher(), "Чернівці", code=code)

    assert not found.certain
    assert code in found.doubt
    assert codes(found) == [ukraine.chernivtsi.code]


@pytest.mark.parametrize("code", [True, False])
def test_the_title_is_held_against_code_and_cells(atlas: Atlas, ukraine: SimpleNamespace, code: bool) -> None:
    """Agreements of Mykolaiv in Lviv oblast once stood under the code of the city of Mykolaiv."""
    title = (
        "Угода про співпрацю та партнерство між Миколаївською міською радою, "
        "Львівської області (Україна) та Гміною Щебрешин"
    )
    cells = {"oblast": "Миколаївська область"} | ({"code": ukraine.mykolaiv.code} if code else {})

    found = ukrainian(atlas.matcher(), "Миколаївська", title=title, **cells)

    assert not found.certain
    assert codes(found)[0] == ukraine.mykolaiv_of_lviv.code
    assert ukraine.mykolaiv.code in codes(found)


def test_a_title_that_agrees_casts_no_doubt(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    title = "Угода між Криворізькою міською радою (Україна) та містом Дуйсбург"

    assert ukrainian(atlas.matcher(), "Криворізька", oblast="Дніпропетровська", title=title).certain


def test_a_row_without_a_name_is_open(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    found = ukrainian(atlas.matcher())

    assert not found.certain
    assert found.doubt
    assert not found.candidates


def test_a_party_that_the_title_alone_names_casts_doubt_on_the_cell(
    atlas: Atlas, ukraine: SimpleNamespace
) -> None:
    cell = PartyReading("Чернівці", ("Чернівці",), oblast="Чернівецька")
    other = PartyReading("міста Кривий Ріг", ("Кривий Ріг",), unit="city")
    reading = Reading(ukrainian=(cell,), title="Угода міст Кривий Ріг і Кельн", title_ukrainian=(other,))

    found = atlas.matcher().match(reading).ukrainian[0]

    assert not found.certain
    assert codes(found) == [ukraine.kryvyi_rih.code, ukraine.chernivtsi.code]


def test_a_district_is_found_by_the_city_beside_it(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    found = ukrainian(atlas.matcher(), "Печерський", unit="city_district", city="Києва")

    assert found.certain
    assert codes(found) == [ukraine.pecherskyi.code]


def test_an_oblast_in_one_cell_and_its_city_in_another_stay_open(
    atlas: Atlas, ukraine: SimpleNamespace
) -> None:
    """A list writes «Tscherniwzi (Oblast)»; whoever gathered it put the city beside it."""
    found = ukrainian(atlas.matcher(), "Чернівці", "Tscherniwzi", unit="oblast", oblast="Чернівецька")

    assert not found.certain
    assert codes(found)[:2] == [ukraine.chernivtsi_oblast.code, ukraine.chernivtsi.code]


def test_a_second_name_that_is_another_place_casts_doubt(atlas: Atlas, ukraine: SimpleNamespace) -> None:
    matcher, code = atlas.matcher(), ukraine.karapchiv.code

    found = ukrainian(matcher, "Карапчів", "Чернівці", oblast="Чернівецька")
    assert not found.certain
    assert set(codes(found)) == {ukraine.karapchiv.code, ukraine.chernivtsi.code}
    assert not ukrainian(matcher, "Карапчів", "Київ", code=code).certain
    assert ukrainian(matcher, "Карапчів", "Karapchiv", "Карапчеве", code=code).certain
