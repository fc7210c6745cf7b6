"""Keeps the index in line with the things it holds."""

import re
from collections.abc import Iterable, Iterator

from django.db import models, transaction
from django.utils.html import strip_tags

from core.registry import IndexedText, Kind, kind_for, kinds
from search.models import SearchEntry
from search.words import fold, text_vector

BATCH = 500
#: PostgreSQL refuses a text search vector of over 1 MB; no page of ours comes near this many characters.
MAX_BODY = 100_000


def rebuild(only: str = "") -> Iterator[tuple[str, int, int]]:
    """Make the index anew, kind by kind, each in one transaction; readers see the old one until then.

    :returns: steps of the work as (type, done, total).
    """
    for kind in kinds():
        if only and kind.type != only:
            continue
        with transaction.atomic():
            SearchEntry.objects.filter(type=kind.type).delete()
            total = kind.indexable().count()
            yield kind.type, 0, total
            batch: list[SearchEntry] = []
            things = kind.indexable().order_by("pk").iterator(chunk_size=BATCH)
            for done, thing in enumerate(things, start=1):
                batch += _entries(kind, thing)
                if done % BATCH == 0:
                    _write(batch)
                    batch = []
                    yield kind.type, done, total
            _write(batch)
            yield kind.type, total, total


@transaction.atomic
def reindex(*things: models.Model) -> None:
    """Bring the entries of these things up to date; what is not public any more loses them."""
    for thing in things:
        kind = kind_for(type(thing))
        if kind is None:
            continue
        forget(kind.type, thing.pk)
        fresh = kind.indexable().filter(pk=thing.pk).first()
        if fresh is not None:
            _write(_entries(kind, fresh))


def forget(type_name: str, object_id: int) -> None:
    SearchEntry.objects.filter(type=type_name, object_id=object_id).delete()


def _entries(kind: Kind, thing: models.Model) -> list[SearchEntry]:
    return [_entry(kind, thing, text) for text in kind.texts(thing)]


def _entry(kind: Kind, thing: models.Model, text: IndexedText) -> SearchEntry:
    names = list(dict.fromkeys(folded for name in (text.title, *text.names) if (folded := fold(name))))
    return SearchEntry(
        type=kind.type,
        object_id=thing.pk,
        language=text.language,
        title=text.title,
        names=names,
        names_text=" | ".join(names),
        weight=text.weight,
        visible_from=text.visible_from,
        lemmas=_vector(text),
    )


def _vector(text: IndexedText) -> str:
    body = re.sub(r"\s+", " ", strip_tags(text.body.replace("<", " <")))[:MAX_BODY]
    return text_vector(
        (text.title, "A"), (" ".join((*text.names, text.context, text.keywords)), "B"), (body, "C")
    )


def _write(entries: Iterable[SearchEntry]) -> None:
    SearchEntry.objects.bulk_create(entries)
