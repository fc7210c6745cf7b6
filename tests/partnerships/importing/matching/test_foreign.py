"""Foreign parties: the country has to agree, a similar name is never certain, what was settled counts."""

import pytest

from tests.partnerships.importing.matching.atlas import Atlas, codes, foreign


@pytest.mark.parametrize("text", ["Кельн", "Köln", "Koeln", "Koln", "KÖLN", "Cologne", "м. Кельн", "Ке́льн"])
def test_a_place_is_found_by_its_names_in_any_language(world: Atlas, text: str) -> None:
    found = foreign(world.matcher(), text, "DE")

    assert found.certain
    assert codes(found) == ["de/koln"]


def test_another_country_leaves_it_open_with_the_right_candidate(world: Atlas) -> None:
    found = foreign(world.matcher(), "Гуденсберг", "PL")

    assert not found.certain
    assert codes(found) == ["de/gudensberg"]


def test_a_spelling_settled_under_a_wrong_country_stays_open(world: Atlas) -> None:
    world.settled.append(("PL", "Гуденсберг", "de/gudensberg"))

    found = foreign(world.matcher(), "Гуденсберг", "PL")

    assert not found.certain
    assert codes(found) == ["de/gudensberg"]


def test_a_settled_spelling_is_certain(world: Atlas) -> None:
    world.settled.append(("DE", "Бонн", "de/bonn"))

    assert foreign(world.matcher(), "Бонн", "DE").certain


def test_without_that_a_name_that_sounds_right_is_a_candidate_and_no_more(world: Atlas) -> None:
    """«Цешин» sounds like Szczecin, and is another town."""
    found = foreign(world.matcher(), "Бонн", "DE")
    assert not found.certain
    assert codes(found)[0] == "de/bonn"
    cieszyn = foreign(world.matcher(), "Цешин", "PL")
    assert not cieszyn.certain
    assert codes(cieszyn)[0] == "pl/szczecin"


def test_what_was_left_open_on_purpose_stays_open(world: Atlas) -> None:
    world.left_open.append(("PL", "Гміна Замостя", "town or commune"))
    matcher = world.matcher()

    for text in ("Гміна Замостя", "Замостя"):
        found = foreign(matcher, text, "PL")
        assert not found.certain
        assert "pl/zamosc" in codes(found)


def test_a_cell_settled_as_several_places_names_them_all(world: Atlas) -> None:
    world.settled += [("DE", "Köln/Bonn", "de/koln"), ("DE", "Köln/Bonn", "de/bonn")]

    found = foreign(world.matcher(), "Köln/Bonn", "DE")

    assert not found.certain
    assert codes(found) == ["de/koln", "de/bonn"]


def test_namesakes_of_a_country_are_told_apart_by_no_name(world: Atlas) -> None:
    found = foreign(world.matcher(), "Neustadt", "DE")

    assert not found.certain
    assert set(codes(found)[:2]) == {"de/neustadt-1", "de/neustadt-2"}


def test_the_region_ranks_namesakes(world: Atlas) -> None:
    found = foreign(world.matcher(), "Neustadt", "DE", region="Hessen")

    assert codes(found)[0] == "de/neustadt-2"


def test_a_tail_that_nobody_understands_leaves_it_open(world: Atlas) -> None:
    matcher = world.matcher()

    assert foreign(matcher, "Frankfurt (Oder)", "DE").certain
    assert not foreign(matcher, "Bonn (Lahn)", "DE").certain
    assert foreign(matcher, "Bonn, Німеччина", "DE").certain
    assert foreign(matcher, "Bonn, Nordrhein-Westfalen", "DE").certain
    assert not foreign(matcher, "Bonn, Bayern", "DE").certain


def test_a_county_is_not_the_town_of_its_name(world: Atlas) -> None:
    matcher = world.matcher()

    assert codes(foreign(matcher, "Kreis Borken", "DE"))[0] == "de/kreis-borken"
    assert foreign(matcher, "Kreis Borken", "DE").certain
    assert not foreign(matcher, "Borken (Kreis)", "DE").certain
    assert codes(foreign(matcher, "Borken", "DE"))[0] == "de/borken"


def test_a_commune_is_not_the_town_in_its_middle(world: Atlas) -> None:
    matcher = world.matcher()

    assert codes(foreign(matcher, "Ґміна Замостя", "PL"))[0] == "pl/zamosc"
    assert not foreign(matcher, "Ґміна Замостя", "PL").certain
    assert codes(foreign(matcher, "Гміна Грубешів", "PL"))[0] == "pl/gmina-hrubieszow"


def test_a_part_of_a_city_is_meant_only_with_its_city(world: Atlas) -> None:
    matcher = world.matcher()

    assert not foreign(matcher, "Mitte", "DE").certain
    assert foreign(matcher, "Mitte, Berlin", "DE").certain


def test_the_beginning_of_a_name_is_not_enough(world: Atlas) -> None:
    found = foreign(world.matcher(), "Strzelce", "PL")

    assert not found.certain
    assert codes(found)[0] == "pl/strzelce-opolskie"


def test_an_american_town_wants_its_state(world: Atlas) -> None:
    matcher = world.matcher()

    assert not foreign(matcher, "Windsor", "US").certain
    assert foreign(matcher, "Windsor, Connecticut", "US").certain
    assert foreign(matcher, "Windsor", "US", region="Connecticut").certain
    assert foreign(matcher, "Portland", "US").certain


def test_without_a_country_only_a_large_city_of_an_only_name_is_certain(world: Atlas) -> None:
    matcher = world.matcher()

    assert foreign(matcher, "Köln").certain
    assert not foreign(matcher, "Gudensberg").certain


def test_a_place_that_the_gazetteer_lacks_is_said_so(world: Atlas) -> None:
    found = foreign(world.matcher(), "Xyzzyqwert", "DE")

    assert not found.certain
    assert not found.candidates
    assert "Xyzzyqwert" in found.doubt


def test_a_title_that_names_another_partner_casts_doubt(world: Atlas) -> None:
    matcher = world.matcher()
    title = "Угода між Криворізькою міською радою (Україна) та муніципалітетом Барселона (Іспанія)"

    assert not foreign(matcher, "Кельн", "DE", title=title).certain
    assert foreign(matcher, "Кельн", "DE", title="Угода між містом Кривий Ріг та містом Кельн").certain


def test_a_row_without_a_name_is_open(world: Atlas) -> None:
    found = foreign(world.matcher(), "", "DE")

    assert not found.certain
    assert found.doubt
    assert not found.candidates


def test_a_commune_settled_as_its_town_stays_open_where_the_commune_is_known(world: Atlas) -> None:
    world.settled.append(("PL", "Гміна Грубешів, Люблінського воєводства", "pl/hrubieszow"))

    found = foreign(world.matcher(), "Гміна Грубешів, Люблінського воєводства", "PL")

    assert not found.certain
    assert codes(found) == ["pl/gmina-hrubieszow", "pl/hrubieszow"]
