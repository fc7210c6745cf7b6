"""Ukrainian in Latin letters, by the table of Cabinet of Ministers Resolution 55 of 27 January 2010."""

APOSTROPHES = "'’ʼ`ʹ"

_ANYWHERE = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z",
    "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
}  # fmt: skip
_WORD_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def transliterate(text: str) -> str:
    """Write Ukrainian ``text`` in Latin letters; characters outside the Ukrainian alphabet stay as they are.

    The resolution's special rules: є, ї, й, ю, я differ at the start of a word (a part after a hyphen counts
    as one), «зг» is ``zgh``, the soft sign and the apostrophe are not written. A word in capitals stays so.
    """
    written: list[str] = []
    for position, character in enumerate(text):
        before = _letter_before(text, position)
        after = text[position + 1] if position + 1 < len(text) else " "
        written.append(_letter(character, before, after))
    return "".join(written)


def _letter_before(text: str, position: int) -> str:
    """The character before, or the letter before an apostrophe inside the word: «Знам'янка» is one word."""
    if position >= 2 and text[position - 1] in APOSTROPHES and text[position - 2].isalpha():
        return text[position - 2]
    return text[position - 1] if position else " "


def _letter(character: str, before: str, after: str) -> str:
    small = character.lower()
    if character in APOSTROPHES and before.isalpha() and after.isalpha():
        return ""
    if small not in _ANYWHERE:
        return character
    if small == "г" and before.lower() == "з":
        latin = "gh"
    elif not before.isalpha():
        latin = _WORD_START.get(small, _ANYWHERE[small])
    else:
        latin = _ANYWHERE[small]
    if character == small:
        return latin
    in_capitals = (after.isalpha() and after.isupper()) or (not after.isalpha() and before.isupper())
    return latin.upper() if in_capitals else latin.capitalize()
