"""Who acts for a Ukrainian place, and what kind of place it is, by the words around its name.

«Луцька міська рада», «Ковельською районною державною адміністрацією», «м. Ковель», “Khust urban hromada”,
»Stadtrat Luzk«: what is left without these words is the name.
"""

import re
from dataclasses import dataclass

from partnerships.enums import BodyKind

HROMADA, CITY, SETTLEMENT, VILLAGE = "hromada", "city", "settlement", "village"
RAION, OBLAST, CITY_DISTRICT = "raion", "oblast", "city_district"

#: Endings of an adjective and of a noun.
_A, _N = r"\w{1,3}", r"\w{0,3}"
_STATE = rf"(?:державн{_A}\s+)?"
_MILITARY = rf"(?:державн{_A}\s+)?військов{_A}\s+адміністрац\w{{1,3}}"
_ADMINISTRATION = rf"(?:державн{_A}\s+)?адміністрац\w{{1,3}}"
_COUNCIL = r"рад(?:а|и|і|у|ою)\b(?:\s+народних\s+депутатів)?(?:\s+та\s+(?:її\s+)?викон\w+(?:\s+комітет\w*)?)?"
_JOINED = rf"(?:(?:об['’ʼ]?єднан{_A}|територіальн{_A}|об['’ʼ]?єднан{_A}\s+територіальн{_A})\s+)?"
_HROMADA = rf"{_JOINED}громад(?:а|и|і|у|ою)\b"


@dataclass(frozen=True, slots=True)
class Institution:
    """What words of a party's text tell. `rest` is the text without them."""

    rest: str
    unit: str = ""
    body_kind: str = ""
    #: The words stood in another case than the nominative, so the name may as well.
    declined: bool = False
    #: The words follow an adjective («Луцька міська рада»), not a name in its own case («місто Луцьк»).
    adjective: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    unit: str
    body_kind: str
    adjective: bool = True


def _words(
    pattern: str, unit: str, body_kind: str = "", adjective: bool = True, case: bool = False
) -> _Words:
    return _Words(re.compile(pattern, 0 if case else re.IGNORECASE), unit, body_kind, adjective)


_STATE_BODY, _MILITARY_BODY = BodyKind.STATE_ADMINISTRATION.value, BodyKind.MILITARY_ADMINISTRATION.value
_COUNCIL_BODY, _EXECUTIVE = BodyKind.COUNCIL.value, BodyKind.EXECUTIVE.value
_RAION_COUNCIL, _OBLAST_COUNCIL = BodyKind.RAION_COUNCIL.value, BodyKind.OBLAST_COUNCIL.value

#: The first that is found counts; longer words come before those that they contain.
_UKRAINIAN = (
    _words(rf"\bобласн{_A}\s+{_MILITARY}|\bОВА\b|\bоблвійськадміністрац\w+", OBLAST, _MILITARY_BODY),
    _words(rf"\bобласн{_A}\s+{_ADMINISTRATION}|\bОДА\b|\bоблдержадміністрац\w+", OBLAST, _STATE_BODY),
    _words(rf"\bобласн{_A}\s+{_COUNCIL}|\bоблрад\w{{1,2}}\b", OBLAST, _OBLAST_COUNCIL),
    _words(rf"\bрайонн{_A}\s+у?\s*в?\s*міст\w+\s+{_COUNCIL}", CITY_DISTRICT, _COUNCIL_BODY),
    _words(rf"\bрайонн{_A}\s+{_MILITARY}|\bРВА\b", RAION, _MILITARY_BODY),
    _words(rf"\bрайонн{_A}\s+{_ADMINISTRATION}|\bРДА\b|\bрайдержадміністрац\w+", RAION, _STATE_BODY),
    _words(rf"\bрайонн{_A}\s+{_COUNCIL}|\bрайрад\w{{1,2}}\b", RAION, _RAION_COUNCIL),
    _words(rf"\bміськ{_A}\s+{_MILITARY}|\b(?:МВА|КМВА)\b", CITY, _MILITARY_BODY),
    _words(rf"\bміськ{_A}\s+{_ADMINISTRATION}|\bКМДА\b", CITY, _STATE_BODY),
    _words(rf"\bселищн{_A}\s+{_MILITARY}", SETTLEMENT, _MILITARY_BODY),
    _words(rf"\bсільськ{_A}\s+{_MILITARY}", VILLAGE, _MILITARY_BODY),
    _words(rf"\b(?:виконавч\w+\s+комітет{_N}|виконком{_N})\s+міськ{_A}\s+{_COUNCIL}", CITY, _EXECUTIVE),
    _words(rf"\bміськ{_A}\s+{_COUNCIL}|\bміськрад\w{{1,2}}\b|\bм/р\b", CITY, _COUNCIL_BODY),
    _words(rf"\bселищн{_A}\s+{_COUNCIL}", SETTLEMENT, _COUNCIL_BODY),
    _words(rf"\bсільськ{_A}\s+{_COUNCIL}", VILLAGE, _COUNCIL_BODY),
    _words(rf"\bміськвиконком{_N}\b", CITY, _EXECUTIVE),
    _words(r"\bс/р\b", HROMADA, _COUNCIL_BODY),
    _words(rf"\bміськ{_A}\s+{_HROMADA}|\b(?:МТГ|ОМТГ|міськ{_A}\s+О?ТГ)\b", CITY),
    _words(rf"\bселищн{_A}\s+{_HROMADA}|\b(?:селищн{_A}\s+О?ТГ)\b", SETTLEMENT),
    _words(rf"\bсільськ{_A}\s+{_HROMADA}|\b(?:сільськ{_A}\s+О?ТГ)\b", VILLAGE),
    _words(rf"\b{_HROMADA}|\b(?:О?ТГ|О?СТГ)\b", HROMADA),
    _words(rf"\bміськ{_A}\s+голов\w*", CITY),
    _words(rf"\b{_COUNCIL}(?=\s*$)|^{_COUNCIL}(?=\s+(?:міст|сел|м\.))", HROMADA, _COUNCIL_BODY),
    _words(r"\bрайон(?:у|ом|і)?\s+(?:у\s+|в\s+)?(?=міст[аі]\s|м\.)", CITY_DISTRICT),
    _words(r"\bрайон(?:у|ом|і)?\b|\bр-н(?:у|ом|і)?\b", RAION),
    _words(r"\bобласт(?:ь|і|ю)\b|\bобл(?:\.|\b)", OBLAST),
    _words(r"\bміськ\w{1,3}\s*$", CITY),
    _words(r"\bселищн\w{1,3}\s*$", SETTLEMENT),
    _words(r"\bсільськ\w{1,3}\s*$", VILLAGE),
)
_EN_COMMUNITY = (
    r"(?:(?:amalgamated|united|consolidated)\s+)?(?:territorial\s+)?"
    r"(?:community|hromada|gromada|municipality)"
)
_FOREIGN_LANGUAGES = (
    _words(
        r"\b(?:oblast|regional)\s+(?:state\s+)?military\s+(?:state\s+)?administration|\bOMA\b|\bRMA\b",
        OBLAST,
        _MILITARY_BODY,
    ),
    _words(r"\b(?:oblast|regional)\s+(?:state\s+)?administration|\bgebietsverwaltung\b", OBLAST, _STATE_BODY),
    _words(r"\b(?:oblast|regional)\s+council|\b(?:gebiets|oblast)rat\b", OBLAST, _OBLAST_COUNCIL),
    _words(r"\b(?:raion|rayon|district)\s+(?:state\s+)?military\s+administration", RAION, _MILITARY_BODY),
    _words(
        r"\b(?:raion|rayon|district)\s+(?:state\s+)?administration|\brajonsverwaltung\b", RAION, _STATE_BODY
    ),
    _words(r"\b(?:raion|rayon|district)\s+council|\brajonsrat\b", RAION, _RAION_COUNCIL),
    _words(r"\bcity\s+(?:state\s+)?military\s+administration|\bCMA\b", CITY, _MILITARY_BODY),
    _words(r"\bcity\s+(?:state\s+)?administration|\bstadtverwaltung\b", CITY, _STATE_BODY),
    _words(
        r"\bexecutive\s+committee\s+(?:of\s+)?(?:the\s+)?(?=.*\bcity\s+council)|\bexekutivkomitee\b",
        "",
        _EXECUTIVE,
    ),
    _words(
        r"\b(?:city|municipal)\s+council(?:\s+of)?|\bstadtrat(?:\s+von|\s+der\s+stadt)?\b",
        CITY,
        _COUNCIL_BODY,
    ),
    _words(r"\b(?:town|township|settlement)\s+council(?:\s+of)?|\bsiedlungsrat\b", SETTLEMENT, _COUNCIL_BODY),
    _words(r"\b(?:village|rural)\s+council(?:\s+of)?|\bdorfrat\b|\bgemeinderat\b", VILLAGE, _COUNCIL_BODY),
    _words(rf"\b(?:urban|city|town)\s+{_EN_COMMUNITY}|\bUTC\b|\bstadtgemeinde\b", CITY),
    _words(rf"\bsettlement\s+{_EN_COMMUNITY}|\bsiedlungsgemeinde\b", SETTLEMENT),
    _words(rf"\b(?:village|rural)\s+{_EN_COMMUNITY}|\b(?:dorf|land)gemeinde\b", VILLAGE),
    _words(rf"\b{_EN_COMMUNITY}(?:\s+of)?|\b(?:ATC|TC|AH)\b|\bterritorialgemeinde\b|\bhromad[ay]\b", HROMADA),
    _words(
        r"\b(?:district|raion|rayon)(?=\s*\()|\bstadt(?:bezirk|teil|rajon)\b|\bcity\s+district\b",
        CITY_DISTRICT,
    ),
    _words(r"\b(?:rajon|raion|rayon|district)\b", RAION),
    _words(r"\b(?:oblast|gebiet|region)\b", OBLAST),
)
#: Kinds of settlement before a name, in any case: «м.», «місто», «міста», “City of”, »Stadt«.
_PREFIXES = (
    (re.compile(r"^(?:м\.|міст(?:о|а|ом|у|і|ами)\b\.?)\s*", re.IGNORECASE), CITY),
    (
        re.compile(
            r"^(?:смт\b\.?|с-?ще\b\.?|сел\.|селищ(?:е|а|ем|у|і)\b(?:\s+міського\s+типу)?\.?)\s*",
            re.IGNORECASE,
        ),
        SETTLEMENT,
    ),
    (re.compile(r"^(?:с\.|сел(?:о|а|ом|у|і)\b\.?)\s*", re.IGNORECASE), VILLAGE),
    (
        re.compile(
            r"^(?:the\s+)?(?:city|town)\s+of\s+|^(?:die\s+)?stadt\s+|^m\.\s*|^misto\s+", re.IGNORECASE
        ),
        CITY,
    ),
    (re.compile(r"^(?:the\s+)?settlement\s+of\s+|^siedlung\s+|^smt\.?\s+", re.IGNORECASE), SETTLEMENT),
    (re.compile(r"^(?:the\s+)?village\s+of\s+|^dorf\s+|^s\.\s*", re.IGNORECASE), VILLAGE),
    (
        re.compile(
            r"^(?:municipality|hromada|community)\s+of\s+|^gemeinde\s+|^hromada\s+|^громад[аиоюі]+\s+",
            re.IGNORECASE,
        ),
        HROMADA,
    ),
    (re.compile(r"^(?:oblast|gebiet)\s+", re.IGNORECASE), OBLAST),
    (re.compile(r"^(?:rajon|raion|rayon)\s+", re.IGNORECASE), RAION),
)
#: The same after a name: “Kharkiv city”, «Хуст місто».
_SUFFIXES = (
    (re.compile(r"[\s,]+(?:city|town|місто|м\.)$", re.IGNORECASE), CITY),
    (re.compile(r"[\s,]+(?:village|село)$", re.IGNORECASE), VILLAGE),
    (re.compile(r"[\s,]+(?:settlement|селище|смт)$", re.IGNORECASE), SETTLEMENT),
)
_EXECUTIVE_WORDS = re.compile(
    rf"\b(?:викон(?:авч\w+|\.)\s*комітет{_N}|виконком{_N}|executive\s+committee(?:\s+of)?(?:\s+the)?"
    rf"|exekutivkomitee(?:\s+der?s?)?)\b",
    re.IGNORECASE,
)
#: «ЛМР», «КМР»: initials of a council that only an address explains.
_INITIALS = re.compile(r"^[А-ЯІЇЄҐ]{1,4}(?:МР|СР|РР|ОР|МВК)$")
_DECLINED_PREFIX = re.compile(r"^(?:міст(?:а|ом|у|і|ами)|селищ(?:а|ем|у|і)|сел(?:а|ом|у|і))\b", re.IGNORECASE)
_DECLINED_WORD = re.compile(
    r"(?:ою|ої|ій|рад[иі]|громад[иі]|адміністрації|адміністрацією|району|районом|області|областю)$",
    re.IGNORECASE,
)


def is_initials(text: str) -> bool:
    """Whether the text is nothing but initials of a body («ЛМР»), which name no place."""
    return _INITIALS.match(text.strip(" .")) is not None


def institution_in(text: str) -> Institution:
    """What the words of a Ukrainian party's text tell about it, and the text without them."""
    rest, executive = _EXECUTIVE_WORDS.subn(" ", text)
    rest = " ".join(rest.split())
    body_kind = _EXECUTIVE if executive else ""
    for words in (*_UKRAINIAN, *_FOREIGN_LANGUAGES):
        found = words.pattern.search(rest)
        if found is None:
            continue
        before, after = rest[: found.start()].strip(" ,-–"), rest[found.end() :].strip(" ,-–")
        name = _joined(before, after, words.unit)
        if not name and words.unit in (HROMADA, CITY, SETTLEMENT, VILLAGE, "") and not words.body_kind:
            continue
        declined = any(_DECLINED_WORD.search(word) for word in found.group().split())
        prefixed = _prefixed(name)
        adjective = words.adjective and (not after or prefixed is None)
        unit = words.unit
        if prefixed and unit in ("", HROMADA):
            unit = prefixed.unit
        return Institution(
            prefixed.rest if prefixed else name,
            unit,
            body_kind or words.body_kind,
            declined or (prefixed.declined if prefixed else False),
            adjective and prefixed is None,
        )
    return _prefixed(rest, body_kind) or Institution(rest, "", body_kind)


def _joined(before: str, after: str, unit: str) -> str:
    """The name on either side of the institution's words: «Луцька … рада», «… рада міста Луцька»."""
    if unit == CITY_DISTRICT:
        return f"{before} {after}".strip()
    return before or after


def _prefixed(text: str, body_kind: str = "") -> Institution | None:
    for pattern, unit in _PREFIXES:
        found = pattern.match(text)
        if found and found.end() < len(text):
            declined = _DECLINED_PREFIX.match(text) is not None
            rest = text[found.end() :].strip()
            # «містами м. Мостиська»
            further = pattern.match(rest)
            return Institution(rest[further.end() :] if further else rest, unit, body_kind, declined)
    for pattern, unit in _SUFFIXES:
        found = pattern.search(text)
        if found and found.start() > 0:
            return Institution(text[: found.start()].strip(), unit, body_kind)
    return None
