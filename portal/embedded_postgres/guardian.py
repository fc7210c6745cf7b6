"""The process that owns a running server: `python -m portal.embedded_postgres.guardian HOME [--disposable]`.

Everyone who needs the server holds a shared lock on the home's `users.lock`; the kernel gives it back when a
process ends, also by `kill -9`. The guardian waits for the exclusive lock: getting it means that nobody is
left, so it stops the server and ends. If the guardian itself is killed, the kernel asks the server to stop
(Linux), and the next guardian stops what is left elsewhere.

What happens until the server is ready goes to standard output, a JSON object a line: `progress`, `problem` or
`ready`; then standard output is closed.
"""

import argparse
import contextlib
import fcntl
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

from portal.embedded_postgres.cluster import Cluster, stop
from portal.embedded_postgres.home import Home, lock_file, unprivileged_owner
from portal.problems import explain


class ServerEnded(Exception):
    """The server ended by itself."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--disposable", action="store_true")
    arguments = parser.parse_args()
    home = Home(arguments.home, unprivileged_owner())
    with lock_file(home.path / "guardian.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        home.ready_file.unlink(missing_ok=True)
        try:
            status = _guard(home, arguments.disposable)
        finally:
            home.ready_file.unlink(missing_ok=True)
        if arguments.disposable:
            home.remove()
    return status


def _guard(home: Home, disposable: bool) -> int:
    signal.signal(signal.SIGTERM, _leave)
    try:
        cluster = Cluster(home, report=lambda text: _say(progress=text), disposable=disposable)
        cluster.prepare()
        server = cluster.start()
    except (SystemExit, KeyboardInterrupt):
        return 1
    except Exception as error:
        _say(problem=explain(error) or f"The database server did not start: {error!r}")
        return 1
    try:
        signal.signal(signal.SIGCHLD, _on_server_end)
        if server.poll() is not None:
            return 1
        home.ready_file.touch()
        _say(ready=server.pid)
        _close_output()
        with lock_file(home.path / "users.lock") as users:
            fcntl.flock(users, fcntl.LOCK_EX)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            # Still under the exclusive lock: whoever comes now waits until the server is gone.
            stop(server)
    except ServerEnded:
        return 1
    except SystemExit:
        pass
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        stop(server)
    return 0


def _say(**message: str | int) -> None:
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()


def _close_output() -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _on_server_end(_number: int, _frame: FrameType | None) -> None:
    raise ServerEnded


if __name__ == "__main__":
    sys.exit(main())
