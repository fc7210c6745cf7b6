"""A record as one row of a list: its words, and for the register's page the row ready-made."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.template.loader import get_template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kept import Kept, KeptByVersion
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


#: Language, the day that the row holds for, whether that is today, and the record.
RowKey = tuple[str, dt.date, bool, int]
_kept = Kept(ROWS_KEPT)
_kept_by_version = KeptByVersion(ROWS_KEPT)

#: The version of every row that a list's row is written from: the record, its parties with their places and
#: what these are called by, its bodies, milestones and standings.
_VERSIONS = """
    SELECT p.id, concat_ws(' ', p.xmin, p.ctid,
        (
            SELECT string_agg(
                concat_ws(
                    ' ', party.xmin, party.ctid, body.xmin, body.ctid, place.xmin, place.ctid, centre.xmin,
                    centre.ctid, parent.xmin, parent.ctid, above.xmin, above.ctid, oblast.xmin, oblast.ctid,
                    country.xmin, country.ctid
                ), ';' ORDER BY party.id
            )
            FROM partnerships_party party
            LEFT JOIN partnerships_body body ON body.id = party.body_id
            LEFT JOIN places_place place ON place.id = party.place_id
            LEFT JOIN places_place centre ON centre.id = place.centre_id
            LEFT JOIN places_place parent ON parent.id = place.parent_id
            LEFT JOIN places_place above ON above.id = parent.parent_id
            LEFT JOIN places_place oblast ON oblast.id = place.oblast_id
            LEFT JOIN places_place country ON country.iso2 = place.country_id
            WHERE party.partnership_id = p.id
        ),
        (
            SELECT string_agg(concat_ws(' ', m.xmin, m.ctid), ';' ORDER BY m.id)
            FROM partnerships_milestone m WHERE m.partnership_id = p.id
        ),
        (
            SELECT string_agg(concat_ws(' ', s.xmin, s.ctid), ';' ORDER BY s.id)
            FROM partnerships_standing s WHERE s.partnership_id = p.id
        )
    )
    FROM partnerships_partnership p WHERE p.id = ANY (%s) AND p.visibility = 'published'
"""


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
    """Rows of public records in the order of their keys, in the active language.

    Kept while nothing changes; after a change, those rows are made anew that it may concern.
    """
    language = current_language()
    wanted: list[RowKey] = [(language, day or today, day is None, key) for key in keys]

    def find(missing: list[RowKey]) -> dict[RowKey, ReadyRow]:
        if not state:
            return _made(missing, day)
        return _kept_by_version.values(_versions(missing), lambda changed: _made(changed, day))

    rows = _kept.values(wanted, find, state=state)
    # A record that was withdrawn a moment ago is missing from the rows, not from the page's numbers.
    return [rows[key] for key in wanted if key in rows]


def _versions(keys: list[RowKey]) -> dict[RowKey, str]:
    """Of public records only."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [[key[-1] for key in keys]])
        versions = dict(cursor.fetchall())
    return {key: versions[key[-1]] for key in keys if key[-1] in versions}


def _made(keys: list[RowKey], day: dt.date | None) -> dict[RowKey, ReadyRow]:
    wanted = {key[-1]: key for key in keys}
    records = Partnership.objects.public().filter(pk__in=wanted).as_of(day).with_named_parties()
    if day is None:
        records = records.with_open_announcements()
    return {wanted[row.pk]: row for row in _ready(records)}


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
