"""What a load did: what became of each row, and why some were refused."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _


class Outcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A row that was not loaded, or not wholly; `line` counts from 1, the header among them."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return _("%(file)s, line %(line)s: %(reason)s") % {
            "file": self.file,
            "line": self.line,
            "reason": self.reason,
        }


@dataclass(slots=True)
class Report:
    """Exactly one outcome for each row of each table, so that no row is lost silently."""

    outcomes: dict[tuple[str, int], Outcome] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    #: Rows that were loaded, but not wholly.
    remarks: list[Refusal] = field(default_factory=list)
    #: Rows of which at least one value was left as a person had written it.
    kept: set[tuple[str, int]] = field(default_factory=set)

    def settle(self, file: str, line: int, outcome: Outcome) -> None:
        """Record what became of a row; a row that wrote anything beside an unchanged place has changed."""
        known = self.outcomes.get((file, line))
        if known is None or known is Outcome.UNCHANGED:
            self.outcomes[file, line] = Outcome.CHANGED if known and outcome is Outcome.CREATED else outcome

    def refuse(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)
        self.outcomes[refusal.file, refusal.line] = Outcome.REFUSED

    def counts(self, file: str) -> Counter[Outcome]:
        return Counter(outcome for (name, _line), outcome in self.outcomes.items() if name == file)

    @property
    def files(self) -> list[str]:
        return list(dict.fromkeys(name for name, _line in self.outcomes))

    @property
    def written(self) -> int:
        """Rows that changed something in the database."""
        return sum(outcome in (Outcome.CREATED, Outcome.CHANGED) for outcome in self.outcomes.values())
