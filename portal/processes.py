"""Processes that must not outlive the one that started them, and questions about processes of ours."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1


def _load_libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


_LIBC = _load_libc()


def end_with_parent(number: signal.Signals) -> None:
    """Ask the kernel to send `number` to this process when its parent ends, however it ends (Linux only)."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def ending_with_parent(number: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn`: the child gets `number` when we end; it runs after the change of user, which resets
    it.
    """
    return lambda: end_with_parent(number)


def command_line(pid: int) -> str:
    """The command that process `pid` was started with, empty if there is no such process."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    shown = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip()


def is_alive(pid: int) -> bool:
    """Whether a process with this number runs, whoever owns it.

    One that has ended but was not collected by its parent (as in a container without an init) does not.
    """
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state not in "ZX"


def wait_until(condition: Callable[[], bool], seconds: float, every: float = 0.05) -> bool:
    """Poll `condition` for at most `seconds`; the last answer."""
    end = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < end:
        time.sleep(every)
    return met


def end_session(leader: "subprocess.Popen[bytes]", *, patience: float) -> None:
    """End a child and all processes of its session: politely first, by force after `patience` seconds."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(leader.pid, number)
        except ProcessLookupError:
            break
        if wait_until(lambda: not _session_exists(leader), patience):
            break
    leader.wait()


def _session_exists(leader: "subprocess.Popen[bytes]") -> bool:
    leader.poll()  # collects it, else it would count for ever
    try:
        os.killpg(leader.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
