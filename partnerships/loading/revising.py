"""Takes back what a changed row no longer says: what the loader wrote and no person touched."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from partnerships.enums import Fact, Visibility
from partnerships.loading.claims import Assertion
from partnerships.loading.hands import touched, written_by_hand
from partnerships.loading.life_line import SAME_AS
from partnerships.models import Agreement, Milestone, Partnership, Statement

_OF_AGREEMENT = (Fact.TITLE, Fact.TERM, Fact.LEGAL_KIND)


def take_back(
    partnership: Partnership,
    before: Iterable[Assertion],
    now: Iterable[Assertion],
    others: Iterable[Assertion],
) -> int:
    """Remove the row's statements that neither it nor another row makes any more; a changed value is changed
    in place, so that a milestone which follows it moves along.

    :param before: what the row said.
    :param now: what it says of the same partnership.
    :param others: what other rows say of it.
    :returns: the number of statements changed or removed.
    """
    still = {_key(one) for one in (*now, *others)}
    fresh = news(before, now)
    count = 0
    for assertion in before:
        if _key(assertion) in still:
            continue
        for statement in _written(partnership, assertion):
            successor = next((one for one in fresh if _topic(one) == _topic(assertion)), None)
            if successor is not None:
                fresh.remove(successor)
                _change(statement, successor)
            else:
                statement.delete()
            count += 1
    _clear(partnership)
    return count


def news(before: Iterable[Assertion], now: Iterable[Assertion]) -> list[Assertion]:
    """What a row says that it did not say before."""
    known = {_key(one) for one in before}
    return [one for one in now if _key(one) not in known]


def _topic(assertion: Assertion) -> tuple[str, str, str, str]:
    """What two statements of one source must have in common for one to replace the other."""
    event = assertion.event
    return (assertion.source, assertion.fact, *((event.type, event.stage) if event else ("", "")))


def _key(assertion: Assertion) -> tuple[str, ...]:
    return (*_topic(assertion), assertion.value)


def _written(partnership: Partnership, assertion: Assertion) -> list[Statement]:
    """The statement as the loader wrote it, unless a person has changed it since."""
    found = partnership.statements.filter(
        source__slug=assertion.source, fact=assertion.fact, value=assertion.value
    ).select_related("milestone", "agreement")
    if assertion.event is None:
        found = found.filter(milestone=None)
    else:
        types = SAME_AS.get(assertion.event.type, {assertion.event.type})
        found = found.filter(milestone__type__in=types, milestone__stage=assertion.event.stage)
    statements = list(found)
    by_hand = touched(Statement, (statement.pk for statement in statements))
    return [statement for statement in statements if statement.pk not in by_hand][:1]


def _change(statement: Statement, successor: Assertion) -> None:
    statement.value, statement.url = successor.value, successor.url
    statement.grade = successor.grade or statement.source.grade
    statement.save(update_fields=["value", "url", "grade"])
    agreement, facts = statement.agreement, successor.agreement
    if agreement is None or facts is None or statement.fact not in _OF_AGREEMENT:
        return
    column, value = {
        str(Fact.TITLE): ("title", facts.title),
        str(Fact.TERM): ("term", facts.term),
        str(Fact.LEGAL_KIND): ("legal_kind", facts.legal_kind),
    }[statement.fact]
    if not written_by_hand(Agreement, column, [agreement.pk]):
        Agreement.objects.filter(pk=agreement.pk).update(**{column: value})


def _clear(partnership: Partnership) -> None:
    """Remove milestones and agreements that nobody states any more; withdraw a record without statements."""
    milestones = list(partnership.milestones.filter(statements=None, fulfilled_by=None))
    by_hand = touched(Milestone, (milestone.pk for milestone in milestones))
    Milestone.objects.filter(pk__in={milestone.pk for milestone in milestones} - by_hand).delete()
    agreements = list(partnership.agreements.filter(statements=None, milestones=None))
    by_hand = touched(Agreement, (agreement.pk for agreement in agreements))
    Agreement.objects.filter(pk__in={agreement.pk for agreement in agreements} - by_hand).delete()
    untouched = not written_by_hand(Partnership, "visibility", [partnership.pk])
    if untouched and not partnership.statements.exists():
        because = {f"withdrawn_because_{language}": _because(language) for language in ("uk", "en")}
        Partnership.objects.filter(pk=partnership.pk).update(visibility=Visibility.WITHDRAWN, **because)


def _because(language: str) -> str:
    with override(language):
        return _("No source that the register is made from names these partners any more.")


def bring_back(records: Iterable[Partnership]) -> None:
    """Publish again what a load withdrew, now that a row names it; a person's withdrawal stays."""
    withdrawn = [
        record.pk
        for record in records
        if record.visibility == Visibility.WITHDRAWN and record.merged_into_id is None
    ]
    ours = set(withdrawn) - written_by_hand(Partnership, "visibility", withdrawn)
    Partnership.objects.filter(pk__in=ours).update(
        visibility=Visibility.PUBLISHED, withdrawn_because_uk="", withdrawn_because_en=""
    )
