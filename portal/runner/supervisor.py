"""Starts the database and the web server, ends both together, and says which of them ended by itself."""

import contextlib
import errno
import fcntl
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import NoReturn

from portal import processes
from portal.embedded_postgres.home import lock_file, try_lock
from portal.embedded_postgres.server import EmbeddedServer
from portal.problems import Problem
from portal.runner.installation import PROJECT, Installation
from portal.runner.progress import say

SECONDS_BETWEEN_LOOKS = 0.5
# Workers of a killed server may hold the port until they notice, at most half their time limit.
SECONDS_FOR_REMAINS = 20
SECONDS_TO_END = 15


class Ended(Exception):
    """Ctrl-C, or a signal that asks us to end."""


def run(installation: Installation) -> int:
    """Serve through gunicorn until asked to end; 0 then, 1 if something ended by itself."""
    return _supervise(installation, "portal.runner.serve", own_session=True)


def develop(installation: Installation) -> int:
    """Serve through Django's reloading server, which keeps the terminal (for a debugger)."""
    os.environ.setdefault("DEBUG", "true")
    return _supervise(installation, "portal.runner.develop", own_session=False)


def _supervise(installation: Installation, module: str, *, own_session: bool) -> int:
    os.environ.setdefault("SITE_URL", installation.address)
    with (
        _asked_to_end(),
        contextlib.suppress(Ended),
        _port_of_ours(installation),
        installation.database() as database,
    ):
        arguments = [] if installation.database_url else ["--sample-accounts"]
        return _serve(installation, [module, *arguments], database, own_session)
    say("The portal has ended.")
    return 0


@contextlib.contextmanager
def _asked_to_end() -> Iterator[None]:
    """Turn the signals that ask for an end into `Ended`; once that has begun, further ones change nothing."""

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise Ended

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, end) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@contextlib.contextmanager
def _port_of_ours(installation: Installation) -> Iterator[None]:
    """Claim host and port among our own runs, and make sure that nobody else has them.

    A run that was killed leaves its number in the file; then what is left of it gets time to let go of the
    port.
    """
    folder = installation.state_folder / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    with lock_file(folder / str(installation.port)) as claim:
        if not try_lock(claim, fcntl.LOCK_EX):
            raise Problem(
                f"The portal already runs at {installation.address}: end it there with Ctrl-C or choose "
                "another port, as in: make run PORT=8001."
            )
        was_killed = bool(os.read(claim, 1))
        free = processes.wait_until(
            lambda: _is_free(installation), SECONDS_FOR_REMAINS if was_killed else 0, every=0.2
        )
        if not free:
            raise Problem(
                f"Port {installation.port} is taken by another program: end that one or choose another, "
                "as in: make run PORT=8001."
            )
        os.pwrite(claim, str(os.getpid()).encode(), 0)
        try:
            yield
        finally:
            os.ftruncate(claim, 0)


def _is_free(installation: Installation) -> bool:
    try:
        places = socket.getaddrinfo(installation.host, installation.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise Problem(
            f"HOST must be an address or name of this machine, not {installation.host!r}."
        ) from None
    family, kind, protocol, _, place = places[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except PermissionError:
            raise Problem(
                f"Port {installation.port} is only for root: choose one above 1023, as in: "
                "make run PORT=8001."
            ) from None
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise Problem(f"This machine has no address {installation.host!r} (HOST).") from None
            return False
    return True


def _serve(
    installation: Installation, module: Sequence[str], database: EmbeddedServer | None, own_session: bool
) -> int:
    readable, writable = os.pipe()
    ready = ["--ready-to", str(writable)] if own_session else []
    server = subprocess.Popen(
        [sys.executable, "-m", *module, *ready],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL if own_session else None,
        pass_fds=[writable],
        start_new_session=own_session,
        preexec_fn=processes.ending_with_parent(signal.SIGTERM),
    )
    os.close(writable)
    try:
        if own_session:
            if _is_ready(server, readable):
                say(f"The portal is open at {installation.address}/ (Ctrl-C ends it)")
            elif server.wait() > 0:
                return 1  # it has said why
        return _watch(server, database, speaks=not own_session)
    finally:
        os.close(readable)
        _end(server, own_session)


def _is_ready(server: "subprocess.Popen[bytes]", readable: int) -> bool:
    """Wait until the server says so or ends."""
    while server.poll() is None:
        if select.select([readable], [], [], SECONDS_BETWEEN_LOOKS)[0]:
            return bool(os.read(readable, 16))
    return False


def _watch(server: "subprocess.Popen[bytes]", database: EmbeddedServer | None, *, speaks: bool) -> int:
    """Return only where the server ended and `speaks` for itself (the developer's says why it ended)."""
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = server.wait(SECONDS_BETWEEN_LOOKS)
            if speaks and code >= 0:
                return code
            raise Problem(f"The web server has ended by itself ({_how(code)}): start again with make run.")
        if database is not None and not database.is_guarded():
            raise Problem(
                f"The embedded PostgreSQL has ended by itself (log: {database.home.log}): "
                "start again with make run."
            )


def _how(code: int) -> str:
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"


def _end(server: "subprocess.Popen[bytes]", own_session: bool) -> None:
    """End the server and every process of its session."""
    if server.poll() is None:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(SECONDS_TO_END)
    if own_session:
        processes.end_session(server, patience=5)
    elif server.poll() is None:
        server.kill()
