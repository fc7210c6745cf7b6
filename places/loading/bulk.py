"""Writing many rows of one table by few statements: PostgreSQL's COPY, and UPDATE from a temporary table.

Few statements, because a trigger of the place table looks over the whole table after each of them.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from django.db.backends.utils import CursorWrapper


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids for rows to come, taken from the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def insert(model: type[models.Model], rows: list[dict[str, Any]]) -> None:
    """Insert rows given as values by column; a column that a row leaves out gets the field's default."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    defaults = {str(field.column): field.get_default() for field in fields}
    with connection.cursor() as cursor:
        _copy(cursor, model._meta.db_table, list(defaults), ({**defaults, **row} for row in rows))


def update(model: type[models.Model], rows: list[dict[str, Any]]) -> None:
    """Update rows given as values by column, `id` and the same columns in each."""
    if not rows:
        return
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = list(rows[0])
    names = ", ".join(map(quote, columns))
    changes = ", ".join(f"{quote(column)} = fresh.{quote(column)}" for column in columns if column != "id")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE fresh ON COMMIT DROP AS SELECT {names} FROM {table} LIMIT 0")  # noqa: S608
        _copy(cursor, "fresh", columns, rows)
        cursor.execute(f"UPDATE {table} AS kept SET {changes} FROM fresh WHERE fresh.id = kept.id")  # noqa: S608
        cursor.execute("DROP TABLE fresh")


def _copy(cursor: CursorWrapper, table: str, columns: list[str], rows: Iterable[dict[str, Any]]) -> None:
    quote = connection.ops.quote_name
    with cursor.copy(f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[column] for column in columns])
