"""What the search for a place may end with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """The places that a row surely means (several only where one cell names joint partners)."""

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """No place is certain: why, and what may be meant (codes of Ukrainian places, `de/duisburg` abroad)."""

    reason: str
    candidates: tuple[str, ...] = ()
