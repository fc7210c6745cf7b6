"""What people changed since the register was loaded, told by the history: loads leave it alone."""

from collections.abc import Iterable

from django.db import connection, models

#: Reason under which the loader's own changes stand in the history.
REASON = "load_partnerships"
#: An import writes what its source says, as the loader does: what it wrote is no person's own word.
_OF_IMPORTS = """
    EXISTS (
        SELECT 1 FROM partnerships_importbatch batch, jsonb_array_elements(batch.spans) AS span
        WHERE entry.transaction_id = (span ->> 'transaction')::bigint
            AND entry.id BETWEEN (span ->> 'first')::bigint AND (span ->> 'last')::bigint
    )
"""


def touched(model: type[models.Model], rows: Iterable[int]) -> set[int]:
    """Rows of a table that a person made or changed."""
    return _rows(model, list(rows), "true")


def written_by_hand(model: type[models.Model], column: str, rows: Iterable[int]) -> set[int]:
    """Rows in which a person wrote one column.

    Columns that the database derives change with every statement, so the row as a whole says nothing.
    """
    wrote = "operation = 'insert' OR before -> %(column)s IS DISTINCT FROM after -> %(column)s"
    return _rows(model, list(rows), wrote, column)


def _rows(model: type[models.Model], rows: list[int], condition: str, column: str = "") -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT DISTINCT row_id FROM core_auditentry entry
            WHERE table_name = %(table)s AND row_id = ANY(%(rows)s) AND reason <> %(reason)s
                AND ({condition}) AND NOT {_OF_IMPORTS}
            """,  # noqa: S608
            {"table": model._meta.db_table, "rows": rows, "reason": REASON, "column": column},
        )
        return {row_id for (row_id,) in cursor.fetchall()}
