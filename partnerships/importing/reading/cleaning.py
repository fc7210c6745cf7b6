"""Making the text of a cell plain: what it says, without the traces of how it was typed and exported."""

import html
import re
from functools import lru_cache

from places.spelling import clean_spelling

#: What has no width or only says where a word may be broken.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]")
#: Control characters other than the ends of lines; a database's text holds no NUL, and no name any of these.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_TO_CYRILLIC = str.maketrans("aceiopxyABCEHIKMOPTXY", "асеіорхуАВСЕНІКМОРТХУ")
_TO_LATIN = str.maketrans("асеіорхуАВСЕНІКМОРТХУ", "aceiopxyABCEHIKMOPTXY")
#: What people write into a cell that says nothing.
_NOTHING = re.compile(
    r"[\s\-–—_.,:;/*?]*|n/?a|none|null|nan|nil|unknown|unbekannt|keine?|k\.\s?a\.|невідом[оаий]+|немає"
    r"|відсутн\w+|не зазначено|не визначено|б/н|#n/a|#н/д|н/д",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """The text on one line, in one alphabet a word; without entities, stress marks and invisible signs."""
    return _plain_again(text) if len(text) <= _REPEATED else _plain(text)


def _plain(text: str) -> str:
    return clean_spelling(_visible(text))


#: Tables repeat their oblasts, states and kinds thousands of times.
_REPEATED = 200
_plain_again = lru_cache(maxsize=8192)(_plain)


def plain_lines(text: str) -> list[str]:
    """The lines of a cell that hold something, each as `plain` gives it."""
    lines = re.split(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", _entities(text))
    return [clean for line in lines if (clean := plain(line))]


def says_nothing(text: str) -> bool:
    """Whether the cell is empty or only says that nobody knows («-», «_», «невідомо»)."""
    return _NOTHING.fullmatch(text.strip()) is not None


def without_control(text: str) -> str:
    """The text as it stands in the file, without what no database stores."""
    return _CONTROL.sub("", text)


def _visible(text: str) -> str:
    return _WORD.sub(_one_alphabet, _CONTROL.sub(" ", _INVISIBLE.sub("", _entities(text))))


def _entities(text: str) -> str:
    """Entities may have been escaped twice (`&amp;#39;`)."""
    once = html.unescape(text) if "&" in text else text
    return html.unescape(once) if "&" in once else once


def _one_alphabet(found: re.Match[str]) -> str:
    """A word of two alphabets in the one that all its letters can have: «Яcси», «Кöln»."""
    word = found.group()
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    as_cyrillic, as_latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    whole_cyrillic, whole_latin = not _LATIN.search(as_cyrillic), not _CYRILLIC.search(as_latin)
    if whole_latin and (not whole_cyrillic or latin > cyrillic):
        return as_latin
    return as_cyrillic if whole_cyrillic else word
