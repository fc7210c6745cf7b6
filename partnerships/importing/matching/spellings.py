"""What a party's cell says about the kind of unit, and the bare names in it."""

import re

from partnerships.importing.rows import PartyReading
from places.enums import Category, Level
from places.spelling import match_key

#: Kinds of unit that are no hromada: matched by themselves.
LARGER = {"raion": Level.RAION, "oblast": Level.OBLAST, "city_district": Level.CITY_DISTRICT}
#: Category of the hromada that a word for its council or its centre speaks of.
CATEGORIES = {"city": Category.CITY, "settlement": Category.SETTLEMENT, "village": Category.VILLAGE}
#: Categories of settlements that such a word may mean: a «селище» was urban-type or not.
SETTLEMENTS = {
    "city": {"city"},
    "settlement": {"settlement", "rural"},
    "village": {"village"},
}

_BEFORE = re.compile(
    r"^(?P<word>(?:м|с|смт|с-ще)\.\s*|(?:місто|міста|місті|смт|с-ще|селище міського типу|селище|село|city of|"
    r"town of|village of)\s+)(?=\S)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s+(?:(?P<word>міськ|селищн|сільськ|urban|city|settlement|rural|village)(?:а|ої|ою|ій|у)?\b\s*)?"
    r"(?:(?:об['’ʼ]єднан|територіальн)\w*\s+)*(?P<noun>громад[аиіою]*|рад[аиіою]*|отг|тг|мтг|стг|"
    r"(?:amalgamated |united )?(?:territorial )?(?:hromada|community|council)|a?tc)?\s*$",
    re.IGNORECASE,
)
_WORDS = {
    "м.": "city", "міст": "city", "city": "city", "town": "city", "міськ": "city", "urban": "city",
    "смт": "settlement", "с-ще": "settlement", "сели": "settlement", "settl": "settlement",
    "село": "village", "с.": "village", "village": "village", "сіль": "village", "rural": "village",
}  # fmt: skip
#: How a source marks that it means the oblast or the raion, not the city of the same name.
_OBLAST_MARK = re.compile(r"\((?:oblast|область|обл\.?)\)", re.IGNORECASE)
_RAION_MARK = re.compile(r"\((?:rajon|raion|район)\)|,\s*rajon\b", re.IGNORECASE)


def bare_name(text: str) -> str:
    """The name without «м.», «міська рада», «територіальна громада», “urban hromada” …"""
    name = _BEFORE.sub("", text.strip())
    behind = _BEHIND.search(name)
    if behind and (behind["word"] or behind["noun"]) and behind.start():
        name = name[: behind.start()]
    return name.strip(" ,.;")


def name_keys(party: PartyReading) -> list[str]:
    """Keys of the party's names, the likeliest first."""
    named = party.names or ((party.text,) if party.text else ())
    return [key for key in dict.fromkeys(match_key(bare_name(name)) for name in named) if key]


def compact(key: str) -> str:
    """A key without spaces and apostrophes: «русько полянська» and «руськополянська» are one."""
    return key.replace(" ", "").replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")


def unit_of(party: PartyReading) -> str:
    """The kind of unit that the party says it is, or its name does; empty where nothing says so."""
    if _OBLAST_MARK.search(party.text):
        return "oblast"
    if _RAION_MARK.search(party.text):
        return "raion"
    if party.unit and party.unit != "hromada":
        return party.unit
    for text in (*party.names, party.text):
        if kind := _kind_in(text):
            return kind
    return party.unit


def _kind_in(text: str) -> str:
    before, behind = _BEFORE.search(text.strip()), _BEHIND.search(text.strip())
    for found in (before, behind):
        word = ((found["word"] if found else "") or "").lower()
        if word and not (found is behind and behind and not behind["noun"]):
            return next((kind for start, kind in _WORDS.items() if word.startswith(start)), "")
    return "hromada" if behind and behind["noun"] and "рад" not in behind["noun"].lower() else ""
