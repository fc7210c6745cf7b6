"""What a name sounds like, whoever wrote it down: by Resolution 55, the older ways, in German or in Polish.

«Krywyj Rih», «Kryvyi Rih» and «Кривий Ріг» give one key; so do «Tscherniwzi» and «Чернівці». The keys are
coarse on purpose (all sibilants are one letter): they find candidates and confirm what the oblast says, and
decide nothing by themselves.
"""

import re
from functools import lru_cache

from places.spelling import match_key
from places.transliteration import transliterate

#: Shorter keys are shared by too many names to say anything.
TELLING_LENGTH = 5
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_NOT_LETTERS = re.compile(r"[^a-z]+")
#: Groups of letters, the longest first, and the one sound that they stand for.
_SOUNDS = {
    "schtsch": "s", "stsch": "s", "shch": "s", "szcz": "s", "tsch": "s", "tch": "s", "tsh": "s", "sch": "s",
    "zgh": "sh", "sh": "s", "sz": "s", "cz": "s", "ts": "s", "tz": "s", "zh": "s", "dz": "s", "ch": "s",
    "kh": "h", "gh": "h", "ck": "k", "ph": "v", "qu": "kv", "x": "ks", "w": "v", "f": "v", "c": "s", "z": "s",
    "q": "k", "g": "h", "j": "i", "y": "i",
}  # fmt: skip
_GROUP = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_AFTER_VOWEL = re.compile(r"i+(?=[aeou])")
_TWICE = re.compile(r"(.)\1+")
#: How letters are read in the languages whose places are written in Ukrainian most often.
_READINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "PL": (("rz", "z"), ("ch", "kh"), ("ó", "u"), ("ą", "on"), ("ę", "en"), ("ł", "l")),
    "CZ": (("ch", "kh"), ("ř", "rz"), ("ů", "u")),
    "SK": (("ch", "kh"), ("ô", "uo")),
    "DE": (("chs", "ks"), ("ch", "kh"), ("äu", "oi"), ("eu", "oi"), ("ei", "ai"), ("ie", "i"), ("ä", "e"),
           ("ö", "e"), ("ü", "iu"), ("th", "t"), ("h", "h")),
    "HU": (("gy", "d"), ("ly", "i"), ("cs", "ch"), ("ö", "e"), ("ő", "e"), ("ü", "iu"), ("ű", "iu")),
    "IT": (("cch", "k"), ("ch", "k"), ("gn", "n"), ("gli", "li"), ("gi", "ji")),
    "FR": (("eaux", "o"), ("eau", "o"), ("ou", "u"), ("oi", "ua"), ("ch", "sh"), ("qu", "k"), ("gn", "n")),
    "RO": (("che", "ke"), ("chi", "ki"), ("ă", "e"), ("â", "i"), ("î", "i")),
}  # fmt: skip


@lru_cache(maxsize=200_000)
def sound_keys(text: str) -> tuple[str, ...]:
    """Keys of how ``text`` sounds, two where «ch» may be read as in English and as in German."""
    if _CYRILLIC.search(text):
        return (_key(match_key(transliterate(text))),)
    latin = match_key(text)
    keys = (_key(latin), _key(re.sub(r"(?<![st])ch", "kh", latin)))
    return tuple(dict.fromkeys(key for key in keys if key))


@lru_cache(maxsize=100_000)
def foreign_sound(text: str, country: str) -> str:
    """One key of a foreign name: in Cyrillic by its letters, else as its language reads them."""
    if _CYRILLIC.search(text):
        return _key(match_key(transliterate(text)))
    read = text.lower()
    for letters, sound in _READINGS.get(country, ()):
        read = read.replace(letters, sound)
    return _key(match_key(read))


def _key(latin: str) -> str:
    letters = _NOT_LETTERS.sub("", latin)
    sounds = _GROUP.sub(lambda found: _SOUNDS[found.group()], letters).replace("ts", "s")
    return _TWICE.sub(r"\1", _AFTER_VOWEL.sub("", _TWICE.sub(r"\1", sounds)))
