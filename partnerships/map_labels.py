"""Names on a map: beside their dot, off the arcs, off each other, inside the picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from places.outlines import Point

Anchor = Literal["start", "middle", "end"]

# Onest at weight 650: the mean width of a letter and the distance of lines, as shares of the type size.
LETTER = 0.6
LINE = 1.15
LONGEST_LINE = 20


class Box(NamedTuple):
    """Left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """Common area of two boxes."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    def outside(self, frame: "Box") -> float:
        """How far the box sticks out of a frame, all sides together."""
        return (
            max(0.0, frame.left - self.left)
            + max(0.0, frame.top - self.top)
            + max(0.0, self.right - frame.right)
            + max(0.0, self.bottom - frame.bottom)
        )


@dataclass(frozen=True)
class LabelLine:
    """One line of a name with its baseline."""

    text: str
    y: float


@dataclass(frozen=True)
class Label:
    """A placed name: ``x`` and the lines' ``y`` are for SVG text with this ``anchor``."""

    x: float
    anchor: Anchor
    lines: tuple[LabelLine, ...]
    box: Box
    lang: str = ""


def wrap_name(name: str, longest: int = LONGEST_LINE) -> list[str]:
    """A long name on two lines, broken at the space or hyphen nearest to its middle."""
    if len(name) <= longest:
        return [name]
    breaks = [
        place + 1 for place, letter in enumerate(name) if letter in " -‑–/" and 0 < place < len(name) - 1
    ]
    if not breaks:
        return [_shortened(name)]
    middle = min(breaks, key=lambda place: abs(place - len(name) / 2))
    return [_shortened(name[:middle].rstrip()), _shortened(name[middle:].lstrip())]


def place_labels(
    names: Sequence[tuple[str, Point, str]], busy: Sequence[Point], frame: Box, *, size: float
) -> list[Label]:
    """A place for each name (text, dot, language) at a type size, in the order given.

    Of eight places around the dot the one wins that hides least: other names, dots, ``busy`` points of the
    arcs. A name is moved inside the frame where it would stick out.
    """
    dots = [Box(x - size * 0.5, y - size * 0.5, x + size * 0.5, y + size * 0.5) for _, (x, y), _ in names]
    placed: list[Label] = []
    for text, dot, lang in names:
        taken = [label.box for label in placed]
        best = min(
            _candidates(wrap_name(text), dot, frame, size, lang),
            key=lambda ranked: ranked[0] + _hidden(ranked[1].box, taken, dots, busy, size),
        )
        placed.append(best[1])
    return placed


def _shortened(line: str, longest: int = 28) -> str:
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _hidden(box: Box, taken: Sequence[Box], dots: Sequence[Box], busy: Sequence[Point], size: float) -> float:
    """What a name would cover, in square units with weights."""
    points = sum(1 for x, y in busy if box.left < x < box.right and box.top < y < box.bottom)
    return (
        12 * sum(box.overlap(other) for other in taken)
        + 6 * sum(box.overlap(dot) for dot in dots)
        + points * size * size
    )


def _candidates(
    lines: list[str], dot: Point, frame: Box, size: float, lang: str
) -> Iterator[tuple[float, Label]]:
    """Above, below, right, left and the corners, with a small cost for the less usual ones."""
    x, y = dot
    wide = max(len(line) for line in lines) * size * LETTER
    high = len(lines) * size * LINE
    gap = size * 0.75
    spots: list[tuple[Anchor, float, float]] = [
        ("middle", x, y - gap - high), ("middle", x, y + gap),
        ("start", x + gap, y - high / 2), ("end", x - gap, y - high / 2),
        ("start", x + gap * 0.4, y + gap * 0.7), ("end", x - gap * 0.4, y + gap * 0.7),
        ("start", x + gap * 0.4, y - gap * 0.7 - high), ("end", x - gap * 0.4, y - gap * 0.7 - high),
    ]  # fmt: skip
    for rank, (anchor, at, top) in enumerate(spots):
        left = {"start": at, "middle": at - wide / 2, "end": at - wide}[anchor]
        box = Box(left, top, left + wide, top + high)
        cost = rank * size + box.outside(frame) * size
        margin = size * 0.4
        shift_x = max(0.0, frame.left + margin - box.left) - max(0.0, box.right - frame.right + margin)
        shift_y = max(0.0, frame.top + margin - box.top) - max(0.0, box.bottom - frame.bottom + margin)
        box = Box(box.left + shift_x, box.top + shift_y, box.right + shift_x, box.bottom + shift_y)
        baselines = tuple(
            LabelLine(line, round(box.top + size * (LINE * place + 0.9), 1))
            for place, line in enumerate(lines)
        )
        yield cost, Label(round(at + shift_x, 1), anchor, baselines, box, lang)
