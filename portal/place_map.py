"""Where a place lies: a small map with one dot, or with one oblast in colour."""

from dataclasses import dataclass

from partnerships.drawing import Land
from places.enums import Level
from places.models import Place
from places.outlines import EUROPE, UKRAINE, WORLD, outlines

#: The part of the Europe frame that is shown: left, top, width, height.
EUROPE_VIEW = (420, 450, 1160, 1000)
#: Radius of the dot as a share of the width of what is shown.
DOT = 1 / 60


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """Sizes in units of the frame: the path of a chosen oblast, or a dot with its radius."""

    view_box: str
    land: Land
    chosen: str = ""
    x: float | None = None
    y: float | None = None
    radius: float = 0.0


def place_map(place: Place) -> PlaceMap | None:
    """None where the place has no point and is no oblast."""
    if place.is_ukrainian:
        return _in_ukraine(place)
    point = _point(place)
    if point is None:
        return None
    in_view = EUROPE.holds(*point) and _inside(EUROPE.project(*point))
    frame = EUROPE if in_view else WORLD
    left, top, width, height = EUROPE_VIEW if in_view else (0, 0, WORLD.width, WORLD.height)
    drawn = outlines(frame)
    home = drawn.shape("UKR")
    shapes = [shape for shape in drawn.shapes if shape.meets(left, top, left + width, top + height)]
    land = Land(
        countries=tuple(shape.path for shape in shapes if shape is not home),
        home=home.path if home else "",
        borders=drawn.borders,
    )
    x, y = frame.project(*point)
    return PlaceMap(f"{left} {top} {width} {height}", land, x=round(x, 1), y=round(y, 1), radius=width * DOT)


def _in_ukraine(place: Place) -> PlaceMap | None:
    drawn = outlines(UKRAINE)
    land = Land(countries=(), home="".join(shape.path for shape in drawn.shapes), borders=drawn.borders)
    view_box = f"0 0 {UKRAINE.width} {UKRAINE.height}"
    if place.level == Level.OBLAST:
        shape = drawn.shape((place.katottg or "")[:4])
        return PlaceMap(view_box, land, chosen=shape.path) if shape else None
    point = _point(place)
    if point is None:
        return None
    x, y = UKRAINE.project(*point)
    return PlaceMap(view_box, land, x=round(x, 1), y=round(y, 1), radius=UKRAINE.width * DOT)


def _point(place: Place) -> tuple[float, float] | None:
    """A hromada without a point of its own is shown at its centre."""
    spot = place if place.has_point or place.centre is None else place.centre
    if spot.latitude is None or spot.longitude is None:
        return None
    return spot.latitude, spot.longitude


def _inside(point: tuple[float, float]) -> bool:
    left, top, width, height = EUROPE_VIEW
    return left < point[0] < left + width and top < point[1] < top + height
