"""Holds a row of the official register against its own title.

The codes of these rows were found by the hromada's name only, and the columns sometimes name a voivodeship or
a neighbour instead of the partner. The title is the only thing in the row that was written by the parties, so
a row counts as certain only where the title does not speak against it and, for a name that several hromadas
bear, speaks for it.
"""

import re
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from partnerships.loading.ukrainian import UkrainianPlaces, Unit, shared_beginning
from partnerships.loading.verdicts import Doubt
from places.enums import Category
from places.spelling import match_key, without_type

#: «Львівської області», «Закарпатська область».
_OBLAST = re.compile(r"([\w'’-]+(?:ськ|цьк))(?:ої|а|ій|у)\s+(?:області|область|обл\b)", re.IGNORECASE)
#: «Миколаївською міською радою», «Ямпільською територіальною громадою».
_COUNCIL = re.compile(
    r"([\w'’-]+(?:ськ|цьк|зьк|ньк)|[\w'’-]+)(?:ою|ої|а)\s+(?:(міськ|селищн|сільськ)(?:ою|ої|а)\s+)?"
    r"(?:рад(?:ою|и|а)|територіальн(?:ою|ої|а)\s+громад)",
    re.IGNORECASE,
)
_CATEGORIES = {"міськ": Category.CITY, "селищн": Category.SETTLEMENT, "сільськ": Category.VILLAGE}
_WORD = re.compile(r"[^\W\d_]+")
_REGION_WORD = re.compile(r"^(?:район|повіт|воєв|жупан|област|край|регіон|округ)", re.IGNORECASE)
_PART_OF_CITY = re.compile(r"\bсектор\w*\s+(?:№\s*)?\d", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"\b(?:між|та|і|з)\s+(?:\w+\s+)?(?:агент?ств|союз|асоціац|фонд|університет|підрозділ)\w*", re.IGNORECASE
)
_NAMES_PARTIES = re.compile(r"\b(?:по)?між\b|Україн|\bз\s", re.IGNORECASE)
#: A partner named in full: «Гміною Моньки», «муніципалітетом Барі».
_NAMED_PARTNER = re.compile(
    r"\b(?i:[гґ]мін|комун|муніципал|магістрат|волост|примарі)\w*\s+"
    r"(?:міста\s+|громади\s+|муніципія\s+)?([А-ЯІЇЄҐA-Z][\w'’-]{3,})\W"
)
#: How alike two words must be: endings differ («Отвоцький повіт», «Отвоцьким повітом»), spellings as well
#: («Мелгів», «Меглів»), other names do not reach it («Нямц», «Окна»).
_ALIKE = 0.7


def doubt_about_hromada(title: str, unit: Unit, places: UkrainianPlaces) -> Doubt | None:
    """Why the hromada of the row is not certain; none where it is."""
    named = {pk for text in _OBLAST.findall(title) if (pk := places.oblast_of(f"{text}а"))}
    namesakes = [other for name in unit.names for other in places.hromadas_named(name)]
    councils = _councils(title)
    if named - {unit.oblast}:
        reason = _("The title names another oblast than that of the code.")
        return Doubt(reason, _meant(named, councils, places) or places.codes(namesakes))
    if councils and not any(key in unit.names for key, _category in councils):
        known = [other for key, _category in councils for other in places.hromadas_named(key)]
        if known:
            return Doubt(_("The title names another hromada than the code."), places.codes(known))
    if unit.oblast in named or len({other.pk for other in namesakes}) <= 1:
        return None
    if any(key in unit.names and _only_one(key, category, places) for key, category in councils):
        return None
    reason = _("Several hromadas bear this name, and nothing in the row says which is meant.")
    return Doubt(reason, places.codes(namesakes, unit.oblast))


def doubt_about_partner(title: str, cut: bool, partner: str, is_region: bool) -> Doubt | None:
    """Why the foreign place of the row is not certain; none where nothing speaks against it.

    :param cut: the end of the title is missing, so a name that is not in it may have stood there.
    """
    if _INSTITUTION.search(title):
        return Doubt(_("The title names an institution as the partner."))
    if _PART_OF_CITY.search(title):
        return Doubt(_("The title names a part of the city as the partner."))
    if not _NAMES_PARTIES.search(title):
        return None
    words = [match_key(word) for word in _WORD.findall(title)]
    own = _own_words(partner)
    places = [_position(word, words) for word in own]
    named = [match_key(name) for name in _NAMED_PARTNER.findall(title)]
    others = bool(named) and not any(_position(word, named) is not None for word in own)
    if not others and all(place is not None for place in places):
        beside = {
            word for place in places if place is not None for word in words[max(place - 1, 0) : place + 2]
        }
        if not is_region or any(_REGION_WORD.match(word) for word in beside):
            return None
        return Doubt(_("The row names a region, the title a place in it."))
    if cut and not is_region and not named:
        return None
    return Doubt(_("The title names another partner than the row."))


def _councils(title: str) -> list[tuple[str, str]]:
    """Hromadas named by their councils: key of the adjective («миколаївська») and category, if given."""
    return [
        (match_key(f"{stem}а"), _CATEGORIES.get(category.lower(), "") if category else "")
        for stem, category in _COUNCIL.findall(title)
    ]


def _only_one(key: str, category: str, places: UkrainianPlaces) -> bool:
    """Whether one hromada alone has name and category («Рівненська сільська», «Рівненська міська»)."""
    return bool(category) and sum(unit.category == category for unit in places.hromadas_named(key)) == 1


def _meant(oblasts: set[int], councils: list[tuple[str, str]], places: UkrainianPlaces) -> tuple[str, ...]:
    """Hromadas that the title names by council and oblast."""
    return places.codes(
        unit for key, _category in councils for unit in places.hromadas_named(key) if unit.oblast in oblasts
    )


def _own_words(partner: str) -> list[str]:
    """The words that make the partner's name, without the county or voivodeship that it lies in."""
    words = [match_key(word) for word in _WORD.findall(without_type(partner))]
    lies_in = {place - 1 for place, word in enumerate(words) if _REGION_WORD.match(word)}
    long = [
        (place, word) for place, word in enumerate(words) if len(word) > 3 and not _REGION_WORD.match(word)
    ]
    own = [word for place, word in long if place not in lies_in]
    return own or [word for _place, word in long]


def _position(wanted: str, words: list[str]) -> int | None:
    likeness = [(_likeness(wanted, word), -place) for place, word in enumerate(words)]
    best, place = max(likeness, default=(0.0, 0))
    return -place if best >= _ALIKE else None


def _likeness(wanted: str, word: str) -> float:
    stem = shared_beginning(wanted, word)
    if stem >= max(4, 0.6 * len(wanted)):  # «Прейлі», «Прейльською»
        return 1.0
    return SequenceMatcher(None, wanted, word).ratio()
