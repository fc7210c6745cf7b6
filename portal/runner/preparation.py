"""What must be true before the portal may answer, each part done only where it isn't yet."""

import hashlib
import io
import os
import time
from pathlib import Path
from typing import Any

from portal import catalogues
from portal.runner.installation import PROJECT
from portal.runner.progress import step

# After so much work the process holds memory that its workers would inherit.
SECONDS_OF_HEAVY_WORK = 2.0


def prepare(*, static_files: bool, sample_accounts: bool) -> bool:
    """Bring database and files up to the code; whether that was heavy work.

    `sample_accounts` asks for the accounts of a trial installation, which the command makes once.
    """
    with step("Compiling the catalogues"):
        catalogues.compile_stale(PROJECT / "locale")
    with step("Starting Django"):
        import django

        django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.db.backends.signals import connection_created

    began = time.monotonic()
    connection_created.connect(_without_time_limits, dispatch_uid="preparation")
    try:
        if _migrations_are_due():
            with step("Migrating the database"):
                call_command("migrate", interactive=False, verbosity=0)
                call_command("sync_roles", stdout=io.StringIO())
        with step("Loading the shipped data"):
            call_command("load_shipped_data")
        if sample_accounts:
            with step("Making sample accounts"):
                call_command("create_sample_accounts")
        if static_files:
            _collect_static_files()
    finally:
        connection_created.disconnect(dispatch_uid="preparation")
        connections.close_all()
    return time.monotonic() - began > SECONDS_OF_HEAVY_WORK


def _without_time_limits(connection: Any, **_: Any) -> None:
    """The limits of the settings protect pages; loading data may take longer."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")


def _migrations_are_due() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _collect_static_files() -> None:
    from django.conf import settings
    from django.core.management import call_command

    mark = Path(settings.STATIC_ROOT) / ".collected"
    wanted = _static_fingerprint()
    if mark.exists() and mark.read_text() == wanted:
        return
    with step("Collecting static files"):
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(wanted)


def _static_fingerprint() -> str:
    """Changes when a static file of ours or of a package is added, removed or written."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=None):
            status = os.stat(storage.path(name))
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
