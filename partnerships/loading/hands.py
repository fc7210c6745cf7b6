"""What people changed since the register was loaded, told by the history: the loader leaves it alone."""

from collections.abc import Iterable

from django.db import connection, models

#: Reason under which the loader's own changes stand in the history.
REASON = "load_partnerships"


def touched(model: type[models.Model], rows: Iterable[int]) -> set[int]:
    """Rows of a table that somebody else than the loader made or changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT row_id FROM core_auditentry
            WHERE table_name = %s AND row_id = ANY(%s) AND reason <> %s
            """,
            [model._meta.db_table, list(rows), REASON],
        )
        return {row_id for (row_id,) in cursor.fetchall()}


def written_by_hand(model: type[models.Model], column: str, rows: Iterable[int]) -> set[int]:
    """Rows in which somebody else than the loader wrote one column.

    Columns that the database derives change with every statement, so the row as a whole says nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT row_id FROM core_auditentry
            WHERE table_name = %s AND row_id = ANY(%s) AND reason <> %s
                AND (operation = 'insert' OR before -> %s IS DISTINCT FROM after -> %s)
            """,
            [model._meta.db_table, list(rows), REASON, column, column],
        )
        return {row_id for (row_id,) in cursor.fetchall()}
