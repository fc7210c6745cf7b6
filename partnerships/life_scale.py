"""A life-line to the scale of time: what the relation was when, as an SVG in plain numbers.

Pure functions over `partnerships.life_drawing`. Numbers in the marks are those of the list beside it, which
says everything in words. After the last event the scale is cut: a tail of fixed length stands for the time
until today.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from partnerships.life_drawing import LifeLine, LifeMark, LifeSegment

WIDTH = 1080
LEFT, TAIL = 18, 120
DOT = 11
LANE = 27
TICKS = 9
#: Mean width of a letter of a kind's name, in the picture's units.
LETTER = 8.2
#: Two events within as many days are told apart by their numbers alone.
SHORTEST_SCALE = 30


@dataclass(frozen=True)
class ScaleTick:
    """A line of the scale; ``edtf`` is the year or month that begins there."""

    x: float
    edtf: str


@dataclass(frozen=True)
class ScaleBar:
    """A segment of the line. ``label`` is empty where it has no room or stands already."""

    x: float
    width: float
    css: str
    label: str = ""
    #: Where the label is anchored, and by which end.
    label_x: float = 0.0
    anchor: str = "start"


@dataclass(frozen=True)
class ScaleMark:
    """A milestone: a dot, or a lozenge as wide as its date is uncertain."""

    x: float
    y: float
    left: float
    width: float
    number: int
    css: str
    failed: bool

    @property
    def top(self) -> float:
        return self.y - DOT

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def text_y(self) -> float:
        """The baseline on which the number stands in the middle."""
        return self.y + 5


@dataclass(frozen=True)
class LifeScale:
    """The picture; ``links`` are curves from an announcement to what carried it out."""

    width: int
    height: int
    base: float
    ticks: tuple[ScaleTick, ...]
    bars: tuple[ScaleBar, ...]
    marks: tuple[ScaleMark, ...]
    links: tuple[str, ...]
    stems: tuple[tuple[float, float], ...]
    today_x: float
    today_anchor: str
    asked_x: float | None = None


@dataclass(frozen=True)
class _Scale:
    """From days to units."""

    first: dt.date
    last: dt.date
    today: dt.date

    @property
    def today_x(self) -> float:
        """Today stands in its place where the life reaches into the future, else at the end of the tail."""
        return self.x(self.today, LEFT) if self.today <= self.last else WIDTH - 4.0

    def x(self, day: dt.date | None, absent: float) -> float:
        if day is None:
            return absent
        if day > self.last:
            return WIDTH - TAIL / 4
        share = (max(day, self.first) - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + share * (WIDTH - LEFT - TAIL), 1)


def life_scale(line: LifeLine, today: dt.date, asked: dt.date | None = None) -> LifeScale | None:
    """The life to scale; None where fewer than two events have a day, so that nothing is to be compared.

    :param today: where what still goes on is drawn to.
    :param asked: the day that the reader asked about, drawn where the scale reaches.
    """
    marks = [mark for mark in line.marks if mark.point.has_day]
    days = sorted({day for mark in marks for day in (mark.point.earliest, mark.point.latest) if day})
    if len(marks) < 2 or (days[-1] - days[0]).days < SHORTEST_SCALE:
        return None
    scale = _Scale(days[0], days[-1], today)
    lanes = _lanes(marks, scale)
    base = 30 + LANE * max(lanes) + DOT
    placed = [_mark(mark, scale, base - LANE * lane) for mark, lane in zip(marks, lanes, strict=True)]
    return LifeScale(
        width=WIDTH,
        height=int(base + 62),
        base=base,
        ticks=_ticks(scale),
        bars=_bars(line.segments, scale),
        marks=tuple(placed),
        links=_links(marks, placed),
        stems=tuple((mark.x, mark.y) for mark in placed if mark.y < base),
        today_x=scale.today_x,
        today_anchor="middle" if today <= days[-1] else "end",
        asked_x=None if asked is None or asked < scale.first else scale.x(asked, LEFT),
    )


def _span(mark: LifeMark, scale: _Scale) -> tuple[float, float]:
    """Left and right edge of the mark; an open end reaches the edge of the scale."""
    left = scale.x(mark.point.earliest, LEFT)
    right = scale.x(mark.point.latest, WIDTH - TAIL / 2)
    middle = (left + right) / 2
    return min(left, middle - DOT), max(right, middle + DOT)


def _lanes(marks: Sequence[LifeMark], scale: _Scale) -> list[int]:
    """The lowest lane in which each mark touches no earlier one."""
    taken: list[list[tuple[float, float]]] = []
    lanes = []
    for mark in marks:
        left, right = _span(mark, scale)
        free = (
            lane
            for lane, spans in enumerate(taken)
            if all(right + 3 < start or end + 3 < left for start, end in spans)
        )
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        lanes.append(lane)
    return lanes


def _mark(mark: LifeMark, scale: _Scale, y: float) -> ScaleMark:
    left, right = _span(mark, scale)
    names = [mark.look, "range" if mark.point.is_range else "", mark.point.since]
    css = " ".join(filter(None, names))
    return ScaleMark(
        x=round((left + right) / 2, 1),
        y=y,
        left=round(left, 1),
        width=round(right - left, 1),
        number=mark.number,
        css=css,
        failed=mark.look == "failed",
    )


def _links(marks: Sequence[LifeMark], placed: Sequence[ScaleMark]) -> tuple[str, ...]:
    """A curve above the line from each announcement to what carried it out."""
    by_anchor = {mark.point.anchor: spot for mark, spot in zip(marks, placed, strict=True)}
    curves = []
    for mark, spot in zip(marks, placed, strict=True):
        end = by_anchor.get(mark.point.fulfilled_by) if mark.point.fulfilled_by else None
        if end is not None and abs(end.x - spot.x) < 2 * DOT:
            # One above the other: beside them.
            side = max(spot.x, end.x) + DOT
            curves.append(
                f"M{spot.x + DOT:.1f} {spot.y:.1f}Q{side + 26:.1f} {(spot.y + end.y) / 2:.1f} "
                f"{end.x + DOT:.1f} {end.y:.1f}"
            )
        elif end is not None:
            lift = 24 + abs(end.x - spot.x) * 0.08
            curves.append(
                f"M{spot.x:.1f} {spot.y - DOT:.1f}Q{(spot.x + end.x) / 2:.1f} "
                f"{max(min(spot.y, end.y) - DOT - lift, 2):.1f} {end.x:.1f} {end.y - DOT:.1f}"
            )
    return tuple(curves)


def _bars(segments: Sequence[LifeSegment], scale: _Scale) -> tuple[ScaleBar, ...]:
    bars: list[ScaleBar] = []
    told = ""
    for segment in segments:
        left, right = scale.x(segment.start, LEFT), scale.x(segment.end, scale.today_x - 4)
        if right <= left:
            continue
        room, needed = right - left, len(segment.kind) * LETTER
        # The last name has the room before it as well.
        is_last = segment.end is None
        is_new = segment.phase == "going" and segment.kind != told
        label = segment.kind if is_new and (needed <= room or is_last) else ""
        told = label or told
        hangs = needed > room
        css = f"{segment.phase}{' possibly' if segment.possibly else ''}"
        label_x, anchor = (scale.today_x, "end") if hangs else (left + 2, "start")
        bars.append(ScaleBar(left, round(room, 1), css, label, round(label_x, 1), anchor))
    return tuple(bars)


def _ticks(scale: _Scale) -> tuple[ScaleTick, ...]:
    """Beginnings of years, or of months where the life is short; few enough to be read."""
    by_year = (scale.last - scale.first).days > 2 * 366
    months = [
        dt.date(year, month, 1)
        for year in range(scale.first.year, scale.last.year + 1)
        for month in ((1,) if by_year else range(1, 13))
    ]
    inside = [day for day in months if scale.first <= day <= scale.last]
    step = -(-len(inside) // TICKS) or 1
    return tuple(
        ScaleTick(scale.x(day, LEFT), f"{day:%Y}" if by_year else f"{day:%Y-%m}")
        for day in inside[::step]
        # A label that would run into that of today gives way.
        if not -(60 if by_year else 150) < scale.x(day, LEFT) - scale.today_x < 60
    )
