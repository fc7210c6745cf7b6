"""Outlines of countries and oblasts, drawn once at build time and kept as SVG path strings.

Three frames, each with its own projection in SVG user units (y grows downwards):

* ``EUROPE``: Lambert conformal conic, about 2.7 km per unit in Central Europe;
* ``WORLD``: Equal Earth, cut at 169° W so that Chukotka stays in one piece;
* ``UKRAINE``: Lambert conformal conic, about 1.4 km per unit, with the 27 oblast-level units.

Sources and licences of the shapes: ``places/data/outlines/README.md``. The shapes show Crimea and
Sevastopol as Ukraine; a test holds it.
"""

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "outlines"

Point = tuple[float, float]
Ring = list[Point]


def _lambert(
    parallel_1: float, parallel_2: float, lat_0: float, lon_0: float
) -> Callable[[float, float], Point]:
    """Lambert conformal conic on the unit sphere; degrees in, radians out, y upwards."""
    p1, p2 = math.radians(parallel_1), math.radians(parallel_2)

    def spread(phi: float) -> float:
        return math.tan(math.pi / 4 + phi / 2)

    n = math.log(math.cos(p1) / math.cos(p2)) / math.log(spread(p2) / spread(p1))
    factor = math.cos(p1) * spread(p1) ** n / n
    rho_0 = factor / spread(math.radians(lat_0)) ** n

    def forward(lat: float, lon: float) -> Point:
        rho = factor / spread(math.radians(max(lat, -80.0))) ** n
        theta = n * math.radians(lon - lon_0)
        return rho * math.sin(theta), rho_0 - rho * math.cos(theta)

    return forward


def _equal_earth(lon_0: float) -> Callable[[float, float], Point]:
    """Equal Earth (Šavrič, Patterson, Jenny 2018) on the unit sphere; degrees in, radians out, y upwards."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796

    def forward(lat: float, lon: float) -> Point:
        turn = (lon - lon_0 + 180.0) % 360.0 - 180.0
        theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
        square = theta * theta
        sixth = square**3
        slope = 9 * a4 * sixth * square + 7 * a3 * sixth + 3 * a2 * square + a1
        x = 2 * math.sqrt(3) * math.radians(turn) * math.cos(theta) / (3 * slope)
        return x, theta * (a1 + a2 * square + sixth * (a3 + a4 * square))

    return forward


@dataclass(frozen=True)
class Frame:
    """A rectangle of the map with its projection. Sizes are SVG user units."""

    name: str
    width: int
    height: int
    scale: float
    centre: Point
    forward: Callable[[float, float], Point]

    def project(self, lat: float, lon: float) -> Point:
        """Where a place (degrees north, degrees east) stands in the frame; may lie outside of it."""
        x, y = self.forward(lat, lon)
        return self.centre[0] + self.scale * x, self.centre[1] - self.scale * y

    def holds(self, lat: float, lon: float, margin: float = 24.0) -> bool:
        """Whether a place stands inside the frame, at least ``margin`` units from its edge."""
        x, y = self.project(lat, lon)
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin


EUROPE = Frame("europe", 1960, 1620, 2360.0, (980.0, 900.0), _lambert(42, 60, 50, 20))
WORLD = Frame("world", 1260, 640, 258.0, (628.0, 352.0), _equal_earth(11))
UKRAINE = Frame("ukraine", 1000, 680, 4480.0, (505.0, 330.0), _lambert(46, 51, 48.6, 31.2))
FRAMES = (EUROPE, WORLD, UKRAINE)


@dataclass(frozen=True)
class Shape:
    """One country or oblast in a frame. ``code`` is ISO 3166-1 alpha-3 for countries and the first four
    characters of the KATOTTG code (``UA12``) for oblast-level units; ``box`` is left, top, right, bottom."""

    code: str
    path: str
    box: tuple[float, float, float, float]

    def meets(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether the shape's box touches a rectangle."""
        return self.box[0] < right and self.box[2] > left and self.box[1] < bottom and self.box[3] > top

    def contains(self, point: Point) -> bool:
        """Whether a projected point lies inside (even-odd rule, as the shape is painted)."""
        x, y = point
        inside = False
        for ring in rings_of(self.path):
            for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
                if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                    inside = not inside
        return inside


@dataclass(frozen=True)
class Outlines:
    """All shapes of one frame. ``borders`` holds the lines that two oblasts share."""

    frame: Frame
    shapes: tuple[Shape, ...]
    borders: str

    def shape(self, code: str) -> Shape | None:
        """The shape with this code, if the frame has it."""
        return next((shape for shape in self.shapes if shape.code == code), None)

    def code_at(self, lat: float, lon: float) -> str | None:
        """The code of the shape in which a place lies; None at sea or outside the frame."""
        point = self.frame.project(lat, lon)
        for shape in self.shapes:
            if shape.meets(point[0], point[1], point[0], point[1]) and shape.contains(point):
                return shape.code
        return None


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def rings_of(path: str) -> list[Ring]:
    """The rings of a path as ``places.outline_shapes.write_path`` writes it (M or m, l, z)."""
    rings: list[Ring] = []
    for piece in path.split("z"):
        numbers = [float(number) for number in _NUMBER.findall(piece)]
        if len(numbers) < 6:
            continue
        x, y = rings[-1][0] if rings else (0.0, 0.0)
        ring: Ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        rings.append(ring)
    return rings


@lru_cache(maxsize=len(FRAMES))
def outlines(frame: Frame) -> Outlines:
    """The shapes of a frame, read once per process."""
    content = json.loads((DATA / f"{frame.name}.json").read_text(encoding="utf-8"))
    shapes = tuple(Shape(row["code"], row["path"], tuple(row["box"])) for row in content["shapes"])
    return Outlines(frame, shapes, content.get("borders", ""))


def oblast_paths() -> tuple[Shape, ...]:
    """The 27 oblast-level units in the Ukraine frame, Crimea, Kyiv and Sevastopol among them."""
    return outlines(UKRAINE).shapes


def project(lat: float, lon: float, frame: Frame = EUROPE) -> Point:
    """Where a place stands in a frame (Europe unless another is given)."""
    return frame.project(lat, lon)
