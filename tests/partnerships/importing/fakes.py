"""Stand-ins for the importer's steps, and small files as people bring them."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management import call_command

from partnerships.importing.rows import Candidate, Match, PartyMatch, PartyReading, Reading

HEADER = ("Громада", "Область", "Партнер", "Країна", "Дата підписання", "Вид")
ODYNTSEVE = ("Одинцівська міська громада", "Львівська", "Musterstadt", "DE", "01.03.2023", "партнерство")
SZCZEBRZESZYN = ("Одинцівська міська громада", "Львівська", "Szczebrzeszyn", "PL", "2019", "")
DOUBTFUL = ("Миколаївська громада", "", "Musterstadt", "DE", "", "")
IMPOSSIBLE = ("Одинцівська міська громада", "Львівська", "Musterstadt", "DE", "31.02.2023", "")


@dataclass
class KnownNames:
    """A matcher that is certain of the names it was told, and of no others."""

    places: dict[str, int] = field(default_factory=dict)

    def match(self, reading: Reading) -> Match:
        return Match(tuple(map(self._one, reading.ukrainian)), tuple(map(self._one, reading.foreign)))

    def _one(self, party: PartyReading) -> PartyMatch:
        place = self.places.get(party.text)
        if place is None:
            doubtful = (Candidate(1, "UA1", 50, ("It sounds alike.",)), Candidate(2, "UA2", 40))
            return PartyMatch(party, doubtful, False, f"Nobody knows {party.text}.")
        code = f"xx/{place}"
        return PartyMatch(party, (Candidate(place, code, 100),), True)


class AnyName:
    """A matcher that is certain of every name, as a place of its own."""

    def match(self, reading: Reading) -> Match:
        return Match(tuple(map(self._one, reading.ukrainian)), tuple(map(self._one, reading.foreign)))

    def _one(self, party: PartyReading) -> PartyMatch:
        place = sum(ord(letter) * 31**n for n, letter in enumerate(party.text + party.country)) % 10**9
        return PartyMatch(party, (Candidate(place, f"xx/{place}", 100),), True)


def reading(ua: str = "Одинцеве", foreign: str = "Musterstadt", **facts: Any) -> Reading:
    """What a row says of parties named so; several on a side stand apart by semicolons."""
    sides = [tuple(PartyReading(name, (name,)) for name in side.split(";") if name) for side in (ua, foreign)]
    return Reading(sides[0], sides[1], **facts)


def write_csv(path: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Path:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([header, *rows])
    path.write_text(buffer.getvalue(), encoding="utf-8")
    return path


def run(*arguments: Any, **options: Any) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("import_register", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def accept(path: Path, title: str = "A list", grade: str = "C") -> str:
    return run(path, "--source-title", title, "--grade", grade, "--accept")


def report_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
