"""Which of GeoNames' alternate names is Ukrainian, which is the place's own: the extract has no languages."""

import re
from functools import cache

from places.gazetteer.geonames import GeoName
from places.gazetteer.tables import DECISIONS, read_table
from places.spelling import match_key, without_type
from places.transliteration import transliterate

#: Main language of municipalities' own names, by country; countries with several are left out.
LANGUAGES = {
    "AL": "sq", "AR": "es", "AT": "de", "AU": "en", "AZ": "az", "BA": "bs", "BR": "pt", "CL": "es",
    "CO": "es", "CU": "es", "CZ": "cs", "DE": "de", "DK": "da", "EE": "et", "ES": "es", "FI": "fi",
    "FR": "fr", "GB": "en", "HR": "hr", "HU": "hu", "ID": "id", "IS": "is", "IT": "it", "LT": "lt",
    "LV": "lv", "MC": "fr", "MD": "ro", "ME": "sr", "MX": "es", "NL": "nl", "NO": "no", "PE": "es",
    "PL": "pl", "PT": "pt", "RO": "ro", "RS": "sr", "SE": "sv", "SI": "sl", "SK": "sk", "TM": "tk",
    "TR": "tr", "US": "en", "UZ": "uz",
}  # fmt: skip

#: Countries whose own names are in another script: language and the characters of the script.
SCRIPTS = {
    "AM": ("hy", r"[\u0531-\u0587][\u0531-\u0587 -]+"),
    "CY": ("el", r"[\u0370-\u03ff][\u0370-\u03ff -]+"),
    "GE": ("ka", r"[\u10d0-\u10ff][\u10d0-\u10ff -]+"),
    "GR": ("el", r"[\u0370-\u03ff][\u0370-\u03ff -]+"),
    "IL": ("he", r"[\u05d0-\u05ea][\u05d0-\u05ea\" -]+"),
    "CN": ("zh", r"[\u4e00-\u9fff]+"),
    "JP": ("ja", r"[\u3040-\u30ff\u4e00-\u9fff]+"),
    "KR": ("ko", r"[\uac00-\ud7a3]+"),
    "KZ": ("kk", r"[\u0400-\u04ff][\u0400-\u04ff -]+"),
    "BG": ("bg", r"[А-Я][а-я]*(?:[ -][А-Яа-я]+)*"),
    "MK": ("mk", r"[А-ЯЃЌЏЉЊЅЈ][а-яѓќџљњѕј]*(?:[ -][А-ЯЃЌЏЉЊЅЈа-яѓќџљњѕј]+)*"),
}

#: First letters of Latin names that a Ukrainian first letter may stand for, beside its transliteration.
_ALSO_WRITTEN = {"h": "g", "y": "ijg", "z": "s", "k": "cq", "t": "c", "f": "fp", "v": "w", "s": "x", "i": "e"}
_UKRAINIAN_WORD = re.compile(r"[А-ЩЬЮЯІЇЄҐа-щьюяіїєґ'’ʼ -]+")
_ONLY_UKRAINIAN = re.compile(r"[їєґЇЄҐ]")
_BULGARIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu",
    "я": "ya",
}  # fmt: skip
_MACEDONIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ѓ": "gj", "е": "e", "ж": "zh", "з": "z",
    "ѕ": "dz", "и": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ќ": "kj", "у": "u", "ф": "f", "х": "h", "ц": "c",
    "ч": "ch", "џ": "dzh", "ш": "sh",
}  # fmt: skip
_ROMANISED = {"BG": _BULGARIAN, "MK": _MACEDONIAN}


def surely_ukrainian(name: str) -> bool:
    """Whether a Cyrillic name can only be Ukrainian: ї, є, ґ, or «і» with «и» (Belarusian has no «и»)."""
    if not _UKRAINIAN_WORD.fullmatch(name) or name.startswith("И"):
        return False
    small = name.lower()
    return bool(_ONLY_UKRAINIAN.search(name)) or ("і" in small and "и" in small)


def ukrainian_name(place: GeoName) -> str:
    """The one surely Ukrainian name among the alternates; blank where there is none or more than one.

    Spellings with ґ compete with those with г; one counts only in the form with г, if that stands there too.
    Old spellings («Фїлїппополь») and names of other times are kept out: the first letter must sound alike.
    """
    names = {without_type(name) for name in place.alternates}
    sure = {
        name for name in names if surely_ukrainian(name) and not re.search("[бвгджзклмнпрстфхцчшщ]ї", name)
    }
    sure |= {name.replace("ґ", "г").replace("Ґ", "Г") for name in sure}
    usable = {name for name in sure if name in names and not re.search("[ґҐ]", name)}
    if len(usable) != 1:
        return ""
    name = usable.pop()
    first = transliterate(name)[0].lower()
    return name if match_key(place.name)[0] in first + _ALSO_WRITTEN.get(first, "") else ""


def own_name(iso2: str, latin: str, place: GeoName | None) -> tuple[str, str]:
    """Own name and its language; where the own script's spelling is not certain, the Latin one without."""
    if iso2 not in SCRIPTS:
        return latin, LANGUAGES.get(iso2, "")
    language, pattern = SCRIPTS[iso2]
    decided = _decided().get((iso2, latin))
    if decided:
        return decided, language
    alternates = place.alternates if place is not None else ()
    candidates = {name for name in alternates if re.fullmatch(pattern, name)}
    if iso2 in _ROMANISED:
        candidates = {name for name in candidates if _romanise(name, iso2) == _plain(latin)}
    return (candidates.pop(), language) if len(candidates) == 1 else (latin, "")


def _romanise(name: str, iso2: str) -> str:
    # Bulgarian writes a final «ия» as "ia": Sofia, Provadia.
    text = re.sub(r"ия$", "иа", name.lower()) if iso2 == "BG" else name.lower()
    return "".join(_ROMANISED[iso2].get(letter, letter) for letter in text)


def _plain(latin: str) -> str:
    return latin.lower().replace("č", "ch").replace("š", "sh").replace("ž", "zh")


@cache
def _decided() -> dict[tuple[str, str], str]:
    return {(row["iso2"], row["name"]): row["name_own"] for row in read_table(DECISIONS / "own_names.csv")}
