"""What texts may refer to and what search finds: every kind of public thing, declared by its own app.

Apps never import each other to name a thing of another app: they name its type and identifier, and this
registry knows the rest. An app registers its kinds in its `search.py` (imported by `AppConfig.ready`).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, models
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class IndexedText:
    """What search holds of a thing in one language."""

    language: str
    title: str
    #: Names by which an exact query finds it first: other spellings, codes, former names.
    names: tuple[str, ...] = ()
    #: What stands under its title among results, and answers for it after the title: where it lies, a lead.
    context: str = ""
    #: Words that answer for it as the context does, and are not shown: other names of those who take part.
    keywords: str = ""
    body: str = ""
    #: Larger comes first among equals: a population, a number of relations.
    weight: float = 0.0
    #: From when it is public; none for always.
    visible_from: dt.datetime | None = None


#: Inside `Kind`, `type` is the name of a field.
ModelClass = type[models.Model]


@dataclass(frozen=True)
class Kind:
    """A kind of public thing.

    `public` gives the query set of what anybody may see, ready to be shown (names loaded); `texts` what
    search keeps of one object. `identifier` is the field that stands in `/id/<type>/<identifier>`.
    """

    type: str
    label: Promise | str
    model: ModelClass
    public: Callable[[], models.QuerySet[Any]]
    texts: Callable[[Any], Iterable[IndexedText]]
    identifier: str = "pk"
    order: int = field(default=100)
    #: What the index holds; wider than `public` where things become public by the clock alone.
    indexed: Callable[[], models.QuerySet[Any]] | None = None
    #: What keeps its address, where that is more than what is public: a withdrawn record says that it is.
    addressable: Callable[[], models.QuerySet[Any]] | None = None
    #: When the clock alone next makes one of them public; none for never.
    next_change: Callable[[], dt.datetime | None] | None = None
    #: What has a page of its own, where some things lead to another's.
    with_page: Callable[[], models.QuerySet[Any]] | None = None

    def indexable(self) -> models.QuerySet[Any]:
        return (self.indexed or self.public)()

    def find(self, identifier: str) -> Any | None:
        """The thing whose page has this identifier; none for any text that names none."""
        try:
            return (self.addressable or self.public)().filter(**{self.identifier: identifier}).first()
        except (ValueError, ValidationError, DataError):
            return None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """:raises ValueError: the type is taken by another model."""
    known = _kinds.get(kind.type)
    if known is not None and known.model is not kind.model:
        raise ValueError(f"{kind.type} is taken by {known.model}")
    _kinds[kind.type] = kind


def kinds() -> Iterator[Kind]:
    """All kinds, in the order in which results are grouped."""
    yield from sorted(_kinds.values(), key=lambda kind: (kind.order, kind.type))


def kind_of(type_name: str) -> Kind | None:
    return _kinds.get(type_name)


def kind_for(model: type[models.Model]) -> Kind | None:
    return next((kind for kind in _kinds.values() if kind.model is model), None)


def next_change() -> dt.datetime | None:
    """The next moment at which something becomes public without anybody writing anything."""
    moments = [moment for kind in kinds() if kind.next_change and (moment := kind.next_change())]
    return min(moments, default=None)
