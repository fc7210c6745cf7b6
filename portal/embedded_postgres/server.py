"""What the rest of the portal takes: an embedded server that runs for as long as somebody holds it."""

import atexit
import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from portal.embedded_postgres.home import Home, lock_file, try_lock
from portal.problems import Problem
from portal.processes import wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent
Report = Callable[[str], None]


# Guardians that we started and that still serve others; forgetting one would count as a mistake of ours.
_OUTLIVING: list["subprocess.Popen[str]"] = []


@atexit.register
def _collect() -> None:
    for guardian in _OUTLIVING:
        guardian.poll()


def _silent(_text: str) -> None:
    pass


class EmbeddedServer:
    """A context manager: started on entering unless others hold it already, stopped when the last one leaves.

    `report` gets a sentence for what takes time. Raises `Problem` where the server can't be had.
    """

    def __init__(self, home: Home, *, disposable: bool = False, report: Report = _silent) -> None:
        self.home = home
        self._disposable = disposable
        self._report = report
        self._users: int | None = None
        self._guardian: subprocess.Popen[str] | None = None

    @classmethod
    def of_installation(cls, state_folder: Path, report: Report = _silent) -> Self:
        return cls(Home.for_installation(state_folder), report=report)

    @classmethod
    def temporary(cls, report: Report = _silent) -> Self:
        """A server of its own for tests, which leaves nothing behind."""
        return cls(Home.temporary(), disposable=True, report=report)

    def url(self) -> str:
        return self.home.url()

    def is_guarded(self) -> bool:
        """False once the server, or the process that looks after it, has ended."""
        return self.home.has_guardian()

    def __enter__(self) -> Self:
        self._users = os.open(self.home.path / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            # Waits while an earlier server is being stopped.
            fcntl.flock(self._users, fcntl.LOCK_SH)
            with lock_file(self.home.path / "start.lock") as start:
                fcntl.flock(start, fcntl.LOCK_EX)
                # A guardian whose starter was killed may still be at work on the start, or about to give up.
                while not self.home.ready_file.exists() or not self.home.has_guardian():
                    if not self.home.has_guardian():
                        self._start_guardian()
                        break
                    time.sleep(0.05)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _start_guardian(self) -> None:
        command = [sys.executable, "-m", "portal.embedded_postgres.guardian", str(self.home.path)]
        with open(self.home.path / "guardian.log", "a", opener=_private) as log:
            self._guardian = subprocess.Popen(
                command + (["--disposable"] if self._disposable else []),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=PROJECT,
                start_new_session=True,
            )
        assert self._guardian.stdout is not None
        for line in self._guardian.stdout:
            message = json.loads(line)
            if "ready" in message:
                return
            if "problem" in message:
                raise Problem(message["problem"])
            self._report(message["progress"])
        raise Problem(f"The database server did not start; see {self.home.path / 'guardian.log'}.")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the server; the last to leave waits until it has stopped."""
        if self._users is None:
            return
        users, self._users = self._users, None
        fcntl.flock(users, fcntl.LOCK_UN)
        last = try_lock(users, fcntl.LOCK_EX)
        os.close(users)
        if last or not self._held_by_others():
            wait_until(self._is_gone, 90)
        self._leave_guardian()

    def _leave_guardian(self) -> None:
        """Collect our child if it has ended; while others use its server, it is only kept in mind."""
        guardian, self._guardian = self._guardian, None
        if guardian is None:
            return
        if guardian.stdout is not None:
            guardian.stdout.close()
        if wait_until(lambda: guardian.poll() is not None, 10 if self._is_gone() else 0):
            return
        _OUTLIVING.append(guardian)

    def _is_gone(self) -> bool:
        return not self.home.path.exists() if self._disposable else not self.home.has_guardian()

    def _held_by_others(self) -> bool:
        """Whether others use the server; if not, its guardian holds the lock alone and is stopping it."""
        try:
            with lock_file(self.home.path / "users.lock", os.O_RDWR) as descriptor:
                return try_lock(descriptor, fcntl.LOCK_SH)
        except FileNotFoundError:  # a disposable home, already gone
            return False


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
