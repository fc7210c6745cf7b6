"""Questions of the register's filters as conditions, one a parameter. Values of one parameter are joined by
OR, parameters by AND; conditions over parties are `Exists`, so that no record is counted twice."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Case, Combinable, RawSQL, When
from django.db.models.functions import Coalesce, NullIf

from core.fields import SortKey
from core.languages import current_language
from partnerships.enums import Side, Status
from partnerships.models import Agreement, Body, Partnership, Party
from places.enums import Level
from places.models import Place

MOST_WORDS = 8
_NUMBER = re.compile(r"^(?:№|no\.?|#)?\s*(\d{1,9})$", re.IGNORECASE)
_WORD = re.compile(r"[\w'’ʼ-]*\w[\w'’ʼ-]*")


def in_oblasts(oblasts: Iterable[Place]) -> Exists:
    return _party(side=Side.UKRAINIAN, place__oblast__in=[place.pk for place in oblasts])


def in_raions(raions: Iterable[Place]) -> Exists:
    """The raion itself, its hromadas and their settlements."""
    keys = [place.pk for place in raions]
    inside = Place.objects.filter(Q(pk__in=keys) | Q(parent__in=keys) | Q(parent__parent__in=keys))
    return _party(side=Side.UKRAINIAN, place__in=inside.values("pk"))


def in_hromadas(hromadas: Iterable[Place]) -> Exists:
    """The hromada itself and its settlements."""
    keys = [place.pk for place in hromadas]
    inside = Place.objects.filter(Q(pk__in=keys) | Q(parent__in=keys))
    return _party(side=Side.UKRAINIAN, place__in=inside.values("pk"))


def with_countries(countries: Iterable[Place]) -> Exists:
    return _party(side=Side.FOREIGN, place__country__in=[place.iso2 for place in countries])


def of_legal_kinds(codes: Sequence[str]) -> Exists:
    return Exists(Agreement.objects.filter(partnership=OuterRef("pk"), legal_kind__in=codes))


def from_year(year: int) -> Q:
    """The range that the date of the status stands for reaches into the year or beyond it."""
    open_end = Q(status_latest__isnull=True) & ~Q(status_date="")
    return Q(status_latest__gte=dt.date(year, 1, 1)) | open_end


def until_year(year: int) -> Q:
    """The range that the date of the status stands for begins in the year or before it."""
    open_beginning = Q(status_earliest__isnull=True) & ~Q(status_date="")
    return Q(status_earliest__lte=dt.date(year, 12, 31)) | open_beginning


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
        condition &= Q(Exists(_parties_named(word)))
    return condition


def _party(**lookups: object) -> Exists:
    return Exists(Party.objects.filter(partnership=OuterRef("pk"), **lookups))


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


def _parties_named(word: str) -> QuerySet[Party]:
    # Of the letters of a word, only the underscore means something to LIKE.
    pattern = f"%{word}%".replace("_", r"\_")
    sql = _PLACES_NAMED.replace("%(pattern)s", "%s")
    places = RawSQL(sql, [pattern] * _PLACES_NAMED.count("%(pattern)s"))  # noqa: S611  constant text
    key = SortKey(Value(word))
    bodies = Body.objects.annotate(
        folded_uk=SortKey("name_uk"), folded_en=SortKey("name_en"), folded_own=SortKey("name_own")
    ).filter(Q(folded_uk__contains=key) | Q(folded_en__contains=key) | Q(folded_own__contains=key))
    return Party.objects.filter(
        Q(place__in=places) | Q(body__in=bodies.values("pk")), partnership=OuterRef("pk")
    )


# --- Order ------------------------------------------------------------------------------------------------

SORTS = ("date", "name", "country", "status", "number")
DEFAULT_SORT = "-date"


def in_order(records: QuerySet[Partnership], sort: str) -> QuerySet[Partnership]:
    """Records sorted by one of `SORTS`, backwards with a minus; what is unknown comes last either way, and
    the number decides between equals."""
    backwards, name = sort.startswith("-"), sort.removeprefix("-")
    expression = _sort_expression(name)
    first = expression.desc(nulls_last=True) if backwards else expression.asc(nulls_last=True)
    if name == "number":
        return records.order_by(first)
    return records.order_by(first, "number")


def _sort_expression(name: str) -> F | Case | Subquery:
    match name:
        case "date":
            return F("status_latest")
        case "name":
            return _first_party(Side.UKRAINIAN, _name_key())
        case "country":
            return _first_party(Side.FOREIGN, F(f"place__country__sort_{current_language()}"))
        case "status":
            return Case(*(When(status=code, then=Value(place)) for place, code in enumerate(Status.values)))
    return F("number")


def _first_party(side: str, key: Combinable) -> Subquery:
    parties = Party.objects.filter(partnership=OuterRef("pk"), side=side).order_by("position", "pk")
    return Subquery(parties.annotate(key=key).values("key")[:1])


def _name_key() -> Func:
    """The key of the name that the page shows: a hromada goes by its centre, a body by its own name."""
    language = current_language()
    other = "en" if language == "uk" else "uk"

    def known(path: str) -> Combinable:
        return NullIf(F(path), Value("", output_field=TextField(db_collation="C")))

    centre = Case(When(place__level=Level.HROMADA, then=known(f"place__centre__sort_{language}")))
    return Coalesce(
        centre,
        known(f"place__sort_{language}"),
        known(f"place__sort_{other}"),
        SortKey(NullIf(F(f"body__name_{language}"), Value(""))),
        SortKey(F(f"body__name_{other}")),
    )
