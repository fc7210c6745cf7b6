"""One PostgreSQL data folder: making it, starting and stopping its server, finding one left by a crash."""

import contextlib
import locale
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal import processes
from portal.embedded_postgres import binaries
from portal.embedded_postgres.home import DATABASE, ROLE, Home
from portal.problems import Problem

Report = Callable[[str], None]

# After a kill the old server's children need a moment to notice; until then a new one refuses to start.
REMAINS_OF_A_CRASH = re.compile(r"pre-existing shared memory block|lock file .* already exists")
SECONDS_FOR_REMAINS = 20
LARGEST_LOG = 5_000_000
SPEED_BEFORE_SAFETY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class StartRefused(Exception):
    """The server ended before it accepted connections; the text is what it wrote to its log."""


@dataclass
class Cluster:
    """`disposable`: for tests, where speed counts and data need not survive a power cut."""

    home: Home
    report: Report
    disposable: bool = False

    def __post_init__(self) -> None:
        self.site = binaries.server_folder(self.home.owner)

    def prepare(self) -> None:
        """Make the data folder on first use; check that what is there is ours to start."""
        if not self.home.data.exists():
            self.report("Making the database's folder")
            self._initialise()
        written = (self.home.data / "PG_VERSION").read_text().strip()
        ours = binaries.server_version(self.site).split(".")[0]
        if written != ours:
            raise Problem(
                f"The database in {self.home.data} was written by PostgreSQL {written}, not by {ours}: "
                "make a backup with the older version of the portal, move the folder away and restore."
            )

    def _initialise(self) -> None:
        # Made under another name, so that an interrupted attempt is never taken for a database.
        half = self.home.path / "data.new"
        shutil.rmtree(half, ignore_errors=True)
        self.home.private_folder(half.name)
        given = self.home.path / "password.new"
        given.unlink(missing_ok=True)
        given.touch(mode=0o600)
        given.write_text(self.home.make_password())
        self.home.give_to_owner(given)
        try:
            self._run(
                "initdb", "-D", half, "-U", ROLE, f"--pwfile={given}", *_initdb_options(self.disposable)
            )
        finally:
            given.unlink()
        self._single_user(half, f"CREATE DATABASE {DATABASE};")
        half.rename(self.home.data)

    def _run(self, program: str, *arguments: str | Path, stdin: str = "") -> None:
        done = subprocess.run(
            [binaries.programs(self.site) / program, *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.home.path,
            env=binaries.environment(self.site),
            **binaries.as_owner(self.home.owner),
        )
        if done.returncode != 0:
            raise Problem(f"PostgreSQL's {program} failed: {_last_complaint(done.stderr)}.")

    def _single_user(self, data: Path, statement: str) -> None:
        self._run("postgres", "--single", "-D", data, "postgres", stdin=statement + "\n")

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the server and wait until it accepts connections, however long recovery takes."""
        self.stop_stray()
        if not self.home.password():  # the file was lost; nobody else knows the old password either
            self._single_user(self.home.data, f"ALTER ROLE {ROLE} PASSWORD '{self.home.make_password()}';")
        sockets = self.home.socket_folder()
        end = time.monotonic() + SECONDS_FOR_REMAINS
        while True:
            try:
                return self._start_once(sockets)
            except StartRefused as refusal:
                text = str(refusal)
                if not REMAINS_OF_A_CRASH.search(text) or time.monotonic() > end:
                    complaint = _last_complaint(text)
                    raise Problem(f"PostgreSQL did not start: {complaint} (log: {self.home.log}).") from None
                time.sleep(0.3)

    def _start_once(self, sockets: Path) -> "subprocess.Popen[bytes]":
        if self.home.log.exists() and self.home.log.stat().st_size > LARGEST_LOG:
            self.home.log.replace(self.home.log.with_suffix(".log.old"))
        with open(self.home.log, "ab", opener=_private) as log:
            begin = log.tell()
            server = subprocess.Popen(
                self._command(sockets),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home.path,
                env=binaries.environment(self.site),
                start_new_session=True,
                preexec_fn=processes.ending_with_parent(signal.SIGINT),
                **binaries.as_owner(self.home.owner),
            )
        try:
            self._wait_until_ready(server, begin)
        except BaseException:
            stop(server)
            raise
        return server

    def _command(self, sockets: Path) -> Sequence[str | Path]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(sockets),
            "unix_socket_permissions": "0700",
            "log_line_prefix": "%m [%p] ",
            "log_timezone": "UTC",
            "timezone": "UTC",
        } | (SPEED_BEFORE_SAFETY if self.disposable else {})
        given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [binaries.programs(self.site) / "postgres", "-D", self.home.data, *given]

    def _wait_until_ready(self, server: "subprocess.Popen[bytes]", begin: int) -> None:
        began, told = time.monotonic(), False
        while not _accepts_connections(self.home.data, server.pid):
            if server.poll() is not None:
                with self.home.log.open("rb") as log:
                    log.seek(begin)
                    raise StartRefused(log.read().decode(errors="replace"))
            if not told and time.monotonic() - began > 2:
                self.report("The database repairs itself after an unclean end; this may take a while")
                told = True
            time.sleep(0.02)

    def stop_stray(self) -> None:
        """Stop a server left by an earlier guardian; forget a pid file that names another program."""
        pid = _postmaster(self.home.data)
        if pid is None or not processes.is_alive(pid):
            return
        if str(self.home.data) not in processes.command_line(pid):
            (self.home.data / "postmaster.pid").unlink(missing_ok=True)
            return
        self.report("Stopping a database server left by an earlier run")
        for number, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 10)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            if processes.wait_until(lambda: not processes.is_alive(pid), patience):
                return
        raise Problem(f"A database server left by an earlier run does not stop: end process {pid} by hand.")


def stop(server: "subprocess.Popen[bytes]") -> None:
    """PostgreSQL's fast stop, its immediate one if that hangs (the next start then recovers)."""
    for number, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
        if server.poll() is None:
            server.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(patience)
            return


def _initdb_options(disposable: bool) -> list[str]:
    # Without ICU, the builtin provider knows Cyrillic's letter cases whatever the machine's locale is; the
    # full-text parser asks the C library instead, so that also gets a UTF-8 locale where there is one.
    options = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options += ["--auth=scram-sha-256", "--no-instructions"]
    ctype = _utf8_ctype()
    return options + ([f"--lc-ctype={ctype}"] if ctype else []) + (["--no-sync"] if disposable else [])


def _utf8_ctype() -> str | None:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8", "uk_UA.UTF-8"):
            with contextlib.suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return None


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _postmaster(data: Path) -> int | None:
    lines = _pid_file(data)
    return int(lines[0]) if lines and lines[0].strip().isdigit() else None


def _accepts_connections(data: Path, pid: int) -> bool:
    """The eighth line of `postmaster.pid` is the server's own word on its state."""
    lines = _pid_file(data)
    return len(lines) > 7 and _postmaster(data) == pid and lines[7].strip() == "ready"


def _last_complaint(text: str) -> str:
    """The last FATAL, PANIC or error line without its prefix, else the last line."""
    lines = [line for line in text.splitlines() if line.strip()] or ["it said nothing"]
    complaints = [line for line in lines if re.search(r"\b(FATAL|PANIC|error):", line)]
    line = (complaints or lines)[-1]
    return re.sub(r"^.*?\b(FATAL|PANIC|error):\s*", "", line).strip().rstrip(".")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
