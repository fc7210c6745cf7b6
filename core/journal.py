"""The history of a thing as people read it: what was changed, from what, to what, in words.

Which rows belong to a thing, what they are called and who may see which of their columns is said by the app
that has the thing (`Telling`); here entries of the audit table become steps, one for each transaction.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.edtf import in_words
from core.fields import EDTFField
from core.languages import LANGUAGES, LocalText, current_language
from core.models import AuditEntry

Row = Mapping[str, Any]
ModelClass = type[models.Model]
#: Names of the things that a foreign key leads to, by key.
Names = Mapping[int, LocalText]
LONGEST_VALUE = 600


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A column before and after; none where the row was not there, an empty text where nothing stood."""

    label: str
    before: LocalText | None
    after: LocalText | None


@dataclass(frozen=True, slots=True)
class Change:
    """One row that was added, changed or removed."""

    operation: str
    kind: str
    thing: LocalText
    fields: tuple[ChangedField, ...]

    @property
    def word(self) -> str:
        return {
            "insert": pgettext("history", "added"),
            "update": pgettext("history", "changed"),
            "delete": pgettext("history", "removed"),
        }[self.operation]


@dataclass(frozen=True, slots=True)
class Step:
    """What one transaction changed."""

    when: dt.datetime
    transaction_id: int
    user_id: int | None
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Telling:
    """How rows of one table are told.

    `title` calls a row by what it is, of its columns and the names of what it leads to. `hidden` columns are
    never told: those that the database derives, and those that name persons. `say` puts a value into words
    where its column alone doesn't say how.
    """

    model: ModelClass
    title: Callable[[Row, "Words"], LocalText]
    hidden: frozenset[str] = frozenset()
    say: Callable[[str, Any, Row, "Words"], LocalText | None] = lambda column, value, row, words: None

    @property
    def table(self) -> str:
        return self.model._meta.db_table


@dataclass
class Words:
    """Values of rows in words of the active language."""

    tellings: Mapping[str, Telling]
    loaders: Mapping[ModelClass, Callable[[set[int]], Names]]
    names: dict[ModelClass, dict[int, LocalText]] = field(default_factory=lambda: defaultdict(dict))

    def load_names(self, rows: Iterable[tuple[Telling, Row]]) -> None:
        """Look up whatever foreign keys of these rows lead to: one query for each model.

        What is not there any more is named by the last that the history knows of it.
        """
        wanted: dict[ModelClass, set[int]] = defaultdict(set)
        for telling, row in rows:
            for column in _columns(telling.model).values():
                key = row.get(str(column.column))
                if isinstance(column, models.ForeignKey) and isinstance(key, int):
                    wanted[_model_of(column)].add(key)
        for model, keys in wanted.items():
            if model in self.loaders:
                self.names[model].update(self.loaders[model](keys))
        self._name_removed({model: keys - self.names[model].keys() for model, keys in wanted.items()})

    def _name_removed(self, missing: Mapping[ModelClass, set[int]]) -> None:
        condition = models.Q(pk__in=[])
        for model, keys in missing.items():
            if keys and model._meta.db_table in self.tellings:
                condition |= models.Q(table_name=model._meta.db_table, row_id__in=keys)
        if not condition.children[1:]:
            return
        last = AuditEntry.objects.filter(condition).order_by("table_name", "row_id", "-id")
        for entry in last.distinct("table_name", "row_id"):
            telling = self.tellings[entry.table_name]
            row = entry.after or entry.before or {}
            self.names[telling.model][entry.row_id] = telling.title(row, self)

    def name(self, model: ModelClass, key: Any) -> LocalText:
        known = self.names[model].get(key) if key else None
        return known or own(_("No. %(number)s") % {"number": key} if key else "")

    def value(self, telling: Telling, column: str, row: Row) -> LocalText:
        """The value of a column, no more precise than it is known; an empty text for nothing."""
        value = row.get(column)
        said = telling.say(column, value, row, self)
        if said is not None:
            return said
        field_ = _columns(telling.model)[column]
        if value is None or value == "":
            return own("")
        if isinstance(field_, models.ForeignKey):
            return self.name(_model_of(field_), value)
        return _shortened(plain_value(field_, value))


def own(text: str | Promise) -> LocalText:
    """A text in the language of the page."""
    return LocalText(str(text), current_language(), current_language())


def foreign(text: str, language: str = "") -> LocalText:
    """A text in a language of its own, empty where nobody knows which."""
    return LocalText(text, language, current_language())


def plain_value(column: models.Field[Any, Any], value: Any) -> LocalText:
    """A value that is no key of another row, as the JSON of a row holds it."""
    if isinstance(column, EDTFField):
        return own(in_words(str(value)))
    if column.choices and not isinstance(value, list):
        return own(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return own(_("yes") if value else _("no"))
    if isinstance(value, list):
        return own(", ".join(str(part) for part in value))
    if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
        return own(in_words(str(value)))
    language = str(column.column).rpartition("_")[2]
    if language in LANGUAGES:
        return foreign(str(value), language)
    if isinstance(column, models.URLField | models.IntegerField | models.FloatField):
        return own(str(value))
    return foreign(str(value)) if isinstance(column, models.TextField) else own(str(value))


def _shortened(value: LocalText) -> LocalText:
    if len(value.text) <= LONGEST_VALUE:
        return value
    return LocalText(value.text[:LONGEST_VALUE] + "…", value.lang, value.wanted)


def _columns(model: ModelClass) -> dict[str, models.Field[Any, Any]]:
    return {str(column.column): column for column in model._meta.concrete_fields}


def _model_of(column: models.Field[Any, Any]) -> ModelClass:
    model = column.related_model
    assert isinstance(model, type)
    return model


def steps_of(entries: Iterable[AuditEntry], words: Words) -> list[Step]:
    """The entries by transaction, the latest first; rows in the order in which they were written."""
    known = [entry for entry in entries if entry.table_name in words.tellings]
    rows = [
        (words.tellings[entry.table_name], row)
        for entry in known
        for row in (entry.before, entry.after)
        if row is not None
    ]
    words.load_names(rows)
    by_transaction: dict[int, list[AuditEntry]] = defaultdict(list)
    for entry in sorted(known, key=lambda entry: entry.pk):
        by_transaction[entry.transaction_id].append(entry)
    steps = []
    for transaction_id, written in by_transaction.items():
        changes = [change for entry in written if (change := _change(entry, words)) is not None]
        last = written[-1]
        user = next((entry.user_id for entry in written if entry.user_id is not None), None)
        reason = next((entry.reason for entry in reversed(written) if entry.reason), "")
        steps.append((last.pk, Step(last.occurred_at, transaction_id, user, reason, tuple(changes))))
    return [step for _pk, step in sorted(steps, key=lambda pair: -pair[0])]


def _change(entry: AuditEntry, words: Words) -> Change | None:
    """What an entry says; none where only columns changed that are never told."""
    telling = words.tellings[entry.table_name]
    before, after = entry.before, entry.after
    came_or_went = before is None or after is None
    fields = []
    for column, field_ in _columns(telling.model).items():
        if column in telling.hidden or field_.primary_key:
            continue
        old, new = (row.get(column) if row is not None else None for row in (before, after))
        if old == new or (came_or_went and not _tells(field_, old if after is None else new)):
            continue
        fields.append(
            ChangedField(
                capfirst(str(field_.verbose_name)),
                None if before is None else words.value(telling, column, before),
                None if after is None else words.value(telling, column, after),
            )
        )
    if entry.operation == "update" and not fields:
        return None
    kind = capfirst(str(telling.model._meta.verbose_name))
    return Change(entry.operation, kind, telling.title(after or before or {}, words), tuple(fields))


def _tells(column: models.Field[Any, Any], value: Any) -> bool:
    """Whether a value of a row that came or went is worth a line: more than nothing, and no mere default."""
    if value in (None, "", [], {}, False):
        return False
    return not (column.has_default() and not callable(column.default) and value == column.default)
