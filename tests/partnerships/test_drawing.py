"""Maps: planned differs from done, names are readable, same facts draw the same picture."""

import gzip
import itertools
import random
import re

import pytest
from django.template.loader import render_to_string

from partnerships.drawing import (
    MapPair,
    MapPoint,
    PairMap,
    arc_path,
    pair_map,
    register_map,
)
from partnerships.map_labels import Box, wrap_name
from places.outlines import EUROPE, WORLD

KRYVYI_RIH = MapPoint("Кривий Ріг", 47.9105, 33.3918, "ua")
DUISBURG = MapPoint("Дуйсбург", 51.4325, 6.7652, "foreign")
TELTOW = MapPoint("Teltow", 52.4031, 13.2609, "foreign", "de")
ZAGAN = MapPoint("Żagań", 51.6178, 15.3144, "foreign", "pl")
KHOTYN = MapPoint("Хотин", 48.5072, 26.4908, "ua")
KORSUN = MapPoint("Корсунь-Шевченківська територіальна громада", 49.4222, 31.2567, "ua")
KYOTO = MapPoint("Кіото", 35.0116, 135.7681, "foreign")


def drawn(*points: MapPoint, planned: bool = False) -> PairMap:
    picture = pair_map(points, planned=planned)
    assert picture is not None
    return picture


def test_pair_map_is_absent_when_a_side_has_no_place() -> None:
    assert pair_map([KRYVYI_RIH]) is None
    assert pair_map([]) is None


@pytest.mark.parametrize(("partner", "frame"), [(DUISBURG, EUROPE.name), (KYOTO, WORLD.name)])
def test_pair_map_takes_the_world_only_when_a_partner_is_far(partner: MapPoint, frame: str) -> None:
    assert drawn(KRYVYI_RIH, partner).frame == frame


@pytest.mark.parametrize(
    "points",
    [(KRYVYI_RIH, DUISBURG), (KHOTYN, TELTOW, ZAGAN), (KORSUN, KYOTO), (KORSUN, DUISBURG)],
    ids=["two", "three", "far", "long name"],
)
def test_names_keep_inside_the_picture_and_off_each_other(points: tuple[MapPoint, ...]) -> None:
    picture = drawn(*points)
    frame = Box(0, 0, picture.width, picture.height)
    assert len(picture.labels) == len(points)
    assert all(label.box.outside(frame) == 0 for label in picture.labels)
    for one, other in itertools.combinations(picture.labels, 2):
        assert one.box.overlap(other.box) == 0


def test_every_ukrainian_place_is_joined_with_every_foreign_one() -> None:
    assert len(drawn(KHOTYN, TELTOW, ZAGAN).arcs) == 2
    assert len(drawn(KHOTYN, KRYVYI_RIH, TELTOW, ZAGAN).arcs) == 4


def test_planned_pair_is_dashed_and_done_pair_is_solid_on_the_page() -> None:
    pages = {
        planned: render_to_string(
            "components/pair_map.html", {"map": drawn(KRYVYI_RIH, DUISBURG, planned=planned), "title": "Мапа"}
        )
        for planned in (True, False)
    }
    assert 'class="hot planned"' in pages[True]
    assert "planned" not in pages[False]
    assert "Кривий Ріг" in pages[False]


def test_numbers_have_points_and_not_commas_when_the_page_is_ukrainian() -> None:
    page = render_to_string("components/pair_map.html", {"map": drawn(KRYVYI_RIH, DUISBURG), "title": "Мапа"})
    values = re.findall(r' (?:x|y|cx|cy)="([^"]+)"', page)
    assert values
    assert all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in values)


def test_arc_swings_upwards_whichever_end_comes_first() -> None:
    for start, end in [((0.0, 100.0), (100.0, 100.0)), ((100.0, 100.0), (0.0, 100.0))]:
        control = re.search(r"q(-?\d+)[ ]?(-?\d+)", arc_path(start, end))
        assert control is not None
        assert int(control.group(2)) < 0


def test_long_name_is_broken_near_its_middle() -> None:
    assert wrap_name("Кривий Ріг") == ["Кривий Ріг"]
    assert wrap_name("Корсунь-Шевченківська громада") == ["Корсунь-", "Шевченківська громада"]


def many_pairs(count: int) -> list[MapPair]:
    chance = random.Random(7)
    return [
        MapPair(
            (chance.uniform(46.5, 51), chance.uniform(24, 37)),
            (chance.uniform(40, 60), chance.uniform(-5, 24)),
            fulfilled=place % 5 > 0,
        )
        for place in range(count)
    ]


def test_register_map_stays_under_25_kb_compressed_with_thousands_of_pairs() -> None:
    picture = register_map(many_pairs(5000), (KRYVYI_RIH, DUISBURG))
    page = render_to_string("components/register_map.html", {"map": picture})
    assert picture.shown == 300
    assert picture.total == 5000
    assert len(gzip.compress(page.encode())) < 25_000


def test_register_map_is_the_same_whatever_the_order_of_records() -> None:
    pairs = many_pairs(900)
    assert register_map(pairs) == register_map(reversed(pairs))


def test_register_map_counts_pairs_on_the_same_spots_once() -> None:
    pair = MapPair((KRYVYI_RIH.lat, KRYVYI_RIH.lon), (DUISBURG.lat, DUISBURG.lon))
    picture = register_map([pair, pair])
    assert len(picture.done) == 1
    assert picture.total == 2


def test_register_map_draws_what_is_only_announced_apart() -> None:
    ends = (KRYVYI_RIH.lat, KRYVYI_RIH.lon), (DUISBURG.lat, DUISBURG.lon)
    picture = register_map([MapPair(*ends, fulfilled=False)])
    assert picture.done == ()
    assert len(picture.planned) == 1


def test_register_map_of_an_empty_register_has_land_and_no_arcs() -> None:
    picture = register_map([])
    assert picture.land.home
    assert (picture.done, picture.planned, picture.dots) == ((), (), "")
