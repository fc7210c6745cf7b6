"""Append-only history: every change of a register table, whoever makes it and by whatever path.

A table takes part by listing `RecordsHistory` among its triggers. Who and why come from settings of the
transaction; a change made in a shell or by a loader is recorded as well, then with the database role only.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import connection, transaction


class RecordsHistory(pgtrigger.Trigger):
    """Writes the row before and after each insert, update and delete to the audit table."""

    name = "history"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    func = """
        IF TG_OP = 'UPDATE' AND to_jsonb(OLD) = to_jsonb(NEW) THEN
            RETURN NULL;
        END IF;
        INSERT INTO core_auditentry
            (occurred_at, table_name, row_id, operation, before, after, db_role, user_id, reason,
            transaction_id)
        VALUES (
            clock_timestamp(), TG_TABLE_NAME,
            CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END,
            lower(TG_OP),
            CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END,
            CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END,
            session_user,
            nullif(current_setting('portal.user_id', true), '')::bigint,
            coalesce(current_setting('portal.reason', true), ''),
            txid_current()
        );
        RETURN NULL;
    """


class RefusesTruncate(pgtrigger.Trigger):
    """A table with a history is never emptied past its triggers for rows."""

    name = "no_truncate"
    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Truncate
    func = "RAISE EXCEPTION 'A table with a history is not emptied.';"


@contextmanager
def attributed(user: AbstractBaseUser | AnonymousUser | None, reason: str = "") -> Iterator[None]:
    """Run a block in one transaction whose changes are recorded as made by `user` for `reason`."""
    with transaction.atomic():
        user_id = "" if user is None or user.pk is None else str(user.pk)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('portal.user_id', %s, true), set_config('portal.reason', %s, true)",
                [user_id, reason],
            )
        yield
