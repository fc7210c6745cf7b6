"""The maps show Ukraine within its borders and put places where they belong."""

import pytest

from places.outlines import EUROPE, FRAMES, UKRAINE, WORLD, Frame, oblast_paths, outlines, rings_of

SIMFEROPOL = (44.9521, 34.1024)
SEVASTOPOL = (44.6054, 33.5221)
DONETSK = (48.0159, 37.8028)
KERCH = (45.3562, 36.4674)


@pytest.mark.parametrize("place", [SIMFEROPOL, SEVASTOPOL, KERCH, DONETSK], ids=str)
@pytest.mark.parametrize("frame", [EUROPE, WORLD], ids=lambda frame: frame.name)
def test_occupied_places_lie_in_ukraine_and_not_in_russia(frame: Frame, place: tuple[float, float]) -> None:
    drawn = outlines(frame)
    ukraine, russia = drawn.shape("UKR"), drawn.shape("RUS")
    assert ukraine is not None
    assert russia is not None
    assert ukraine.contains(frame.project(*place))
    assert not russia.contains(frame.project(*place))


@pytest.mark.parametrize("frame", [EUROPE, WORLD], ids=lambda frame: frame.name)
def test_moscow_lies_in_russia_and_not_in_ukraine(frame: Frame) -> None:
    assert outlines(frame).code_at(55.7558, 37.6173) == "RUS"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (SIMFEROPOL, "UA01"),
        (SEVASTOPOL, "UA85"),
        ((47.9105, 33.3918), "UA12"),
        ((50.4501, 30.5234), "UA80"),
        ((46.6354, 32.6169), "UA65"),
        ((48.6208, 22.2879), "UA21"),
    ],
    ids=["Simferopol", "Sevastopol", "Kryvyi Rih", "Kyiv", "Kherson", "Uzhhorod"],
)
def test_a_town_lies_in_its_oblast(place: tuple[float, float], code: str) -> None:
    assert outlines(UKRAINE).code_at(*place) == code


def test_all_27_oblast_level_units_are_drawn_once() -> None:
    codes = [shape.code for shape in oblast_paths()]
    assert len(codes) == len(set(codes)) == 27
    assert {"UA01", "UA80", "UA85"} <= set(codes)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_every_box_encloses_its_path(frame: Frame) -> None:
    for shape in outlines(frame).shapes:
        points = [point for ring in rings_of(shape.path) for point in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        assert (min(xs), min(ys), max(xs), max(ys)) == shape.box, shape.code


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_paths_can_be_joined_because_each_starts_absolutely(frame: Frame) -> None:
    for shape in outlines(frame).shapes:
        assert shape.path.startswith("M"), shape.code
        assert shape.path.count("M") == 1, shape.code


def test_north_is_up_and_east_is_right_in_every_frame() -> None:
    for frame in FRAMES:
        x, y = frame.project(49.0, 31.0)
        assert frame.project(50.0, 31.0)[1] < y
        assert frame.project(49.0, 32.0)[0] > x


def test_world_keeps_chukotka_beside_the_rest_of_asia() -> None:
    anadyr, uelen = WORLD.project(64.7, 177.5), WORLD.project(66.2, -169.8)
    assert 0 < uelen[0] - anadyr[0] < 60


def test_europe_holds_lisbon_and_tbilisi_but_not_new_york() -> None:
    assert EUROPE.holds(38.72, -9.14)
    assert EUROPE.holds(41.72, 44.79)
    assert not EUROPE.holds(40.71, -74.0)
