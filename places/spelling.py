"""How sources spell names of places: cleaning a spelling and comparing two of them."""

import html
import re
import unicodedata

_STRESS = "\N{COMBINING ACUTE ACCENT}"
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z]")
#: Latin letters that look like Cyrillic ones and slip into Cyrillic words («Яcси» with a Latin c).
_LOOKALIKES = str.maketrans("aceiopxyABCEHIKMOPTX", "асеіорхуАВСЕНІКМОРТХ")
_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHES = re.compile(r"[’ʼ`´‘ʹ]")
_DASHES = re.compile(r"[-‐‑–—]")
_WITHOUT_MARK = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "e"}
)
_CAPITALS_WITHOUT_MARK = str.maketrans({"Ł": "L", "Đ": "D", "Ø": "O", "Æ": "AE", "Œ": "OE", "Ə": "E"})
_TYPE_WORDS = re.compile(
    r"^(?:(?:магістрат|рада|міська рада|примарія)\s+)?"
    r"(?:м\.|к\.|с\.|смт\.?\s|місто\s|міста\s|селище\s|комуна\s|комуни\s|муніципалітет\s|муніципії\s|муніципій\s"
    r"|волость\s|община\s|[гґ]міна і місто\s|[гґ]міна\s|obec\s)\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:[(,;]|Адреса:|\s\S+(?:ського|цького|зького) (?:воєводства|повіту)|\sповіту\s).*$")


def clean_spelling(text: str) -> str:
    """``text`` without HTML entities, stress marks, Latin letters in Cyrillic words and runs of spaces."""
    plain = unicodedata.normalize("NFD", html.unescape(text))
    # Only й and ї carry marks of their own: an acute accent on a Cyrillic letter is a stress mark.
    plain = re.sub(rf"(?<=[\u0400-\u04ff\u0306\u0308]){_STRESS}", "", plain)
    plain = unicodedata.normalize("NFC", plain)
    return " ".join(_WORD.sub(_one_alphabet, plain).split())


def _one_alphabet(found: re.Match[str]) -> str:
    word = found.group()
    return word.translate(_LOOKALIKES) if _CYRILLIC.search(word) and _LATIN.search(word) else word


def without_type(text: str) -> str:
    """The name alone: without «м.», «Гміна», «комуна» … before it and what follows a comma or a bracket."""
    name = _TAIL.sub("", clean_spelling(text))
    return _TYPE_WORDS.sub("", name).strip()


def without_marks(text: str) -> str:
    """Latin letters with a mark of their own, or two in one, as plain ones: «Wrocław» → «Wroclaw»."""
    return text.translate(_WITHOUT_MARK | _CAPITALS_WITHOUT_MARK)


def match_key(text: str) -> str:
    """What two spellings of one name share: case, apostrophes, hyphens, ґ and Latin marks are folded."""
    key = _DASHES.sub(" ", _APOSTROPHES.sub("'", clean_spelling(text).lower())).replace("ґ", "г")
    if not _CYRILLIC.search(key):
        decomposed = unicodedata.normalize("NFKD", key.translate(_WITHOUT_MARK))
        key = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(key.split())
