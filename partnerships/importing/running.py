"""Work on a batch that takes longer than a page may: a process of its own, whose progress the page shows.

The process may die with the machine; nothing is half done then, since each task is one transaction, and the
page offers to run it again.
"""

import datetime as dt
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core.history import attributed
from partnerships.enums import BatchTask
from partnerships.importing import batches, reverting
from partnerships.importing.matching import Matcher
from partnerships.importing.reading import FileUnusable, open_table
from partnerships.loading.pairs import Pairs
from partnerships.models import ImportBatch, ImportRun

log = logging.getLogger(__name__)
#: No sign of life for so long: the process is gone.
SILENCE = dt.timedelta(seconds=90)
_TELL_EVERY = 1.0
#: Processes that were started here, kept so that ended ones are collected.
_started: list["subprocess.Popen[bytes]"] = []


def uploaded(batch: ImportBatch) -> Path:
    """Where the file waits until its rows are kept; outside everything that is served."""
    return Path(settings.STATE_DIR) / "imports" / f"{batch.pk}"


def is_silent(run: ImportRun) -> bool:
    """Whether the work has stopped without an end."""
    return run.finished_at is None and timezone.now() - run.seen_at > SILENCE


def start(batch: ImportBatch, task: str, user: User | None, total: int | None = None) -> None:
    """Begin the task once the running transaction is done."""
    now = timezone.now()
    values = {"task": task, "done": 0, "total": total, "started_at": now, "seen_at": now, "finished_at": None}
    ImportRun.objects.update_or_create(batch=batch, defaults={**values, "problem": "", "started_by": user})
    transaction.on_commit(lambda: launch(batch.pk))


def launch(batch: int) -> None:
    """Start the process; it goes on when the worker that started it ends."""
    _started[:] = [process for process in _started if process.poll() is None]
    command = [
        sys.executable,
        str(Path(settings.BASE_DIR) / "manage.py"),
        "import_register",
        "--run",
        str(batch),
    ]
    _started.append(
        subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            # Pages may not hold the database long; this may.
            env=os.environ | {"DATABASE_WEB_LIMITS": "false"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    )


def perform(batch: int) -> str:
    """Do what is to be done with the batch.

    :returns: why it came to nothing, in a sentence; empty where all is well.
    """
    run = ImportRun.objects.select_related("batch__source", "started_by").get(pk=batch)
    problem = ""
    with override("uk"):
        try:
            with _progress(run) as tells:
                _TASKS[BatchTask(run.task)](run, tells)
        except FileUnusable as error:
            problem = error.reason
        except (batches.AcceptedAlready, reverting.NotAccepted):
            problem = _("Somebody else has accepted it or taken it back meanwhile.")
        except Exception:
            log.exception("work on import %s", batch)
            problem = _("It stopped with an error that the log of the portal tells; nothing was changed.")
    ImportRun.objects.filter(pk=batch).update(finished_at=timezone.now(), problem=problem[:500])
    return problem


def _read(run: ImportRun, tells: batches.Tells) -> None:
    batch = run.batch
    with attributed(run.started_by, _("Import of the file “%(file)s”") % {"file": batch.file_name}):
        # Two processes for one batch: the second finds the rows and has nothing to do.
        ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.rows.exists():
            return
        table = open_table(uploaded(batch), batch.file_name, batch.sheet, batch.shape)
        settler = batches.settler_for(batch.source, batch.shape, Matcher.load(), Pairs.load())
        batches.store_rows(batch, batches.telling(batches.try_rows(table, settler), tells))
    uploaded(batch).unlink(missing_ok=True)


def _accept(run: ImportRun, tells: batches.Tells) -> None:
    accepted = batches.accept(run.batch, run.started_by, Matcher.load(), tells)
    batches.reindex_records(accepted)


def _revert(run: ImportRun, tells: batches.Tells) -> None:
    reverting.revert(run.batch, run.started_by)
    batches.reindex_records(ImportBatch.objects.get(pk=run.pk))


_TASKS = {BatchTask.READ: _read, BatchTask.ACCEPT: _accept, BatchTask.REVERT: _revert}


@contextmanager
def _progress(run: ImportRun) -> Iterator[batches.Tells]:
    """Tells readers of the page how many rows are done, past the transaction that the work is."""
    beside = connection.copy()
    last = 0.0

    def tells(done: int) -> None:
        nonlocal last
        if time.monotonic() - last < _TELL_EVERY:
            return
        last = time.monotonic()
        with beside.cursor() as cursor:
            cursor.execute(
                "UPDATE partnerships_importrun SET done = %s, seen_at = now() WHERE batch_id = %s",
                [done, run.pk],
            )

    try:
        yield tells
    finally:
        beside.close()
