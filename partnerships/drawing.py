"""Maps of the register as plain numbers: of one pair, and of all.

Pure functions over plain values: no database, no request. Templates only print what stands here.
Solid means that it happened, dashed that it is announced; the words stand beside it on the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from partnerships.map_labels import Box, Label, place_labels
from places.outlines import EUROPE, WORLD, Frame, Outlines, Point, outlines

Side = Literal["ua", "foreign"]

PAIR_SIZE = (360, 260)
REGISTER_VIEW = (420, 450, 1160, 1000)
REGISTER_LIMIT = 300
BEND = 0.19
UKRAINE_CODE = "UKR"


@dataclass(frozen=True)
class MapPoint:
    """A place of a partnership. ``lat`` and ``lon`` in degrees; ``lang`` marks a name in another language."""

    label: str
    lat: float
    lon: float
    side: Side
    lang: str = ""


@dataclass(frozen=True)
class MapPair:
    """One record for the map of all: (lat, lon) in degrees of both ends."""

    ua: Point
    foreign: Point
    fulfilled: bool = True


@dataclass(frozen=True)
class Dot:
    """An end of an arc in the picture's units."""

    x: float
    y: float
    side: Side


@dataclass(frozen=True)
class Land:
    """What lies under the arcs: countries, Ukraine, oblasts; ``transform`` moves them into view."""

    countries: tuple[str, ...]
    home: str
    borders: str
    transform: str = ""


@dataclass(frozen=True)
class PairMap:
    """One partnership on the map; sizes in SVG units, made to be read at 328 CSS pixels and wider."""

    width: int
    height: int
    land: Land
    arcs: tuple[str, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    planned: bool
    frame: str


@dataclass(frozen=True)
class RegisterMap:
    """A sample of all partnerships on the map of Europe, in the units of that frame."""

    view_box: str
    land: Land
    done: tuple[str, ...]
    planned: tuple[str, ...]
    dots: str
    hot: str
    hot_planned: bool
    ends: tuple[Dot, ...]
    labels: tuple[Label, ...]
    shown: int
    total: int


def arc_path(start: Point, end: Point, digits: int = 0) -> str:
    """A curve between two points that swings upwards, as the sign of the portal does (rounded numbers)."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    lift = BEND if dx > 0 else -BEND
    cx, cy = dx / 2 + dy * lift, dy / 2 - dx * lift

    def text(*numbers: float) -> str:
        return " ".join(f"{number:.{digits}f}" for number in numbers)

    return f"M{text(x1, y1)}q{text(cx, cy, dx, dy)}".replace(" -", "-")


def arc_points(start: Point, end: Point, steps: int = 10) -> list[Point]:
    """Points along the curve of ``arc_path``, for keeping names off it."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    lift = BEND if dx > 0 else -BEND
    cx, cy = dx / 2 + dy * lift, dy / 2 - dx * lift
    shares = [step / steps for step in range(1, steps)]
    return [(x1 + 2 * (1 - t) * t * cx + t * t * dx, y1 + 2 * (1 - t) * t * cy + t * t * dy) for t in shares]


def suitable_frame(points: Iterable[MapPoint]) -> Frame:
    """Europe where all points stand in it, else the world."""
    return EUROPE if all(EUROPE.holds(point.lat, point.lon) for point in points) else WORLD


def pair_map(points: Sequence[MapPoint], *, planned: bool = False) -> PairMap | None:
    """The map of one partnership; None when a side has no known place.

    Every Ukrainian place is joined with every foreign one. ``planned`` draws the arcs dashed: nothing of
    the partnership has happened yet.
    """
    if {point.side for point in points} != {"ua", "foreign"}:
        return None
    frame = suitable_frame(points)
    drawn = outlines(frame)
    spots = [frame.project(point.lat, point.lon) for point in points]
    left, top, wide, high = _view(drawn, spots)
    width, height = PAIR_SIZE
    scale = width / wide
    placed = [((x - left) * scale, (y - top) * scale) for x, y in spots]
    ua = [spot for spot, point in zip(placed, points, strict=True) if point.side == "ua"]
    foreign = [spot for spot, point in zip(placed, points, strict=True) if point.side == "foreign"]
    ends = list(product(foreign, ua))
    names = [(point.label, spot, point.lang) for point, spot in zip(points, placed, strict=True)]
    on_the_way = [step for start, end in ends for step in arc_points(start, end)]
    return PairMap(
        width=width,
        height=height,
        land=_land(drawn, (left, top, left + wide, top + high), _transform(scale, left, top)),
        arcs=tuple(arc_path(start, end, digits=1) for start, end in ends),
        dots=tuple(
            Dot(round(x, 1), round(y, 1), point.side) for point, (x, y) in zip(points, placed, strict=True)
        ),
        labels=tuple(place_labels(names, on_the_way, Box(0, 0, width, height), size=14)),
        planned=planned,
        frame=frame.name,
    )


def register_map(
    pairs: Iterable[MapPair],
    highlight: tuple[MapPoint, MapPoint] | None = None,
    *,
    highlight_planned: bool = False,
    limit: int = REGISTER_LIMIT,
) -> RegisterMap:
    """The map of all partnerships: pairs that fall on the same spots count once, at most ``limit`` are
    drawn, spread evenly over the sorted list, so that the same records always give the same picture.

    ``highlight`` (Ukrainian place, foreign place) gets a strong arc and names.
    """
    every = [pair for pair in pairs if EUROPE.holds(*pair.ua) and EUROPE.holds(*pair.foreign, margin=0)]
    spots = sorted({(_spot(pair.foreign), _spot(pair.ua), pair.fulfilled) for pair in every})
    step = max(1.0, len(spots) / limit)
    chosen = [spots[int(place * step)] for place in range(min(limit, len(spots)))]
    ends = sorted({spot for foreign, ua, _ in chosen for spot in (foreign, ua)})
    left, top, wide, high = REGISTER_VIEW
    hot, dots, labels = _highlight(highlight)
    return RegisterMap(
        view_box=f"{left} {top} {wide} {high}",
        land=_land(outlines(EUROPE), (left, top, left + wide, top + high), ""),
        done=tuple(arc_path(foreign, ua) for foreign, ua, fulfilled in chosen if fulfilled),
        planned=tuple(arc_path(foreign, ua) for foreign, ua, fulfilled in chosen if not fulfilled),
        dots="".join(f"M{x:.0f} {y:.0f}h0" for x, y in ends),
        hot=hot,
        hot_planned=highlight_planned,
        ends=dots,
        labels=labels,
        shown=len(chosen),
        total=len(every),
    )


def _spot(place: Point) -> Point:
    x, y = EUROPE.project(*place)
    return float(round(x)), float(round(y))


def _transform(scale: float, left: float, top: float) -> str:
    return f"scale({scale:.4f}) translate({-left:.1f} {-top:.1f})"


def _view(drawn: Outlines, spots: Sequence[Point]) -> tuple[float, float, float, float]:
    """Left, top, width and height of the part to show: all points and the whole of Ukraine with air around,
    in the shape of the picture, inside the frame."""
    ratio = PAIR_SIZE[0] / PAIR_SIZE[1]
    home = drawn.shape(UKRAINE_CODE)
    corners = [*spots, *([home.box[:2], home.box[2:]] if home else [])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    air = 0.14 * max(max(xs) - min(xs), (max(ys) - min(ys)) * ratio)
    wide = max(xs) - min(xs) + 2 * air
    high = max(ys) - min(ys) + 2 * air
    wide = min(max(wide, high * ratio), drawn.frame.width, drawn.frame.height * ratio)
    high = wide / ratio
    left = (max(xs) + min(xs) - wide) / 2
    top = (max(ys) + min(ys) - high) / 2
    return (
        min(max(left, 0.0), drawn.frame.width - wide),
        min(max(top, 0.0), drawn.frame.height - high),
        wide,
        high,
    )


def _land(drawn: Outlines, view: Box | tuple[float, float, float, float], transform: str) -> Land:
    seen = [shape for shape in drawn.shapes if shape.meets(*view)]
    home = drawn.shape(UKRAINE_CODE)
    return Land(
        countries=tuple(shape.path for shape in seen if shape.code != UKRAINE_CODE),
        home=home.path if home else "",
        borders=drawn.borders,
        transform=transform,
    )


def _highlight(
    highlight: tuple[MapPoint, MapPoint] | None,
) -> tuple[str, tuple[Dot, ...], tuple[Label, ...]]:
    if highlight is None or not all(EUROPE.holds(point.lat, point.lon) for point in highlight):
        return "", (), ()
    ua, foreign = highlight
    start, end = (EUROPE.project(point.lat, point.lon) for point in (foreign, ua))
    left, top, wide, high = REGISTER_VIEW
    names = [(point.label, spot, point.lang) for point, spot in ((foreign, start), (ua, end))]
    labels = place_labels(names, arc_points(start, end), Box(left, top, left + wide, top + high), size=50)
    dots = tuple(Dot(round(x), round(y), p.side) for p, (x, y) in ((foreign, start), (ua, end)))
    return arc_path(start, end), dots, tuple(labels)
