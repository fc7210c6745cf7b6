"""Who the parties of an agreement are by its title alone.

«Угода про співпрацю між Миколаївською міською радою, Львівської області (Україна) та Гміною Щебрешин»: in the
official register the title is often the only thing that the parties wrote themselves.
"""

import re
from dataclasses import replace

from partnerships.importing.reading.cleaning import plain
from partnerships.importing.reading.countries import UKRAINE, country_of, named_exactly
from partnerships.importing.reading.foreign_party import AboutForeign, read_foreign
from partnerships.importing.reading.institutions import institution_in
from partnerships.importing.reading.pieces import split_outside, taken_apart
from partnerships.importing.reading.ukrainian_party import AboutUkrainian, read_ukrainian
from partnerships.importing.rows import PartyReading

_BETWEEN = re.compile(r"\b(?:по)?між\b:?|\bbetween\b|\bzwischen\b", re.IGNORECASE)
#: Titles without «між»: «… співробітництво міст Батумі та Миколаєва», «… міста Любачев з містом Яворів».
_OF_TOWNS = re.compile(
    r"\b(?:співробітництв\w|співпрац\w|партнерств\w|дружб\w|побратимств\w)\s+(?=міст(?:а|)\s)", re.IGNORECASE
)
_WITH = re.compile(
    r"\b(?:співробітництв\w|співпрац\w|партнерств\w|дружб\w|побратимств\w)\s+(?:з|із|зі)\s+", re.IGNORECASE
)
_TWO_OR_MORE = re.compile(r"\s+(?:та|і|й|and|und|з|із|mit|with)\s+|\s*;\s*|\s*,\s*(?:та\s+)?", re.IGNORECASE)
_PURPOSE = re.compile(
    r"\s+(?:про|щодо|у справі|в справі|у сфері|у сферах|в галузі|в галузях|на період|з питань|в рамках|у рамках|для|стосовно"
    r"|regarding|on the|über|zur)\s.*$",
    re.IGNORECASE | re.DOTALL,
)
_UKRAINIAN = re.compile(
    r"Україн|Ukrain|\b(?:міськ|селищн|сільськ|районн|обласн)\w{1,3}\s+(?:\w+\s+)?(?:рад|військов|державн)|\b(?:О?ТГ|ОДА|ОВА|РДА)\b"
    r"|\bсмт\b|територіальн\w+\s+громад|\bгромад(?:ою|а|и)\b|\bрадою?\b|міськ\w+\s+голов",
    re.IGNORECASE,
)
_SURELY_UKRAINIAN = re.compile(r"Україн|Ukrain|\b(?:ОДА|ОВА|РДА)\b|\bсмт\b", re.IGNORECASE)
_UKRAINIAN_OBLAST = re.compile(
    r"\b(?:вінницьк|волинськ|дніпропетровськ|донецьк|житомирськ|закарпатськ|запорізьк|івано-франківськ|київськ|кіровоградськ"
    r"|луганськ|львівськ|миколаївськ|одеськ|полтавськ|рівненськ|сумськ|тернопільськ|харківськ|херсонськ|хмельницьк|черкаськ"
    r"|чернівецьк|чернігівськ)\w{1,3}\s+обл",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"\b(?:[гґ]мін|комун|повіт|муніципал|муніципі|воєв[оу]дств|волост|примарі|магістрат|жупані|мері[яїє]|общин|самоврядуванн"
    r"|королівств|бургомістр|landkreis|gmin|comune|commune)\w*",
    re.IGNORECASE,
)
#: A part that only says where the party before it lies.
_ONLY_WHERE = re.compile(
    r"^(?:[\w'’ʼ-]+(?:ськ|цьк|зьк)\w{1,3}\s+(?:обл|район|р-н|повіт|воєв[оу]д|кра[йюя]|провінц|область)\w*\.?(?:\s+Україн\w)?|обл\w*\.?\s.*"
    r"|(?:повіт|провінці|область|воєводств|земл|графств|кантон|регіон)\w{0,2}\s.*)(?:\s+Україн\w|\s*\([^)]*\))?$",
    re.IGNORECASE,
)
_NATION = (
    ("польськ", "PL"), ("німецьк", "DE"), ("румунськ", "RO"), ("молдовськ", "MD"), ("литовськ", "LT"), ("чеськ", "CZ"),
    ("словацьк", "SK"), ("угорськ", "HU"), ("французьк", "FR"), ("італійськ", "IT"), ("латвійськ", "LV"),
    ("естонськ", "EE"), ("болгарськ", "BG"), ("грузинськ", "GE"), ("турецьк", "TR"), ("австрійськ", "AT"),
)  # fmt: skip
_NATION_WORD = re.compile(
    rf"^(?P<nation>{'|'.join(stem for stem, _code in _NATION)})\w{{1,3}}\s+(?=\S)", re.IGNORECASE
)
LONGEST = 1_000


def parties_of_title(
    text: str, country: str = ""
) -> tuple[tuple[PartyReading, ...], tuple[PartyReading, ...]]:
    """The Ukrainian and the foreign parties that a title names; none where it names nobody.

    :param country: the state that the row's other cells name, for foreign parties whose title says none.
    """
    title = plain(text[:LONGEST])
    start = _BETWEEN.search(title) or _WITH.search(title) or _OF_TOWNS.search(title)
    if start is None:
        return (), ()
    parts = _parts(title[start.end() :].strip(" :"))
    sides = _sides(parts)
    ukrainian = [_ukrainian(part) for part, side in zip(parts, sides, strict=True) if side == UKRAINE]
    foreign = [_foreign(part, country) for part, side in zip(parts, sides, strict=True) if side == "foreign"]
    return tuple(one for one in ukrainian if one.names), tuple(one for one in foreign if one.names)


def is_cut(title: str) -> bool:
    """Whether the end of a title seems to be missing: a bracket is open, or it stops at a round length."""
    text = title.rstrip()
    if text.endswith(("…", "...")) or text.count("(") > text.count(")"):
        return True
    return any(most - 3 <= len(text) <= most for most in (120, 255, 256)) and not text.endswith(
        (")", ".", "»")
    )


def _parts(text: str) -> list[str]:
    """One text a party, with where it lies."""
    parts: list[str] = []
    for part in split_outside(text, _TWO_OR_MORE):
        part = part.strip(" ,.")
        if parts and (_is_place_of(part) or not _can_begin(part)):
            parts[-1] = f"{parts[-1]}, {part}"
        elif part:
            parts.append(part)
    return [_PURPOSE.sub("", part) for part in parts][:8]


def _is_place_of(part: str) -> bool:
    """Whether the part only says where the party before it lies: an oblast, a county, a state."""
    return _ONLY_WHERE.match(part) is not None or bool(country_of(part)[0]) or not re.search(r"\w{3}", part)


def _can_begin(part: str) -> bool:
    """Whether a party can begin so: with a capital letter or a word for a kind of party."""
    words = part.split()
    return bool(words) and (
        words[0][:1].isupper()
        or _FOREIGN.match(part) is not None
        or _NATION_WORD.match(part) is not None
        or re.match(
            r"(?:м\.|мм\.|с\.|смт|міст|сел|район|рад|громад|територіальн|виконавч|department|stadt|city|the)",
            part,
            re.IGNORECASE,
        )
        is not None
    )


def _sides(parts: list[str]) -> list[str]:
    """Whose side each part is on; empty where nothing says so."""
    sides = [_side(part) for part in parts]
    known = {side for side in sides if side}
    if len(parts) == 2 and len(known) == 1:
        other = "foreign" if known == {UKRAINE} else UKRAINE
        sides = [side or other for side in sides]
    elif UKRAINE in known:
        # Of several, those of whom the title says nothing stand beside the one before them.
        for place, side in enumerate(sides):
            sides[place] = side or (sides[place - 1] if place else "")
    return sides


def _side(part: str) -> str:
    states = [code for text in re.findall(r"\(([^()]*)\)?", part) for code in _states(text)]
    states += [code for text in part.split(",")[1:] for code in _states(text)]
    if UKRAINE in states or _SURELY_UKRAINIAN.search(part) or _UKRAINIAN_OBLAST.search(part):
        return UKRAINE
    if (
        states
        or _FOREIGN.search(part)
        or _NATION_WORD.match(part)
        or re.search(r"Республік|Королівств", part)
    ):
        return "foreign"
    return UKRAINE if _UKRAINIAN.search(part) else ""


def _states(text: str) -> list[str]:
    codes = (
        named_exactly(piece) or country_of(piece)[0] for piece in re.split(r"[,;]", text) if piece.strip()
    )
    return [code for code in codes if code]


def _ukrainian(part: str) -> PartyReading:
    text = re.sub(r"\s+Україн\w\s*$", "", part)
    if re.match(r"^мм?\.", text) and not institution_in(text).unit:
        text = text.partition(".")[2]
    return read_ukrainian(taken_apart(text), AboutUkrainian(declined=True))


def _foreign(part: str, country: str) -> PartyReading:
    nation = _NATION_WORD.match(part)
    known = dict(_NATION).get(nation["nation"].lower(), "") if nation else ""
    text = part[nation.end() :] if nation else part
    party = read_foreign(taken_apart(text), AboutForeign(known or country, declined=True))
    return replace(party, text=part[:500])
