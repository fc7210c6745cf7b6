"""Two people at one record: what the other changed since the form was opened, beside what stands in it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Max
from django.forms import BaseForm, ModelForm
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import pgettext

from core.journal import Row, Telling, Words, own
from core.languages import LocalText
from core.models import AuditEntry
from partnerships.histories import LOADERS, PUBLIC, RecordStep, entries_of, record_steps, transactions_of
from partnerships.models import Partnership


@dataclass(frozen=True, slots=True)
class Clash:
    """A value that somebody else changed: as it was, as it is now, and as it stands in the form.

    `taken`: whoever filled in the form had not touched it, so the form now holds the other's value.
    """

    kind: str
    thing: LocalText
    label: str
    before: LocalText | None
    theirs: LocalText | None
    yours: LocalText | None
    taken: bool = False


@dataclass(frozen=True)
class Conflict:
    """What happened to a record since a form was opened."""

    latest: int
    steps: list[RecordStep]
    clashes: list[Clash] = field(default_factory=list)


def version_of(record: Partnership) -> int:
    """Grows with each change of the record, its parties, events, agreements, statements and rulings."""
    return entries_of(record).aggregate(last=Max("pk"))["last"] or 0


def locked_version(record: Partnership) -> int:
    """The same, after whoever is writing the record now has finished."""
    list(Partnership.objects.select_for_update(no_key=True).filter(pk=record.pk).values_list("pk"))
    return version_of(record)


@dataclass
class _Change:
    """All that happened to one row: its first state and its last."""

    telling: Telling
    key: int
    before: Row | None
    after: Row | None


def conflict(
    record: Partnership, seen: int, form: ModelForm[Any], formsets: Sequence[BaseInlineFormSet[Any, Any, Any]]
) -> Conflict:
    """What others changed after version `seen`, and each value beside that of the form.

    Values that nobody touched in the form are set to the others' there, so that saving it undoes nothing.
    """
    entries = entries_of(record)
    since = entries.filter(pk__gt=seen)
    words = Words({telling.table: telling for telling in PUBLIC}, LOADERS)
    rows = [_Row(change, _form_of(change, form, formsets)) for change in _changes(since, words)]
    words.load_names((row.change.telling, state) for row in rows for state in row.states())
    return Conflict(
        latest=version_of(record),
        steps=record_steps(since, transactions_of(since), names_persons=True),
        clashes=[clash for row in rows for clash in row.clashes(words)],
    )


def _changes(entries: models.QuerySet[AuditEntry], words: Words) -> list[_Change]:
    by_row: dict[tuple[str, int], list[AuditEntry]] = defaultdict(list)
    for entry in entries.order_by("pk"):
        by_row[entry.table_name, entry.row_id].append(entry)
    return [
        _Change(words.tellings[table], key, written[0].before, written[-1].after)
        for (table, key), written in by_row.items()
        if written[0].before is not None or written[-1].after is not None
    ]


def _form_of(
    change: _Change, form: ModelForm[Any], formsets: Sequence[BaseInlineFormSet[Any, Any, Any]]
) -> BaseForm | None:
    """The form in which the row is written; none where it is not, as for a row that came since."""
    if change.telling.model is Partnership:
        return form if form.instance.pk == change.key else None
    for formset in formsets:
        if formset.model is change.telling.model:
            for one in formset.initial_forms:
                if str(one["id"].value()) == str(change.key):
                    return one
    return None


@dataclass
class _Row:
    """A changed row beside the form that holds it."""

    change: _Change
    form: BaseForm | None

    def states(self) -> list[Row]:
        typed = {column: self._typed(name) for column, name in self._columns() if name}
        return [state for state in (self.change.before, self.change.after, typed) if state is not None]

    def _columns(self) -> list[tuple[str, str]]:
        """Columns that were changed, each with its field in the form, empty where it has none."""
        telling, before, after = self.change.telling, self.change.before, self.change.after
        if before is None or after is None:
            return []
        return [
            (str(column.column), column.name if self.form and column.name in self.form.fields else "")
            for column in telling.model._meta.concrete_fields
            if not column.primary_key
            and str(column.column) not in telling.hidden
            and before.get(str(column.column)) != after.get(str(column.column))
        ]

    def _typed(self, name: str) -> Any:
        """What stands in the form, as the JSON of a row would hold it."""
        assert self.form is not None
        cleaned = getattr(self.form, "cleaned_data", {})
        value = cleaned[name] if name in cleaned else self.form[name].value()
        if isinstance(value, models.Model):
            return value.pk
        return value.isoformat() if isinstance(value, dt.date) else value

    def clashes(self, words: Words) -> list[Clash]:
        telling, before, after = self.change.telling, self.change.before, self.change.after
        kind = capfirst(str(telling.model._meta.verbose_name))
        thing = telling.title(after or before or {}, words)
        if before is None:
            return [Clash(kind, thing, "", None, own(pgettext("history", "added")), None)]
        if after is None:
            return [Clash(kind, thing, "", None, own(pgettext("history", "removed")), None)]
        found = []
        for column, name in self._columns():
            label = _label(telling, column)
            was, now = (words.value(telling, column, state) for state in (before, after))
            if not name:
                found.append(Clash(kind, thing, label, was, now, None))
                continue
            typed = self._typed(name)
            untouched = (typed or None) == (before.get(column) or None)
            yours = words.value(telling, column, {**after, column: typed})
            if untouched:
                self._take(name, after.get(column))
            found.append(Clash(kind, thing, label, was, now, yours, taken=untouched))
        return found

    def _take(self, name: str, value: Any) -> None:
        """Let the form hold the other's value."""
        assert self.form is not None
        data = QueryDict(mutable=True)
        data.update(self.form.data)
        key = self.form.add_prefix(name)
        if value is None or value is False:
            data.pop(key, None)
        else:
            data[key] = "on" if value is True else str(value)
        self.form.data = data


def _label(telling: Telling, column: str) -> str:
    field_ = next(one for one in telling.model._meta.concrete_fields if one.column == column)
    return capfirst(str(field_.verbose_name))
