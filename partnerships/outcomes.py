"""What became of an announcement.

It is never overwritten: what happened is an event of its own that fulfils it, with its own statement and
source; postponed or cancelled stands on the announcement, and a new day is a new announcement.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from core.history import attributed
from core.models import AuditEntry
from partnerships.enums import Fact, MilestoneType, Outcome, Stage, Status
from partnerships.models import Milestone, Partnership, Source, Statement
from partnerships.refusals import refused_in_words

#: What an undated statement of an event says: the status that follows from it, else the event itself.
_STATUSES: dict[str, str] = {
    MilestoneType.APPROVAL: Status.APPROVED,
    MilestoneType.DECISION: Status.DECIDED,
    MilestoneType.SIGNING: Status.SIGNED,
    MilestoneType.REGISTRATION: Status.REGISTERED,
    MilestoneType.SUSPENSION: Status.SUSPENDED,
    MilestoneType.END: Status.ENDED,
}


class SettledMeanwhile(Exception):
    """Somebody else has recorded what became of the announcement after the page was opened."""


@dataclass(frozen=True)
class Evidence:
    """Who says what happened: a source, its own address of the page where there is one, when it was read."""

    source: Source
    url: str = ""
    read_on: dt.date | None = None


def took_place(
    announcement: Milestone, evidence: Evidence, user: User | None, *, date: str = "", mode: str = ""
) -> Milestone:
    """Record the event that fulfils the announcement, on a date (EDTF; empty where the source gives none).

    :raises SettledMeanwhile: it is fulfilled, postponed or cancelled already.
    :raises ValidationError: the date lies in the future, or before the announcement was made.
    """
    with attributed(user, gettext_noop("The announced event took place")), refused_in_words():
        current = _waiting(announcement)
        event = Milestone.objects.create(
            partnership=current.partnership,
            type=current.type,
            stage=Stage.HAPPENED,
            date=date,
            mode=mode,
            kind=current.kind,
            body=current.body,
            act=current.act,
            agreement=current.agreement,
            fulfils=current,
        )
        statement = _state(event, evidence, date)
        if date:
            Milestone.objects.filter(pk=event.pk).update(follows=statement)
        Milestone.objects.filter(pk=current.pk).update(outcome=Outcome.KEPT)
    event.refresh_from_db()
    return event


def fulfilled_by(announcement: Milestone, event: Milestone, user: User | None) -> None:
    """An event that the register holds already is the one that was announced.

    :raises SettledMeanwhile: see `took_place`.
    :raises ValidationError: the event is of another record, or lies before the announcement was made.
    """
    with (
        attributed(user, gettext_noop("The announced event is one that was recorded already")),
        refused_in_words(),
    ):
        current = _waiting(announcement)
        if (
            event.partnership_id != current.partnership_id
            or event.stage != Stage.HAPPENED
            or event.fulfils_id
        ):
            raise ValidationError({"event": _("This event does not fulfil the announcement.")})
        Milestone.objects.filter(pk=event.pk).update(fulfils=current)
        Milestone.objects.filter(pk=current.pk).update(outcome=Outcome.KEPT)


def called_off(
    announcement: Milestone,
    outcome: str,
    reason: str,
    user: User | None,
    *,
    evidence: Evidence | None = None,
    new_date: str = "",
) -> Milestone | None:
    """Record that the announced event was postponed or cancelled; `new_date` makes a new announcement.

    :returns: the new announcement, where there is one.
    :raises SettledMeanwhile: see `took_place`.
    :raises ValidationError: no reason, or no source for the new day.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, or how it is known.")})
    with attributed(user, reason.strip()), refused_in_words():
        current = _waiting(announcement)
        Milestone.objects.filter(pk=current.pk).update(outcome=outcome)
        if evidence is not None:
            _say(current, evidence, Fact.STATUS, str(outcome))
        if not new_date or outcome != Outcome.POSTPONED:
            return None
        if evidence is None:
            raise ValidationError({"source_url": _("Name the source of the new day.")})
        renewed = Milestone.objects.create(
            partnership=current.partnership,
            type=current.type,
            stage=Stage.ANNOUNCED,
            date=new_date,
            mode=current.mode,
            kind=current.kind,
            body=current.body,
            agreement=current.agreement,
        )
        statement = _state(renewed, evidence, new_date)
        Milestone.objects.filter(pk=renewed.pk).update(follows=statement)
    return renewed


def nothing_known(announcement: Milestone, reason: str, user: User | None) -> None:
    """Take back what was recorded of the announcement: it is on the watch list again.

    An event that was entered as its fulfilment goes and stays in the history; one that was there before, or
    that further sources tell of by now, stays in the register without the link.

    :raises SettledMeanwhile: nothing is recorded of it.
    :raises ValidationError: no reason.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, or how it is known.")})
    with attributed(user, reason.strip()), refused_in_words():
        current = _locked(announcement)
        events = list(current.fulfilled_by.all())
        if current.outcome == Outcome.NOT_KNOWN and not events:
            raise SettledMeanwhile
        for event in events:
            if _entered_as_fulfilment(event, current):
                event.delete()
            else:
                Milestone.objects.filter(pk=event.pk).update(fulfils=None)
        Milestone.objects.filter(pk=current.pk).update(outcome=Outcome.NOT_KNOWN)


def _locked(announcement: Milestone) -> Milestone:
    """The announcement as it is now; whoever changes the same record waits."""
    Partnership.objects.select_for_update(no_key=True).get(pk=announcement.partnership_id)
    current = Milestone.objects.filter(pk=announcement.pk, stage=Stage.ANNOUNCED).first()
    if current is None:
        raise SettledMeanwhile
    return current


def _waiting(announcement: Milestone) -> Milestone:
    current = _locked(announcement)
    if current.outcome != Outcome.NOT_KNOWN or current.fulfilled_by.exists():
        raise SettledMeanwhile
    return current


def _state(milestone: Milestone, evidence: Evidence, date: str) -> Statement:
    """What the source says of the event: its date, or only that it happened."""
    if date:
        return _say(milestone, evidence, Fact.DATE, date)
    return _say(milestone, evidence, Fact.STATUS, str(_STATUSES.get(milestone.type, milestone.type)))


def _say(milestone: Milestone, evidence: Evidence, fact: str, value: str) -> Statement:
    source = evidence.source
    return Statement.objects.create(
        source=source,
        partnership=milestone.partnership,
        milestone=milestone,
        fact=fact,
        value=value,
        grade=source.grade,
        url="" if evidence.url == source.url else evidence.url,
        read_on=evidence.read_on,
    )


def _entered_as_fulfilment(event: Milestone, announcement: Milestone) -> bool:
    """Told by the history: the event was made as the fulfilment, and one source alone tells of it."""
    return (
        event.statements.count() <= 1
        and AuditEntry.objects.filter(
            table_name=Milestone._meta.db_table,
            row_id=event.pk,
            operation="insert",
            after__fulfils_id=announcement.pk,
        ).exists()
    )
