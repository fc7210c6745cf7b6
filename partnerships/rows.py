"""A record as one row of a list: its words, and for the register's page the row ready-made."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.template.loader import get_template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kept import Kept
from core.languages import current_language
from core.templatetags.texts import marked
from partnerships.enums import Status
from partnerships.models import Milestone, Partnership, Party

#: So many rows stay in memory, about 1 kB each.
ROWS_KEPT = 4_000
MEANING_OF_GRADES = {
    "A": gettext_lazy("Evidence A: official act or register"),
    "B": gettext_lazy("Evidence B: a party's own site"),
    "C": gettext_lazy("Evidence C: list of a state body or an association"),
    "D": gettext_lazy("Evidence D: media"),
    "E": gettext_lazy("Evidence E: open list without evidence"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says of a record: today, or on the day that its list was asked for."""

    url: str
    ours: SafeString
    theirs: SafeString
    where: str
    kind: str
    status: str
    status_text: str
    possibly: bool
    planned: bool
    day_text: str
    announcements: list[str]
    evidence: str
    evidence_url: str
    evidence_text: str


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """A row of the register's page as HTML, and whose it is."""

    pk: int
    number: int
    html: SafeString


_kept = Kept(ROWS_KEPT)


def row_of(partnership: Partnership, today: dt.date) -> Row:
    """Of a record loaded `with_parties()` and, for its announcements, `with_open_announcements()`."""
    shown = partnership.shown
    # What is announced and unconfirmed is so today; of a past day the standing tells.
    announced = [] if shown.day else getattr(partnership, "open_announcements", [])
    address = partnership.get_absolute_url() + (f"?as_of={shown.day.isoformat()}" if shown.day else "")
    return Row(
        url=address,
        ours=_names(partnership.ukrainian_parties),
        theirs=_names(partnership.foreign_parties),
        where=" · ".join(filter(None, map(_where, partnership.parties.all()))),
        kind=shown.kind_text,
        status=shown.status,
        status_text=shown.status_text,
        possibly=shown.possibly,
        planned=shown.is_planned,
        day_text=_day_text(partnership, announced),
        announcements=[_announcement(one, today) for one in announced],
        evidence=partnership.evidence,
        evidence_url=f"{address}#evidence",
        evidence_text=str(MEANING_OF_GRADES.get(partnership.evidence, "")),
    )


def ready_rows(keys: list[int], day: dt.date | None, today: dt.date, state: str) -> list[ReadyRow]:
    """Rows of public records in the order of their keys, in the active language; kept while nothing
    changes."""
    language = current_language()

    def make(missing: list[tuple[str, dt.date, bool, int]]) -> dict[tuple[str, dt.date, bool, int], ReadyRow]:
        wanted = [key[-1] for key in missing]
        records = Partnership.objects.public().filter(pk__in=wanted).as_of(day).with_named_parties()
        if day is None:
            records = records.with_open_announcements()
        return {(language, day or today, day is None, row.pk): row for row in _ready(records)}

    wanted = [(language, day or today, day is None, key) for key in keys]
    rows = _kept.values(wanted, make, state=state)
    # A record that was withdrawn a moment ago is missing from the rows, not from the page's numbers.
    return [rows[key] for key in wanted if key in rows]


def _ready(records: Iterable[Partnership]) -> Iterator[ReadyRow]:
    template = get_template("partnerships/_partnership_row.html")
    for one in records:
        html = template.render({"partnership": one}).strip()
        yield ReadyRow(one.pk, one.number, SafeString(html))


def _where(party: Party) -> str:
    return party.place.whereabouts() if party.place else ""


def _names(parties: Iterable[Party]) -> SafeString:
    return format_html_join(", ", "{}", ((marked(party.name()),) for party in parties))


def _day_text(partnership: Partnership, announced: list[Milestone]) -> str:
    shown = partnership.shown
    if shown.status == Status.ANNOUNCED and shown.date:
        return "" if announced else _("announced for %(date)s") % {"date": shown.date_text}
    if shown.date:
        return shown.date_text
    if shown.status == Status.UNKNOWN:
        return _("talks reported") if getattr(partnership, "tells_of_talks", False) else ""
    return "" if announced else _("date not known")


def _announcement(milestone: Milestone, today: dt.date) -> str:
    words = {"event": milestone.get_type_display(), "date": milestone.date_text}
    if not milestone.date:
        return _("announced, not confirmed: %(event)s") % words
    if milestone.date_latest is None or milestone.date_latest >= today:
        return _("announced for %(date)s: %(event)s") % words
    return _("announced for %(date)s, not confirmed: %(event)s") % words
