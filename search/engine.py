"""Finding: exact names first, then lemmas of every word, then misspelt names, then the other keyboard layout.

The order was judged on unseen queries (inflected, old, foreign and misspelt names); larger places come first
among equals.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, F, FloatField, Max, Q, QuerySet, Value, When

from core.languages import LANGUAGES, current_language
from core.registry import IndexedText, kind_of
from search.models import SearchEntry
from search.words import MAX_WORDS_OF_QUERY, fold, lemmas_of, other_layout, words

MAX_QUERY = 200
MAX_RESULTS = 500
#: Word similarity (0–1) from which a misspelt name counts as meant.
SIMILAR = 0.55
FEW = 3


@dataclass(frozen=True, slots=True)
class Result:
    """A thing found, with what stands about it in the reader's language (or the only one there is)."""

    type: str
    label: str
    title: str
    lang: str
    context: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: references in order, best first, and the query that found them."""

    references: list[tuple[str, int]]
    #: The text really searched for, where the keyboard layout had to be swapped.
    instead: str = ""


def find(query: str, type_name: str = "") -> Found:
    """References to public things for a query of at most `MAX_QUERY` characters."""
    entries = SearchEntry.objects.public()
    if type_name:
        entries = entries.filter(type=type_name)
    query = query[:MAX_QUERY]
    if not words(query):
        return Found([])
    references = _references(_exact_or_lemmas(entries, query))
    if len(references) < FEW:
        known = set(references)
        references += [ref for ref in _references(_similar(entries, query)) if ref not in known]
    if not references:
        swapped = other_layout(query)
        return Found(_visible(_references(_exact_or_lemmas(entries, swapped))), swapped)
    return Found(_visible(references))


def _visible(references: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Without what the index still holds and the public does not see: it may not show in a count either."""
    public: set[tuple[str, int]] = set()
    for type_name in {type_name for type_name, _pk in references}:
        kind = kind_of(type_name)
        if kind is not None:
            ids = [pk for name, pk in references if name == type_name]
            visible = kind.public().filter(pk__in=ids).order_by().prefetch_related(None)
            public |= {(type_name, pk) for pk in visible.values_list("pk", flat=True)}
    return [reference for reference in references if reference in public]


def _exact_or_lemmas(entries: QuerySet[SearchEntry], query: str) -> QuerySet[SearchEntry]:
    lemmas = _lemma_query(query)
    exact = Q(names__contains=[fold(query)])
    matches = exact if lemmas is None else exact | Q(lemmas=lemmas)
    rank = Value(0.0) if lemmas is None else SearchRank(F("lemmas"), lemmas)
    return entries.filter(matches).annotate(
        points=Case(When(exact, then=Value(10.0)), default=Value(0.0), output_field=FloatField())
        + rank * Value(4.0)
        + F("weight")
    )


def _lemma_query(query: str) -> SearchQuery | None:
    """All words must occur, each as any of its lemmas or as the beginning of one."""
    terms = []
    for word in words(query)[:MAX_WORDS_OF_QUERY]:
        lemmas = [lemma for lemma in lemmas_of(word) if lemma.isalnum()]
        if lemmas:
            terms.append("(" + " | ".join(f"{lemma}:*" for lemma in lemmas) + ")")
    return SearchQuery(" & ".join(terms), search_type="raw", config="simple") if terms else None


def _similar(entries: QuerySet[SearchEntry], query: str) -> QuerySet[SearchEntry]:
    folded = fold(query)
    # `%>` can use the trigram index; the exact threshold is applied on what it lets through.
    return (
        entries.filter(names_text__trigram_word_similar=folded)
        .annotate(similarity=TrigramWordSimilarity(folded, "names_text"))
        .filter(similarity__gte=SIMILAR)
        .annotate(points=F("similarity") + F("weight") / Value(10.0))
    )


def _references(matches: QuerySet[SearchEntry]) -> list[tuple[str, int]]:
    """One reference for a thing, however many languages matched."""
    rows = (
        matches.order_by()
        .values("type", "object_id")
        .annotate(best=Max("points"))
        .order_by("-best", "type", "object_id")[:MAX_RESULTS]
    )
    return [(row["type"], row["object_id"]) for row in rows]


def load(references: list[tuple[str, int]]) -> list[Result]:
    """The things themselves, one query a kind; what is not public any more drops out."""
    by_type: dict[str, list[int]] = defaultdict(list)
    for type_name, object_id in references:
        by_type[type_name].append(object_id)
    loaded: dict[tuple[str, int], Result] = {}
    for type_name, ids in by_type.items():
        kind = kind_of(type_name)
        if kind is None:
            continue
        for thing in kind.public().filter(pk__in=ids):
            text = _in_readers_language(list(kind.texts(thing)))
            if text is not None:
                loaded[type_name, thing.pk] = Result(
                    type_name,
                    str(kind.label),
                    text.title,
                    text.language,
                    text.context,
                    thing.get_absolute_url(),
                )
    return [loaded[reference] for reference in references if reference in loaded]


def _in_readers_language(texts: list[IndexedText]) -> IndexedText | None:
    wanted = current_language()
    order = (wanted, *(language for language in LANGUAGES if language != wanted))
    return min(texts, key=lambda text: order.index(text.language), default=None)
