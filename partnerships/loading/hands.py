"""What people changed since the register was loaded, told by the history: loads leave it alone."""

from collections.abc import Collection, Iterable

from django.db import connection, models

from core.undo import WITHIN, Span, span_values
from partnerships.models import ImportBatch, SourceRow

#: Reason under which the loader's own changes stand in the history.
REASON = "load_partnerships"


def touched(
    model: type[models.Model],
    rows: Iterable[int],
    derived: Collection[str] = (),
    *,
    but_for: Collection[Span] = (),
) -> set[int]:
    """Rows of a table that a person made or changed.

    :param derived: columns that the database writes by itself: that they changed says nothing.
    :param but_for: further stretches of the history that are no person's own words.
    """
    wrote = "(before - %(derived)s::text[]) IS DISTINCT FROM (after - %(derived)s::text[])"
    return _rows(model, list(rows), wrote, but_for, derived=list(derived))


def written_by_hand(model: type[models.Model], column: str, rows: Iterable[int]) -> set[int]:
    """Rows in which a person wrote one column.

    Columns that the database derives change with every statement, so the row as a whole says nothing.
    """
    wrote = "operation = 'insert' OR before -> %(column)s IS DISTINCT FROM after -> %(column)s"
    return _rows(model, list(rows), wrote, (), column=column)


def spans_of_imports() -> list[Span]:
    """Stretches of the history that imports wrote, and decisions on doubtful rows: these write what a source
    says, as the loader does, and are no person's own words."""
    batches = ImportBatch.objects.exclude(spans=[]).values_list("spans", flat=True)
    decided = SourceRow.objects.exclude(span=None).values_list("span", flat=True)
    spans = [Span.from_json(values) for of_batch in batches for values in of_batch]
    return list(dict.fromkeys([*spans, *(Span.from_json(values) for values in decided if values)]))


def _rows(
    model: type[models.Model],
    rows: list[int],
    condition: str,
    but_for: Collection[Span],
    **given: str | list[str],
) -> set[int]:
    spans = [*spans_of_imports(), *but_for]
    values = {"table": model._meta.db_table, "rows": rows, "reason": REASON, **span_values(spans), **given}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT DISTINCT row_id FROM core_auditentry entry
            WHERE table_name = %(table)s AND row_id = ANY(%(rows)s) AND reason <> %(reason)s
                AND ({condition}) AND NOT ({WITHIN})
            """,  # noqa: S608
            values,
        )
        return {row_id for (row_id,) in cursor.fetchall()}
