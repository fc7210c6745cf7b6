"""Everything that the register knows of one record, loaded once for its page and its extract."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from core.languages import LocalText, current_language
from partnerships.as_of_words import ThatDay, that_day
from partnerships.evidence import KnownFact, known_facts
from partnerships.life_drawing import LifeLine, life_line
from partnerships.lifeline_words import life_points, life_segments
from partnerships.models import (
    Agreement,
    Difference,
    Milestone,
    Partnership,
    Party,
    Ruling,
    Source,
    Standing,
    Statement,
)
from places.models import Place, PlaceName
from places.names_in_time import name_in, names_on

#: An order may stand behind hundreds of records; so many are looked up.
MOST_OF_AN_ACT = 100


@dataclass(frozen=True)
class NameThen:
    """What a party was called on the day of an event, and what it is called today."""

    then: LocalText
    today: LocalText


@dataclass
class Dossier:
    """A record with its parties loaded, and what belongs to it. `day` is a past day that was asked for."""

    record: Partnership
    milestones: list[Milestone]
    agreements: list[Agreement]
    statements: list[Statement]
    standings: list[Standing]
    differences: list[Difference]
    rulings: list[Ruling]
    #: By key of an act: numbers of the other public records that it stands behind.
    shared: Mapping[int, list[int]]
    dated_names: Mapping[int, list[PlaceName]]
    day: dt.date | None = None

    @cached_property
    def facts(self) -> list[KnownFact]:
        return known_facts(self.statements, self.milestones, self.agreements, self.differences, self.rulings)

    @cached_property
    def sources(self) -> list[Source]:
        return list({statement.source_id: statement.source for statement in self.statements}.values())

    @cached_property
    def then(self) -> ThatDay | None:
        """What held on the day that was asked for."""
        return that_day(self.standings, self.milestones, self.day) if self.day else None

    @cached_property
    def line(self) -> LifeLine | None:
        proven = {statement.milestone_id for statement in self.statements if statement.milestone_id}
        names = {milestone.pk: self.names_then(milestone) for milestone in self.milestones}
        points = life_points(
            self.record,
            self.milestones,
            proven,
            day=self.day,
            shared=self.shared,
            names={key: [(one.then, one.today) for one in known] for key, known in names.items()},
        )
        return life_line(points, life_segments(self.standings)) if points else None

    def signing_of(self, agreement: Agreement) -> Milestone | None:
        """The event at which it was signed, where that is recorded."""
        return next((one for one in self.milestones if one.agreement_id == agreement.pk), None)

    def names_then(self, milestone: Milestone | None) -> list[NameThen]:
        """Names of parties that were others on the day of the event than they are today."""
        first, last = (milestone.date_earliest, milestone.date_latest) if milestone else (None, None)
        if first is None or last is None or not self.dated_names:
            return []
        names = (self._name_then(party, first, last) for party in self.record.parties.all())
        return [name for name in names if name is not None]

    def _name_then(self, party: Party, first: dt.date, last: dt.date) -> NameThen | None:
        """None where the name was the same, is not known, or changed on one of the days that may be meant."""
        bearer = _bearer(party)
        known = self.dated_names.get(bearer.pk, []) if bearer else []
        if bearer is None or not known:
            return None
        wanted, today = current_language(), party.name()
        begin, end = (
            name_in(names_on(known, day), wanted, is_ukrainian=bearer.is_ukrainian) for day in (first, last)
        )
        if begin is None or end is None or begin.text != end.text or begin.text == today.text:
            return None
        return NameThen(begin, today)


def dossier(record: Partnership, day: dt.date | None = None) -> Dossier:
    """Load what belongs to a record (loaded `with_parties()`), in a number of queries that does not grow."""
    milestones = list(record.milestones.in_order().select_related("body", "act__body"))
    differences = list(record.differences.all())
    acts = {milestone.act_id for milestone in milestones if milestone.act_id}
    return Dossier(
        record=record,
        milestones=milestones,
        agreements=list(record.agreements.all()),
        statements=list(record.statements.select_related("source").order_by("grade", "pk")),
        standings=list(record.standings.all()),
        differences=differences,
        rulings=list(record.rulings.select_related("follows__source")) if differences else [],
        shared=_shared(record, acts) if acts else {},
        dated_names=_dated_names(record.parties.all()),
        day=day,
    )


def _shared(record: Partnership, acts: set[int]) -> dict[int, list[int]]:
    behind = Milestone.objects.behind_acts(acts).exclude(partnership=record)
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    for act, number in behind.values_list("act", "partnership__number").distinct()[:MOST_OF_AN_ACT]:
        numbers[act].append(number)
    return dict(numbers)


def _bearer(party: Party) -> Place | None:
    """Whose name the party is shown by: a hromada is called by its centre."""
    place = party.place
    if place is None:
        return None
    return place.centre if place.centre is not None and place.is_ukrainian else place


def _dated_names(parties: Iterable[Party]) -> dict[int, list[PlaceName]]:
    bearers = {bearer.pk for party in parties if (bearer := _bearer(party)) is not None}
    names: defaultdict[int, list[PlaceName]] = defaultdict(list)
    for name in PlaceName.objects.filter(place__in=bearers).exclude(valid_from="", valid_to=""):
        names[name.place_id].append(name)
    return dict(names)
