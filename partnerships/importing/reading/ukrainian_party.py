"""Who the Ukrainian party of a row is, as far as its cells say so."""

import re
from dataclasses import dataclass, replace

from partnerships.importing.reading.cases import feminine, masculine, nominatives
from partnerships.importing.reading.countries import country_of
from partnerships.importing.reading.institutions import (
    CITY,
    CITY_DISTRICT,
    OBLAST,
    RAION,
    SETTLEMENT,
    VILLAGE,
    Institution,
    institution_in,
    is_initials,
)
from partnerships.importing.reading.pieces import Piece, is_address
from partnerships.importing.rows import PartyReading

CODE = re.compile(r"UA\d{17}")
_TO_LATIN = str.maketrans("АВСЕНІКМОРТХУ", "ABCEHIKMOPTXY")
#: «Львівська область», «Волинської обл.», “Lviv Oblast”, »Gebiet Lwiw«, «АР Крим», «Львівщина».
_OBLAST = re.compile(
    r"(?P<uk>[\w'’ʼ-]+(?:[сцз]ьк)(?:а|ої|ій|у|ою))\s+обл(?:аст\w{1,2}|\.)?(?!\w)"
    r"|(?P<crimea>(?:Автономн\w{1,3}\s+Республік\w{1,2}|АР)\s+Крим\w*|Autonomous Republic of Crimea"
    r"|AR Crimea)"
    r"|(?P<en>[A-Z][\w'’-]+)\s+(?:[Oo]blast|[Rr]egion)\b|\b(?:[Oo]blast|[Gg]ebiet"
    r"|[Rr]egion)\s+(?P<de>[A-Z][\w'’-]+)"
    r"|(?P<land>[\w'’ʼ]+щин(?:а|и|і|ою))(?!\w)"
)
_RAION = re.compile(
    r"(?P<uk>[\w'’ʼ-]+[сцз]ьк(?:ий|ого|ому|им))\s+(?:район\w{0,2}|р-н\w{0,2})(?!\w)"
    r"|(?P<en>[A-Z][\w'’-]+)\s+(?:[Rr]aion|[Rr]ayon|[Rr]ajon|[Dd]istrict)\b"
    r"|\b[Rr]ajon\s+(?P<de>[A-Z][\w'’-]+)"
)
_SETTLEMENT = re.compile(
    r"(?:\bм\.|\bмісто\s|\bсмт\.?|\bселище(?:\s+міського\s+типу)?\.?\s|\bс\."
    r"|\bсело\s)\s*([А-ЯІЇЄҐ][\w'’ʼ-]+(?:\s[А-ЯІЇЄҐ][\w'’ʼ-]+)?)"
)
_CITY_OF_DISTRICT = re.compile(r"\s*(?:\b(?:міст[аіо]|м\.)\s*)(?P<city>\S.*)$", re.IGNORECASE)
_LARGER_UNIT = re.compile(
    r"^(?:oblast|область|обл\.?|gebiet)$|(?P<raion>^(?:rajon|raion|rayon|район|р-н)$)", re.IGNORECASE
)
_ADJECTIVE = re.compile(r"[сцз]ьк(?:а|ий|ою|ої|им|ого|ій)$|s[’']?k(?:a|yi|yj|yy|iy)$|ts?ka$", re.IGNORECASE)
_FEMININE = re.compile(r"[сцз]ьк(?:а|ої|ою)$")
_LIKE_OBLAST = re.compile(r"[А-ЯІЇЄҐ][\w-]+[сцз]ька|[A-Z][a-z-]+ska")
_CAPITALS = {"київська": "Київ", "севастопольська": "Севастополь", "київський": "Київ"}
_NOMINATIVE_ALREADY = re.compile(r"[бвгґджзклмнпрстфхцчшщьй]$")
_UKRAINE_AT_END = re.compile(r"[\s,–-]+(?:Україн\w{1,2}|Ukraine)\s*$")
_KEPT_BRACKETS = 80


@dataclass(frozen=True, slots=True)
class AboutUkrainian:
    """What other cells of the row say about its Ukrainian party."""

    code: str = ""
    oblast: str = ""
    raion: str = ""
    #: Unit that the column's header speaks of («Громада»), for names that don't say it.
    unit: str = ""
    #: The text is out of a sentence, where names are declined.
    declined: bool = False


@dataclass(slots=True)
class _Said:
    """What the parts of a piece beside the name say."""

    oblast: str = ""
    raion: str = ""
    settlement: str = ""
    city: str = ""
    unit: str = ""
    others: tuple[str, ...] = ()


def code_in(text: str) -> str:
    """The KATOTTG code in a cell of codes; what is no code is kept as it is, so that somebody sees it."""
    tight = re.sub(r"[\s\u00a0]+", "", text).upper().translate(_TO_LATIN)
    found = CODE.search(tight)
    return found.group() if found else tight[:30]


def read_ukrainian(piece: Piece, about: AboutUkrainian) -> PartyReading:
    """The party of one piece of a cell."""
    code = CODE.search(piece.text)
    said = _Said()
    head = _hear_piece(piece, said)
    found = institution_in(head)
    if not found.unit and piece.listed_as:
        found = institution_in(f"{head} {piece.listed_as}")
    name, unit = found.rest.strip(' ,.-–«»"'), said.unit or found.unit
    if is_address(head) and not found.body_kind:
        said.settlement = said.settlement or (match[1] if (match := _SETTLEMENT.search(head)) else "")
        name = "" if said.settlement else name
    if is_initials(name):
        name = ""
    if unit == CITY_DISTRICT or (said.city and unit in (RAION, "")):
        name, unit, said.city = _district(name, said.city)
    names = _names(name, replace(found, unit=unit), about.declined)
    if not names and said.settlement:
        unit = unit or CITY
    unit = unit or (about.unit if names else "")
    names += [said.settlement] if said.settlement else []
    names += said.others
    body = piece.head.strip(" ,") if found.body_kind else ""
    return PartyReading(
        text=piece.text[:500],
        names=tuple(dict.fromkeys(one[:120] for one in names if one)),
        unit=unit,
        code=about.code or (code.group() if code else ""),
        oblast="" if unit == OBLAST and not said.oblast else said.oblast or about.oblast,
        raion=said.raion or about.raion,
        body=body[:300],
        body_kind=found.body_kind,
        city=said.city,
    )


def _hear_piece(piece: Piece, said: _Said) -> str:
    """The head of the piece alone; what its other parts tell goes into `said`."""
    head = _UKRAINE_AT_END.sub("", CODE.sub(" ", piece.head)).strip(" ,.-–")
    tails = [tail for tail in piece.tails if not _is_ukraine(tail)]
    if _is_larger(head) and (place := next((tail for tail in tails if not _is_larger(tail)), "")):
        # “Lviv Oblast, Mykolaiv”
        tails = [head, *[tail for tail in tails if tail != place]]
        head = place
    for bracket in piece.brackets:
        _hear_bracket(bracket, said)
    for tail in tails:
        _hear_tail(tail, said)
    return _hear_head(head, said)


def _names(name: str, found: Institution, declined: bool) -> list[str]:
    """What the place may be called in the nominative, the likeliest first."""
    if not name:
        return []
    if found.unit == OBLAST:
        return [feminine(name), name]
    if found.unit in (RAION, CITY_DISTRICT):
        names = [masculine(name), name] if _ADJECTIVE.search(name) else [name]
        return [*names, *nominatives(name)] if declined else names
    capital = _CAPITALS.get(feminine(name).lower(), "") if found.unit == CITY else ""
    if found.adjective and _ADJECTIVE.search(name):
        return [feminine(name), *([capital] if capital else []), name]
    guesses: list[str] = []
    if found.declined or declined:
        guesses = list(nominatives(name))
        plain_form = _NOMINATIVE_ALREADY.search(name) and not name.endswith(
            ("ців", "ом", "ем", "ен", "им", "ими")
        )
        if not plain_form and len(guesses) > 1:
            guesses = [*guesses[1:], guesses[0]]
        if _FEMININE.search(name):
            guesses.insert(0, feminine(name))
    alternatives = [part.strip() for part in name.split("/")] if "/" in name else []
    return [*(guesses or [name]), *alternatives]


def _hear_head(head: str, said: _Said) -> str:
    """The head without oblast and raion that stand beside a name: «… міська рада Львівської області»."""
    for pattern, kind in ((_OBLAST, OBLAST), (_RAION, RAION)):
        found = pattern.search(head)
        if found is None:
            continue
        rest = f"{head[: found.start()]} {head[found.end() :]}".strip(" ,-–.")
        if (
            not rest
            or not (institution_in(rest).rest or "").strip()
            or re.match(r"\s*(?:міст|м\.)", head[found.end() :])
        ):
            continue
        if kind == OBLAST:
            said.oblast = said.oblast or _oblast(found)
        else:
            said.raion = said.raion or _raion(found)
        head = " ".join(rest.split())
    return head


def _hear_bracket(text: str, said: _Said) -> None:
    """An address, the oblast, the city of a district, a mark for a larger unit, or another name."""
    if _is_ukraine(text):
        return
    larger = _LARGER_UNIT.match(text.strip())
    if larger:
        said.unit = RAION if larger["raion"] else OBLAST
        return
    if is_address(text) or "," in text:
        _hear_address(text, said)
        return
    if _hear_units(text, said):
        return
    if _LIKE_OBLAST.fullmatch(text):
        said.oblast = said.oblast or text
        return
    place = institution_in(text)
    if place.unit == CITY or re.match(
        r"^(?:Ки[їє]в\w*|Kyiv|Kiev|Kiew|Харків|Харкова|Kharkiv|Харкові)$", text
    ):
        said.city = place.rest
    elif place.unit and not place.rest:
        said.unit = said.unit or place.unit
    elif len(text) <= _KEPT_BRACKETS and not re.search(r"\d", text):
        said.others = (*said.others, place.rest)


def _hear_tail(text: str, said: _Said) -> None:
    """What follows a comma: oblast, raion, a part of an address, or a unit that only the matcher knows."""
    larger = _LARGER_UNIT.match(text.strip())
    if larger:
        said.unit = RAION if larger["raion"] else OBLAST
    elif is_address(text):
        _hear_address(text, said)
    elif not _hear_units(text, said):
        place = institution_in(text)
        if place.unit in (CITY, SETTLEMENT, VILLAGE):
            said.settlement = said.settlement or place.rest
        elif not said.oblast:
            said.oblast = place.rest


def _hear_address(text: str, said: _Said) -> None:
    _hear_units(text, said)
    settlement = _SETTLEMENT.search(text)
    if settlement:
        said.settlement = said.settlement or settlement[1]
        return
    for part in text.split(","):
        word = part.strip()
        if (
            re.fullmatch(r"[А-ЯІЇЄҐ][\w'’ʼ-]+(?:\s[А-ЯІЇЄҐ][\w'’ʼ-]+)?", word)
            and not is_address(word)
            and not _is_ukraine(word)
        ):
            said.settlement = said.settlement or word


def _hear_units(text: str, said: _Said) -> bool:
    oblast, raion = _OBLAST.search(text), _RAION.search(text)
    if oblast:
        said.oblast = said.oblast or _oblast(oblast)
    if raion:
        said.raion = said.raion or _raion(raion)
    return bool(oblast or raion)


def _oblast(found: re.Match[str]) -> str:
    """The oblast in the nominative where it is Ukrainian, else as written without the word for it."""
    if found["uk"]:
        return f"{feminine(found['uk'])} область"
    if found["land"]:
        return re.sub(r"(?:и|і|ою)$", "а", found["land"])
    if found["crimea"]:
        return "Автономна Республіка Крим"
    return f"{found['en'] or found['de']} Oblast"


def _raion(found: re.Match[str]) -> str:
    return masculine(found["uk"]) if found["uk"] else found["en"] or found["de"]


def _district(name: str, city: str) -> tuple[str, str, str]:
    """«Печерський міста Києва» → district, unit and city."""
    found = _CITY_OF_DISTRICT.search(name)
    if found:
        return name[: found.start()].strip(" ,"), CITY_DISTRICT, found["city"].strip()
    return name, CITY_DISTRICT, city


def _is_ukraine(text: str) -> bool:
    return country_of(text)[0] == "UA"


def _is_larger(text: str) -> bool:
    """Whether the whole text names an oblast or a raion and nothing else."""
    return any(
        found is not None and found.group() == text for found in (_OBLAST.search(text), _RAION.search(text))
    )
