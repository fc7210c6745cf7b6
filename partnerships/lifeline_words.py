"""A partnership's life in words: whole sentences for its standing, and the points of its life-line.

Names of bodies stay as they are and stand behind a colon or a comma: Ukrainian would decline them otherwise.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.templatetags.texts import marked
from partnerships.drawing import LifePoint
from partnerships.enums import MilestoneType, Outcome, Stage, Status
from partnerships.models import Milestone, Partnership

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: By type: with day and body, with day, without day.
HAPPENED: dict[str, tuple["_StrPromise", "_StrPromise", "_StrPromise"]] = {
    MilestoneType.APPEAL: (
        gettext_lazy("Appeal, %(body)s: %(date)s."),
        gettext_lazy("Appeal: %(date)s."),
        gettext_lazy("There was an appeal; the sources do not say when."),
    ),
    MilestoneType.TALKS: (
        gettext_lazy("Talks, %(body)s: %(date)s."),
        gettext_lazy("Talks: %(date)s."),
        gettext_lazy("There were talks; the sources do not say when."),
    ),
    MilestoneType.APPROVAL: (
        gettext_lazy("Approval, %(body)s: %(date)s."),
        gettext_lazy("Approval by the ministry: %(date)s."),
        gettext_lazy("Approved by the ministry; the sources do not say when."),
    ),
    MilestoneType.DECISION: (
        gettext_lazy("Decision, %(body)s: %(date)s."),
        gettext_lazy("Decision: %(date)s."),
        gettext_lazy("Decided; the sources do not say when."),
    ),
    MilestoneType.SIGNING: (
        gettext_lazy("Signing, %(body)s: %(date)s."),
        gettext_lazy("Signing: %(date)s."),
        gettext_lazy("Signed; the sources do not say when."),
    ),
    MilestoneType.REGISTRATION: (
        gettext_lazy("Registration, %(body)s: %(date)s."),
        gettext_lazy("Registration: %(date)s."),
        gettext_lazy("Registered; the sources do not say when."),
    ),
    MilestoneType.UPGRADE: (
        gettext_lazy("Upgrade of the relation, %(body)s: %(date)s."),
        gettext_lazy("Upgrade of the relation: %(date)s."),
        gettext_lazy("The relation was upgraded; the sources do not say when."),
    ),
    MilestoneType.RENEWAL: (
        gettext_lazy("Renewal, %(body)s: %(date)s."),
        gettext_lazy("Renewal: %(date)s."),
        gettext_lazy("Renewed; the sources do not say when."),
    ),
    MilestoneType.CHANGE: (
        gettext_lazy("Change, %(body)s: %(date)s."),
        gettext_lazy("Change: %(date)s."),
        gettext_lazy("Changed; the sources do not say when."),
    ),
    MilestoneType.SUSPENSION: (
        gettext_lazy("Suspension, %(body)s: %(date)s."),
        gettext_lazy("Suspension: %(date)s."),
        gettext_lazy("Suspended; the sources do not say since when."),
    ),
    MilestoneType.END: (
        gettext_lazy("End, %(body)s: %(date)s."),
        gettext_lazy("End: %(date)s."),
        gettext_lazy("Ended; the sources do not say when."),
    ),
}

ANNOUNCED: dict[str, "_StrPromise"] = {
    MilestoneType.APPEAL: gettext_lazy("Appeal announced for %(date)s."),
    MilestoneType.TALKS: gettext_lazy("Talks announced for %(date)s."),
    MilestoneType.APPROVAL: gettext_lazy("Approval by the ministry announced for %(date)s."),
    MilestoneType.DECISION: gettext_lazy("Decision announced for %(date)s."),
    MilestoneType.SIGNING: gettext_lazy("Signing announced for %(date)s."),
    MilestoneType.REGISTRATION: gettext_lazy("Registration announced for %(date)s."),
    MilestoneType.UPGRADE: gettext_lazy("Upgrade of the relation announced for %(date)s."),
    MilestoneType.RENEWAL: gettext_lazy("Renewal announced for %(date)s."),
    MilestoneType.CHANGE: gettext_lazy("Change announced for %(date)s."),
    MilestoneType.SUSPENSION: gettext_lazy("Suspension announced for %(date)s."),
    MilestoneType.END: gettext_lazy("End of the relation announced for %(date)s."),
}

#: Types that a status follows from; more than one where the later word counts.
STANDING = {
    Status.APPROVED: {MilestoneType.APPROVAL},
    Status.DECIDED: {MilestoneType.DECISION},
    Status.SIGNED: {MilestoneType.SIGNING, MilestoneType.UPGRADE, MilestoneType.RENEWAL},
    Status.REGISTERED: {MilestoneType.REGISTRATION},
    Status.SUSPENDED: {MilestoneType.SUSPENSION},
    Status.ENDED: {MilestoneType.END},
}
AWAITS_REGISTRATION = {Status.ANNOUNCED, Status.APPROVED, Status.DECIDED, Status.SIGNED}


def summary(record: Partnership, milestones: Sequence[Milestone], day: dt.date) -> list[SafeString]:
    """How far it has come by what the register knows, and what is announced and not confirmed."""
    sentences = []
    standing = _standing(record, milestones)
    if standing is not None:
        sentences.append(_happened(standing))
    elif any(
        milestone.type == MilestoneType.TALKS and not milestone.is_announced for milestone in milestones
    ):
        sentences.append(
            conditional_escape(
                _("Sources tell of talks; none of them says that the partnership has come about.")
            )
        )
    elif record.status == Status.UNKNOWN:
        sentences.append(
            conditional_escape(
                _("Sources list these partners; none of them says how far the relation has come.")
            )
        )
    fulfilled = _fulfilled(milestones)
    for milestone in milestones:
        if milestone.is_announced and milestone.pk not in fulfilled:
            sentences += [conditional_escape(text) for text in _announced(milestone, day)]
    return sentences


def life_points(record: Partnership, milestones: Sequence[Milestone], proven: set[int]) -> list[LifePoint]:
    """The points of the life-line in their order; `proven` are milestones with statements to link to. A
    registration that nothing is known of stands at the end of a line that has not come so far."""
    fulfilled = _fulfilled(milestones)
    points = [
        LifePoint(
            label=capfirst(milestone.get_type_display()),
            date_text=capfirst(milestone.date_text),
            detail=_detail(milestone),
            stage="announced" if milestone.is_announced else "happened",
            fulfilled=milestone.pk in fulfilled,
            href=f"#{anchor(milestone)}" if milestone.pk in proven else "",
        )
        for milestone in milestones
    ]
    known = {milestone.type for milestone in milestones}
    if points and record.status in AWAITS_REGISTRATION and MilestoneType.REGISTRATION not in known:
        points.append(LifePoint(capfirst(str(MilestoneType.REGISTRATION.label)), "", "", stage="none"))
    return points


def anchor(milestone: Milestone) -> str:
    """Where the page says who says it."""
    return f"milestone-{milestone.pk}"


def event_label(milestone: Milestone) -> str:
    """“Signing (announced)”."""
    event = capfirst(milestone.get_type_display())
    return _("%(event)s (announced)") % {"event": event} if milestone.is_announced else event


def _standing(record: Partnership, milestones: Sequence[Milestone]) -> Milestone | None:
    """The milestone that the stored status follows from."""
    types = STANDING.get(Status(record.status), set())
    fitting = [
        milestone
        for milestone in milestones
        if milestone.type in types
        and milestone.stage == Stage.HAPPENED
        and milestone.date == record.status_date
    ]
    return fitting[0] if fitting else None


def _fulfilled(milestones: Sequence[Milestone]) -> set[int]:
    return {m.fulfils_id for m in milestones if m.fulfils_id} | {
        m.pk for m in milestones if m.outcome == Outcome.KEPT
    }


def _happened(milestone: Milestone) -> SafeString:
    with_body, dated, undated = HAPPENED[milestone.type]
    if not milestone.date:
        return conditional_escape(undated)
    body = milestone.body
    words = {"date": conditional_escape(_day(milestone)), "body": marked(body.name()) if body else ""}
    # Both the sentence and what is put into it are escaped; only `marked` brings an element.
    return mark_safe(conditional_escape(with_body if body else dated) % words)  # noqa: S308


def _announced(milestone: Milestone, day: dt.date) -> list[str]:
    words = {"event": milestone.get_type_display(), "date": _day(milestone)}
    if milestone.outcome == Outcome.CANCELLED:
        return [_("Announced for %(date)s and cancelled: %(event)s.") % words]
    if milestone.outcome == Outcome.POSTPONED:
        return [_("Announced for %(date)s and postponed: %(event)s.") % words]
    sentence = ANNOUNCED[milestone.type] if milestone.date else _("Announced, without a day: %(event)s.")
    sentences = [str(sentence) % words]
    if milestone.date_latest is None or milestone.date_latest < day:
        sentences.append(_("No source read so far says whether it took place."))
    return sentences


def _day(milestone: Milestone) -> str:
    if not milestone.mode:
        return milestone.date_text
    return _("%(date)s (%(mode)s)") % {"date": milestone.date_text, "mode": milestone.get_mode_display()}


def _detail(milestone: Milestone) -> str:
    parts = [str(milestone.body.name())] if milestone.body else []
    if milestone.mode:
        parts.append(milestone.get_mode_display())
    if milestone.kind:
        parts.append(milestone.get_kind_display())
    if milestone.announced_on:
        parts.append(pgettext("a day", "announced on %(date)s") % {"date": milestone.announced_on_text})
    if milestone.outcome in (Outcome.POSTPONED, Outcome.CANCELLED):
        parts.append(milestone.get_outcome_display())
    return ", ".join(parts)
