"""How it is known: what each source says about each fact of a record, and where sources disagree."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.edtf import InvalidDate, PartialDate
from partnerships.enums import Fact, Kind, LegalKind, MilestoneType, Status
from partnerships.lifeline_words import anchor, event_label
from partnerships.models import Agreement, Milestone, Source, Statement

_CODES: dict[str, type[models.TextChoices]] = {
    Fact.KIND: Kind,
    Fact.LEGAL_KIND: LegalKind,
    Fact.STATUS: Status,
}
_DATES = {Fact.DATE, Fact.SINCE}
_OF_A_RECORD = (
    Fact.PAIR,
    Fact.KIND,
    Fact.LEGAL_KIND,
    Fact.STATUS,
    Fact.SINCE,
    Fact.TERM,
    Fact.TITLE,
    Fact.NOTE,
)


@dataclass(frozen=True)
class Said:
    """One statement as the page shows it; `lang` is set where the words are the source's own."""

    words: str
    lang: str
    source: Source
    address: str
    read_on: dt.date | None
    grade: str


@dataclass
class KnownFact:
    """A fact with everything that sources say about it; nothing said where no source is recorded."""

    label: str
    anchor: str = ""
    said: list[Said] = field(default_factory=list)
    disagree: bool = False


def known_facts(
    statements: Iterable[Statement], milestones: Sequence[Milestone], agreements: Sequence[Agreement]
) -> list[KnownFact]:
    """The record's own facts, then its milestones in their order, then its agreements."""
    groups: dict[tuple[int | None, int | None, str], list[Statement]] = {}
    for statement in statements:
        # What concerns an agreement's signing is said of the milestone.
        agreement = None if statement.milestone_id else statement.agreement_id
        groups.setdefault((statement.milestone_id, agreement, statement.fact), []).append(statement)
    facts = [
        _fact(str(Fact(name).label), groups.pop((None, None, name))) for name in _ordered(groups, None, None)
    ]
    for milestone in milestones:
        facts += _facts_of(milestone, groups)
    for agreement_record in agreements:
        for name in _ordered(groups, None, agreement_record.pk):
            label = _("Agreement: %(fact)s") % {"fact": Fact(name).label}
            facts.append(_fact(label, groups.pop((None, agreement_record.pk, name))))
    return facts


def _facts_of(
    milestone: Milestone, groups: dict[tuple[int | None, int | None, str], list[Statement]]
) -> list[KnownFact]:
    event = event_label(milestone)
    names = _ordered(groups, milestone.pk, None)
    facts = []
    for name in names:
        label = event if name == Fact.DATE else f"{event}: {Fact(name).label}"
        facts.append(_fact(label, groups.pop((milestone.pk, None, name))))
    facts = facts or [KnownFact(event)]
    facts[0].anchor = anchor(milestone)
    return facts


def disagree(fact: str, values: Iterable[str]) -> bool:
    """Whether values of one fact cannot all be true. A less precise date that agrees is no contradiction;
    neither is a source that does not know a kind. Remarks, titles and a status read on different days are not
    compared."""
    different = sorted(set(values) - {"", "unknown"})
    if fact in _DATES:
        dates = [date for date in map(_date, different) if date is not None]
        return any(not _overlap(one, other) for one, other in combinations(dates, 2))
    return fact in (Fact.KIND, Fact.LEGAL_KIND) and len(different) > 1


def _ordered(
    groups: dict[tuple[int | None, int | None, str], list[Statement]],
    milestone: int | None,
    agreement: int | None,
) -> list[str]:
    names = (Fact.DATE, *_OF_A_RECORD)
    return [name for name in names if (milestone, agreement, name) in groups]


def _fact(label: str, statements: Sequence[Statement]) -> KnownFact:
    return KnownFact(
        label=capfirst(label),
        said=[_said(statement) for statement in statements],
        disagree=disagree(statements[0].fact, (statement.value for statement in statements)),
    )


def _said(statement: Statement) -> Said:
    words, lang = _words(statement)
    return Said(
        words=words,
        lang=lang,
        source=statement.source,
        address=_openable(statement.address) or _openable(statement.source.archived_url),
        read_on=statement.read_on or statement.source.read_on,
        grade=statement.grade,
    )


def _words(statement: Statement) -> tuple[str, str]:
    value = statement.value
    if statement.fact in _DATES:
        date = _date(value)
        return (str(date), "") if date else (value, "")
    codes = _CODES.get(statement.fact)
    if codes is not None and value in codes.values:
        return str(codes(value).label), ""
    if statement.fact == Fact.STATUS and value in MilestoneType.values:
        # A list may know how far a pair has come by an event that gives no status: talks, an appeal.
        return str(MilestoneType(value).label), ""
    if not value:
        return _("names these partners") if statement.fact == Fact.PAIR else "", ""
    return value, statement.source.language or "und"


def _openable(address: str) -> str:
    """Only an address that a browser opens as a page; a stored one may have come past any form."""
    return address if address.startswith(("https://", "http://")) else ""


def _date(value: str) -> PartialDate | None:
    try:
        return PartialDate.parse(value)
    except InvalidDate:
        return None


def _overlap(one: PartialDate, other: PartialDate) -> bool:
    def bounds(date: PartialDate) -> tuple[dt.date, dt.date]:
        return date.earliest or dt.date.min, date.latest or dt.date.max

    (first, last), (start, end) = bounds(one), bounds(other)
    return first <= end and start <= last
