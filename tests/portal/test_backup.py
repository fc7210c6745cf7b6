"""A backup of a filled database comes back whole. Asked of the database of the portal that runs."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from portal.runner import backup
from tests.conftest import RunningPortal, database_called

pytestmark = pytest.mark.browser
COUNTED = ("partnerships_statement", "partnerships_standing", "places_place", "core_auditentry", "pg_trigger")


def counts(connection: "psycopg.Connection[Any]") -> dict[str, int]:
    found = {}
    for table in COUNTED:
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        row = connection.execute(query).fetchone()
        assert row is not None
        found[table] = row[0]
    return found


def test_backup_comes_back_with_every_row_and_trigger(running_portal: RunningPortal, tmp_path: Path) -> None:
    name = running_portal.database_url.rsplit("/", 1)[1] + "_back"
    remove = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(running_portal.database_url, autocommit=True) as connection:
        connection.execute(remove)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            backup.dump(running_portal.database_url, tmp_path)
            (file,) = (tmp_path / "backups").iterdir()
            assert backup.restore(database_called(name), file) == 0
            with psycopg.connect(database_called(name)) as restored:
                assert counts(restored) == counts(connection)
        finally:
            connection.execute(remove)
