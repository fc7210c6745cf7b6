"""Codes of kinds, statuses and modes by the words that tables use for them in three languages."""

import re

from partnerships.enums import Kind, LegalKind, Mode
from partnerships.importing.reading.cleaning import plain
from places.spelling import match_key


def _code(value: str) -> str:
    return str(value)


#: The first pattern that fits counts: narrower words come before those that they contain.
_KINDS = tuple(
    (re.compile(pattern, re.IGNORECASE), _code(kind.value))
    for pattern, kind in (
        (r"солідарн|solidar", Kind.SOLIDARITY),
        (r"про[єе]кт|project|projekt", Kind.PROJECT),
        (
            r"меморандум|memorandum|протокол про намір|letter of intent|absichtserklärung|\bmou\b",
            Kind.MEMORANDUM,
        ),
        (r"дружб|дружн|friend|freund", Kind.FRIENDSHIP),
        (r"контакт|contact|kontakt", Kind.CONTACT),
        (
            r"побрат|twin|sister|партнерств|partnersch|partnership|партнерськ|jumelage|gemellaggio"
            r"|partnerstwo",
            Kind.PARTNERSHIP,
        ),
        (
            r"співробітн|співпрац|угод|cooperat|agreement|kooperation|zusammenarbeit|vereinbarung|договір",
            Kind.COOPERATION,
        ),
    )
)
#: Words that say nothing about the kind, for cells of a column of kinds.
_LEGAL_KINDS = (
    (re.compile(r"міжтериторіальн|interterritorial", re.IGNORECASE), _code(LegalKind.INTERTERRITORIAL.value)),
    (
        re.compile(r"транскордонн|прикордонн|transborder|cross-?border|grenzüberschreitend", re.IGNORECASE),
        _code(LegalKind.TRANSBORDER.value),
    ),
    (re.compile(r"транснаціональн|transnational", re.IGNORECASE), _code(LegalKind.TRANSNATIONAL.value)),
)
#: Statuses as `partnerships.loading.claims` knows them.
_STATUSES = (
    (r"announced|заплан|планує|очіку|оголош|planned|geplant|angekündigt|підготовк", "announced"),
    (r"hoped|сподів|erhofft", "hoped"),
    (r"talks|перегов|negotiat|verhandl|gespräch|намір", "talks"),
    (r"approved|погоджен|genehmigt", "approved"),
    (r"registered|зареєстр|registriert|внесено до реєстру", "registered"),
    (r"decided|ухвален|рішення прийнят|прийнят|схвален|beschlossen", "decided"),
    (r"signed|підписан|укладен|чинн|діє|діюч|active|in force|unterzeichnet|aktiv|in kraft|дійсн", "signed"),
    (r"listed|unknown|невідом|unbekannt|перелік", "listed"),
)
_STATUS_PATTERNS = tuple((re.compile(rf"\b(?:{words})", re.IGNORECASE), code) for words, code in _STATUSES)
_ENDED = re.compile(
    r"\b(?:ended|terminated|припинен|завершен|розірван|beendet|недійсн|нечинн|не діє|inactive|призупин"
    r"|suspend|ruht)",
    re.IGNORECASE,
)
_ONLINE = re.compile(
    r"онлайн|on-?line|дистанційн|відеозв|video|remote|digital|віртуальн|virtuell", re.IGNORECASE
)
_IN_PERSON = re.compile(r"очн|in[ _-]?person|особист|vor ort|präsenz|офлайн|offline|in_person", re.IGNORECASE)


def kind_of(text: str) -> str:
    """Code of `Kind` that a cell names; empty where it names none that is known."""
    clean = plain(text)
    if match_key(clean) in Kind.values:
        return match_key(clean)
    return next((code for pattern, code in _KINDS if pattern.search(clean)), "")


def legal_kinds_in(text: str) -> list[str]:
    """Codes of `LegalKind` that a cell names: two in one cell are no rarity."""
    return [code for pattern, code in _LEGAL_KINDS if pattern.search(plain(text))]


def status_of(text: str) -> tuple[str, bool]:
    """Code of the status that a cell names, and whether it says that the relation is over or at rest."""
    clean = plain(text)
    if _ENDED.search(clean):
        return "signed", True
    return next((code for pattern, code in _STATUS_PATTERNS if pattern.search(clean)), ""), False


def mode_of(text: str) -> str:
    if _ONLINE.search(text):
        return _code(Mode.ONLINE.value)
    return _code(Mode.IN_PERSON.value) if _IN_PERSON.search(text) else ""
