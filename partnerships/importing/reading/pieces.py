"""Taking the text of a party's cell apart: parties in it, brackets, what follows commas, addresses."""

import re
from dataclasses import dataclass

from partnerships.importing.reading.cleaning import plain_lines

_OPEN, _CLOSE = "([{", ")]}"
_NUMBERED = re.compile(r"(?:^|(?<=[\s;,]))(?:\d{1,2}[.)]|[•●▪*–—-])\s+(?=[^\W\d_])")
_NUMBERS_AT_HEAD = re.compile(r"^\s*1[.)]\s*\D")
_BULLET = re.compile(r"^\s*(?:\d{1,2}[.)]|[•●▪*–—-])\s*")
_CONJUNCTION = re.compile(r"\s+(?:та|і|й|and|und|&|\+|oraz|a zároveň)\s+", re.IGNORECASE)
_TYPE_BEGINS = re.compile(
    r"^(?:м\.|с\.|смт|к\.|міст|сел|комун|[гґ]мін|муніцип|громад|повіт|район|район|волост|общин|мерія|примарія"
    r"|регіон|провінц|city|town|gmina|stadt|gemeinde|landkreis|municipality|commune|ville|obec|rada"
    r"|рад[аою])",
    re.IGNORECASE,
)
#: A line that can't stand alone: it only begins a name, or belongs to what went before.
_ONLY_BEGINS = re.compile(
    r"^(?:.*[,(–-]|(?:.*\s)?(?:муніципалітет|муніципій|комуна|гміна|ґміна|місто|м\.|міста|регіон"
    r"|республіка|королівство"
    r"|федеративна|та|і|й|and|und|of|de|da|di|the|нова|новий|нове|стара|старий|старе|велика|великий"
    r"|велике|мала|біла"
    r"|кривий|верхня|нижня|new|san|santa|saint|bad|nowy|nowa|stary|stara))$",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"^(?:[^\w]|[a-zа-яіїєґ]|(?i:адреса|індекс|тел|вул|e-?mail|республіка|україна)\b)")
_ADDRESS = re.compile(
    r"\d{4,}|\b(?:вул|просп|пр-т|пр|бульв|бул|буд|пл|пров|тел|каб)\.|\b(?:вулиц|площ|проспект|будинок"
    r"|телефон|індекс"
    r"|адреса|адрес|street|straße|strasse|strada|ulica|avenue|e-?mail|phone|tel)\w*|@|\bul\.|\bstr\."
    r"|https?:|www\."
    r"|^\s*\d+[\s\-/]?\w?$",
    re.IGNORECASE,
)
_PLURAL_TYPE = re.compile(
    r"^(?:[гґ]міни|міста|комуни|громади|муніципалітети|громад|міст|повіти|cities|towns|municipalities"
    r"|gminy|miasta|städte"
    r"|gemeinden|kommunen|communes|communities|села)\s+",
    re.IGNORECASE,
)
#: «Кам'янська та Званівська сільські ради»: the last words belong to each.
_OF_EACH = re.compile(
    r"\s((?:(?:міськ|селищн|сільськ|районн|обласн|територіальн)і\s+)+(?:ради|громади)|громади|ТГ"
    r"|communities|councils|hromadas)$",
    re.IGNORECASE,
)
#: What only a party's name holds, never a part of an address or a region.
_BODY = re.compile(
    r"\b(?:рад[аиою]+|громад[аиою]+|О?М?С?ТГ|council|hromada|community|stadtrat)\b", re.IGNORECASE
)
_REGION = re.compile(r"^(?:повіт|район|регіон|провінц|landkreis|область|воєвод|край)", re.IGNORECASE)
_JOINT = re.compile(
    r"(?:vier|drei|fünf)eckpartnerschaft|tripartite|тристорон|чотиристорон|quadripartite", re.IGNORECASE
)
#: Names that hold a conjunction; everywhere else it stands between two parties.
_ONE_NAME = re.compile(
    r"\b(?:brighton (?:and|&) hove|tyne and wear|telford (?:and|&) wrekin|barking and dagenham"
    r"|perth and kinross"
    r"|hammersmith and fulham|kensington and chelsea|bath and north east somerset|dumfries and galloway"
    r"|argyll and bute"
    r"|redcar and cleveland|windsor and maidenhead|hinckley and bosworth|tonbridge and malling"
    r"|reigate and banstead"
    r"|epsom and ewell|oadby and wigston|basingstoke and deane|nuneaton and bedworth|newark and sherwood"
    r"|blackburn"
    r" with darwen|cheshire west and chester|richmond and craven|castile and le[oó]n|bosnia and herzegovina"
    r"|trinidad and tobago|antigua and barbuda|newfoundland and labrador|[гґ]міна і місто|місто і [гґ]міна"
    r"|[гґ]міною і містом|містом і [гґ]міною|повіт(?:ом)? і міст\w+|районом? і міст\w+|брайтон (?:і|та"
    r"|енд) \w+"
    r"|боснія (?:і|та) герцеговина)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one party: before the first bracket or comma, in brackets, and after commas."""

    text: str
    head: str
    brackets: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    #: The cell says that it is one of several parties of a kind («Гміни Россош, Яблонь»).
    listed_as: str = ""


def parties_in(cell: str) -> list[Piece]:
    """The parties that a cell names, each taken apart; lines of an address are no parties."""
    texts = [text for line in _of_lines(plain_lines(cell)) for text in _of_line(line)]
    return [piece for text in texts for piece in _of_list(text)]


def taken_apart(text: str, listed_as: str = "") -> Piece:
    outside, brackets = _without_brackets(text)
    segments = [part.strip(" .") if len(part.strip()) > 3 else part.strip() for part in outside.split(",")]
    head, *tails = [part for part in segments if part] or [""]
    return Piece(text, head.strip(" –-"), tuple(brackets), tuple(tails), listed_as)


def is_address(text: str) -> bool:
    """Whether the text is (part of) a postal address or another way to reach somebody."""
    return _ADDRESS.search(text) is not None


def split_outside(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Split where the pattern fits outside of brackets."""
    level, depth = 0, []
    for sign in text:
        level += sign in _OPEN
        depth.append(level)
        level = max(0, level - (sign in _CLOSE))
    parts, start = [], 0
    for found in pattern.finditer(text):
        if depth[found.start()] == 0 and found.start() >= start:
            parts.append(text[start : found.start()])
            start = found.end()
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def _without_brackets(text: str) -> tuple[str, list[str]]:
    """The text outside of brackets, and what stands in each; a bracket left open holds the rest."""
    outside, inside, level = [], [""], 0
    for sign in text:
        if sign in _OPEN:
            level += 1
            if level == 1:
                continue
        elif sign in _CLOSE:
            level -= 1
            if level == 0:
                inside.append("")
                outside.append(" ")
            level = max(level, 0)
            if level == 0:
                continue
        if level:
            inside[-1] += sign
        else:
            outside.append(sign)
    return " ".join("".join(outside).split()), [part.strip() for part in inside if part.strip()]


def _of_lines(lines: list[str]) -> list[str]:
    """Lines are parties only where each can stand alone; else they are one text that was wrapped."""
    if len(lines) < 2:
        return lines
    if sum(bool(_BULLET.match(line)) and not is_address(line) for line in lines) >= 2:
        return lines
    alone = all(not _ONLY_BEGINS.match(line) for line in lines[:-1]) and all(
        not _CONTINUES.match(line) or (_TYPE_BEGINS.match(line) and not line.islower()) for line in lines[1:]
    )
    open_bracket = any(line.count("(") != line.count(")") for line in lines)
    if alone and not open_bracket and not any(is_address(line) for line in lines):
        return lines
    return [" ".join(lines)]


def _of_line(line: str) -> list[str]:
    texts = split_outside(line, re.compile(";"))
    if _NUMBERS_AT_HEAD.match(line):
        texts = [part for text in texts for part in split_outside(text, _NUMBERED)]
    return [
        text
        for part in texts
        if (text := _BULLET.sub("", part).strip(" ,." if "." not in part[-4:] else " ,"))
    ]


def _of_list(text: str) -> list[Piece]:
    """«A та B», «A, B and C», »Metzingen, Bad Urach, Dettingen (Viereckpartnerschaft)«; else one party."""
    plural = _PLURAL_TYPE.match(text)
    listed_as = plural.group().strip() if plural else ""
    body = text[plural.end() :] if plural else text
    parts = _at_conjunctions(body)
    of_each = _OF_EACH.search(parts[-1]) if len(parts) > 1 else None
    listed_as = listed_as or (of_each[1] if of_each else "")
    commas = [segment for part in parts for segment in split_outside(part, re.compile(r",(?!\d)"))]
    if len(commas) > 1 and all(_is_name(part) for part in commas):
        typed = all(_TYPE_BEGINS.match(part) and not _REGION.match(part) for part in commas)
        bodies = all(_BODY.search(part) for part in commas)
        if listed_as or _JOINT.search(text) or typed or bodies or len(parts) > 1 or len(commas) > 3:
            return [taken_apart(part, listed_as) for part in commas]
    return [taken_apart(part, listed_as) for part in parts] if len(parts) > 1 else [taken_apart(text)]


def _at_conjunctions(text: str) -> list[str]:
    if _ONE_NAME.search(text):
        return [text]
    parts = split_outside(text, _CONJUNCTION)
    if len(parts) > 1 and all(_is_name(part) for part in parts):
        return parts
    return [text]


def _is_name(text: str) -> bool:
    """Whether the text can be the name of a party: it begins with a capital letter or a word for a place."""
    return bool(text) and (text[0].isupper() or _TYPE_BEGINS.match(text) is not None) and not is_address(text)
