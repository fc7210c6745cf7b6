"""Comparing the tables with the database and writing what differs."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext as _

from places.enums import CodeScheme, Level
from places.loading import bulk
from places.loading.hands import columns_by_hand, former_rows
from places.loading.records import NameRecord, PlaceRecord
from places.loading.report import Outcome, Report
from places.loading.resolve import ORDER
from places.loading.tables import Row
from places.models import Place, PlaceCode, PlaceName

#: Columns of a place that the tables speak about.
PLACE_COLUMNS = (
    "level", "country_id", "iso2", "katottg", "slug", "parent_id", "centre_id", "category", "name_uk",
    "name_en", "name_own", "own_language", "name_uk_source", "region_name", "latitude", "longitude",
    "population", "population_year", "data_source",
)  # fmt: skip
#: Columns by which a row finds its place; a place found under a former code or slug keeps its present ones.
_IDENTITY = {"iso2", "katottg", "slug", "country_id"}


@dataclass
class Changes:
    """Rows of one database table that have to be written, found by comparing wanted with present values."""

    model: type[models.Model]
    report: Report
    current: dict[int, dict[str, Any]]
    inserts: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by_hand = columns_by_hand(self.model)

    def create(self, row: Row, values: dict[str, Any]) -> None:
        self.inserts.append(values)
        self.report.settle(row.file, row.line, Outcome.CREATED)

    def compare(self, row: Row, pk: int, values: dict[str, Any]) -> None:
        hand = self.by_hand.get(pk, set())
        if hand & {"latitude", "longitude"}:
            hand = hand | {"latitude", "longitude"}
        present = self.current[pk]
        if any(present[column] != value for column, value in values.items() if column in hand):
            self.report.kept.add((row.file, row.line))
        merged = present | {column: value for column, value in values.items() if column not in hand}
        if merged == present:
            self.report.settle(row.file, row.line, Outcome.UNCHANGED)
        elif self.model is Place and not any(merged[name] for name in ("name_uk", "name_en", "name_own")):
            self.report.refuse(row.refusal(_("would leave the place without a name")))
        else:
            self.updates.append({"id": pk, **merged})
            self.report.settle(row.file, row.line, Outcome.CHANGED)


class PlaceKeys:
    """Which place of the database a key of the tables means: its present code or slug, or a former one."""

    def __init__(self) -> None:
        self.current = {row.pop("pk"): row for row in Place.objects.order_by().values("pk", *PLACE_COLUMNS)}
        self.ids = {key: pk for pk, row in self.current.items() if (key := _key(row))}
        self.former: set[str] = set()
        codes = PlaceCode.objects.filter(scheme=CodeScheme.KATOTTG).values_list("place_id", "value")
        columns = ("iso2", "katottg", "slug", "country_id")
        changed = [
            (pk, _key(dict(zip(columns, cells, strict=True)))) for pk, cells in former_rows(Place, columns)
        ]
        for pk, key in [*codes, *changed]:
            # Not of countries: places refer to a country by its present code.
            known = self.current.get(pk)
            if key and key not in self.ids and known is not None and known["level"] != Level.COUNTRY:
                self.ids[key] = pk
                self.former.add(key)

    @property
    def levels(self) -> dict[str, str]:
        return {key: self.current[pk]["level"] for key, pk in self.ids.items()}


def write_places(
    by_level: dict[str, list[PlaceRecord]], keys: PlaceKeys, report: Report
) -> list[PlaceRecord]:
    """Write the places, level by level, and return those not refused; `keys` then knows the new ones too."""
    unknown = [record for records in by_level.values() for record in records if record.key not in keys.ids]
    keys.ids.update(zip((r.key for r in unknown), bulk.new_ids(Place, len(unknown)), strict=True))
    written: dict[int, PlaceRecord] = {}
    moved = False
    changes = Changes(Place, report, keys.current)
    for level in ORDER:
        for record in by_level.get(level.value, []):
            pk = keys.ids[record.key]
            if pk in written:
                report.refuse(record.row.refusal(_("another row of the tables means the same place")))
                continue
            written[pk] = record
            values = _values(record, keys)
            if pk in keys.current:
                changes.compare(record.row, pk, values)
            else:
                changes.create(record.row, {"id": pk, **values})
        moved |= any(keys.current[row["id"]]["parent_id"] != row["parent_id"] for row in changes.updates)
        _mark_namesakes(changes.inserts)
        bulk.insert(Place, changes.inserts)
        bulk.update(Place, changes.updates)
        changes.inserts, changes.updates = [], []
    if moved:
        _derive_oblasts()
    return list(written.values())


def write_codes(records: list[PlaceRecord], keys: PlaceKeys, report: Report) -> None:
    """Keep the GeoNames identifiers of places as codes of their own."""
    scheme = CodeScheme.GEONAMES.value
    columns = ("place_id", "scheme", "value")
    current = {
        row.pop("pk"): row
        for row in PlaceCode.objects.filter(scheme=scheme).order_by("-pk").values("pk", *columns)
    }
    by_place = {row["place_id"]: pk for pk, row in current.items()}
    by_value = {(row["place_id"], row["value"]): pk for pk, row in current.items()}
    gone = {cells[0] for _pk, cells in former_rows(PlaceCode, ("place_id", "scheme")) if cells[1] == scheme}
    changes = Changes(PlaceCode, report, current)
    for record in (record for record in records if record.geonames):
        place = keys.ids[record.key]
        values = {"place_id": place, "scheme": scheme, "value": record.geonames}
        known = by_value.get((place, record.geonames)) or by_place.get(place)
        if known:
            changes.compare(record.row, known, values)
        elif str(place) not in gone:
            changes.create(record.row, values)
    _write(changes)


def write_names(records: list[NameRecord], keys: PlaceKeys, report: Report) -> None:
    """Write the other names. A name that a person deleted or corrected does not come back."""
    columns = ("place_id", "text", "language", "kind")
    current = {
        row.pop("pk"): row
        for row in PlaceName.objects.order_by().values("pk", *columns, "valid_from", "valid_to", "source")
    }
    ids = {tuple(row[column] for column in columns): pk for pk, row in current.items()}
    gone = {cells for _pk, cells in former_rows(PlaceName, columns)}
    changes = Changes(PlaceName, report, current)
    seen: set[tuple[Any, ...]] = set()
    for record in records:
        place = keys.ids[record.place]
        name = (place, *record.key[1:])
        values = {"place_id": place, **record.values}
        if name in seen:
            report.refuse(record.row.refusal(_("another row of the tables gives the place this name")))
            continue
        seen.add(name)
        if name in ids:
            changes.compare(record.row, ids[name], values)
        elif (str(place), *record.key[1:]) in gone:
            report.kept.add((record.row.file, record.row.line))
            report.settle(record.row.file, record.row.line, Outcome.UNCHANGED)
        else:
            changes.create(record.row, values)
    _write(changes)


def _write(changes: Changes) -> None:
    for row, pk in zip(changes.inserts, bulk.new_ids(changes.model, len(changes.inserts)), strict=True):
        row["id"] = pk
    bulk.insert(changes.model, changes.inserts)
    bulk.update(changes.model, changes.updates)


def _key(row: dict[str, Any]) -> str:
    if row["iso2"]:
        return str(row["iso2"])
    if row["katottg"]:
        return str(row["katottg"])
    return f"{row['country_id'].lower()}/{row['slug']}" if row["slug"] else ""


def _values(record: PlaceRecord, keys: PlaceKeys) -> dict[str, Any]:
    values = dict(record.values)
    if record.parent:
        values["parent_id"] = keys.ids[record.parent]
    if record.centre:
        values["centre_id"] = keys.ids[record.centre]
    if record.key in keys.former:
        values = {column: value for column, value in values.items() if column not in _IDENTITY}
    return values


def _mark_namesakes(places: list[dict[str, Any]]) -> None:
    """Say beforehand what the trigger `mark_namesakes` would find out, who otherwise would write half of the
    settlements of Ukraine twice. Where it knows better (namesakes loaded before), it still puts it right."""
    names = [
        (place["country_id"], place["level"], place["name_uk"] or place.get("name_own") or place["name_en"])
        for place in places
    ]
    bearers = Counter(names)
    for place, name in zip(places, names, strict=True):
        place["has_namesakes"] = bearers[name] > 1


def _derive_oblasts() -> None:
    """Where a raion or a hromada moved, what lies in it follows: the trigger looks at a row's own parent."""
    with connection.cursor() as cursor:
        for level in (Level.RAION, Level.HROMADA, Level.SETTLEMENT, Level.CITY_DISTRICT):
            cursor.execute(
                """
                UPDATE places_place AS place SET parent_id = place.parent_id FROM places_place AS parent
                WHERE parent.id = place.parent_id AND place.level = %s AND place.country_id = 'UA'
                    AND place.oblast_id IS DISTINCT FROM parent.oblast_id
                """,
                [level.value],
            )
