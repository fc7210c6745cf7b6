"""Pairs that the ministry's map and other lists give: are they found to be one partnership?"""

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from matching_rows import settled_spellings
from rapidfuzz import fuzz

from partnerships.importing.matching import Matcher
from partnerships.importing.matching.sounds import foreign_sound
from partnerships.importing.reading import open_table, understand
from partnerships.importing.rows import RawRow, Reading
from partnerships.models import Partnership
from places.spelling import clean_spelling, without_type

MAP = "ministry_map.csv"
#: File -> its column of codes, and the one of the foreign place.
LISTS = {
    MAP: ("katottg", "partner_name"),
    "partnerships.csv": ("katottg_hromada", "partner_place"),
    "register_agreements.csv": ("katottg", "foreign_place"),
}
#: Rows of the gathered list that were taken from the map itself say nothing new.
OF_THE_MAP = "Ministry partnership map"
SAMPLE = 50
#: Of the sample so many are pairs that were *not* joined though their names are alike.
NOT_JOINED = 12
ALIKE = 60
COLUMNS = ("map_row", "other_row", "other_source", "ua_katottg", "foreign_places", "found", "judged", "why")


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list: the pair that its own code and the settled spelling say, and the pair that is found."""

    source: str
    text: str
    known: tuple[str, str] | None
    found: tuple[str, str] | None
    country: str = ""
    partner: str = ""

    @property
    def pair(self) -> tuple[str, str] | None:
        return self.known or self.found


def read_list(path: Path, matcher: Matcher, settled: dict[tuple[str, str], str]) -> Iterator[Listed]:
    """Each row that has one party on each side, read and matched without its code."""
    code_column, place_column = LISTS[path.name]
    table = open_table(path, path.name)
    for row in table.rows():
        hidden = {header: "" if header == code_column else cell for header, cell in row.cells.items()}
        reading = understand(RawRow(row.line, hidden, row.fault), table)
        if len(reading.ukrainian) != 1 or len(reading.foreign) != 1:
            continue
        match = matcher.match(without_codes(reading))
        ua, foreign = match.ukrainian[0], match.foreign[0]
        code, country = row.cells.get(code_column, ""), foreign.party.country
        slug = settled.get((country, clean_spelling(row.cells.get(place_column, ""))))
        where = ua.party.oblast
        yield Listed(
            source=row.cells.get("source_title") or path.name,
            text=f"{ua.party.text} ({where}) – {foreign.party.text} ({country})",
            known=(code, slug) if code and slug else None,
            found=(ua.candidates[0].code, foreign.candidates[0].code) if match.is_certain else None,
            country=country,
            partner=foreign.party.text,
        )


def without_codes(reading: Reading) -> Reading:
    return replace(reading, ukrainian=tuple(replace(party, code="") for party in reading.ukrainian))


def report_shared(data: Path, matcher: Matcher, sample: Path | None) -> None:
    settled = {(party.country, party.text): slug for _source, party, slug in settled_spellings()}
    lists = {name: list(read_list(data / name, matcher, settled)) for name in LISTS}
    others = [
        row for name, rows in lists.items() if name != MAP for row in rows if OF_THE_MAP not in row.source
    ]
    by_pair: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for row in others:
        if row.known:
            by_pair[row.known].append(row)
    shared = [(row, other) for row in lists[MAP] if row.known for other in by_pair.get(row.known, [])]
    pairs = {row.known for row, _other in shared}
    joined = {row.known for row, other in shared if row.found == other.found == row.known}
    apart = {row.known for row, other in shared if row.found and other.found and row.found != other.found}
    print(f"Pairs that the map and another list give (by code and settled spelling): {len(pairs)}")
    print(f"  found to be one partnership, codes hidden: {len(joined)}")
    print(f"  found to be two: {len(apart)}")
    for pair in sorted(apart):
        print(f"    ! {pair}")
    print(f"  one of the rows doubtful: {len(pairs - joined - apart)}")
    print_loaded()
    alike = [two for _likeness, two in sorted(not_joined(lists[MAP], others), key=lambda one: -one[0])]
    print(
        f"Pairs of one hromada with partners of one country that sound alike and are not joined: {len(alike)}"
    )
    if sample:
        write_sample(sample, shared, alike)


def print_loaded() -> None:
    """How many records of the database the map and another source state."""
    sources: dict[int, set[str]] = defaultdict(set)
    rows = Partnership.objects.values_list("pk", "statements__source__slug").distinct()
    for pk, slug in rows:
        if slug:
            sources[pk].add(slug)
    both = sum("ministry-map" in slugs and len(slugs) > 1 for slugs in sources.values())
    print(f"Records of the database that the map and another source state: {both} of {len(sources)}")


def not_joined(map_rows: list[Listed], others: list[Listed]) -> Iterator[tuple[float, tuple[Listed, Listed]]]:
    """Rows of one hromada whose partners lie in one country and sound alike, but count as two places."""
    by_hromada: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for row in others:
        if row.pair:
            by_hromada[row.pair[0], row.country].append(row)
    for row in map_rows:
        if not row.pair:
            continue
        for other in by_hromada[row.pair[0], row.country]:
            sounds = [foreign_sound(without_type(one.partner), one.country) for one in (row, other)]
            likeness = fuzz.ratio(*sounds)
            if row.pair != other.pair and likeness >= ALIKE:
                yield likeness, (row, other)


def write_sample(path: Path, shared: list[tuple[Listed, Listed]], alike: list[tuple[Listed, Listed]]) -> None:
    """Pairs for a person to judge; the columns `judged` and `why` are theirs."""
    chance = random.Random(4)
    once = {row.known: (row, other) for row, other in shared}
    apart = alike[:NOT_JOINED]
    same = chance.sample(sorted(once.values(), key=lambda two: str(two[0].known)), SAMPLE - len(apart))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row, other in same + apart:
            places = " ".join(dict.fromkeys(one.pair[1] for one in (row, other) if one.pair))
            certain = row.found == other.found and row.found is not None
            found = "one" if certain else "two" if row.pair != other.pair else "doubtful"
            hromada = row.pair[0] if row.pair else ""
            writer.writerow([row.text, other.text, other.source, hromada, places, found, "", ""])
