"""One partnership while rows are written: which milestone an event belongs to, and what is new.

Two sources speak of the same event where the type and the stage are the same and the dates agree, lie close
together, or are missing on one side; an undated event joins the dated one. Agreements of different days are
different signings.
"""

import datetime as dt
from dataclasses import dataclass, field

from core.edtf import PartialDate
from partnerships.enums import MilestoneType
from partnerships.loading.claims import AgreementFacts, Assertion, Event
from partnerships.models import Agreement, Milestone, Partnership, Source, Statement
from places.spelling import match_key

#: Sources that differ by more days than this speak of two events, by fewer they contradict each other.
SAME_EVENT_WITHIN = 92
#: An upgrade and a renewal are signed as well: of two sources, one may call the same day a signing.
SAME_AS: dict[str, set[str]] = {
    MilestoneType.SIGNING: {MilestoneType.SIGNING, MilestoneType.UPGRADE, MilestoneType.RENEWAL},
}
#: Worse than any difference in days: one of the two dates is not known.
_UNDATED = 10_000


def day_range(date: str) -> tuple[dt.date, dt.date]:
    """First and last day that a date in EDTF may mean."""
    parsed = PartialDate.parse(date)
    return parsed.earliest or dt.date.min, parsed.latest or dt.date.max


def strength(grade: str, date: str) -> tuple[str, int]:
    """Sorts dates: the stronger source first, then the more precise date."""
    first, last = day_range(date)
    return grade, (last - first).days


@dataclass
class LifeLine:
    """What a partnership has, and what is added to it."""

    partnership: Partnership
    sources: dict[str, Source]
    bodies: dict[str, int] = field(default_factory=dict)
    milestones: list[Milestone] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    #: Milestones that people made or changed: statements are added, the milestone stays as it is.
    by_hand: set[int] = field(default_factory=set)

    def add_all(self, assertions: list[Assertion]) -> None:
        """Add statements: those with the strongest and most precise dates first, undated events last."""
        for assertion in sorted(assertions, key=self._order):
            self._add(assertion)

    def _order(self, assertion: Assertion) -> tuple[bool, str, int]:
        grade = self._grade(assertion)
        date = assertion.event.date if assertion.event else ""
        return (not date, *(strength(grade, date) if date else (grade, 0)))

    def _grade(self, assertion: Assertion) -> str:
        return assertion.grade or self.sources[assertion.source].grade

    def _add(self, assertion: Assertion) -> None:
        agreement = self._agreement(assertion.agreement) if assertion.agreement else None
        milestone = self._milestone(assertion.event, agreement) if assertion.event else None
        statement = Statement(
            source=self.sources[assertion.source],
            partnership=self.partnership,
            milestone=milestone,
            agreement=None if milestone else agreement,
            fact=assertion.fact,
            value=assertion.value,
            grade=self._grade(assertion),
            url=assertion.url,
        )
        if not any(_same(statement, known) for known in self.statements):
            self.statements.append(statement)

    def _agreement(self, facts: AgreementFacts) -> Agreement:
        number = facts.registration_number
        for agreement in self.agreements:
            if number and agreement.registration_number and number != agreement.registration_number:
                continue
            same_title = match_key(agreement.title) == match_key(facts.title)
            if same_title or self._signed(agreement, facts.signed_on):
                return agreement
        agreement = Agreement(
            partnership=self.partnership,
            title=facts.title,
            legal_kind=facts.legal_kind,
            sphere=facts.sphere,
            term=facts.term,
            registration_number=number,
        )
        self.agreements.append(agreement)
        return agreement

    def _signed(self, agreement: Agreement, date: str) -> bool:
        return bool(date) and any(
            milestone.agreement is agreement and milestone.date == date for milestone in self.milestones
        )

    def _milestone(self, event: Event, agreement: Agreement | None) -> Milestone:
        fitting = [
            (distance, place)
            for place, milestone in enumerate(self.milestones)
            if (distance := _distance(milestone, event, agreement)) is not None
        ]
        if fitting:
            milestone = self.milestones[min(fitting)[1]]
        else:
            milestone = Milestone(
                partnership=self.partnership, type=event.type, stage=event.stage, date=event.date
            )
            self.milestones.append(milestone)
        if milestone.pk not in self.by_hand:
            self._complete(milestone, event, agreement)
        return milestone

    def _complete(self, milestone: Milestone, event: Event, agreement: Agreement | None) -> None:
        """Fill in what the milestone does not say yet."""
        for column in ("mode", "announced_on", "kind", "note_uk", "note_en"):
            if getattr(event, column) and not getattr(milestone, column):
                setattr(milestone, column, getattr(event, column))
        if milestone.agreement is None:
            milestone.agreement = agreement
        if event.body and milestone.body_id is None:
            milestone.body_id = self.bodies[event.body]


def _same(one: Statement, other: Statement) -> bool:
    return (
        one.source == other.source
        and one.fact == other.fact
        and one.value == other.value
        and one.milestone is other.milestone
        and one.agreement is other.agreement
    )


def _distance(milestone: Milestone, event: Event, agreement: Agreement | None) -> int | None:
    """How far an event is from a milestone, in days; none where it is another event."""
    if milestone.stage != event.stage or milestone.type not in SAME_AS.get(event.type, {event.type}):
        return None
    if agreement is not None and milestone.agreement is not None and milestone.agreement is not agreement:
        return None
    if not milestone.date or not event.date:
        return _UNDATED if milestone.type == event.type else None
    (first, last), (other_first, other_last) = day_range(milestone.date), day_range(event.date)
    gap = max((other_first - last).days, (first - other_last).days, 0)
    return gap if gap <= (SAME_EVENT_WITHIN if milestone.type == event.type else 0) else None
