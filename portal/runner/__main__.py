"""`python -m portal.runner TASK`: what the Makefile calls."""

import argparse
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

from portal import problems, processes
from portal.embedded_postgres.server import EmbeddedServer
from portal.problems import Problem
from portal.runner import backup, lint, supervisor
from portal.runner.installation import PROJECT, Installation


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m portal.runner")
    parser.add_argument("--end-with-parent", action="store_true", help="end when make does, however it ends")
    parser.add_argument("task", choices=("run", "dev", "manage", "test", "lint", "backup", "restore"))
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    given = parser.parse_args(arguments)
    if given.end_with_parent:
        processes.end_with_parent(signal.SIGTERM)
    try:
        return perform(given.task, given.rest)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return problems.report(error)


def perform(task: str, rest: list[str]) -> int:
    """Do one task; its exit code. Raises `Problem` for what the person can put right."""
    installation = Installation.from_environment()
    match task:
        case "run":
            return supervisor.run(installation)
        case "dev":
            return supervisor.develop(installation)
        case "manage":
            with installation.database():
                return foreground([sys.executable, "manage.py", *split(rest)])
        case "backup":
            with installation.database() as server:
                return backup.dump(installation.database_url or url(server), installation.state_folder)
        case "restore":
            if len(rest) != 1:
                raise Problem("Say which backup to restore, as in: make restore FILE=var/backups/….dump")
            with installation.database() as server:
                return backup.restore(installation.database_url or url(server), Path(rest[0]))
        case "lint":
            return lint.check_all()
        case _:
            return test(installation, split(rest))


def test(installation: Installation, arguments: list[str]) -> int:
    """Run the tests on `DATABASE_URL`, or on an embedded server of their own, so that a running portal
    rests.
    """
    command = [sys.executable, "-m", "pytest", *arguments]
    if installation.database_url:
        return foreground(command)
    with EmbeddedServer.temporary() as server:
        os.environ["DATABASE_URL"] = server.url()
        return foreground(command)


def foreground(command: list[str]) -> int:
    """Run a command that has the terminal: Ctrl-C is its to handle; its exit code."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        child = subprocess.Popen(
            command,
            cwd=PROJECT,
            preexec_fn=_as_foreground,
        )
        return child.wait()
    finally:
        signal.signal(signal.SIGINT, before)


def _as_foreground() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    processes.end_with_parent(signal.SIGTERM)


def split(rest: list[str]) -> list[str]:
    """The arguments; one that came as a whole, as from `make manage ARGS="…"`, is split as a shell would."""
    return shlex.split(rest[0]) if len(rest) == 1 else rest


def url(server: EmbeddedServer | None) -> str:
    assert server is not None
    return server.url()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
