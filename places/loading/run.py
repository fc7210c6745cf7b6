"""The load from beginning to end, in one transaction."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.db import connection
from django.utils.translation import gettext as _

from core.history import attributed
from places.loading import records
from places.loading.hands import REASON
from places.loading.records import NameRecord, PlaceRecord
from places.loading.report import Refusal, Report
from places.loading.resolve import settled_names, settled_places
from places.loading.tables import Row, RowRefused, read
from places.loading.writing import PlaceKeys, write_codes, write_names, write_places

#: The tables that the portal ships.
DATA = Path(__file__).parents[1] / "data"
#: How often `on_step` is called.
STEPS = 5

_Record = TypeVar("_Record", PlaceRecord, NameRecord)


def load(directory: Path = DATA, on_step: Callable[[str], None] = lambda _step: None) -> Report:
    """Load countries.csv, ua_places.csv, foreign_places.csv and place_names.csv from a directory.

    `on_step` hears what is done next, `STEPS` times.

    :raises TableUnusable: a table is missing or has another header; then nothing is loaded.
    """
    report = Report()
    on_step(_("Reading the tables"))
    places = [
        *_parsed(directory / "countries.csv", records.COUNTRY_COLUMNS, records.country, report),
        *_parsed(directory / "ua_places.csv", records.UKRAINIAN_COLUMNS, records.ukrainian, report),
        *_parsed(directory / "foreign_places.csv", records.FOREIGN_COLUMNS, records.foreign, report),
    ]
    names = _parsed(directory / "place_names.csv", records.NAME_COLUMNS, records.other_name, report)
    with attributed(None, REASON):
        with connection.cursor() as cursor:
            # Two loads at once would create the same places twice; the second waits.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_places'))")
        on_step(_("Comparing with the database"))
        keys = PlaceKeys()
        by_level = settled_places(places, keys.levels, report.refuse, report.remarks.append)
        on_step(_("Writing places"))
        written = write_places(by_level, keys, report)
        on_step(_("Writing codes"))
        write_codes(written, keys, report)
        on_step(_("Writing other names"))
        of_countries = [name for record in written for name in records.country_names(record)]
        write_names(settled_names([*of_countries, *names], keys.ids, report.refuse), keys, report)
        with connection.cursor() as cursor:
            # Until then the planner takes the tables for as small as they were, and joins them by loops.
            cursor.execute("ANALYZE places_place, places_placename, places_placecode")
    report.refusals.sort()
    report.remarks.sort()
    return report


def _parsed(
    path: Path, columns: tuple[str, ...], parse: Callable[[Row], _Record], report: Report
) -> list[_Record]:
    parsed = []
    for row in read(path, columns):
        if isinstance(row, Refusal):
            report.refuse(row)
            continue
        try:
            parsed.append(parse(row))
        except RowRefused as refused:
            report.refuse(row.refusal(str(refused)))
    return parsed
