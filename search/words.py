"""Words of a text as search sees them: folded names and lemmas of Ukrainian and English words."""

import re
import unicodedata
from functools import lru_cache

import pymorphy3

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‘": "'", "´": "'"})
#: Letters that Unicode does not take apart into a letter and an accent.
_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_KEEP = {"й": "й", "ї": "ї"}
MAX_WORDS_OF_QUERY = 12


@lru_cache(maxsize=1)
def _morph() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="uk")


def normalise(text: str) -> str:
    """Small letters, one apostrophe, no control characters; accents of Ukrainian letters are kept."""
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHES).replace("\0", " ").lower()


def fold(text: str) -> str:
    """As `normalise`, and without accents, apostrophes and hyphens: «Кам’янське» → «камянське», Köln → koln."""
    letters = []
    for letter in normalise(text).translate(_PLAIN):
        if letter in _KEEP:
            letters.append(letter)
            continue
        letters += [part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part)]
    return " ".join("".join(letters).replace("'", "").replace("-", " ").split())


def words(text: str) -> list[str]:
    return _WORD.findall(normalise(text))


@lru_cache(maxsize=50_000)
def lemmas_of(word: str) -> tuple[str, ...]:
    """All lemmas a word form may belong to (міст → місто, міст), folded; the word itself if it has none.

    The word itself always counts as well: names that the dictionary does not know are found as written.
    """
    found = {fold(word)}
    if re.search("[а-яґєії]", word):
        found |= {fold(parse.normal_form) for parse in _morph().parse(word)[:6]}
    elif word.endswith("s") and len(word) > 4:
        found.add(fold(word[:-1]))
    return tuple(sorted(lemma.replace(" ", "") for lemma in found if lemma))


def lemma_text(text: str) -> str:
    """The lemmas of a text, for a `simple` text search vector."""
    return " ".join(lemma for word in words(text) for lemma in lemmas_of(word))


_ENGLISH = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_UKRAINIAN = "йцукенгшщзхїфівапролджєячсмитьбю'"
_TO_UKRAINIAN = str.maketrans(_ENGLISH, _UKRAINIAN)
_TO_ENGLISH = str.maketrans(_UKRAINIAN, _ENGLISH)


def other_layout(text: str) -> str:
    """What the same keys give in the other keyboard layout: «rbtd» → «київ»."""
    lower = text.lower()
    cyrillic = bool(re.search("[а-яґєії]", lower))
    return lower.translate(_TO_ENGLISH if cyrillic else _TO_UKRAINIAN)
