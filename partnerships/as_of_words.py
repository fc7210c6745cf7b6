"""What held for one partnership on a past day, in sentences, by what is known today."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.edtf import in_words
from partnerships.enums import Kind, Outcome, Status
from partnerships.lifeline_words import since_day
from partnerships.models import Milestone, Standing


@dataclass(frozen=True)
class ThatDay:
    """The record on the day: `status` is empty where nothing had begun."""

    day: dt.date
    status: str
    status_label: str
    kind_label: str
    possibly: bool
    sentences: tuple[str, ...]


def that_day(standings: Iterable[Standing], milestones: Sequence[Milestone], day: dt.date) -> ThatDay:
    standing = next((standing for standing in standings if _holds(standing, day)), None)
    if standing is None:
        nothing = _("On %(day)s nothing of this relation had begun, by what is known today.")
        return ThatDay(day, "", "", "", False, (nothing % {"day": _written(day)},))
    kind = "" if standing.kind == Kind.UNKNOWN else standing.get_kind_display()
    sentences = [_standing(standing, day)]
    if kind and standing.status not in (Status.UNKNOWN, Status.ANNOUNCED):
        sentences.append(_("The relation was then called: %(kind)s.") % {"kind": kind})
    sentences += _open_questions(standing, milestones, day)
    label = standing.get_status_display()
    return ThatDay(
        day=day,
        status=standing.status,
        status_label=_("possibly %(status)s") % {"status": label} if standing.possibly else label,
        kind_label=kind or standing.get_kind_display(),
        possibly=standing.possibly,
        sentences=tuple(sentences),
    )


def _standing(standing: Standing, day: dt.date) -> str:
    words = {
        "day": _written(day),
        "status": standing.get_status_display(),
        "date": in_words(standing.status_date),
    }
    if standing.status == Status.UNKNOWN:
        return (
            _("On %(day)s sources counted these partners as linked; none says how far they had come.") % words
        )
    if standing.status == Status.ANNOUNCED:
        if not standing.status_date:
            return _("On %(day)s: announced, without a day.") % words
        if standing.possibly:
            return _("On %(day)s: possibly announced by then, for %(date)s.") % words
        return _("On %(day)s: announced for %(date)s.") % words
    if not standing.status_date:
        return _("On %(day)s: possibly %(status)s; the sources do not say since when.") % words
    if standing.possibly:
        return _("On %(day)s: possibly %(status)s (%(date)s).") % words
    return _("On %(day)s: %(status)s (%(date)s).") % words


def _open_questions(standing: Standing, milestones: Sequence[Milestone], day: dt.date) -> list[str]:
    """What may have happened by then, and what was announced and had not come about."""
    maybe = [
        _named(milestone)
        for milestone in milestones
        if not milestone.is_announced
        and milestone.date
        and milestone.date != standing.status_date
        and since_day(milestone, day) == "possibly"
    ]
    sentences = [_("Possibly already by then: %(events)s.") % {"events": ", ".join(maybe)}] if maybe else []
    over = {m.fulfils_id for m in milestones if m.fulfils_id and since_day(m, day) != "later"}
    waiting = [
        milestone
        for milestone in milestones
        if milestone.is_announced
        and milestone.pk not in over
        and milestone.outcome not in (Outcome.CANCELLED, Outcome.POSTPONED)
        and since_day(milestone, day) != "later"
        and not (standing.status == Status.ANNOUNCED and milestone.date == standing.status_date)
    ]
    for milestone in waiting:
        words = {"event": _named(milestone)}
        if milestone.date_latest is None or milestone.date_latest >= day:
            sentences.append(_("Announced and still to come: %(event)s.") % words)
        elif milestone.outcome == Outcome.NOT_KNOWN:
            sentences.append(_("Announced, possibly carried out by then: %(event)s.") % words)
    return sentences


def _named(milestone: Milestone) -> str:
    event = milestone.get_type_display()
    if not milestone.date:
        return event
    return _("%(event)s (%(date)s)") % {"event": event, "date": milestone.date_text}


def _holds(standing: Standing, day: dt.date) -> bool:
    first, after = standing.days.lower, standing.days.upper
    return (first is None or first <= day) and (after is None or day < after)


def _written(day: dt.date) -> str:
    return date_format(day, "j E Y")
