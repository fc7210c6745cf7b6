"""A partnership's life in words: whole sentences for its standing, and the points of its life-line.

Names of bodies stay as they are and stand behind a colon or a comma: Ukrainian would decline them otherwise.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from core.edtf import InvalidDate, PartialDate
from core.languages import LocalText
from core.templatetags.texts import marked
from partnerships.enums import Kind, MilestoneType, Outcome, Stage, Status
from partnerships.life_drawing import LifeLink, LifePoint, LifeSegment, Phase, Since, Turn
from partnerships.models import Milestone, Partnership, Standing

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
#: What an event does to the relation; the others leave it as it is.
TURNS: dict[str, Turn] = {
    MilestoneType.SIGNING: "starts",
    MilestoneType.UPGRADE: "starts",
    MilestoneType.RENEWAL: "starts",
    MilestoneType.SUSPENSION: "pauses",
    MilestoneType.END: "ends",
}
PHASES: dict[str, Phase] = {
    Status.UNKNOWN: "listed",
    Status.ANNOUNCED: "planned",
    Status.SUSPENDED: "gap",
    Status.ENDED: "over",
}
#: More records of one act than these are counted only.
SHARED_SHOWN = 12


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


def life_points(
    record: Partnership,
    milestones: Sequence[Milestone],
    proven: set[int],
    *,
    day: dt.date | None = None,
    shared: Mapping[int, Sequence[int]] | None = None,
    names: Mapping[int, Sequence[tuple[LocalText, LocalText]]] | None = None,
) -> list[LifePoint]:
    """The points of the life-line in their order. A registration that nothing is known of stands at the end
    of a line that has not come so far.

    :param proven: milestones with statements to link to.
    :param day: a past day that the reader asks about; none for today.
    :param shared: numbers of other records behind which the act with this key stands as well.
    :param names: by milestone, what parties were called then and are called today, where that differs.
    """
    fulfilled = _fulfilled(milestones)
    links = _links(milestones, shared or {})
    carried_out = {m.fulfils_id: life_anchor(m) for m in milestones if m.fulfils_id}
    points = [
        LifePoint(
            label=capfirst(milestone.get_type_display()),
            date_text=capfirst(milestone.date_text),
            detail=_detail(milestone),
            stage="announced" if milestone.is_announced else "happened",
            fulfilled=milestone.pk in fulfilled,
            href=f"#{anchor(milestone)}" if milestone.pk in proven else "",
            anchor=life_anchor(milestone),
            earliest=milestone.date_earliest,
            latest=milestone.date_latest,
            kind=_named_kind(milestone),
            turn=TURNS.get(milestone.type, ""),
            failed=milestone.outcome in (Outcome.POSTPONED, Outcome.CANCELLED),
            postponed=milestone.outcome == Outcome.POSTPONED,
            since=_since(milestone, milestones, day),
            fulfilled_by=carried_out.get(milestone.pk, ""),
            links=tuple(links[milestone.pk]),
            names=tuple((names or {}).get(milestone.pk, ())),
        )
        for milestone in sorted(milestones, key=_place_in_line)
    ]
    known = {milestone.type for milestone in milestones}
    if points and record.status in AWAITS_REGISTRATION and MilestoneType.REGISTRATION not in known:
        points.append(LifePoint(capfirst(str(MilestoneType.REGISTRATION.label)), "", "", stage="none"))
    return points


def life_segments(standings: Sequence[Standing]) -> list[LifeSegment]:
    """What the relation was on each stretch of days, neighbours that say the same in one."""
    segments: list[LifeSegment] = []
    for standing in sorted(standings, key=lambda standing: standing.days.lower or dt.date.min):
        kind = "" if standing.kind == Kind.UNKNOWN else capfirst(standing.get_kind_display())
        phase, possibly = PHASES.get(standing.status, "going"), standing.possibly
        last = segments[-1] if segments else None
        if last and (last.phase, last.kind, last.possibly) == (phase, kind, possibly):
            segments[-1] = replace(last, end=standing.days.upper)
        else:
            segments.append(LifeSegment(phase, kind, standing.days.lower, standing.days.upper, possibly))
    return segments


def life_anchor(milestone: Milestone) -> str:
    """Where the life-line shows it."""
    return f"life-{milestone.pk}"


def anchor(milestone: Milestone) -> str:
    """Where the page says who says it."""
    return f"milestone-{milestone.pk}"


def event_label(milestone: Milestone) -> str:
    """“Signing (announced)”."""
    event = capfirst(milestone.get_type_display())
    return _("%(event)s (announced)") % {"event": event} if milestone.is_announced else event


def language_name(code: str) -> str:
    """A language in words of the page's language; the code where it has none."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


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
    if milestone.kind and milestone.is_announced:
        parts.append(milestone.get_kind_display())
    if milestone.announced_on:
        parts.append(pgettext("a day", "announced on %(date)s") % {"date": milestone.announced_on_text})
    return ", ".join(parts)


def _named_kind(milestone: Milestone) -> str:
    """What the relation is called from this event on, where the event says so."""
    if milestone.is_announced or milestone.kind in ("", Kind.UNKNOWN):
        return ""
    return milestone.get_kind_display()


def _place_in_line(milestone: Milestone) -> tuple[dt.date, dt.date, int, int]:
    """By day; what is announced before what carried it out, and without days the usual course of things."""
    earliest = milestone.date_earliest or milestone.date_latest or dt.date.max
    course = list(MilestoneType.values).index(milestone.type)
    return (
        earliest,
        milestone.date_latest or dt.date.max,
        course * 2 + (not milestone.is_announced),
        milestone.pk,
    )


def _since(milestone: Milestone, milestones: Sequence[Milestone], day: dt.date | None) -> Since:
    """What is undated counts from the first dated event on, as the status does."""
    begun = [m.date_earliest for m in milestones if m.date_earliest and not m.is_announced]
    if day is not None and not milestone.date and not milestone.is_announced and begun and day < min(begun):
        return "later"
    return since_day(milestone, day)


def since_day(milestone: Milestone, day: dt.date | None) -> Since:
    """How it lies to a past day; an announcement is there from the day on which it was made."""
    if day is None:
        return ""
    first, last = milestone.date_earliest, milestone.date_latest
    if milestone.is_announced:
        first, last = _bounds(milestone.announced_on)
    if first is not None and first > day:
        return "later"
    return "" if last is not None and last <= day else "possibly"


def _bounds(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    try:
        date = PartialDate.parse(edtf)
    except InvalidDate:
        return None, None
    return date.earliest, date.latest


def _links(milestones: Sequence[Milestone], shared: Mapping[int, Sequence[int]]) -> dict[int, list[LifeLink]]:
    """What belongs to each milestone: announcement and fulfilment to each other, other records of its act."""
    by_key = {milestone.pk: milestone for milestone in milestones}
    links: dict[int, list[LifeLink]] = {milestone.pk: [] for milestone in milestones}
    for milestone in milestones:
        announced = by_key.get(milestone.fulfils_id) if milestone.fulfils_id else None
        if announced is not None:
            links[announced.pk].append(_link(_("Took place:"), milestone))
            links[milestone.pk].append(_link(_("Announced before:"), announced))
        links[milestone.pk] += _shared_links(shared.get(milestone.act_id or 0, ()))
    return links


def _link(words: str, milestone: Milestone) -> LifeLink:
    return LifeLink(words, milestone.date_text or _("day not known"), f"#{life_anchor(milestone)}")


def _shared_links(numbers: Sequence[int]) -> list[LifeLink]:
    links = []
    for place, number in enumerate(numbers[:SHARED_SHOWN]):
        words = _("The same act also stands behind:") if not place else ""
        address = reverse("partnerships:number", args=[number])
        links.append(LifeLink(words, _("No. %(number)s") % {"number": number}, address))
    rest = len(numbers) - SHARED_SHOWN
    if rest > 0:
        words = ngettext("and %(count)s more record", "and %(count)s more records", rest) % {"count": rest}
        links.append(LifeLink(words, "", ""))
    return links
