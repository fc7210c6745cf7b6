"""Which state a text names: ISO codes, names in Ukrainian, English and German, official and misspelt too."""

import re
from functools import cache, lru_cache

from babel import Locale, core
from rapidfuzz import fuzz, process

from partnerships.importing.reading.cleaning import plain
from places.spelling import match_key

UKRAINE, AGGRESSOR, BARRED_PERHAPS = "UA", "RU", "BY"
#: How alike a misspelt name must be to a known one, of 100; how long it must be; and by how much the second
#: most alike state must lag behind («Австрія», «Австралія»).
ALIKE, SHORTEST_ALIKE, APART = 89, 6, 4
LONGEST = 300
_LANGUAGES = ("uk", "en", "de")
#: Names that the lists of the languages don't hold: official and older ones, parts that stand for a state.
_OTHER_NAMES = {
    "AE": "емірати, оае, uae",
    "AM": "республіка вірменія, republic of armenia",
    "AT": "республіка австрія, австрійська республіка, republic of austria, republik österreich",
    "AZ": "азербайджанська республіка, республіка азербайджан, azerbaidschan",
    "BA": "боснія, боснія і герцеговина, боснія та герцеговина, bosnia, bosnia and herzegovina, bosnien,"
    " bosnien und herzegowina",
    "BE": "королівство бельгія, kingdom of belgium, königreich belgien",
    "BG": "республіка болгарія, republic of bulgaria, republik bulgarien",
    "BR": "федеративна республіка бразилія",
    "BY": "беларусь, республіка білорусь, республіка беларусь, рб, belorussia, republic of belarus,"
    " belorussland,"
    " weißrussland, weissrussland, білорусія",
    "CH": "швейцарська конфедерація, swiss confederation, schweizerische eidgenossenschaft",
    "CN": "кнр, китайська народна республіка, people's republic of china, prc, volksrepublik china, vr china",
    "CY": "республіка кіпр",
    "CZ": "чеська республіка, czech republic, the czech republic, tschechische republik, чр, czech",
    "DE": "фрн, германія, федеративна республіка німеччина, federal republic of germany, bundesrepublik"
    " deutschland, brd, frg",
    "DK": "королівство данія, kingdom of denmark, königreich dänemark",
    "EE": "естонська республіка, республіка естонія, republic of estonia",
    "ES": "королівство іспанія, kingdom of spain, königreich spanien",
    "FI": "фінляндська республіка, фінська республіка, республіка фінляндія",
    "FR": "французька республіка, french republic, französische republik, республіка франція",
    "GB": "велика британія, великобританія, сполучене королівство, сполучене королівство великої британії і"
    " північної ірландії, сполучене королівство великої британії та північної ірландії, британія, англія,"
    " шотландія, уельс, сполучене королівство великої британії,"
    " північна ірландія, great britain, united kingdom of great britain and northern"
    " ireland,"
    " britain, england, scotland, wales, northern ireland, uk, u.k., großbritannien, grossbritannien,"
    " schottland, vereinigtes königreich, the united kingdom, ск",
    "GE": "республіка грузія, republic of georgia, georgien",
    "GR": "грецька республіка, еллінська республіка, hellenic republic",
    "HR": "республіка хорватія, republic of croatia, republik kroatien",
    "HU": "угорська республіка, республіка угорщина, republic of hungary",
    "IE": "республіка ірландія, republic of ireland",
    "IL": "держава ізраїль, state of israel, staat israel",
    "IT": "італійська республіка, республіка італія, italian republic, italienische republik",
    "JP": "державa японія",
    "KR": "республіка корея, південна корея, south korea, republic of korea, südkorea, korea, корея",
    "KZ": "республіка казахстан, republic of kazakhstan",
    "LT": "литовська республіка, республіка литва, republic of lithuania, republik litauen",
    "LU": "велике герцогство люксембург",
    "LV": "латвійська республіка, республіка латвія, republic of latvia, republik lettland",
    "MD": "республіка молдова, молдавія, moldau, republic of moldova,"
    " moldova, republik moldau, moldawien, рм,"
    " moldavia",
    "ME": "республіка чорногорія",
    "MK": "македонія, республіка македонія, республіка північна македонія, macedonia, mazedonien, fyrom",
    "MN": "монгольська народна республіка",
    "NL": "нідерланди, голландія, королівство нідерландів, королівство нідерланди, holland, the netherlands,"
    " kingdom of the netherlands",
    "NO": "королівство норвегія, kingdom of norway, königreich norwegen",
    "PL": "рп, польша, республіка польща, польська республіка, republic of poland, republik polen,"
    " rzeczpospolita polska, polska",
    "PS": "палестина, держава палестина, palestine, palästina",
    "PT": "португальська республіка, republic of portugal",
    "RO": "республіка румунія, romania, rumania",
    "RS": "республіка сербія, republic of serbia",
    "RU": "рф, російська федерація, росія, russia, russian federation, russische föderation, russland, rf,"
    " федерація російська",
    "SE": "королівство швеція, kingdom of sweden, königreich schweden",
    "SI": "республіка словенія, republic of slovenia",
    "SK": "словацька республіка, словаччина, slovak republic, slowakische republik, ср",
    "TR": "туреччина, турецька республіка, республіка туреччина, turkey, türkiye, republic of türkiye,"
    " republic of turkey, türkei",
    "TW": "тайвань, taiwan",
    "UA": "україна, ukraine, республіка україна",
    "US": "сша, сполучені штати, сполучені штати америки, америка, usa, u.s.a., us, u.s., united states,"
    " united states of america, the united states, vereinigte staaten, vereinigte staaten von amerika,"
    " amerika",
    "UZ": "республіка узбекистан",
    "VA": "ватикан",
    "XK": "косово, kosovo, республіка косово",
}
#: Beside a place these are as likely its region («Atlanta, Georgia») as its state.
ALSO_REGIONS = {
    "georgia",
    "luxembourg",
    "luxemburg",
    "люксембург",
    "jersey",
    "mexico",
    "panama",
    "niger",
    "lebanon",
}
#: Cases of the words in official names, which titles decline.
_NOMINATIVE = tuple(
    (re.compile(rf"\b{stem}\w{{0,4}}\b"), nominative)
    for stem, nominative in (
        ("республік", "республіка"),
        ("королівств", "королівство"),
        ("федеративн", "федеративна"),
        ("федерац", "федерація"),
        ("сполучен(?:ого|ому|им)", "сполучене"),
        ("сполучених", "сполучені"),
        ("штат(?:ів|ам|ами|ах)", "штати"),
        ("чеськ", "чеська"),
        ("(?<=\\s)народн", "народна"),
        ("держав", "держава"),
    )
)
_ADJECTIVE = re.compile(r"(\w+[сцз]ьк)(?:ої|ою|ій|у)\b")
_ISO = re.compile(r"^[A-Za-z]{2,3}$")
_BETWEEN = re.compile(r"\s*(?:[,;/\n+]|\s(?:та|і|й|and|und)\s)\s*")


@lru_cache(maxsize=4096)
def country_of(text: str) -> tuple[str, bool]:
    """ISO 3166-1 alpha-2 code of the state that the whole text names, and whether its spelling was mended."""
    clean = plain(text).strip(" .,;()[]«»\"'")
    if not clean:
        return "", False
    exact = _exact(clean)
    if exact or len(clean) < SHORTEST_ALIKE or len(clean) > 80:
        return exact, False
    key = _key(clean)
    alike = process.extract(key, _names().keys(), scorer=fuzz.ratio, score_cutoff=ALIKE - APART, limit=8)
    if not alike or alike[0][1] < ALIKE:
        return "", False
    best = _names()[alike[0][0]]
    rivals = [
        name for name, points, _place in alike if _names()[name] != best and points > alike[0][1] - APART
    ]
    return ("", False) if rivals else (best, True)


def countries_in(text: str) -> tuple[list[str], list[str]]:
    """The states that a cell names, one or several, and those of its words that name none."""
    text = text[:LONGEST]
    whole, _mended = country_of(text)
    if whole:
        return [whole], []
    found: dict[str, None] = {}
    unknown = []
    for part in _BETWEEN.split(plain(text.replace("\n", ", "))):
        code, _mended = country_of(part)
        if code:
            found[code] = None
        elif part:
            unknown.append(part)
    return list(found), unknown


def named_exactly(text: str) -> str:
    """Code of the state whose name the text is, in any case but without a letter amiss; codes don't count."""
    key = _key(text)
    return _names().get(key, "") if len(key) > 3 or text.isupper() else ""


def _exact(text: str) -> str:
    name = _names().get(_key(text), "")
    if name or not _ISO.match(text):
        return name
    code = text.upper()
    if len(code) == 2:
        return code if code in _codes() else ""
    return _alpha3().get(code, "")


def _key(text: str) -> str:
    key = match_key(text)
    for pattern, nominative in _NOMINATIVE:
        key = pattern.sub(nominative, key)
    key = _ADJECTIVE.sub(r"\1а", key)
    return " ".join(re.sub(r"[^\w'.]+", " ", key).split())


@cache
def _codes() -> frozenset[str]:
    listed = Locale("en").territories
    retired = core.get_global("territory_aliases")
    unreal = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
    codes = (str(code) for code in listed)
    return frozenset(c for c in codes if re.match("^[A-Z]{2}$", c) and c not in retired and c not in unreal)


@cache
def _alpha3() -> dict[str, str]:
    """Alpha-2 by alpha-3 code."""
    aliases = core.get_global("territory_aliases")
    return {code: of[0] for code, of in aliases.items() if re.match("^[A-Z]{3}$", code) and of[0] in _codes()}


@cache
def _names() -> dict[str, str]:
    """Code by folded name."""
    names: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in _codes():
                names.setdefault(_key(name), code)
                if language == "uk" and " " not in name:
                    names |= {form: code for form in _cases(_key(name)) if form not in names}
    for code, others in _OTHER_NAMES.items():
        names |= {_key(name): code for name in others.split(", ")}
    return {name: code for name, code in names.items() if name}


def _cases(name: str) -> list[str]:
    """«Польщі», «Румунією»: other cases of a name of one word."""
    if name.endswith("ія"):
        return [name[:-1] + "ї", name[:-1] + "єю"]
    if name.endswith("а"):
        return [name[:-1] + ending for ending in ("и", "і", "ою", "ею")]
    return []
