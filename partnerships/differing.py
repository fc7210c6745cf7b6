"""Facts on which sources differ, as the public list and the registrars' work list show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext

from core.languages import LocalText
from partnerships.enums import Fact
from partnerships.evidence import Said, fact_label, said_of, topic_of
from partnerships.models import Difference, Partnership, Ruling, Statement
from partnerships.narrowing import Narrowing, Words
from partnerships.querysets import DifferenceQuerySet
from partnerships.rulings import reason_of

#: Codes of the parameter `state`.
STATES: dict[str, Words] = {
    "open": gettext_lazy("not decided"),
    "decided": gettext_lazy("decided"),
}
#: Facts on which sources can differ, by the code in an address.
FACTS: dict[str, Words] = {
    fact.value: fact.label for fact in (Fact.DATE, Fact.KIND, Fact.LEGAL_KIND, Fact.SINCE)
}


@dataclass(frozen=True)
class Value:
    """One of the values, with everybody who says it; the strongest source first."""

    words: str
    lang: str
    said: list[tuple[Statement, Said]]
    followed: bool

    @property
    def statement(self) -> Statement:
        """The one to follow: that of the strongest source."""
        return self.said[0][0]


@dataclass(frozen=True)
class Differing:
    """A difference in words, with its decision where there is one (open again: the one that was)."""

    difference: Difference
    label: str
    values: list[Value]
    ruling: Ruling | None
    reason: LocalText | None

    @property
    def partnership(self) -> Partnership:
        return self.difference.partnership


def loaded(differences: DifferenceQuerySet) -> DifferenceQuerySet:
    """With everything that `in_words` needs of a difference and its record."""
    return differences.select_related("milestone__agreement", "agreement").prefetch_related(
        Prefetch("partnership", Partnership.objects.with_parties())
    )


def in_words(differences: Sequence[Difference]) -> list[Differing]:
    """The differences (`loaded`) with what their sources say; two queries for any number of them."""
    keys = {difference.partnership_id for difference in differences}
    statements = Statement.objects.filter(
        partnership__in=keys, fact__in={difference.fact for difference in differences}
    ).select_related("source")
    by_topic: dict[tuple[object, ...], list[Statement]] = {}
    for statement in statements.order_by("grade", "pk"):
        by_topic.setdefault((statement.partnership_id, *topic_of(statement)), []).append(statement)
    rulings = {
        (ruling.partnership_id, *topic_of(ruling)): ruling
        for ruling in Ruling.objects.filter(partnership__in=keys).select_related("follows")
    }
    made = []
    for difference in differences:
        topic = (difference.partnership_id, *topic_of(difference))
        made.append(_differing(difference, by_topic.get(topic, []), rulings.get(topic)))
    return made


def _differing(difference: Difference, statements: Iterable[Statement], ruling: Ruling | None) -> Differing:
    groups: dict[str, list[tuple[Statement, Said]]] = {}
    for statement in statements:
        if statement.value in difference.values:
            groups.setdefault(statement.value, []).append((statement, said_of(statement)))
    followed = _followed(difference, ruling)
    return Differing(
        difference=difference,
        label=capfirst(fact_label(difference.fact, difference.milestone, difference.agreement)),
        values=[
            Value(said[0][1].words, said[0][1].lang, said, value == followed)
            for value, said in groups.items()
        ],
        ruling=ruling,
        reason=reason_of(ruling) if ruling else None,
    )


def _followed(difference: Difference, ruling: Ruling | None) -> str:
    """The value that stands in the register; empty where none of the values does."""
    milestone = difference.milestone
    agreement = difference.agreement or (milestone.agreement if milestone else None)
    match difference.fact:
        case Fact.DATE:
            return milestone.date if milestone else ""
        case Fact.KIND:
            return milestone.kind if milestone else difference.partnership.listed_kind
        case Fact.LEGAL_KIND:
            return agreement.legal_kind if agreement else ""
    return ruling.follows.value if ruling else ""


# --- The public list --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tally:
    """How many differences there are, by state and fact, under the places asked for."""

    counts: dict[tuple[str, str], int]

    def total(self, states: Iterable[str], facts: Iterable[str]) -> int:
        """Of these states and facts; an empty choice stands for all."""
        wanted_states, wanted_facts = set(states), set(facts)
        return sum(
            number
            for (state, fact), number in self.counts.items()
            if (not wanted_states or state in wanted_states) and (not wanted_facts or fact in wanted_facts)
        )


def tally(differences: DifferenceQuerySet) -> Tally:
    rows = differences.order_by().values_list("decided", "fact").annotate(number=Count("pk"))
    return Tally({("decided" if decided else "open", fact): number for decided, fact, number in rows})


def chosen(differences: DifferenceQuerySet, asked: Narrowing) -> DifferenceQuerySet:
    """Of the states and facts asked for."""
    states, facts = asked.values["state"], asked.values["fact"]
    if len(states) == 1:
        differences = differences.filter(decided=states == ["decided"])
    return differences.filter(fact__in=facts) if facts else differences


def differences_sentence(total: int, still_open: int, day: str) -> str:
    """“12 facts on which sources differ, 3 of them not decided, as of 24 November 2026”."""
    sentence = ngettext(
        "%(count)s fact on which sources differ, as of %(day)s; not decided yet: %(open)s.",
        "%(count)s facts on which sources differ, as of %(day)s; not decided yet: %(open)s.",
        total,
    )
    return sentence % {"count": total, "open": still_open, "day": day}
