"""Who the foreign party of a row is, as far as its cells say so."""

import re
from dataclasses import dataclass

from partnerships.enums import BodyKind
from partnerships.importing.reading.cases import feminine, masculine, nominatives
from partnerships.importing.reading.countries import ALSO_REGIONS, country_of, named_exactly
from partnerships.importing.reading.pieces import Piece, is_address
from partnerships.importing.rows import PartyReading

MUNICIPALITY, REGION, CITY, VILLAGE, CITY_DISTRICT = (
    "municipality",
    "region",
    "city",
    "village",
    "city_district",
)
_PERSON = re.compile(
    r"\b(?:голова|голови|мер|мера|бургомістр\w*|бурмістр\w*|mayor|bürgermeister\w*|войт|староста"
    r"|президент)\b",
    re.IGNORECASE,
)
#: Bodies before a name, in any case, and their kind; what is left may still begin with a kind of place.
_BODIES = (
    (r"(?:міськ|муніципальн|сільськ|громадськ)\w{1,3}\s+рад(?:а|и|і|у|ою)\b", BodyKind.COUNCIL),
    (r"рад(?:а|и|і|у|ою)\b(?=\s)", BodyKind.COUNCIL),
    (r"(?:city|town|municipal|village|borough|parish)\s+council(?:\s+of)?", BodyKind.COUNCIL),
    (r"(?:stadt|gemeinde|bezirks)rat(?:\s+(?:der|von|des)(?:\s+stadt)?)?|stadtverwaltung", BodyKind.COUNCIL),
    (
        r"магістрат\w{0,2}|magistrat(?:\s+der\s+stadt)?|мері\w{1,2}|примарі\w{1,2}|mairie\s+de|urząd\s+\w+",
        BodyKind.EXECUTIVE,
    ),
    (r"виконавч\w+\s+комітет\w{0,2}|адміністрац\w{1,3}|administration\s+of", BodyKind.EXECUTIVE),
)
_BODY_BEFORE = tuple((re.compile(rf"^(?:{words})\s*", re.IGNORECASE), kind.value) for words, kind in _BODIES)
#: Bodies after the adjective of a place: «Прейльською муніципальною радою».
_BODY_AFTER = (
    (
        re.compile(
            r"\s+(?:обласн|регіональн|районн|повітов|крайов|окружн|провінц\w*)\w{1,3}\s+(?:рад"
            r"|адміністрац)\w{1,3}$",
            re.IGNORECASE,
        ),
        REGION,
        BodyKind.REGIONAL.value,
    ),
    (
        re.compile(
            r"\s+(?:міськ|муніципальн|сільськ|волосн)\w{1,3}\s+(?:рад|адміністрац)\w{1,3}$", re.IGNORECASE
        ),
        MUNICIPALITY,
        BodyKind.COUNCIL.value,
    ),
    (
        re.compile(
            r"\s+(?:самоврядування\w*|територіальн\w{1,3}\s+громад\w{1,3}|громад\w{1,2})$", re.IGNORECASE
        ),
        MUNICIPALITY,
        "",
    ),
    (
        re.compile(r"\s+(?:city|town|municipal|borough|parish)\s+council$", re.IGNORECASE),
        MUNICIPALITY,
        BodyKind.COUNCIL.value,
    ),
    (
        re.compile(
            r"\s+(?:county|regional|district|provincial)\s+(?:council|administration)$", re.IGNORECASE
        ),
        REGION,
        BodyKind.REGIONAL.value,
    ),
)
_M, _C, _V, _R, _D = MUNICIPALITY, CITY, VILLAGE, REGION, CITY_DISTRICT
#: Kinds of places before a name: pattern and unit.
_KINDS_BEFORE = tuple(
    (re.compile(rf"^(?:{words})\s*", re.IGNORECASE), unit)
    for words, unit in (
        (r"(?:міськ\w{2,3}\s+|сільськ\w{2,3}\s+)?[гґ]мін\w{1,3}\s+(?:і|та)\s+міст\w{1,2}\s", _M),
        (r"міст\w{1,2}\s+(?:і|та)\s+[гґ]мін\w{1,3}\s", _M),
        (r"(?:міськ\w{2,3}\s+|сільськ\w{2,3}\s+)?[гґ]мін(?:а|и|і|у|ою|ами)\s", _M),
        (r"муніципалі?тет\w{0,3}\s+(?:міст\w{1,2}\s+|громад\w{1,2}\s+|комун\w{1,2}\s+)?(?:м\.\s*)?", _M),
        (r"муніципі\w{1,2}\s", _M),
        (r"комун(?:а|и|і|у|ою|ами)\s|к\.\s*(?=[А-ЯІЇЄҐ])", _M),
        (r"волост\w{1,2}\s|общин\w{1,2}\s|громад(?:а|и|і|у|ою)\s", _M),
        (r"міст(?:о|а|ом|у|і|ами)\.?\s|м\.\s*|мм\.\s*", _C),
        (
            r"селищ(?:е|а|ем)\.?\s|смт\.?\s|сел(?:о|а|ом)\s|с\.\s*(?=[А-ЯІЇЄҐ])"
            r"|сельськ\w+\s+сов[єе]т\w{0,2}\s",
            _V,
        ),
        (
            r"gmin(?:a|y|ą)\s+(?:miejska\s+|wiejska\s+|miejsko-wiejska\s+)?|miasto(?:\s+i\s+gmina)?\s"
            r"|m\.\s*(?=[A-Z])",
            _M,
        ),
        (r"(?:the\s+)?(?:municipality|commune|community|borough)\s+of\s", _M),
        (r"(?:the\s+)?(?:city|town)\s+of\s", _C),
        (r"(?:the\s+)?village\s+of\s", _V),
        (r"(?:landes|haupt|hanse|kreis|universitäts|wissenschafts|große\s+kreis)*stadt\s", _C),
        (r"(?:markt|samt|verbands|orts|einheits)?gemeinde\s|markt\s|flecken\s|stadtgemeinde\s", _M),
        (r"(?:commune|ville|mairie)\s+(?:de\s+la\s+|de\s+|d['’]\s*|du\s+|des\s+)", _M),
        (r"(?:comune|città|citta)\s+(?:di\s+|d['’]\s*)", _M),
        (
            r"(?:munic[ií]pio|concelho|ayuntamiento|ajuntament|câmara\s+municipal)\s+(?:de\s+|do\s+|da\s+"
            r"|d['’]\s*)",
            _M,
        ),
        (
            r"(?:obec|město|mesto|městys|obcja|municipiul|orașul|comuna|općina|grad|mestna\s+občina"
            r"|občina|kommune|vald)\s",
            _M,
        ),
        (
            r"(?:повіт|район|округ|край|регіон|провінці\w|департамент|воєводств|жупані\w|область|кантон"
            r"|графств|префектур\w|земл\w|штат)\w{0,2}\s",
            _R,
        ),
        (
            r"(?:landkreis|kreis|bezirk|region|département|provincia|provincie|powiat|okres|kraj|județul"
            r"|judet|province|county|prefecture|district|oblast|canton|wojew[oó]dztwo|region\s+of"
            r"|province\s+of|metropolregion)\s(?:of\s+|de\s+|di\s+)?",
            _R,
        ),
        (r"сектор\w?\s+(?=\d)|sector(?:ul)?\s+(?=\d)|stadtbezirk\s", _D),
    )
)
_KINDS_AFTER = tuple(
    (re.compile(rf"(?:\s+|,\s*)(?:{words})\.?$", re.IGNORECASE), unit)
    for words, unit in (
        (
            r"повіт\w{0,3}|район\w{0,3}|край|краєм|краю|воєводств\w{0,2}|жупані\w{1,2}|жудець|область"
            r"|областю|округ\w{0,2}|провінці\w{1,2}|регіон\w{0,2}|департамент\w{0,2}",
            _R,
        ),
        (
            r"county|region|district|province|voivodeship|oblast|raion|prefecture|powiat|landkreis|kreis"
            r"|județ",
            _R,
        ),
        (r"муніципалітет\w{0,3}|община|[гґ]міна|комуна|волость", _M),
        (r"municipality|gmina|commune|samtgemeinde|verbandsgemeinde|kommun|kommune|rural municipality", _M),
        (r"city|town|місто", _C),
    )
)
#: What a bracket or the words after a comma say about the kind of place: «(Landkreis)», “(rural gmina)”.
_KIND_ALONE = (
    (
        re.compile(
            r"^(?:landkreis|kreis|bezirk|region|regional\w*|county|powiat|повіт|район|область|край|жудець"
            r"|województwo|oblast|district|province)$",
            re.IGNORECASE,
        ),
        _R,
    ),
    (
        re.compile(
            r"^(?:(?:rural|urban|urban-rural|mixed)\s+)?(?:gmina|commune|municipality)$|^(?:samt|verbands"
            r"|markt|orts)?gemeinde$|^[гґ]міна$|^муніципалітет$|^громада$",
            re.IGNORECASE,
        ),
        _M,
    ),
    (re.compile(r"^(?:city|town|stadt|місто)$", re.IGNORECASE), _C),
)
_REGION_WORD = re.compile(
    r"\b(?:повіт|район|воєв[оу]д|жупан|област|край|краю|регіон|округ|провінц|департамент|графств|земл"
    r"|county|powiat|voivode"
    r"|województ|region|province|landkreis|bezirk|kreis|judet|județ|жуде|штат|кантон|префектур|автономн)\w*",
    re.IGNORECASE,
)
#: Regions that follow a name without a comma: «Гміна Глуськ Люблінського воєводства», «м. Йихві … повіту».
_REGION_AT_END = re.compile(
    r"\s+((?:[А-ЯІЇЄҐ][\w'’ʼ-]*[сцз]ьк\w{1,3}\s+(?:повіт|район|воєв[оу]дств|кра|област|округ|жупані"
    r"|провінці)\w{0,3}[\s,]*)+"
    r"|(?:повіту?|провінці[яї]|жупані[яї]|воєводств[оа]|департаменту?"
    r"|графств[оа])\s+[А-ЯІЇЄҐ][\w'’ʼ-]+(?:\s[А-ЯІЇЄҐ][\w'’ʼ-]+)?)$"
)
_STATE_AT_END = re.compile(
    r"[\s,–-]+((?:Федеративн\w+\s+)?(?:Республік|Королівств|республік)\w{1,2}\s+[А-ЯІЇЄҐ]\w+"
    r"|[А-ЯІЇЄҐ]\w+(?:ська|цька|ської|цької|ською|цькою)\s+Республік\w{1,2}"
    r"|Федеративн\w+\s+Республік\w{1,2}\s+Німеччин\w?)$"
)
_DASH_STATE = re.compile(r"\s+[–—-]\s+([^–—]+)$")
_DECLINED = re.compile(
    r"^(?:\S*(?:ою|ом|ем|ами)|міста|муніципалі?тету|муніципія|примарії|громади)$", re.IGNORECASE
)


_OFFICIAL = re.compile(r"еспубл|оролів|epubli|ingdom|önigreich")


@dataclass(frozen=True, slots=True)
class AboutForeign:
    """What other cells of the row say about its foreign party."""

    country: str = ""
    region: str = ""
    declined: bool = False


@dataclass(slots=True)
class _Said:
    head: str = ""
    country: str = ""
    region: tuple[str, ...] = ()
    unit: str = ""
    others: tuple[str, ...] = ()


def read_foreign(piece: Piece, about: AboutForeign) -> PartyReading:
    """The party of one piece of a cell."""
    said = _Said()
    head, tails = _smaller_first(piece.head, list(piece.tails))
    head = _hear_head(re.split(r"\s*\b(?:Адреса|Address|Adresse)\s*:|[,\s]+вул\.\s*", head)[0], said)
    said.head = head
    for bracket in piece.brackets:
        if not _PERSON.search(bracket):
            for number, part in enumerate(bracket.split(",")):
                _hear(part.strip(), said, about, alone=number == 0)
    for tail in tails:
        if not _PERSON.search(tail):
            _hear(tail, said, about, alone=False)
    name, unit, body_kind, kind_words = _without_kind(head)
    unit = said.unit or unit or (MUNICIPALITY if piece.listed_as else "")
    if is_address(name):
        name = head if unit == CITY_DISTRICT else ""
    names = _names(head, name, unit, about.declined, kind_words)
    return PartyReading(
        text=piece.text[:500],
        names=tuple(dict.fromkeys(one[:120] for one in (*names, *said.others) if one)),
        unit=unit,
        country=said.country or about.country,
        region=(", ".join(dict.fromkeys(said.region)) or about.region)[:200],
        body=head[:300] if body_kind else "",
        body_kind=body_kind,
    )


def _names(head: str, name: str, unit: str, declined: bool, kind_words: str) -> list[str]:
    """The name as written, then as a region bears it with its kind, then what it may be in the nominative."""
    if not name:
        return []
    cyrillic = re.search("[а-яіїєґ]", name) is not None
    in_case = declined or bool(_DECLINED.match(kind_words.split()[0] if kind_words else ""))
    if unit == REGION and cyrillic and re.search(r"[сцз]ьк\w{1,3}$", name):
        kind = re.search(r"(повіт|район|край|округ)", head, re.IGNORECASE)
        if "обласн" in head.lower():
            return [f"{feminine(name)} область", feminine(name), masculine(name)]
        bare = masculine(name)
        return [f"{bare} {kind[1].lower()}", bare, name] if kind else [head, name]
    names = [head] if unit == REGION and head != name and not in_case else []
    if cyrillic and in_case:
        guesses = list(nominatives(name))
        return [*names, *guesses]
    alternatives = [part.strip() for part in name.split("/")] if "/" in name else []
    return [
        *names,
        name,
        *alternatives[:1],
        *(one for one in alternatives[1:] if one.isascii() != name.isascii()),
    ]


def _without_kind(text: str) -> tuple[str, str, str, str]:
    """Name, unit, kind of body, and the words that were taken off before the name."""
    unit = body_kind = taken = ""
    rest = text
    for pattern, after_unit, kind in _BODY_AFTER:
        found = pattern.search(rest)
        if found and found.start():
            rest, unit, body_kind = rest[: found.start()].strip(), after_unit, kind
            break
    for pattern, kind in _BODY_BEFORE:
        found = pattern.match(rest)
        if found and found.end() < len(rest) and not body_kind:
            rest, body_kind, taken = rest[found.end() :].strip(), kind, found.group()
            break
    for _twice in range(2):
        for pattern, before_unit in _KINDS_BEFORE:
            found = pattern.match(rest)
            if found and found.end() < len(rest):
                rest, unit, taken = rest[found.end() :].strip(' .«»"'), unit or before_unit, found.group()
                break
    for pattern, kind_unit in _KINDS_AFTER:
        found = pattern.search(rest)
        if found and found.start() and not unit:
            rest, unit = rest[: found.start()].strip(), kind_unit
            break
    return rest.strip(' ,.«»"–-'), unit, body_kind, taken


def _smaller_first(head: str, tails: list[str]) -> tuple[str, list[str]]:
    """«Регіон Овернь, Муніципалітет Марсії»: the municipality is the party, the region tells where it is."""
    if tails and _without_kind(head)[1] == REGION:
        place = next((tail for tail in tails if _without_kind(tail)[1] in (MUNICIPALITY, CITY, VILLAGE)), "")
        if place:
            return place, [head, *(tail for tail in tails if tail != place)]
    return head, tails


def _is_cyrillic(text: str) -> bool:
    return re.search("[а-яіїєґ]", text, re.IGNORECASE) is not None


def _hear_head(head: str, said: _Said) -> str:
    """The name without state and region that follow it without a comma."""
    found = _STATE_AT_END.search(head) or _DASH_STATE.search(head)
    if found and found.start() and (code := named_exactly(found[1])):
        said.country = code
        head = head[: found.start()].strip()
    found = _REGION_AT_END.search(head)
    if found and found.start() and not _REGION_WORD.fullmatch(head[: found.start()].strip()):
        said.region = (*said.region, found[1].strip(" ,"))
        head = head[: found.start()].strip()
    return head.strip(" ,")


def _hear(text: str, said: _Said, about: AboutForeign, *, alone: bool) -> None:
    """A part beside the name: its state, its kind, its region; in a bracket also another name of it."""
    if not text or (is_address(text) and not _REGION_WORD.search(text)):
        return
    ambiguous = text.lower() in ALSO_REGIONS and country_of(text)[0] != about.country
    official = text.isupper() or _OFFICIAL.search(text) is not None
    code = named_exactly(text) or (country_of(text)[0] if official else "")
    if code and not ambiguous:
        said.country = said.country or code
        return
    for pattern, unit in _KIND_ALONE:
        if pattern.match(text):
            said.unit = said.unit or unit
            return
    if found := _STATE_AT_END.search(f" {text}"):
        said.country = said.country or named_exactly(found[1])
        text = f" {text}"[: found.start()].strip()
    if not text:
        return
    if alone and not _REGION_WORD.search(text) and not re.search(r"\d|partnerschaft", text, re.IGNORECASE):
        said.region = (*said.region, text)
        other = _without_kind(text)[0]
        if len(other) > 3 and text[0].isupper() and _is_cyrillic(other) != _is_cyrillic(said.head):
            said.others = (*said.others, other)
    elif not re.search(r"partnerschaft", text, re.IGNORECASE):
        said.region = (*said.region, text)
