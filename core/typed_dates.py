"""Dates as people type them, in Ukrainian, English and German, read into EDTF (see `core.edtf`).

A date is never read more precisely, or in another way, than it was written: what can mean two days is
refused with the reason, and so is a year of two digits. Numbers with dots are day, month, year, as Ukraine
writes them.
Below, words have become one capital letter each (months M01 … M12), so that the patterns know no language.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.edtf import InvalidDate, PartialDate, WhyInvalid

_MONTHS = [
    re.compile(names)
    for names in (
        r"січ(?:ень|ня|ні|ню|нем)?|january|januar|jänner|jan",
        r"лют(?:ий|ого|ому|ім|им)?|february|februar|feb",
        r"бер(?:езень|езня|езні|езню|езнем|ез)?|march|märz|maerz|mar|mär|mrz",
        r"кві(?:тень|тня|тні|тню|тнем|т)?|april|apr",
        r"тра(?:вень|вня|вні|вню|внем|в)?|may|mai",
        r"чер(?:вень|вня|вні|вню|внем|в)?|june|juni|jun",
        r"лип(?:ень|ня|ні|ню|нем)?|july|juli|jul",
        r"сер(?:пень|пня|пні|пню|пнем|п)?|august|aug",
        r"вер(?:есень|есня|есні|есню|еснем|ес)?|september|sept|sep",
        r"жов(?:тень|тня|тні|тню|тнем|т)?|october|oktober|oct|okt",
        r"лис(?:топада|топаді|топаду|топадом|топад|т)?|november|nov",
        r"гру(?:день|дня|дні|дню|днем|д)?|december|dezember|dec|dez",
    )
]
_ABOUT, _UNCERTAIN, _SINCE, _UNTIL, _BETWEEN, _AND, _ONWARDS, _SAID_OF = "AUSTBNLF"
_MEANING = {
    word: letter
    for letter, words in {
        _ABOUT: "близько приблизно прибл бл орієнтовно about around circa approximately approx ca c um etwa"
        " ungefähr",
        _UNCERTAIN: "непевно ймовірно імовірно можливо мабуть uncertain probably possibly perhaps maybe"
        " presumably unsicher wahrscheinlich vermutlich vielleicht",
        _SINCE: "з із зі починаючи since from seit ab von",
        _UNTIL: "по до to until till bis",
        _BETWEEN: "між between zwischen",
        _AND: "та і й and und",
        _ONWARDS: "далі onwards onward",
        # Alone these tell the day of a document: «угода від 9 лютого 2023», »Vertrag vom 9. Februar 2023«.
        _SAID_OF: "від vom",
        "": "р рр рік року році роком роки років у в on in at the of dated am im den dem der year years jahr"
        " jahre jahren дата укладання укладення укладено підписання підписано signed signing unterzeichnet"
        " понеділок вівторок середа четвер пʼятниця субота неділя monday tuesday wednesday thursday friday"
        " saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag",
    }.items()
    for word in words.split()
}
#: What stands in a cell where nobody knows the date.
_NOTHING = re.compile(r"[\s\-–_.,]*|невідомо|невідома|unknown|unbekannt", re.IGNORECASE)

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z]")
_LATIN_LIKE, _CYRILLIC_LIKE = "aceiopxykmthb", "асеіорхукмтнв"
_TO_CYRILLIC = str.maketrans(_LATIN_LIKE, _CYRILLIC_LIKE)
_TO_LATIN = str.maketrans(_CYRILLIC_LIKE, _LATIN_LIKE)
_ORDINAL = re.compile(r"(?<=\d)(?:[-–]?(?:го|те|ше|ге|е)|st|nd|rd|th)(?![^\W\d_])", re.IGNORECASE)
_TIME = re.compile(r"(?<=\d)[Tt\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|\s?[+-]\d{2}:?\d{2})?(?![\d:])")

_Y, _M, _N, _D, _GAP = r"(?P<y>\d{4})", r"(?P<m>\d{1,2})", r"M(?P<n>\d\d)", r"(?P<d>\d{1,2})", r"[\s.,]*"
_POINTS = [
    re.compile(pattern)
    for pattern in (
        _Y,
        rf"{_N}{_GAP}{_Y}",
        rf"{_Y}{_GAP}{_N}",
        rf"{_D}[\s.,–-]*{_N}[\s.,–-]*{_Y}",
        rf"{_N}{_GAP}{_D}[\s.,]+{_Y}",
        rf"{_Y}{_GAP}{_N}{_GAP}{_D}",
        rf"{_Y}(?P<sep>[-–/.])\s?{_M}(?P=sep)\s?{_D}",
        rf"{_Y}\s+{_M}\s+{_D}",
        rf"{_D}(?P<sep>[-–/])\s?{_M}(?P=sep)\s?{_Y}",
        rf"{_D}\s?[.,\s]\s?{_M}\s?[.,\s]\s?{_Y}",
        rf"{_Y}[-.]{_M}",
        rf"{_M}\s?[-./\s]\s?{_Y}",
    )
]
#: Beginnings of a period, whose end tells the month or the year: «з 1 по 3 травня 2023».
_BEGINNINGS = [
    re.compile(pattern)
    for pattern in (rf"{_D}\.?", rf"{_D}{_GAP}{_N}", rf"{_N}{_GAP}{_D}", rf"{_D}\.{_M}\.?", _N)
]
_SHORT_YEAR = re.compile(
    rf"(?:\d{{1,2}}\s?[-–./]\s?\d{{1,2}}\s?[-–./]\s?|(?:\d{{1,2}}{_GAP})?M\d\d{_GAP}['’]?)\d\d"
)
#: 2011/12 and 2011–12 are December 2011 to some, two years to others.
_YEAR_AND_TWO_DIGITS = re.compile(r"\d{4}\s?[/–]\s?\d{2}")
_DAYS_AFTER_MONTH = re.compile(r"^(M\d\d)\s+(\d{1,2})\s?[-–]\s?(\d{1,2}),?\s+(\d{4})$")
_BETWEEN_ENDS = re.compile(rf"\s*(?:[-–/]|{_UNTIL})\s*")
_LONGEST = 200
_EDGE = " \t\r\n,;:."


@dataclass(frozen=True, slots=True)
class _Point:
    year: int | None = None
    month: int | None = None
    day: int | None = None
    qualifier: str = ""

    def edtf(self) -> str:
        text = f"{self.year:04d}"
        text += f"-{self.month:02d}" if self.month else ""
        return text + (f"-{self.day:02d}" if self.day else "") + self.qualifier


def parse_date(text: str) -> str:
    """The EDTF text of a date that somebody typed; empty where the text says that nothing is known.

    :raises InvalidDate: it is no date, no such day exists, or it can be read in two ways.
    """
    clean = " ".join(_plain(text).split())
    if _NOTHING.fullmatch(clean):
        return ""
    if len(clean) > _LONGEST:
        raise InvalidDate(text)
    try:
        return PartialDate.parse(clean).edtf
    except InvalidDate as error:
        if error.why is WhyInvalid.BACKWARDS:
            raise
    try:
        edtf = _read(_in_letters(clean))
        return PartialDate.parse(edtf).edtf
    except InvalidDate as error:
        raise InvalidDate(text, error.why) from error


def find_date(text: str) -> tuple[str, str]:
    """The date of a cell that also holds something else, such as a place, and what else it holds.

    The date is empty where the cell holds none: «м. Ковель» gives ``("", "м. Ковель")``.

    :raises InvalidDate: what looks like a date can't be read, or there are several.
    """
    clean = _plain(text)
    # «9-го» as one number, with every letter at its place.
    bare = _ORDINAL.sub(lambda ending: " " * len(ending.group()), clean)
    spans = list(_stretches(bare))
    dates = {parse_date(clean[start:end]) for start, end in spans}
    if len(dates) > 1:
        raise InvalidDate(text, WhyInvalid.SEVERAL)
    if not dates:
        if _NOTHING.fullmatch(clean.strip()):
            return "", ""
        if re.search(rf"\d\s*{_N}", _in_letters(clean)):
            raise InvalidDate(text)  # a day and a month, and no year
        return "", " ".join(clean.split())
    ends = [0, *(place for span in spans for place in span), len(clean)]
    others = [clean[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]
    # The dot of «обл.» stays at the very end.
    others = [other.strip(_EDGE + "-–") for other in others[:-1]] + [
        others[-1].lstrip(_EDGE + "-–").rstrip(" \t\r\n,;:-–")
    ]
    return dates.pop(), " ".join(", ".join(filter(None, others)).split())


def _plain(text: str) -> str:
    """With digits 0–9, plain spaces and two kinds of dash; without stress marks and what has no width."""
    letters = []
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        if kind == "Nd":
            letters.append(str(unicodedata.decimal(character)))
        elif kind == "Zs":
            letters.append(" ")
        elif kind == "Pd" or character == "−":
            letters.append("-" if character in "-‐‑" else "–")
        elif kind not in ("Cf", "Cc", "Cs") or character in "\n\r\t":
            letters.append(character if character != "\N{COMBINING ACUTE ACCENT}" else "")
    return "".join(letters)


def _meaning(word: str) -> str | None:
    """The letter of a word that belongs to dates, empty for one that says nothing; none for another word."""
    word = re.sub("['’`]", "ʼ", word.lower())
    spellings = [word]
    if len(word) == 1:
        # Never from Cyrillic to Latin: «с.» before a name is a village and not "circa".
        spellings.append(word.translate(_TO_CYRILLIC))
    elif _CYRILLIC.search(word) and _LATIN.search(word):
        spellings += [word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)]
    for spelling in spellings:
        if spelling in _MEANING:
            return _MEANING[spelling]
        for number, names in enumerate(_MONTHS, start=1):
            if names.fullmatch(spelling):
                return f"M{number:02d}"
    return None


def _in_letters(text: str) -> str:
    """The text with its words as letters; a word that no date has stays in small letters and fits nothing."""

    def letter(found: re.Match[str]) -> str:
        meaning = _meaning(found.group())
        return found.group().lower() if meaning is None else f" {meaning} "

    text = _TIME.sub("", _ORDINAL.sub("", text))
    text = re.sub(r"[()\[\]]", " ", _WORD.sub(letter, text)).replace("≈", " A ")
    return " ".join(text.split()).strip(_EDGE)


def _read(text: str) -> str:
    """EDTF of a text in letters: a point, or a period with one or two ends."""
    if not text:
        raise InvalidDate(text)
    text = _DAYS_AFTER_MONTH.sub(r"\2 – \3 \1 \4", text)  # May 1–3, 2023
    point = _point(text)
    if point:
        return point.edtf()
    if _YEAR_AND_TWO_DIGITS.fullmatch(text):
        raise InvalidDate(text, WhyInvalid.TWO_WAYS)
    periods, first_error = set(), None
    for start, end in _splits(text):
        try:
            periods.add(_period(start, end))
        except InvalidDate as error:
            first_error = first_error or error
    periods.discard("")
    if len(periods) == 1:
        return periods.pop()
    raise InvalidDate(text, WhyInvalid.TWO_WAYS) if periods else first_error or InvalidDate(text)


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Each way to see the beginning and the end of a period; an open one is empty."""
    text = re.sub(rf"[\s,]*(?:{_AND}\s*)?{_ONWARDS}$", f" {_ONWARDS}", text)
    if text.endswith(_ONWARDS):
        yield text.removesuffix(_ONWARDS).strip().removeprefix(_SINCE).strip(), ""
    elif re.search(r"\d\s?–$", text):
        yield text.removesuffix("–").strip(), ""
    elif text.startswith(_UNTIL):
        yield "", text.removeprefix(_UNTIL).strip()
    elif text.startswith(_BETWEEN):
        start, _, end = text.removeprefix(_BETWEEN).partition(f" {_AND} ")
        yield start.strip(), end.strip()
    elif text.startswith(_SAID_OF) and _point(text.removeprefix(_SAID_OF).strip()):
        # The two ends are one day, which `_period` writes as one.
        yield text, text
    else:
        if text.startswith(_SINCE):
            yield text.removeprefix(_SINCE).strip(), ""
        bare = re.sub(rf"^[{_SINCE}{_SAID_OF}]\s+", "", text)
        for found in _BETWEEN_ENDS.finditer(bare):
            yield bare[: found.start()], bare[found.end() :]


def _period(start: str, end: str) -> str:
    """EDTF of a period; empty where its ends are no dates."""
    if start.startswith(_SAID_OF):
        point = _point(start.removeprefix(_SAID_OF).strip())
        return point.edtf() if point else ""
    last = _point(end) if end else None
    if end and last is None:
        if re.fullmatch(r"\d\d", end):
            raise InvalidDate(end, WhyInvalid.SHORT_YEAR)
        return ""
    first = (_point(start) or (last and _beginning(start, last))) if start else None
    if first is None and (start or last is None):
        return ""
    return f"{first.edtf() if first else '..'}/{last.edtf() if last else '..'}"


def _point(text: str) -> _Point | None:
    """A year, a month or a day with its qualifier; none where the text has another shape.

    :raises InvalidDate: it has the shape, but there is no such day, or it may be two.
    """
    text, qualifier = _qualifier(text)
    if _SHORT_YEAR.fullmatch(text):
        raise InvalidDate(text, WhyInvalid.SHORT_YEAR)
    for pattern in _POINTS:
        found = pattern.fullmatch(text)
        if found:
            return replace(_checked(text, found.groupdict()), qualifier=qualifier)
    return None


def _qualifier(text: str) -> tuple[str, str]:
    """The text without its words and marks of doubt, and their EDTF mark."""
    marks = set()
    while True:
        text = text.strip(_EDGE)
        head, tail = text[:1], text[-1:]
        if head in (_ABOUT, _UNCERTAIN, "~"):
            marks.add(head)
            text = text[1:]
        elif tail in (_ABOUT, _UNCERTAIN, "~", "?", "%"):
            marks.add(tail)
            text = text[:-1]
        else:
            break
    about = bool(marks & {_ABOUT, "~", "%"})
    uncertain = bool(marks & {_UNCERTAIN, "?", "%"})
    return text, "%" if about and uncertain else "~" if about else "?" if uncertain else ""


def _checked(text: str, parts: dict[str, str | None]) -> _Point:
    """The point of these numbers.

    :raises InvalidDate: no such day, or day and month between slashes or dashes may change places.
    """
    day = int(parts.get("d") or 0) or None
    month = int(parts.get("m") or parts.get("n") or 0) or None
    year = parts["y"] or ""
    if parts.get("sep") and not text.startswith(year) and day and month and day != month:
        if day <= 12 and month <= 12:
            raise InvalidDate(text, WhyInvalid.TWO_WAYS)
        day, month = (month, day) if month > 12 else (day, month)
    if (parts.get("m") is not None and month is None) or (parts.get("d") is not None and not day):
        raise InvalidDate(text, WhyInvalid.NO_SUCH_DAY)
    point = _Point(int(year), month, day)
    try:
        PartialDate.parse(point.edtf())
    except InvalidDate as error:
        raise InvalidDate(text, WhyInvalid.NO_SUCH_DAY) from error
    return point


def _beginning(text: str, end: _Point) -> _Point | None:
    """The beginning of a period that leaves its month or year to the end."""
    text, qualifier = _qualifier(text)
    for pattern in _BEGINNINGS:
        found = pattern.fullmatch(text)
        if not found:
            continue
        parts = found.groupdict()
        if parts.get("d") and not end.day:
            if end.month and not (parts.get("m") or parts.get("n")):
                parts = {"m": parts["d"]}  # 02–05.2023
            else:
                return None
        if not end.month:
            return None
        month = parts.get("m") or parts.get("n") or f"{end.month:02d}"
        return replace(_checked(text, parts | {"m": month, "y": f"{end.year:04d}"}), qualifier=qualifier)
    return None


_PIECE = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*|\d+|[\s.,/–\-:?~%≈]|\((?:\?|непевно|uncertain)\)|.", re.S)
_YEAR_OR_DATE = re.compile(r"(?<!\d)(?:[12]\d{3}(?!\d)|\d{1,2}\s?[-–./]\s?\d{1,2}\s?[-–./]\s?\d{2}(?!\d))")


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where the text holds something that looks like a date with its year."""
    start = end = 0
    runs = []
    for found in _PIECE.finditer(text):
        piece = found.group()
        if piece.isdecimal():
            of_date = len(piece) in (1, 2, 4)
        elif piece[0].isalpha():
            of_date = _meaning(piece) is not None
        else:
            of_date = len(piece) > 1 or piece in " \t\r\n.,/–-:?~%≈"
        if not of_date:
            runs.append((start, end))
            start = found.end()
        end = found.end()
    runs.append((start, end))
    for start, end in runs:
        end = min(end, len(text))
        if _YEAR_OR_DATE.search(text[start:end]):
            yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without what hangs loose at its ends, in parts where a line or a comma divides dates."""
    run = text[start:end]
    loose = re.search(r"(?:[\s.,;:]+|\s[-–]|(?<!\w)(?!рр?\b|p\b)[^\W\d_]{1,3}\.?)*$", run)
    if loose and loose.start():
        run = run[: loose.start()]
    lead = re.match(r"[\s.,;:–-]*", run)
    start += lead.end() if lead else 0
    end = start + len(run) - (lead.end() if lead else 0)
    try:
        parse_date(text[start:end])
    except InvalidDate as error:
        parts = [found.span() for found in re.finditer(r"[^\n;,]+", text[start:end])]
        if error.why is WhyInvalid.UNREADABLE and len(parts) > 1:
            for head, tail in parts:
                if _YEAR_OR_DATE.search(text[start + head : start + tail]):
                    yield start + head, start + tail
            return
    yield start, end
