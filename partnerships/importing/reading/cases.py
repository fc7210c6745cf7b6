"""Nominatives that a Ukrainian word in another case may come from: guesses by endings, the likeliest first.

Nothing here knows a place: whoever looks the guesses up finds which of them is one.
"""

import re
from itertools import product

MOST_GUESSES = 8
_FEMININE = re.compile(r"^(.*[бвгґджзйклмнпрстфхцчшщь])(?:ою|ої|ій|у|а|ий|ого|ому|им|е|ими|их)$")
_ADJECTIVE = re.compile(r"(?:[сцз]ьк|[^аеєиіїоуюяьй])(?:ий|ого|ому|им|а|ої|ій|ою|у|е|і|их|ими)$")
_CHANGED = (
    # instrumental
    ("овом", ("ів",)),
    ("євом", ("їв",)),
    ("евом", ("ів", "їв")),
    ("полем", ("піль",)),
    ("рогом", ("ріг",)),
    ("ком", ("к", "ок", "ко")),
    ("цем", ("ець", "ць", "це")),
    ("ом", ("", "о")),
    ("ем", ("ь", "е", "")),
    ("ією", ("ія",)),
    ("ицею", ("иця",)),
    ("ею", ("я", "а")),
    ("єю", ("я",)),
    ("ською", ("ська",)),
    ("цькою", ("цька",)),
    ("ою", ("а",)),
    ("ами", ("и", "а")),
    ("ями", ("і", "я")),
    # genitive
    ("ова", ("ів", "ов", "ова")),
    ("єва", ("їв", "єв")),
    ("ева", ("ів", "їв", "ев")),
    ("поля", ("піль", "поль", "поле")),
    ("рогу", ("ріг",)),
    ("олу", ("іл", "ол")),
    ("ького", ("ький", "ьке")),
    ("ого", ("ий", "е", "ів")),
    ("ця", ("ець", "ць", "це")),
    ("ська", ("ськ",)),
    ("цька", ("цьк",)),
    ("ка", ("к", "ок", "ко")),
    ("ку", ("к", "ок")),
    ("ової", ("ова",)),
    ("ої", ("а",)),
    ("ії", ("ія",)),
    ("ї", ("я", "ї")),
    ("иці", ("иця",)),
    ("ці", ("ця", "ці")),
    ("і", ("я", "а", "ь")),
    ("ців", ("ці",)),
    ("ів", ("и", "і")),
    ("ен", ("ни",)),
    ("ра", ("р", "ро")),
    ("на", ("н", "но", "ень")),
    ("а", ("", "о")),
    ("я", ("ь", "й", "є", "я")),
    ("и", ("а", "ь")),
    ("у", ("", "о", "а")),
)
#: «Сум», «Черкас», «Бережан»: the plural without an ending.
_BARE = re.compile(r"[бвгґджзклмнпрстфхцчшщ]$")


def feminine(name: str) -> str:
    """An adjective as a hromada or an oblast bears it: «Миколаївською» → «Миколаївська»."""
    found = _FEMININE.match(name)
    return f"{found[1]}а" if found else name


def masculine(name: str) -> str:
    """An adjective as a raion or a powiat bears it: «Отвоцьким» → «Отвоцький»."""
    found = _FEMININE.match(name)
    return f"{found[1]}ий" if found else name


def nominatives(name: str) -> tuple[str, ...]:
    """What a name of one or several words may be in the nominative: «Білої Церкви» → «Біла Церква»."""
    words = name.split()
    if not 0 < len(words) <= 3 or not re.search("[а-яіїєґ]", name):
        return (name,)
    guesses = [name]
    if len(words) == 1:
        guesses += _hyphened(words[0])
    else:
        for noun in (*_hyphened(words[-1]), words[-1]):
            choices = [_of_adjective(word) or (word,) for word in words[:-1]]
            guesses += [" ".join((*chosen, noun)) for chosen in product(*choices)][:3]
    return tuple(dict.fromkeys(guesses))[:MOST_GUESSES]


def _hyphened(word: str) -> list[str]:
    """«Камінь-Каширським», «Володимиром-Волинським»: both parts or the last alone may be declined."""
    head, hyphen, tail = word.rpartition("-")
    if not hyphen:
        return _of_noun(word)
    tails = _of_noun(tail)
    heads = [*_of_noun(head)[:1], head] if head and head[-1] in "аоуюяемі" else [head, *_of_noun(head)[:1]]
    return [f"{one}-{other}" for other in tails for one in heads]


def _of_adjective(word: str) -> tuple[str, ...]:
    """«Білої» → «Біла»; «Нового» → «Новий», «Нове»."""
    for endings, nominative in (
        (("ого", "ому", "им"), ("ий", "е")),
        (("ої", "ою", "ій"), ("а",)),
        (("их", "ими"), ("і",)),
        (("ього", "ьому", "ім"), ("ій", "є")),
    ):
        for ending in endings:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                return tuple(word[: -len(ending)] + new for new in nominative)
    return ()


def _of_noun(word: str) -> list[str]:
    lower = word.lower()
    if lower.endswith(("им", "ого")) and _ADJECTIVE.search(lower):
        return list(_of_adjective(word))
    for ending, nominative in _CHANGED:
        if lower.endswith(ending) and len(word) > max(len(ending) - 1, 2):
            stem = word[: len(word) - len(ending)]
            return [_as_written(word, stem + new) for new in nominative]
    return [word + "и", word + "а"] if _BARE.search(lower) and len(word) < 8 else []


def _as_written(word: str, guess: str) -> str:
    return guess[:1].upper() + guess[1:] if word[:1].isupper() else guess
