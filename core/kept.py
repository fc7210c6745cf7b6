"""Values that are costly to make and hold as long as nothing in the database has changed."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection

Value = TypeVar("Value")

MOST_VALUES = 64


def data_state() -> str:
    """The snapshot of the database that a query sees now, as text: `xmin:xmax:running`.

    While it is the same, no transaction has begun to write or has ended since, so everything read under it is
    the same as well, whoever wrote by whatever path. One query that touches no table.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


class Kept:
    """Values by key, for one state of the data at a time, in the memory of this process."""

    def __init__(self) -> None:
        self._state = ""
        self._values: dict[Hashable, Any] = {}
        self._lock = Lock()

    def value(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value kept under `key`, or a new one from `make`.

        The state is read before the value is made: a value made while somebody writes is kept under the older
        state and so is not used again.
        """
        if not settings.KEEP_PAGES:
            return make()
        state = data_state()
        with self._lock:
            if state != self._state:
                self._state, self._values = state, {}
            elif key in self._values:
                return self._values[key]
        value = make()
        with self._lock:
            if state == self._state and len(self._values) < MOST_VALUES:
                self._values[key] = value
        return value
