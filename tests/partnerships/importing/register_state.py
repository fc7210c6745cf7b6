"""What the register holds, to compare before and after."""

import json
from typing import Any

from django.db import connection

from core.models import AuditEntry

#: Columns that tell when something was written, or count anew.
_LEFT_OUT = "- 'created_at' - 'updated_at' - 'found_at'"
TABLES = ("partnership", "party", "agreement", "milestone", "statement", "ruling", "body", "source")
DERIVED = ("standing", "difference")


def register_state(*, without_withdrawn: bool = False) -> dict[str, list[Any]]:
    """Every row of the register's tables, keys included; of derived ones all but their keys.

    :param without_withdrawn: leave out withdrawn records with their parties.
    """
    state = {}
    with connection.cursor() as cursor:
        for table in (*TABLES, *DERIVED):
            key = "- 'id'" if table in DERIVED else ""
            cursor.execute(f"SELECT to_jsonb(t) {_LEFT_OUT} {key} FROM partnerships_{table} t ORDER BY 1")
            state[table] = [row for (row,) in cursor.fetchall()]
        if without_withdrawn:
            cursor.execute("SELECT id FROM partnerships_partnership WHERE visibility = 'withdrawn'")
            gone = {pk for (pk,) in cursor.fetchall()}
            state["partnership"] = [row for row in state["partnership"] if _number(row, "id") not in gone]
            for table in ("party", *DERIVED):
                state[table] = [row for row in state[table] if _number(row, "partnership_id") not in gone]
    return state


def sequences() -> dict[str, int]:
    """Where the counters of the register stand, that of numbers among them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'"
        )
        return dict(cursor.fetchall())


def history() -> int:
    return AuditEntry.objects.count()


def _number(row: Any, column: str) -> int:
    return int((json.loads(row) if isinstance(row, str) else row)[column])
