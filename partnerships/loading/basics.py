"""What statements refer to: sources, acting bodies, programmes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partnerships.enums import BodyKind, RowOutcome
from partnerships.loading.foreign import ForeignPlaces
from partnerships.loading.hands import touched
from partnerships.loading.report import Misfit, Report
from partnerships.loading.tables import CURATED, SOURCES, TableRow
from partnerships.loading.ukrainian import UkrainianPlaces
from partnerships.models import Body, Programme, Source

_TEXTS = ("title", "language", "publisher", "url", "licence", "published_on", "grade")


def write_sources(rows: Iterable[TableRow], report: Report) -> dict[str, Source]:
    """All sources by slug; the table's are made or, unless a person has changed them, brought up to date."""
    known = {source.slug: source for source in Source.objects.all()}
    by_hand = touched(Source, (source.pk for source in known.values()))
    for row in rows:
        source = known.get(row.cells["slug"]) or Source(slug=row.cells["slug"])
        if source.pk in by_hand:
            report.kept += 1
            continue
        before = {column: getattr(source, column) for column in (*_TEXTS, "read_on")}
        try:
            _fill(source, row)
        except (ValidationError, ValueError) as error:
            told = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            report.misfits.append(Misfit(SOURCES, row.line, RowOutcome.REFUSED, told))
            continue
        if source.pk is None or any(getattr(source, column) != value for column, value in before.items()):
            source.save()
            report.written["sources"] += 1
        known[source.slug] = source
    return known


def _fill(source: Source, row: TableRow) -> None:
    """:raises ValueError, ValidationError: a cell that a source can't have."""
    if row.fault:
        raise ValueError(row.fault)
    for column in _TEXTS:
        setattr(source, column, row.cells[column])
    read_on = row.cells["read_on"]
    source.read_on = dt.date.fromisoformat(read_on) if read_on else None
    source.full_clean(validate_unique=False, validate_constraints=False)


def write_bodies(
    entries: list[dict[str, Any]], ua: UkrainianPlaces, foreign: ForeignPlaces, report: Report
) -> dict[str, int]:
    """Bodies of `curated.toml` by their keys there; one that the register knows is not made again."""
    bodies: dict[str, int] = {}
    for line, entry in enumerate(entries, start=1):
        reference = entry.get("place", "")
        unit = ua.by_code.get(reference)
        place = unit.pk if unit else foreign.by_slug(reference)
        if (reference and place is None) or entry.get("kind") not in BodyKind.values or not entry.get("key"):
            reason = _("The body names a place that is not known, or no kind of body.")
            report.misfits.append(Misfit(CURATED, line, RowOutcome.REFUSED, reason))
            continue
        names = {
            column: entry.get(column, "") for column in ("name_uk", "name_en", "name_own", "own_language")
        }
        found = Body.objects.filter(kind=entry["kind"], place=place)
        body = next((one for one in found if one.name_en == names["name_en"]), None)
        if body is None:
            body = Body.objects.create(kind=entry["kind"], place_id=place, **names)
            report.written["bodies"] += 1
        bodies[entry["key"]] = body.pk
    return bodies


def write_programmes(
    entries: list[dict[str, Any]], report: Report
) -> tuple[dict[str, Programme], dict[str, str]]:
    """Programmes by slug, and the programme of the partnerships that a source lists."""
    programmes: dict[str, Programme] = {}
    of_source: dict[str, str] = {}
    for entry in entries:
        programme, made = Programme.objects.get_or_create(
            slug=entry["slug"], defaults={name: entry.get(name, "") for name in ("name_uk", "name_en", "url")}
        )
        report.written["programmes"] += made
        programmes[programme.slug] = programme
        of_source |= dict.fromkeys(entry.get("sources", []), programme.slug)
    return programmes, of_source
