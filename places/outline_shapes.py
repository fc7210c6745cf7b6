"""TopoJSON to small SVG paths: decode, project, simplify, clip, write. Used when outlines are rebuilt."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from places.outlines import Frame, Point, Ring


class Topology:
    """One object collection of a TopoJSON document whose shapes share their borders (arcs)."""

    def __init__(self, document: dict[str, Any], name: str) -> None:
        self.geometries: list[dict[str, Any]] = document["objects"][name]["geometries"]
        self.arcs = [self._degrees(arc, document["transform"]) for arc in document["arcs"]]

    @staticmethod
    def _degrees(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
        """Undo quantisation and delta coding: (longitude, latitude) in degrees."""
        (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        return points

    def projected(self, frame: Frame) -> list[Ring]:
        """Every arc in the frame's units."""
        return [[frame.project(lat, lon) for lon, lat in arc] for arc in self.arcs]

    def rings(self, geometry: dict[str, Any], arcs: list[Ring], frame: Frame) -> Iterator[Ring]:
        """The rings of a geometry; those far from the frame or torn by its cut are left out."""
        for polygon in self._polygons(geometry):
            for indexes in polygon:
                ring: Ring = []
                for index in indexes:
                    arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                    ring.extend(arc if not ring else arc[1:])
                if self._near(ring, frame) and not self._torn(ring, frame):
                    yield ring[:-1] if ring[0] == ring[-1] else ring

    def shared_arcs(self) -> list[int]:
        """Arcs that two geometries use: the borders between them."""
        used = Counter(
            index if index >= 0 else ~index
            for geometry in self.geometries
            for polygon in self._polygons(geometry)
            for ring in polygon
            for index in ring
        )
        return [index for index, times in sorted(used.items()) if times > 1]

    @staticmethod
    def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
        if geometry["type"] == "Polygon":
            return [geometry["arcs"]]
        return geometry["arcs"] if geometry["type"] == "MultiPolygon" else []

    @staticmethod
    def _near(ring: Ring, frame: Frame) -> bool:
        return any(-60 < x < frame.width + 60 and -60 < y < frame.height + 60 for x, y in ring)

    @staticmethod
    def _torn(ring: Ring, frame: Frame) -> bool:
        """Whether the ring jumps across the world frame, as islands on both sides of its cut do."""
        return frame.name == "world" and any(abs(a[0] - b[0]) > frame.width / 2 for a, b in pairwise(ring))


def triangle(a: Point, b: Point, c: Point) -> float:
    """Area of a triangle."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def surface(ring: Ring) -> float:
    """Area of a ring."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def simplify(points: Ring, least: float) -> Ring:
    """Drop the point with the smallest triangle (Visvalingam) until all exceed ``least`` square units.

    Ends stay, so arcs that meet keep meeting; a closed arc keeps at least four points.
    """
    kept = list(points)
    floor = 4 if points and points[0] == points[-1] else 2
    while len(kept) > floor:
        areas = [triangle(kept[i - 1], kept[i], kept[i + 1]) for i in range(1, len(kept) - 1)]
        smallest = min(areas)
        if smallest >= least:
            break
        # Every other small triangle in one pass: neighbours wait, since their areas change.
        limit, last, doomed = min(least, smallest * 2 + 1e-9), -1, []
        for place, area in enumerate(areas, start=1):
            if area <= limit and place != last + 1:
                doomed.append(place)
                last = place
        for place in reversed(doomed[: len(kept) - floor]):
            del kept[place]
    return kept


def clip(ring: Ring, frame: Frame, margin: float) -> Ring:
    """The part of a ring inside the frame and a margin around it (Sutherland–Hodgman)."""
    sides: list[tuple[int, float, Callable[[float, float], bool]]] = [
        (0, -margin, float.__gt__), (0, frame.width + margin, float.__lt__),
        (1, -margin, float.__gt__), (1, frame.height + margin, float.__lt__),
    ]  # fmt: skip
    for axis, edge, inside in sides:
        result: Ring = []
        for start, end in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            if inside(end[axis], edge) != inside(start[axis], edge):
                share = (edge - start[axis]) / (end[axis] - start[axis])
                result.append(
                    (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
                )
            if inside(end[axis], edge):
                result.append(end)
        ring = result
        if not ring:
            return []
    return ring


def rounded(points: Ring) -> Ring:
    """Whole units, without points that fall together."""
    result: Ring = []
    for x, y in points:
        point = (float(round(x)), float(round(y)))
        if not result or result[-1] != point:
            result.append(point)
    return result


def write_path(rings: list[Ring], *, closed: bool = True) -> str:
    """Rings or lines as one SVG path with relative whole numbers after an absolute start, so that paths may
    be joined. After ``z`` the pen is at the ring's start."""
    pieces: list[str] = []
    pen = (0.0, 0.0)
    for ring in rings:
        if len(ring) < 2:
            continue
        steps = [(ring[0][0] - pen[0], ring[0][1] - pen[1])]
        steps += [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(ring)]
        first, *others = [f"{dx:.0f}{'' if dy < 0 else ' '}{dy:.0f}".replace("-0", "0") for dx, dy in steps]
        line = " ".join(others).replace(" -", "-")
        pieces.append(f"{'m' if pieces else 'M'}{first}l{line}{'z' if closed else ''}")
        pen = ring[0] if closed else ring[-1]
    return "".join(pieces)
