"""Whoever writes records from rows takes turns: two at once would make the same record twice."""

from django.db import connection
from django.utils.translation import gettext as _

#: The loader of the shipped tables waits for the same lock.
_LOCK = "SELECT {function}(hashtext('load_partnerships'))"


class SomebodyElseWrites(Exception):
    """An import is being accepted or reverted, or the shipped tables are being loaded."""

    def __str__(self) -> str:
        return str(_("Another import is being written at this moment. Try again in a minute."))


def take_turn() -> None:
    """Wait for the others; held until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK.format(function="pg_advisory_xact_lock"))


def take_turn_at_once() -> None:
    """:raises SomebodyElseWrites: it would take waiting, which no page may."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK.format(function="pg_try_advisory_xact_lock"))
        if not cursor.fetchone()[0]:
            raise SomebodyElseWrites
