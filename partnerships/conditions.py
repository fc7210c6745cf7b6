"""Questions of the register's filters as conditions on its list, one a parameter.

Values of one parameter are joined by OR, parameters by AND. Conditions ask the columns of `Listing` and what
`as_of(day)` adds to it (`then_status` …), so that a past day is asked like today.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from django.db.models import F, OrderBy, Q, QuerySet, Value
from django.db.models.expressions import Case, RawSQL, When

from core.fields import SortKey
from core.languages import current_language
from partnerships.enums import Status
from partnerships.models import Body, Listing, Party, Programme
from places.models import Place

MOST_WORDS = 8
_NUMBER = re.compile(r"^(?:№|no\.?|#)?\s*(\d{1,9})$", re.IGNORECASE)
_WORD = re.compile(r"[\w'’ʼ-]*\w[\w'’ʼ-]*")


def in_oblasts(oblasts: Iterable[Place]) -> Q:
    return Q(oblasts__overlap=[place.pk for place in oblasts])


def in_raions(raions: Iterable[Place]) -> Q:
    """The raion itself, its hromadas and their settlements."""
    return Q(raions__overlap=[place.pk for place in raions])


def in_hromadas(hromadas: Iterable[Place]) -> Q:
    """The hromada itself and its settlements."""
    return Q(hromadas__overlap=[place.pk for place in hromadas])


def with_countries(countries: Iterable[Place]) -> Q:
    return Q(countries__overlap=[place.iso2 for place in countries])


def of_kinds(codes: Sequence[str]) -> Q:
    return Q(then_kind__in=codes)


def of_statuses(codes: Sequence[str]) -> Q:
    return Q(then_status__in=codes)


def of_grades(codes: Sequence[str]) -> Q:
    return Q(evidence__in=codes)


def of_legal_kinds(codes: Sequence[str]) -> Q:
    return Q(legal_kinds__overlap=list(codes))


def in_programmes(programmes: Iterable[Programme]) -> Q:
    return Q(programme__in=[programme.pk for programme in programmes])


def from_year(year: int) -> Q:
    """The range that the date of the status stands for reaches into the year or beyond it."""
    open_end = Q(then_latest__isnull=True) & ~Q(then_date="")
    return Q(then_latest__gte=dt.date(year, 1, 1)) | open_end


def until_year(year: int) -> Q:
    """The range that the date of the status stands for begins in the year or before it."""
    open_beginning = Q(then_earliest__isnull=True) & ~Q(then_date="")
    return Q(then_earliest__lte=dt.date(year, 12, 31)) | open_beginning


def words_of(text: str) -> list[str]:
    """The words of a query, each once. Punctuation alone is none; a single letter stands in every name."""
    return list(dict.fromkeys(word for word in _WORD.findall(text) if len(word) > 1 or word.isdigit()))


def named(text: str) -> Q | None:
    """Each word stands in a name of a party: its place, that place's centre or hromada, its body. Case,
    accents, apostrophes and hyphens do not matter. A number alone (12, № 12) is the record's own.

    None where the text holds nothing that a name could.
    """
    if number := _NUMBER.match(text):
        return Q(number=int(number[1]))
    words = words_of(text)[:MOST_WORDS]
    if not words:
        return None
    condition = Q()
    for word in words:
        condition &= _with_a_party_named(word)
    return condition


#: Places by a pattern of a folded name, with the hromadas that they are centres of and what lies in them. The
#: names are read once a word, each kind by itself, so that trigram indexes on folded names can answer.
_PLACES_NAMED = """
    WITH named AS MATERIALIZED (
        SELECT id FROM places_place
        WHERE sort_uk LIKE core_sort_key(%(pattern)s) OR sort_en LIKE core_sort_key(%(pattern)s)
            OR core_sort_key(name_own) LIKE core_sort_key(%(pattern)s)
        UNION
        SELECT place_id FROM places_placename WHERE core_sort_key(text) LIKE core_sort_key(%(pattern)s)
    )
    SELECT id FROM named
    UNION ALL SELECT id FROM places_place WHERE level = 'hromada' AND centre_id IN (SELECT id FROM named)
    UNION ALL
    SELECT id FROM places_place
    WHERE level IN ('settlement', 'city_district') AND parent_id IN (SELECT id FROM named)
"""


def _with_a_party_named(word: str) -> Q:
    """Each half is read once and looked up by hash, whatever the planner thinks of how many places fit."""
    # Of the letters of a word, only the underscore means something to LIKE.
    pattern = f"%{word}%".replace("_", r"\_")
    sql = _PLACES_NAMED.replace("%(pattern)s", "%s")
    places = RawSQL(sql, [pattern] * _PLACES_NAMED.count("%(pattern)s"))  # noqa: S611  constant text
    key = SortKey(Value(word))
    bodies = Body.objects.annotate(
        folded_uk=SortKey("name_uk"), folded_en=SortKey("name_en"), folded_own=SortKey("name_own")
    ).filter(Q(folded_uk__contains=key) | Q(folded_en__contains=key) | Q(folded_own__contains=key))
    by_place = Party.objects.filter(place__in=places)
    by_body = Party.objects.filter(body__in=bodies.values("pk"))
    return Q(pk__in=by_place.values("partnership")) | Q(pk__in=by_body.values("partnership"))


# --- Order ------------------------------------------------------------------------------------------------

SORTS = ("date", "name", "country", "status", "number")
DEFAULT_SORT = "-date"


def in_order(records: QuerySet[Listing], sort: str) -> QuerySet[Listing]:
    """Rows sorted by one of `SORTS`, backwards with a minus; what is unknown comes last either way, and the
    number decides between equals."""
    backwards, name = sort.startswith("-"), sort.removeprefix("-")
    expression = _sort_expression(name)
    first = OrderBy(expression, descending=backwards, nulls_last=True)
    if name == "number":
        return records.order_by(OrderBy(expression, descending=backwards))
    return records.order_by(first, "number")


def _sort_expression(name: str) -> F | Case:
    match name:
        case "date":
            return F("then_latest")
        case "name" | "country":
            return F(f"{name}_{current_language()}")
        case "status":
            places = enumerate(Status.values)
            return Case(*(When(then_status=code, then=Value(place)) for place, code in places))
    return F("number")
