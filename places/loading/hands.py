"""What people changed since the tables were loaded, told by the history: the loader leaves it alone."""

from typing import Any

from django.db import connection, models

#: Reason under which the loader's own changes stand in the history.
REASON = "load_places"


def columns_by_hand(model: type[models.Model]) -> dict[int, set[str]]:
    """Columns whose value somebody else than the loader wrote, by row."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT entry.row_id, array_agg(DISTINCT cell.key)
            FROM core_auditentry AS entry, jsonb_each(entry.after) AS cell
            WHERE entry.table_name = %s AND entry.reason <> %s AND (
                (entry.operation = 'update' AND entry.before -> cell.key IS DISTINCT FROM cell.value)
                OR (entry.operation = 'insert' AND cell.value NOT IN ('null', '""'))
            )
            GROUP BY entry.row_id
            """,
            [model._meta.db_table, REASON],
        )
        return {row_id: set(columns) for row_id, columns in cursor.fetchall()}


def former_rows(model: type[models.Model], columns: tuple[str, ...]) -> list[tuple[int, tuple[Any, ...]]]:
    """The id and the named columns, as text, of rows as they were before somebody changed or deleted them."""
    values = ", ".join("before ->> %s" for _column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT row_id, {values} FROM core_auditentry
            WHERE table_name = %s AND reason <> %s AND operation IN ('update', 'delete')
            """,  # noqa: S608 (placeholders only)
            [*columns, model._meta.db_table, REASON],
        )
        return [(row_id, tuple(cells)) for row_id, *cells in cursor.fetchall()]
