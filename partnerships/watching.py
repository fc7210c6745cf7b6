"""The watch list: what was announced and nothing has confirmed, the longest overdue first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, Value, When
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.fields import EdtfEarliest
from partnerships.enums import Visibility
from partnerships.evidence import Said, said_of
from partnerships.models import Milestone, Partnership, Statement
from partnerships.querysets import MilestoneQuerySet

_LAST = dt.date.max


@dataclass(frozen=True)
class Watched:
    """One announcement as the list shows it; `waiting` tells how long ago its day was, or how far off."""

    announcement: Milestone
    event: str
    waiting: str
    is_overdue: bool
    said: list[Said]

    @property
    def partnership(self) -> Partnership:
        return self.announcement.partnership


@dataclass(frozen=True)
class WatchCounts:
    """How many announcements wait: with a day that has passed, with one to come, without any."""

    passed: int
    to_come: int
    undated: int

    @property
    def total(self) -> int:
        return self.passed + self.to_come + self.undated


def on_watch(day: dt.date) -> MilestoneQuerySet:
    """Unconfirmed announcements of public records: first those whose day has passed, the longest ago first,
    then those without a day, the earliest announced first, then those to come, the next one first."""
    passed, to_come = Q(date_latest__lt=day), Q(date_latest__gte=day)
    return (
        Milestone.objects.unconfirmed()
        .filter(partnership__visibility=Visibility.PUBLISHED)
        .annotate(
            turn=Case(
                When(passed, then=Value(0)),
                When(to_come, then=Value(2)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        .order_by(
            "turn",
            F("date_latest").asc(nulls_last=True),
            EdtfEarliest("announced_on").asc(nulls_last=True),
            "pk",
        )
    )


def count(announcements: MilestoneQuerySet, day: dt.date) -> WatchCounts:
    """All counts in one query."""
    found = announcements.order_by().aggregate(
        passed=Count("pk", filter=Q(date_latest__lt=day)),
        to_come=Count("pk", filter=Q(date_latest__gte=day)),
        undated=Count("pk", filter=Q(date_latest__isnull=True)),
    )
    return WatchCounts(**found)


def loaded(announcements: MilestoneQuerySet) -> MilestoneQuerySet:
    """With everything that `in_words` needs of the record and of who announced it."""
    statements = Statement.objects.select_related("source").order_by("grade", "pk")
    return announcements.select_related("body").prefetch_related(
        Prefetch("partnership", Partnership.objects.with_parties()),
        Prefetch("statements", statements),
    )


def in_words(announcements: Sequence[Milestone], day: dt.date) -> list[Watched]:
    return [
        Watched(
            announcement=announcement,
            event=capfirst(announcement.get_type_display()),
            waiting=_waiting(announcement, day),
            is_overdue=(announcement.date_latest or _LAST) < day,
            said=[said_of(statement) for statement in announcement.statements.all()],
        )
        for announcement in announcements
    ]


def _waiting(announcement: Milestone, day: dt.date) -> str:
    """“642 days ago”, counted from the last day that the date may mean, or “in 12 days”, to the first one."""
    first, last = announcement.date_earliest, announcement.date_latest
    if last is not None and last < day:
        days = (day - last).days
        words = ngettext("%(days)s day ago", "%(days)s days ago", days)
    elif first is not None and first > day:
        days = (first - day).days
        words = ngettext("in %(days)s day", "in %(days)s days", days)
    else:
        return ""
    return words % {"days": number_format(days, use_l10n=True, force_grouping=True)}


def watch_sentence(counts: WatchCounts, day: dt.date) -> str:
    """“6 announcements that nothing confirms, as of 24 November 2026: the day of 2 has passed, …”."""
    sentence = ngettext(
        "%(count)s announcement that nothing confirms, as of %(day)s.",
        "%(count)s announcements that nothing confirms, as of %(day)s.",
        counts.total,
    ) % {"count": counts.total, "day": date_format(day, "j E Y")}
    parts = [
        _("day passed: %(count)s") % {"count": counts.passed} if counts.passed else "",
        _("no day named: %(count)s") % {"count": counts.undated} if counts.undated else "",
        _("still to come: %(count)s") % {"count": counts.to_come} if counts.to_come else "",
    ]
    named = "; ".join(part for part in parts if part)
    return f"{sentence} {capfirst(named)}." if named else sentence
