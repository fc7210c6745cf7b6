"""What a load did: what became of every row, and why some belong to no record."""

import re
from collections import Counter
from dataclasses import dataclass, field

from partnerships.enums import RowOutcome

_QUOTED = re.compile(r"[“«][^”»]*[”»]")


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row that belongs to no record; `line` counts from 1, the header among them."""

    table: str
    line: int
    outcome: str
    reason: str


@dataclass(slots=True)
class Report:
    """Exactly one outcome for each row, so that no row is lost silently."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    misfits: list[Misfit] = field(default_factory=list)
    #: What was written, by kind of thing; nothing in a second load of the same tables.
    written: Counter[str] = field(default_factory=Counter)
    #: Rows and records that were left as a person had decided.
    kept: int = 0

    def settle(self, table: str, group: str, line: int, outcome: str, reason: str = "") -> None:
        """Record what became of a row; `group` is the source, or what several sources are counted under."""
        self.outcomes[group, outcome] += 1
        if outcome in (RowOutcome.DOUBTFUL, RowOutcome.REFUSED):
            self.misfits.append(Misfit(table, line, outcome, reason))

    @property
    def groups(self) -> list[str]:
        return list(dict.fromkeys(group for group, _outcome in self.outcomes))

    def count(self, outcome: str, group: str | None = None) -> int:
        return sum(
            number
            for (of_group, of_outcome), number in self.outcomes.items()
            if of_outcome == outcome and group in (None, of_group)
        )

    @property
    def rows(self) -> int:
        return sum(self.outcomes.values())

    @property
    def changes(self) -> int:
        return sum(self.written.values())

    def reasons(self) -> list[tuple[str, int]]:
        """Why rows belong to no record, the most frequent first; what differs from row to row is left out."""
        counts = Counter(_QUOTED.sub("…", misfit.reason) for misfit in self.misfits)
        return counts.most_common()

    @property
    def refusals(self) -> list[Misfit]:
        return [misfit for misfit in self.misfits if misfit.outcome == RowOutcome.REFUSED]
