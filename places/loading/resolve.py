"""What rows say about each other: duplicates, what belongs where, centres, countries."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from places.enums import Level
from places.loading.records import PARENTS, NameRecord, PlaceRecord
from places.loading.report import Refusal

#: Whoever stands earlier is written earlier: the database derives a place's oblast from its parent.
ORDER = (
    Level.COUNTRY,
    Level.OBLAST,
    Level.SPECIAL_CITY,
    Level.RAION,
    Level.HROMADA,
    Level.SETTLEMENT,
    Level.CITY_DISTRICT,
    Level.REGION,
    Level.MUNICIPALITY,
)

Refuse = Callable[[Refusal], None]


def settled_places(
    records: Iterable[PlaceRecord], known: dict[str, str], refuse: Refuse, remark: Refuse
) -> dict[str, list[PlaceRecord]]:
    """The places that can be written, by level in the order of writing.

    `known` gives the levels of the places that the database has, by key. A place whose parent or country was
    refused is refused with it; one whose centre nobody knows is written without it, with a remark.
    """
    candidates = _once(records, refuse)
    accepted: dict[str, str] = {}
    by_level: dict[str, list[PlaceRecord]] = {}
    for level in ORDER:
        for record in (record for record in candidates.values() if record.level == level):
            reason = _obstacle(record, accepted, known)
            if reason:
                refuse(record.row.refusal(reason))
            else:
                accepted[record.key] = record.level
                by_level.setdefault(level.value, []).append(record)
    for record in (record for records in by_level.values() for record in records):
        if record.centre and record.centre not in accepted and record.centre not in known:
            remark(
                record.row.refusal(
                    _("is loaded without its centre, the unknown place “%(key)s”") % {"key": record.centre}
                )
            )
            record.centre = ""
    return by_level


def settled_names(records: Iterable[NameRecord], places: dict[str, int], refuse: Refuse) -> list[NameRecord]:
    """Names of places that exist, each once."""
    seen: set[tuple[str, str, str, str]] = set()
    names = []
    for record in records:
        if record.place not in places:
            refuse(record.row.refusal(_("unknown place “%(key)s”") % {"key": record.place[:100]}))
        elif record.key in seen:
            refuse(record.row.refusal(_("stands in the tables twice")))
        else:
            seen.add(record.key)
            names.append(record)
    return names


def _once(records: Iterable[PlaceRecord], refuse: Refuse) -> dict[str, PlaceRecord]:
    first: dict[str, PlaceRecord] = {}
    for record in records:
        if record.key in first:
            line = first[record.key].row.line
            refuse(
                record.row.refusal(
                    _("“%(key)s” stands in the table already, in line %(line)s")
                    % {"key": record.key, "line": line}
                )
            )
        else:
            first[record.key] = record
    return first


def _obstacle(record: PlaceRecord, accepted: dict[str, str], known: dict[str, str]) -> str:
    """Why the place cannot be written; empty if it can."""
    if record.level != Level.COUNTRY and record.country not in accepted and record.country not in known:
        return _("unknown country “%(key)s”") % {"key": record.country}
    if record.parent:
        level = accepted.get(record.parent) or known.get(record.parent)
        if level is None:
            return _("unknown place “%(key)s”") % {"key": record.parent}
        if level not in PARENTS[record.level]:
            return _("cannot belong to “%(key)s”, which is on the level “%(level)s”") % {
                "key": record.parent,
                "level": Level(level).label,
            }
    return ""
