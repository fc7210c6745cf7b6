"""Words of a text as search sees them: folded names and lemmas of Ukrainian and English words."""

import re
import unicodedata
from functools import lru_cache

import pymorphy3

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_NOT_IN_LEMMA = re.compile(r"[\W_]+")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‘": "'", "´": "'"})
#: Letters that Unicode does not take apart into a letter and an accent.
_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
# Letters that Unicode takes apart although to a Ukrainian they are one; out of its way meanwhile.
_HIDE = str.maketrans("йї", "\ue000\ue001")
_SHOW = str.maketrans("\ue000\ue001", "йї")
_ACCENTS = re.compile("[\u0300-\u036f]")
MAX_WORDS_OF_QUERY = 12
# What PostgreSQL counts in a tsvector: positions beyond the last are the last.
LAST_POSITION = 16_383
POSITIONS_OF_A_LEMMA = 20
LONGEST_LEMMA = 500


@lru_cache(maxsize=1)
def _morph() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="uk")


def normalise(text: str) -> str:
    """Small letters, one apostrophe, no control characters; accents of Ukrainian letters are kept."""
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHES).replace("\0", " ").lower()


def fold(text: str) -> str:
    """As `normalise`, without accents, apostrophes and hyphens: «Кам’янське» → «камянське», Köln → koln."""
    apart = unicodedata.normalize("NFD", normalise(text).translate(_PLAIN).translate(_HIDE))
    return " ".join(_ACCENTS.sub("", apart).translate(_SHOW).replace("'", "").replace("-", " ").split())


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
    return tuple(sorted({bare for lemma in found if (bare := _NOT_IN_LEMMA.sub("", lemma))}))


def text_vector(*parts: tuple[str, str]) -> str:
    """A PostgreSQL `tsvector` over the lemmas of texts, each text with its weight (A to D).

    Lemmas of one word share its position. Written here rather than by `to_tsvector`, which knows no Ukrainian
    and would have to be sent every text once more.
    """
    positions: dict[str, list[str]] = {}
    position = 0
    for text, weight in parts:
        for word in words(text):
            position = min(position + 1, LAST_POSITION)
            for lemma in lemmas_of(word):
                places = positions.setdefault(lemma, [])
                if len(places) < POSITIONS_OF_A_LEMMA:
                    places.append(f"{position}{weight}")
    return " ".join(
        f"'{lemma}':{','.join(places)}" for lemma, places in positions.items() if len(lemma) <= LONGEST_LEMMA
    )


_ENGLISH = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_UKRAINIAN = "йцукенгшщзхїфівапролджєячсмитьбю'"
_TO_UKRAINIAN = str.maketrans(_ENGLISH, _UKRAINIAN)
_TO_ENGLISH = str.maketrans(_UKRAINIAN, _ENGLISH)


def other_layout(text: str) -> str:
    """What the same keys give in the other keyboard layout: «rbtd» → «київ»."""
    lower = text.lower()
    cyrillic = bool(re.search("[а-яґєії]", lower))
    return lower.translate(_TO_ENGLISH if cyrillic else _TO_UKRAINIAN)
