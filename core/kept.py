"""Values that are costly to make and hold as long as nothing in the database has changed."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

MOST_VALUES = 64


def data_state() -> str:
    """The snapshot of the database that a query sees now, as text: `xmin:xmax:running`.

    While it is the same, no transaction has begun to write or has ended since, so everything read under it is
    the same as well, whoever wrote by whatever path. One query that touches no table, and at the beginning of
    a request also the check whether the connection still stands.
    """
    if connection.connection is None or connection.in_atomic_block:
        return _snapshot()
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return _snapshot()
    except (OperationalError, InterfaceError):
        connection.close()
        return _snapshot()


def _snapshot() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def state_of_values(request: HttpRequest | None = None) -> str:
    """The state under which one answer keeps and finds values; empty where none are kept.

    An answer that keeps several values reads it once, before it reads anything else; where the middleware for
    kept pages has read it for the request, that one is taken.
    """
    if not settings.KEEP_VALUES:
        return ""
    return getattr(request, "data_state", "") or data_state()


class Kept:
    """Values by key, for one state of the data at a time, in the memory of this process.

    At most `most` values; the one that nobody asked for the longest gives way.
    """

    def __init__(self, most: int = MOST_VALUES) -> None:
        self._most = most
        self._state = ""
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def value(self, key: Hashable, make: Callable[[], Value], *, state: str | None = None) -> Value:
        """The value kept under `key`, or a new one from `make`. `state` as of `state_of_values()`."""
        found: dict[Hashable, Value] = self.values([key], lambda _missing: {key: make()}, state=state)
        return found[key]

    def values(
        self,
        keys: Iterable[Key],
        make: Callable[[list[Key]], Mapping[Key, Value]],
        *,
        state: str | None = None,
    ) -> dict[Key, Value]:
        """The values kept under the keys; `make` is asked once for all that are missing.

        The state is read before a value is made: a value made while somebody writes is kept under the older
        state and so is not used again.
        """
        wanted = list(keys)
        state = state_of_values() if state is None else state
        found = self._known(wanted, state) if state else {}
        missing = [key for key in wanted if key not in found]
        if missing:
            fresh = make(missing)
            found |= fresh
            if state:
                self._keep(fresh, state)
        return found

    def _known(self, keys: list[Key], state: str) -> dict[Key, Any]:
        with self._lock:
            if state != self._state:
                self._state = state
                self._values.clear()
                return {}
            known = {}
            for key in keys:
                if key in self._values:
                    self._values.move_to_end(key)
                    known[key] = self._values[key]
            return known

    def _keep(self, fresh: Mapping[Key, Any], state: str) -> None:
        with self._lock:
            if state != self._state:
                return
            for key, value in fresh.items():
                self._values[key] = value
                self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)


class KeptByVersion:
    """Values that hold as long as the rows they were made of are the same versions, whatever else changes.

    A version is a text that names the versions of all rows behind a value (in PostgreSQL their `xmin` and
    `ctid`: each change of a row makes a new one). It is read before the value is made, so a value may be
    newer than its version, never older. At most `most` values; the one that nobody asked for the longest
    gives way.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, tuple[str, Any]] = OrderedDict()
        self._lock = Lock()

    def values(
        self, versions: Mapping[Key, str], make: Callable[[list[Key]], Mapping[Key, Value]]
    ) -> dict[Key, Value]:
        """The values of these keys in these versions; `make` is asked once for all that are missing."""
        if not settings.KEEP_VALUES:
            return dict(make(list(versions)))
        found = self._known(versions)
        missing = [key for key in versions if key not in found]
        if missing:
            fresh = make(missing)
            found |= fresh
            self._keep({key: (versions[key], value) for key, value in fresh.items()})
        return found

    def _known(self, versions: Mapping[Key, str]) -> dict[Key, Any]:
        known = {}
        with self._lock:
            for key, version in versions.items():
                kept = self._values.get(key)
                if kept is not None and kept[0] == version:
                    self._values.move_to_end(key)
                    known[key] = kept[1]
        return known

    def _keep(self, fresh: Mapping[Key, tuple[str, Any]]) -> None:
        with self._lock:
            for key, value in fresh.items():
                self._values[key] = value
                self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
