"""How it is known: what each source says about each fact of a record, and where sources disagree.

Which statements cannot all be true is for the database to say (`Difference`, SQL function
`partnerships_disagree`); here it only gets its words.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.edtf import InvalidDate, PartialDate
from core.languages import LocalText
from partnerships.enums import Fact, Kind, LegalKind, MilestoneType, Outcome, Status
from partnerships.lifeline_words import anchor, event_label
from partnerships.models import Agreement, Difference, Milestone, Ruling, Source, Statement
from partnerships.rulings import reason_of

#: Milestone, agreement and fact: what a statement is about, and what a difference or a ruling stands for.
Topic = tuple[int | None, int | None, str]

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
    """One statement as the page shows it; `lang` is set where the words are the source's own.

    `address` leads to the archived copy where the page itself is gone, and is empty where nothing opens.
    """

    words: str
    lang: str
    source: Source
    address: str
    read_on: dt.date | None
    grade: str

    @property
    def archived(self) -> str:
        """The copy in an archive, where it opens and is not what `address` leads to already."""
        archived = _openable(self.source.archived_url)
        return archived if archived != self.address else ""


@dataclass
class KnownFact:
    """A fact with everything that sources say about it; nothing said where no source is recorded.

    `difference` is set where not all of it can be true, `ruling` where somebody decided which one counts.
    """

    label: str
    anchor: str = ""
    said: list[Said] = field(default_factory=list)
    difference: Difference | None = None
    ruling: Ruling | None = None

    @property
    def values(self) -> list[tuple[str, str]]:
        """What sources say it is, each once, with the language where the words are a source's own."""
        return list(dict.fromkeys((said.words, said.lang) for said in self.said if said.words))

    @property
    def grades(self) -> list[str]:
        """The grades of what is said, the strongest first."""
        return sorted({said.grade for said in self.said})

    @property
    def disagree(self) -> bool:
        return self.difference is not None

    @property
    def decided_because(self) -> LocalText | None:
        return reason_of(self.ruling) if self.ruling else None


@dataclass
class _Known:
    """What is left to be shown of a record, by topic."""

    said: dict[Topic, list[Statement]]
    differences: dict[Topic, Difference]
    rulings: dict[Topic, Ruling]

    def names(self, milestone: int | None, agreement: int | None) -> list[str]:
        return [name for name in (Fact.DATE, *_OF_A_RECORD) if (milestone, agreement, str(name)) in self.said]

    def fact(self, topic: Topic, label: str) -> KnownFact:
        return KnownFact(
            label=capfirst(label),
            said=[said_of(statement) for statement in self.said.pop(topic)],
            difference=self.differences.get(topic),
            ruling=self.rulings.get(topic),
        )


def topic_of(about: Statement | Difference | Ruling) -> Topic:
    """What concerns an agreement's signing is said of the milestone."""
    return about.milestone_id, None if about.milestone_id else about.agreement_id, str(about.fact)


def known_facts(
    statements: Iterable[Statement],
    milestones: Sequence[Milestone],
    agreements: Sequence[Agreement],
    differences: Iterable[Difference] = (),
    rulings: Iterable[Ruling] = (),
) -> list[KnownFact]:
    """The record's own facts, then its milestones in their order, then its agreements."""
    known = _Known({}, {topic_of(one): one for one in differences}, {topic_of(one): one for one in rulings})
    for statement in statements:
        known.said.setdefault(topic_of(statement), []).append(statement)
    facts = [known.fact((None, None, name), fact_label(name)) for name in known.names(None, None)]
    for milestone in milestones:
        facts += _facts_of(milestone, known)
    for agreement in agreements:
        facts += [
            known.fact((None, agreement.pk, name), fact_label(name, agreement=agreement))
            for name in known.names(None, agreement.pk)
        ]
    return facts


def _facts_of(milestone: Milestone, known: _Known) -> list[KnownFact]:
    facts = [
        known.fact((milestone.pk, None, name), fact_label(name, milestone))
        for name in known.names(milestone.pk, None)
    ]
    facts = facts or [KnownFact(event_label(milestone))]
    facts[0].anchor = anchor(milestone)
    return facts


def fact_label(fact: str, milestone: Milestone | None = None, agreement: Agreement | None = None) -> str:
    """What the fact is about in words: “Signing (announced)”, “Decision: kind of relation”."""
    name = str(Fact(fact).label)
    if milestone is not None:
        event = event_label(milestone)
        return event if fact == Fact.DATE else f"{event}: {name}"
    return _("Agreement: %(fact)s") % {"fact": name} if agreement is not None else name


def said_of(statement: Statement) -> Said:
    """A statement (loaded with its source) in words."""
    words, lang = _words(statement)
    source = statement.source
    live, archived = _openable(statement.address), _openable(source.archived_url)
    return Said(
        words=words,
        lang=lang,
        source=source,
        address=archived if source.gone_on else live or archived,
        read_on=statement.read_on or statement.source.read_on,
        grade=statement.grade,
    )


def value_words(fact: str, value: str) -> str | None:
    """A date or a code in words; none where the value is a text of its own."""
    if fact in _DATES:
        date = _date(value)
        return str(date) if date else None
    codes = _CODES.get(fact)
    if codes is not None and value in codes.values:
        return str(codes(value).label)
    if fact == Fact.STATUS and value in MilestoneType.values:
        # A list may know how far a pair has come by an event that gives no status: talks, an appeal.
        return str(MilestoneType(value).label)
    if fact == Fact.STATUS and value in Outcome.values:
        return str(Outcome(value).label)
    return None


def _words(statement: Statement) -> tuple[str, str]:
    words = value_words(statement.fact, statement.value)
    if words is not None or statement.fact in _DATES:
        return words or statement.value, ""
    if not statement.value:
        return _("names these partners") if statement.fact == Fact.PAIR else "", ""
    return statement.value, statement.source.language or "und"


def _openable(address: str) -> str:
    """Only an address that a browser opens as a page; a stored one may have come past any form."""
    return address if address.startswith(("https://", "http://")) else ""


def _date(value: str) -> PartialDate | None:
    try:
        return PartialDate.parse(value)
    except InvalidDate:
        return None
