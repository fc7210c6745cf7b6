"""Taking back what a piece of work wrote, by the history: what somebody changed since stays, and is told.

A piece of work is known by its stretch of the history (`Span`). What it changed is put back column by column;
what it added is named to the caller, who knows in what order rows of the tables can go.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import connection, models

Row = dict[str, Any]
_CHUNK = 500
#: The end of a stretch that is still being written.
_OPEN = 2**63 - 1

#: Condition on `core_auditentry entry`: it lies in one of the spans (`span_values`).
WITHIN = """
    transaction_id = ANY(%(transactions)s) AND EXISTS (
        SELECT 1 FROM unnest(%(transactions)s::bigint[], %(firsts)s::bigint[], %(lasts)s::bigint[])
            AS span(transaction, first, last)
        WHERE entry.transaction_id = span.transaction AND entry.id BETWEEN span.first AND span.last
    )
"""


@dataclass(frozen=True, slots=True)
class Span:
    """Entries of one transaction from one entry of the history to another."""

    transaction: int
    first: int
    last: int = _OPEN

    @classmethod
    def begin(cls) -> Self:
        """A stretch that starts here, in the running transaction."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT txid_current(), coalesce(max(id), 0) + 1 FROM core_auditentry")
            transaction, first = cursor.fetchone()
        return cls(transaction, first)

    def end(self) -> "Span":
        """The same stretch, closed with what was written last."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(id), 0) FROM core_auditentry")
            (last,) = cursor.fetchone()
        return Span(self.transaction, self.first, last)

    def to_json(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        return cls(values["transaction"], values["first"], values["last"])


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that was not, or not wholly, put back: somebody changed these columns since."""

    row_id: int
    columns: tuple[str, ...]


def span_values(spans: Collection[Span]) -> dict[str, list[int]]:
    """What `WITHIN` asks for."""
    return {
        "transactions": [span.transaction for span in spans],
        "firsts": [span.first for span in spans],
        "lasts": [span.last for span in spans],
    }


def inserted(model: type[models.Model], spans: Collection[Span]) -> list[int]:
    """Keys of the rows that the work added, those among them that are gone by now included."""
    return [
        row_id
        for (row_id,) in _query(
            f"""
            SELECT DISTINCT row_id FROM core_auditentry entry
            WHERE table_name = %(table)s AND operation = 'insert' AND {WITHIN} ORDER BY row_id
            """,  # noqa: S608
            model,
            spans,
        )
    ]


def put_back(
    model: type[models.Model], spans: Collection[Span], derived: Collection[str] = ()
) -> tuple[set[int], list[Kept]]:
    """Give columns that the work changed the values that stood before, where its own values still stand.

    :returns: keys of the rows that were put back, and those with columns that somebody has changed since.
    """
    changes = list(_net_changes(model, spans, derived))
    restored, kept = set(), []
    for start in range(0, len(changes), _CHUNK):
        chunk = changes[start : start + _CHUNK]
        now = _as_json(model, [row_id for row_id, _before, _after in chunk])
        for row_id, before, after in chunk:
            if row_id not in now:
                continue
            changed = [column for column in before if before[column] != after.get(column)]
            ours = [column for column in changed if now[row_id][column] == after[column]]
            others = tuple(column for column in changed if column not in ours)
            values = {column: _still_there(model, column, before[column]) for column in ours}
            if values:
                model._default_manager.filter(pk=row_id).update(**values)
                restored.add(row_id)
            if others:
                kept.append(Kept(row_id, others))
    return restored, kept


def _net_changes(
    model: type[models.Model], spans: Collection[Span], derived: Collection[str]
) -> Iterator[tuple[int, Row, Row]]:
    """Rows that were there before the work, as it found them and as it left them."""
    generated = [field.column for field in model._meta.concrete_fields if field.generated]
    yield from _query(
        f"""
        SELECT row_id, (array_agg(before ORDER BY id))[1] - %(derived)s::text[] AS was,
            (array_agg(after ORDER BY id DESC))[1] - %(derived)s::text[] AS left_as
        FROM core_auditentry entry
        WHERE table_name = %(table)s AND {WITHIN}
        GROUP BY row_id HAVING bool_and(operation = 'update') ORDER BY row_id
        """,  # noqa: S608
        model,
        spans,
        derived=[*derived, *generated],
    )


def _as_json(model: type[models.Model], rows: list[int]) -> dict[int, Row]:
    """The rows as the history would write them now."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, to_jsonb(t) FROM {table} t WHERE id = ANY(%s)", [rows])  # noqa: S608
        return {row_id: _loaded(values) for row_id, values in cursor.fetchall()}


def _still_there(model: type[models.Model], column: str, value: Any) -> Any:
    """The value, but nothing in place of a row that has gone since."""
    field = next(one for one in model._meta.concrete_fields if one.column == column)
    if value is None or not isinstance(field, models.ForeignKey) or not field.null:
        return value
    target = field.target_field
    known = target.model._default_manager.filter(**{target.attname: value})
    return value if known.exists() else None


def _query(sql: str, model: type[models.Model], spans: Collection[Span], **given: Any) -> list[Any]:
    if not spans:
        return []
    values = {"table": model._meta.db_table, **span_values(spans), **given}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [tuple(_loaded(value) for value in row) for row in cursor.fetchall()]


def _loaded(value: Any) -> Any:
    """Django lets a plain cursor give jsonb as text."""
    return json.loads(value) if isinstance(value, str) else value
