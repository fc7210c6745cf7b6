"""The life-line of a partnership as plain values: marks in their order, and the same drawn to scale.

Pure functions: no database, no request, no language. Solid is what happened, dashed and hollow what is
announced; a date that is not exact is drawn as the stretch of days that it may mean. The words stand beside.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from core.languages import LocalText

Stage = Literal["happened", "announced", "none"]
#: What a mark looks like: done, planned (open), kept (announced and carried out), failed, nothing known.
Look = Literal["done", "planned", "kept", "failed", "none"]
#: The line from a mark to the next one; "gap" while suspended, "over" after the end.
Stretch = Literal["done", "planned", "none", "gap", "over", ""]
#: What the event does to the relation.
Turn = Literal["starts", "pauses", "ends", ""]
Phase = Literal["listed", "planned", "going", "gap", "over"]
#: Against the day asked for: it had happened, it may have, it was still to come.
Since = Literal["", "possibly", "later"]

LONGEST_ROW = 6


@dataclass(frozen=True)
class LifeLink:
    """From a milestone to what belongs to it: the event that carried it out, another record of its act."""

    words: str
    label: str
    href: str


@dataclass(frozen=True)
class LifePoint:
    """A milestone as the life-line shows it: texts are ready for the reader, in the reader's language.

    ``stage`` is what the register knows: it happened, it was announced, or nothing is known.
    ``fulfilled`` says that a later milestone carried out what was announced, ``fulfilled_by`` with which
    number. ``earliest`` and ``latest`` are the days that its date may mean; both absent without a date.
    """

    label: str
    date_text: str
    detail: str
    stage: Stage
    fulfilled: bool = False
    href: str = ""
    anchor: str = ""
    earliest: dt.date | None = None
    latest: dt.date | None = None
    #: What the relation is called from this event on.
    kind: str = ""
    turn: Turn = ""
    #: Announced, and postponed or cancelled.
    failed: bool = False
    postponed: bool = False
    since: Since = ""
    fulfilled_by: str = ""
    links: tuple[LifeLink, ...] = ()
    #: What parties were called then and are called today, where that differs.
    names: tuple[tuple[LocalText, LocalText], ...] = ()

    @property
    def is_range(self) -> bool:
        return self.earliest != self.latest

    @property
    def has_day(self) -> bool:
        return self.earliest is not None or self.latest is not None


@dataclass(frozen=True)
class LifeMark:
    """A point with its number, the look of its dot and of the line to the next one."""

    point: LifePoint
    look: Look
    to_next: Stretch
    current: bool
    number: int = 0

    @property
    def css(self) -> str:
        """Class names of the list item."""
        names = [
            self.look,
            f"to-{self.to_next}" if self.to_next else "",
            "current" if self.current else "",
            "range" if self.point.is_range else "",
            self.point.since,
        ]
        return " ".join(filter(None, names))


@dataclass(frozen=True)
class LifeSegment:
    """What the relation was on a stretch of days; ``end`` (first day after) is absent where it goes on."""

    phase: Phase
    kind: str
    start: dt.date | None
    end: dt.date | None
    possibly: bool = False


@dataclass(frozen=True)
class LifeLine:
    """The line of a partnership: what has a date in its order, and apart what has none. ``in_row`` is false
    when there are too many points for one row, or one alone."""

    marks: tuple[LifeMark, ...]
    in_row: bool
    undated: tuple[LifeMark, ...] = ()
    segments: tuple[LifeSegment, ...] = field(default=())


def life_line(
    points: Sequence[LifePoint],
    segments: Sequence[LifeSegment] = (),
    *,
    longest_row: int = LONGEST_ROW,
) -> LifeLine:
    """Dots and lines of a life-line, in the order given, numbered from 1; what has no date stands apart.

    The last milestone that happened is the current one. A line is solid from what happened to what happened,
    or over what failed meanwhile; it breaks while the relation is suspended and stops where it ended.
    """
    dated = [point for point in points if point.date_text]
    # What nobody knows anything of stands at the end of a line; without a line, beside the rest.
    apart = [point for point in points if not point.date_text and (point.stage != "none" or not dated)]
    line = [*dated, *(point for point in points if point.stage == "none")] if dated else []
    looks = [_look(point) for point in line]
    done = [look == "done" and not point.since for look, point in zip(looks, line, strict=True)]
    last_done = max((place for place, is_done in enumerate(done) if is_done), default=-1)
    marks = tuple(
        LifeMark(point, looks[place], stretch, place == last_done, place + 1)
        for place, (point, stretch) in enumerate(zip(line, _stretches(line, looks), strict=True))
    )
    undated = tuple(
        LifeMark(point, _look(point), "", not dated and point is _last_happened(apart), len(dated) + place)
        for place, point in enumerate(apart, start=1)
    )
    return LifeLine(marks, in_row=2 <= len(line) <= longest_row, undated=undated, segments=tuple(segments))


def _look(point: LifePoint) -> Look:
    if point.stage == "happened":
        return "done"
    if point.stage == "none":
        return "none"
    if point.failed:
        return "failed"
    return "kept" if point.fulfilled else "planned"


def _stretches(line: Sequence[LifePoint], looks: Sequence[Look]) -> list[Stretch]:
    """How the relation stood between each mark and the next."""
    stretches: list[Stretch] = []
    state: Stretch = "planned"
    for place, (point, look) in enumerate(zip(line, looks, strict=True)):
        if look == "done" and point.turn == "pauses":
            state = "gap"
        elif look == "done" and point.turn == "ends":
            state = "over"
        elif look == "done" and (point.turn == "starts" or state == "planned"):
            state = "done"
        if place + 1 == len(line):
            stretches.append("")
        elif state != "done":
            stretches.append("none" if state == "planned" and looks[place + 1] == "none" else state)
        else:
            stretches.append("done" if "done" in looks[place + 1 :] else _ahead(looks[place + 1]))
    return stretches


def _ahead(look: Look) -> Stretch:
    return "none" if look == "none" else "planned"


def _last_happened(points: Sequence[LifePoint]) -> LifePoint | None:
    happened = [point for point in points if point.stage == "happened" and not point.since]
    return happened[-1] if happened else None
