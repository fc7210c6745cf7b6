"""Who the parties of an agreement are by its title alone.

«Угода про співпрацю між Миколаївською міською радою, Львівської області (Україна) та Гміною Щебрешин»: in the
official register the title is often the only thing that the parties wrote themselves.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from partnerships.importing.reading.cleaning import plain
from partnerships.importing.reading.countries import UKRAINE, country_of, named_exactly
from partnerships.importing.reading.foreign_party import AboutForeign, read_foreign
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
_AND = re.compile(r"\s*,?\s+(?:та|і|й|and|und|з|із|mit|with)\s+|\s*;\s*", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_PURPOSE = re.compile(
    r"\s+(?:про|щодо|у справі|в справі|у сфері|у сферах|в галузі|в галузях|на період|з питань|в рамках"
    r"|у рамках|для|стосовно"
    r"|regarding|on the|über|zur)\s.*$",
    re.IGNORECASE | re.DOTALL,
)
_UKRAINIAN = re.compile(
    r"Україн|Ukrain|\b(?:міськ|селищн|сільськ|районн|обласн)\w{1,3}\s+(?:\w+\s+)?(?:рад|військов|державн)"
    r"|\b(?:О?ТГ|ОДА|ОВА|РДА)\b"
    r"|\bсмт\b|територіальн\w+\s+громад|\bгромад(?:ою|а|и)\b|\bрадою?\b|міськ\w+\s+голов",
    re.IGNORECASE,
)
_SURELY_UKRAINIAN = re.compile(r"\bУкраїн(?:а|и|і|у|ою)\b|Ukraine|\b(?:ОДА|ОВА|РДА)\b|\bсмт\b", re.IGNORECASE)
_UKRAINIAN_OBLAST = re.compile(
    r"\b(?:вінницьк|волинськ|дніпропетровськ|донецьк|житомирськ|закарпатськ|запорізьк|івано-франківськ"
    r"|київськ|кіровоградськ"
    r"|луганськ|львівськ|миколаївськ|одеськ|полтавськ|рівненськ|сумськ|тернопільськ|харківськ|херсонськ"
    r"|хмельницьк|черкаськ"
    r"|чернівецьк|чернігівськ)\w{1,3}\s+обл",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"\b(?:[гґ]мін|комун|повіт|муніципал|муніципі|воєв[оу]дств|волост|примарі|магістрат|жупані|мері[яїє]"
    r"|общин|самоврядуванн"
    r"|королівств|бургомістр|landkreis|gmin|comune|commune)\w*",
    re.IGNORECASE,
)
#: A part that only says where the party before it lies: never in the instrumental, in which parties stand.
_ONLY_WHERE = re.compile(
    r"^(?:[\w'’ʼ-]+(?:ськ|цьк|зьк)(?:ої|ого|а|ий)\s+(?:обл|район|р-н|повіт|воєв[оу]д|кра[йю]|провінц"
    r"|округ)\w*\.?.*"
    r"|(?:обл|повіту?|провінці[яї]|область|області|воєводства?|графства?|кантону?|регіону?|район"
    r"|району)\.?\s.*|м\.\s*\S+.*)$",
    re.IGNORECASE,
)
#: What after a comma begins another party: a body or a kind of place in the instrumental, abroad in any case.
_BEGINS_PARTY = re.compile(
    r"\b(?:рад(?:ою|а|ами)|адміністраці(?:єю|я)|громад(?:ою|а)|міст(?:ом|ами)|селищ(?:ем|ами)"
    r"|муніципалі?тет(?:ом)?|[гґ]міна|[гґ]міною"
    r"|комун(?:а|ою)|повітом|районом|округом|воєводством|магістратом|мерією|примарією|council"
    r"|municipality|gmina)\b",
    re.IGNORECASE,
)
#: Words that stand before several parties or hide where a name begins.
_BEFORE_ALL = re.compile(
    r"^(?:(?:міськими|селищними"
    r"|сільськими)\s+радами(?:\s+народних\s+депутатів)?(?:\s+та\s+їх\s+виконкомами)?\s+|міст(?:а|ами)?\s+"
    r"(?=м\.|[А-ЯІЇЄҐ]))",
    re.IGNORECASE,
)
_TWO_KINDS = re.compile(r"^(?:повіт|район|[гґ]мін)\w{0,3}\s+(?:і|та)\s+(?=міст)", re.IGNORECASE)
_LAST_KIND = re.compile(
    r"^[а-яіїєґ].*\b(?=(?:округ|муніципалі?тет|район|провінці|регіон)\w{0,3}\s+[А-ЯІЇЄҐ][^,]*$)"
    r"|^[А-ЯІЇЄҐ]\w+им\s.*\b(?=округом\s+[А-ЯІЇЄҐ])"
)
_NATION = (
    ("польськ", "PL"), ("німецьк", "DE"), ("румунськ", "RO"), ("молдовськ", "MD"), ("литовськ", "LT"),
    ("чеськ", "CZ"),
    ("словацьк", "SK"), ("угорськ", "HU"), ("французьк", "FR"), ("італійськ", "IT"), ("латвійськ", "LV"),
    ("естонськ", "EE"), ("болгарськ", "BG"), ("грузинськ", "GE"), ("турецьк", "TR"), ("австрійськ", "AT"),
)  # fmt: skip
_NATION_WORD = re.compile(
    rf"^(?P<nation>{'|'.join(stem for stem, _code in _NATION)})\w{{1,3}}\s+(?=\S)", re.IGNORECASE
)
_KIND_WORD = re.compile(
    r"(?:м\.|мм\.|с\.|смт|міст|міськ|муніципальн|сел|сільськ|район|рад|громад|територіальн|виконавч"
    r"|сектор|stadt|city|the)",
    re.IGNORECASE,
)
_STATE_WORD = re.compile("Республік|Королівств|Польщ|Румуні|Німеччин|Молдов")
FOREIGN = "foreign"
LONGEST, MOST_PARTIES = 1_000, 12


def parties_of_title(
    text: str, country: str = "", is_ours: Callable[[PartyReading], bool] | None = None
) -> tuple[tuple[PartyReading, ...], tuple[PartyReading, ...]]:
    """The Ukrainian and the foreign parties that a title names; none where it names nobody.

    :param country: the state that the row's other cells name, for foreign parties whose title says none.
    :param is_ours: whether a party is the Ukrainian one that the row's other cells name.
    """
    title = plain(text[:LONGEST])
    start = _BETWEEN.search(title) or _WITH.search(title) or _OF_TOWNS.search(title)
    if start is None:
        return (), ()
    parts = _parts(title[start.end() :].strip(" :"), is_cut(text))
    ours = [is_ours is not None and is_ours(_ukrainian(part)) for part in parts]
    sides = _sides(parts, ours, whole=not is_cut(text))
    ukrainian = [_ukrainian(part) for part, side in zip(parts, sides, strict=True) if side == UKRAINE]
    foreign = [_foreign(part, country) for part, side in zip(parts, sides, strict=True) if side == FOREIGN]
    return tuple(one for one in ukrainian if one.names), tuple(one for one in foreign if one.names)


def is_cut(title: str) -> bool:
    """Whether the end of a title seems to be missing: a bracket is open, or it stops at a round length."""
    text = title.rstrip()
    if text.endswith(("…", "...")) or text.count("(") > text.count(")"):
        return True
    return any(most - 3 <= len(text) <= most for most in (120, 255, 256)) and not text.endswith(
        (")", ".", "»")
    )


def _parts(text: str, cut: bool) -> list[str]:
    """One text a party, with where it lies. What a cut title broke off at its end is left out."""
    text = _BEFORE_ALL.sub("", _without_purpose(text))
    joined: list[str] = []
    for piece in split_outside(text, _AND):
        # «повітом і містом Ніско» is one party, and so is «спортивним, культурним і діловим округом Калі».
        if joined and (joined[-1].islower() or not _can_begin(piece)):
            joined[-1] = f"{joined[-1]} і {piece}"
        else:
            joined.append(piece)
    parts: list[str] = []
    for piece in joined:
        first, *others = split_outside(piece, _COMMA) or [""]
        parts.append(first)
        for other in others:
            if _BEGINS_PARTY.search(other) and not _ONLY_WHERE.match(other) and not other.islower():
                parts.append(other)
            else:
                parts[-1] = f"{parts[-1]}, {other}"
    parts = [part.strip(" ,.") for part in parts if part.strip(" ,.")][:MOST_PARTIES]
    return _without_end(parts) if cut and parts else parts


def _without_purpose(text: str) -> str:
    """Without what the agreement is about, which follows the parties («… у справі реалізації проєктів»)."""
    both = _AND.search(text)
    found = _PURPOSE.search(text, both.end()) if both else None
    return text[: found.start()] if found else text


def _without_end(parts: list[str]) -> list[str]:
    """Of a cut title the last word may be half a word, and what it belongs to half a name."""
    *whole, last = parts
    if "(" in last:
        complete = last[: last.rindex("(")] if last.count("(") > last.count(")") else last
        return [*whole, complete.strip(" ,")]
    shorter = last.rpartition(" ")[0].strip(" ,")
    return [*whole, shorter] if _BEGINS_PARTY.search(shorter) and _UKRAINIAN.search(shorter) else whole


def _can_begin(part: str) -> bool:
    """Whether a party can begin so: with a capital letter or a word for a kind of party."""
    return bool(part) and (
        part[0].isupper()
        or _FOREIGN.match(part) is not None
        or _NATION_WORD.match(part) is not None
        or _KIND_WORD.match(part) is not None
    )


def _sides(parts: list[str], ours: list[bool], *, whole: bool) -> list[str]:
    """Whose side each part is on; empty where nothing says so.

    :param ours: which parts have the name of the Ukrainian party in the row's other cells.
    :param whole: the parts are all of the title's, so that of two one tells the other's side.
    """
    sides = [_side(part) or (UKRAINE if own else "") for part, own in zip(parts, ours, strict=True)]
    sure = [_is_surely_ukrainian(part) for part in parts]
    if len(parts) == 2 and whole:
        if sides == [UKRAINE, UKRAINE] and sum(sure) == 1:
            # «міська рада» stands on both sides of a border.
            return [UKRAINE if one else FOREIGN for one in sure]
        known = {side for side in sides if side}
        if len(known) == 1:
            other = FOREIGN if known == {UKRAINE} else UKRAINE
            return [side or other for side in sides]
    for place in range(1, len(parts) - 1):
        if not sides[place] and sides[place - 1] == sides[place + 1]:
            sides[place] = sides[place - 1]
    return sides


def _side(part: str) -> str:
    states = [code for text in re.findall(r"\(([^()]*)\)?", part) for code in _states(text)]
    states += [code for text in part.split(",")[1:] for code in _states(text)]
    if UKRAINE in states or _is_surely_ukrainian(part):
        return UKRAINE
    if states or _FOREIGN.search(part) or _NATION_WORD.match(part) or _STATE_WORD.search(part):
        return FOREIGN
    return UKRAINE if _UKRAINIAN.search(part) else ""


def _is_surely_ukrainian(part: str) -> bool:
    return bool(_SURELY_UKRAINIAN.search(part) or _UKRAINIAN_OBLAST.search(part))


def _states(text: str) -> list[str]:
    codes = (
        named_exactly(piece) or country_of(piece)[0] for piece in re.split(r"[,;]", text) if piece.strip()
    )
    return [code for code in codes if code]


def _ukrainian(part: str) -> PartyReading:
    text = _TWO_KINDS.sub("", _BEFORE_ALL.sub("", part)).strip(" -–,")
    return read_ukrainian(taken_apart(text), AboutUkrainian(declined=True))


def _foreign(part: str, country: str) -> PartyReading:
    nation = _NATION_WORD.match(part)
    known = dict(_NATION).get(nation["nation"].lower(), "") if nation else ""
    text = part[nation.end() :] if nation else part
    text = _LAST_KIND.sub("", _TWO_KINDS.sub("", _BEFORE_ALL.sub("", text)))
    party = read_foreign(taken_apart(text), AboutForeign(known or country, declined=True))
    return replace(party, text=part[:500])
