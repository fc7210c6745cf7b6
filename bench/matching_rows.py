"""Rows for `matching.py`: of files, with their codes hidden, and made of all hromadas."""

import csv
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from partnerships.importing.reading import open_table, understand
from partnerships.importing.rows import PartyReading, RawRow
from partnerships.loading.foreign import GAZETTEER, SPELLINGS
from places.enums import Level
from places.models import Place
from places.spelling import clean_spelling, without_type

#: How the list of SKEW itself spells a place, in the remark of a gathered row.
_SKEW_NAME = re.compile(r"SKEW name ([^;]+)")
_LETTERS = {"uk": "абвгдежзийклмнопрстуфхцчшюяіїє", "en": "abcdefghijklmnopqrstuvwxyz"}


@dataclass(frozen=True, slots=True)
class Case:
    """A party as it was read without its code, and the code that the row gives."""

    line: str
    text: str
    party: PartyReading
    code: str
    title: str = ""
    #: How the row's source spells the same place, where a remark keeps it.
    source_spelling: str = ""


def rows_of(path: Path, code_column: str) -> Iterator[Case]:
    """The Ukrainian parties of a table, read without the column of codes."""
    table = open_table(path, path.name)
    for row in table.rows():
        code = row.cells.get(code_column, "").strip()
        hidden = {header: "" if header == code_column else cell for header, cell in row.cells.items()}
        reading = understand(RawRow(row.line, hidden, row.fault), table)
        spelled = _SKEW_NAME.search(row.cells.get("note", ""))
        for party in reading.ukrainian:
            yield Case(
                line=f"{path.name} line {row.line}",
                text=party.text,
                party=replace(party, code=""),
                code=code,
                title=reading.title,
                source_spelling=spelled[1].strip() if spelled else "",
            )


def bare_spelling(text: str) -> str:
    """«Tscherniwzi (Oblast)» without what stands in brackets."""
    return text.split("(")[0].strip()


def settled_spellings() -> Iterator[tuple[str, PartyReading, str]]:
    """Source, spelling and place of each foreign spelling that means one place."""
    with (GAZETTEER / SPELLINGS).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["source"] != "register_title"]
    meant: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        meant.setdefault((row["iso2"], row["text"]), set()).add(row["key"])
    for row in rows:
        if len(meant[row["iso2"], row["text"]]) == 1:
            text = clean_spelling(row["text"])
            yield row["source"], PartyReading(text, (without_type(text),), country=row["iso2"]), row["key"]


def every_hromada() -> Iterator[tuple[str, Case]]:
    """Each hromada of Ukraine under several names; none of these rows stands in a list that we have."""
    chance = random.Random(20261124)
    hromadas = Place.objects.filter(level=Level.HROMADA).current().select_related("centre", "oblast")
    for hromada in hromadas.exclude(katottg__startswith="UA01").order_by("katottg"):
        oblast = hromada.oblast.name_uk if hromada.oblast else ""
        centre_uk = hromada.centre.name_uk if hromada.centre else hromada.name_uk
        centre_en = hromada.centre.name_en if hromada.centre else hromada.name_en
        forms = {
            "adjective": hromada.name_uk,
            "centre": centre_uk,
            "centre in Latin letters": centre_en,
            "centre as Germans write it": german(centre_uk),
            "centre with a letter mistyped": mistyped(centre_uk, "uk", chance),
            "adjective with a letter mistyped": mistyped(hromada.name_uk, "uk", chance),
        }
        for form, text in forms.items():
            party = PartyReading(text, (text,), oblast=oblast)
            yield form, Case(hromada.katottg or "", text, party, hromada.katottg or "")
    yield from _villages()


def _villages() -> Iterator[tuple[str, Case]]:
    """Settlements that are no centre: each leads to its hromada."""
    villages = Place.objects.filter(level=Level.SETTLEMENT, parent__level=Level.HROMADA).current()
    for village in villages.select_related("parent", "oblast").order_by("katottg").iterator():
        hromada = village.parent
        if hromada is None or hromada.centre_id == village.pk or village.katottg[:4] == "UA01":
            continue
        oblast = village.oblast.name_uk if village.oblast else ""
        kind = {"city": "city", "village": "village"}.get(village.category, "settlement")
        for unit in ("", kind):
            party = PartyReading(village.name_uk, (village.name_uk,), oblast=oblast, unit=unit)
            form = f"settlement that is no centre{', its kind given' if unit else ''}"
            yield form, Case(village.katottg, village.name_uk, party, hromada.katottg)


_GERMAN = {
    "щ": "schtsch", "ш": "sch", "ч": "tsch", "ж": "sch", "х": "ch", "ц": "z", "з": "s", "в": "w", "є": "je",
    "ю": "ju", "я": "ja", "ї": "ji", "й": "j", "г": "h", "ґ": "g", "и": "y", "і": "i", "ь": "", "'": "", "’": "",
    "а": "a", "б": "b", "д": "d", "е": "e", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f",
}  # fmt: skip


def german(name: str) -> str:
    """«Чернівці» -> «Tscherniwzi»."""
    return "".join(_GERMAN.get(letter, letter) for letter in name.lower()).title()


def mistyped(name: str, language: str, chance: random.Random) -> str:
    """The name with one letter left out, doubled, swapped with the next or replaced."""
    at = chance.randrange(1, max(len(name) - 1, 2))
    return chance.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
            name[:at] + chance.choice(_LETTERS[language]) + name[at + 1 :],
        )
    )
