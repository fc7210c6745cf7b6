"""`make run` and its relatives: what a person is told when something is in the way."""

import errno
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db.utils import OperationalError

from portal import problems, processes
from portal.problems import Problem
from portal.runner import bootstrap, serve, supervisor
from portal.runner.__main__ import split
from portal.runner.installation import Installation
from tests.conftest import RunningPortal

PROJECT = Path(settings.BASE_DIR)
PATIENCE = 60


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def installation(
    folder: Path, *, host: str = "127.0.0.1", port: int = 8000, database: str = ""
) -> Installation:
    return Installation(state_folder=folder, host=host, port=port, database_url=database)


def runner(*arguments: str, folder: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "portal.runner", *arguments],
        cwd=PROJECT,
        env=os.environ | {"STATE_DIR": str(folder)} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def assert_one_sentence(done: "subprocess.CompletedProcess[str]", words: str) -> None:
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_busy_port_is_told_in_one_sentence(busy_port: int, tmp_path: Path) -> None:
    done = runner(
        "run", folder=tmp_path, PORT=str(busy_port), DATABASE_URL="postgres://nobody@127.0.0.1:1/none"
    )
    assert_one_sentence(done, f"Port {busy_port} is taken by another program")


def test_unreachable_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    done = runner("run", folder=tmp_path, PORT=port, DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert_one_sentence(done, "The database does not answer")


@pytest.mark.parametrize("port", ["0", "70000", "80x", "-1", "٨٠٨٠"])
def test_port_that_is_none_is_told_in_one_sentence(port: str, tmp_path: Path) -> None:
    assert_one_sentence(runner("run", folder=tmp_path, PORT=port), "PORT must be a number")


@pytest.mark.parametrize("host", ["nonsense.invalid", "a..b", "192.0.2.1"])
def test_host_of_nobody_here_is_told(host: str, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="HOST"):
        supervisor._is_free(installation(tmp_path, host=host))


def test_second_run_on_the_same_port_says_that_the_first_runs(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    first = installation(tmp_path, port=port)
    with (
        supervisor._port_of_ours(first),
        pytest.raises(Problem, match="already runs at"),
        supervisor._port_of_ours(first),
    ):
        pass
    with supervisor._port_of_ours(first):  # free again after the end
        pass


def test_full_disk_is_told_in_one_sentence() -> None:
    error = OSError(errno.ENOSPC, "No space left on device", "/data/file")
    assert problems.explain(error) == "The disk is full (/data/file): free some space and start again."


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError("could not extend file: No space left on device"), "disk is full"),
        (OperationalError("connection refused\n\tIs it running?"), "refused Is it running?"),
        (ImproperlyConfigured("Set the SECRET_KEY"), "A setting is wrong: Set the SECRET_KEY"),
        (CommandError("No such file"), "No such file"),
        (PermissionError(errno.EACCES, "denied", "/x"), "may not write or read"),
    ],
)
def test_known_errors_have_a_sentence_without_line_breaks(error: Exception, words: str) -> None:
    sentence = problems.explain(error)
    assert sentence is not None
    assert words in sentence
    assert "\n" not in sentence


def test_cause_explains_an_error_that_has_no_sentence_itself() -> None:
    error = RuntimeError("something")
    error.__cause__ = Problem("The reason.")
    assert problems.explain(error) == "The reason."


def test_defect_of_ours_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        problems.report(ZeroDivisionError())


def test_missing_venv_module_is_told_with_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    assert "apt-get install python3-venv" in (bootstrap.problem() or "")


def test_too_old_python_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    assert "needs Python 99.0 or newer" in (bootstrap.problem() or "")


def test_lock_is_installed_again_only_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, python = tmp_path / "lock.txt", tmp_path / "python"
    lock.write_text("django==1\n")
    python.touch()
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path))
    monkeypatch.setattr(bootstrap, "PYTHON", str(python))
    Path(bootstrap.stamp_path("runtime")).write_text(bootstrap.fingerprint(lock))
    assert bootstrap.is_installed("runtime", bootstrap.fingerprint(lock))
    lock.write_text("django==2\n")
    assert not bootstrap.is_installed("runtime", bootstrap.fingerprint(lock))


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_locks_have_hashes_and_no_addresses(name: str) -> None:
    text = (PROJECT / "requirements" / f"{name}.txt").read_text()
    assert "http" not in text
    assert "--index" not in text
    assert text.count("--hash=sha256:") > bootstrap.count_packages(PROJECT / "requirements" / f"{name}.txt")


def test_arguments_of_make_are_split_as_a_shell_would() -> None:
    assert split(["shell -c 'print(1)'"]) == ["shell", "-c", "print(1)"]
    assert split(["migrate", "places"]) == ["migrate", "places"]


def test_gunicorn_opens_no_control_socket_and_bears_long_addresses(tmp_path: Path) -> None:
    options = serve.options(installation(tmp_path, host="::1", port=8123), on_ready=lambda server: None)
    assert options["control_socket_disable"] is True
    assert options["preload_app"] is True
    assert options["bind"] == ["[::1]:8123"]
    assert options["limit_request_line"] > len("%D0%B0" * 10_000)


@pytest.mark.browser
def test_search_of_ten_thousand_letters_gets_a_page_of_ours(portal_url: str) -> None:
    with urllib.request.urlopen(f"{portal_url}/uk/search/?q={'%D0%B0' * 10_000}") as answer:
        assert answer.status == 200
        assert b"<main" in answer.read()


@pytest.mark.browser
@pytest.mark.skipif(sys.platform != "linux", reason="reads the list of children from /proc")
def test_killed_worker_is_replaced(running_portal: RunningPortal) -> None:
    def workers() -> set[int]:
        number = running_portal.process.pid
        return {int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()}

    assert processes.wait_until(lambda: len(workers()) == 2, PATIENCE)
    killed = min(workers())
    os.kill(killed, signal.SIGKILL)
    assert processes.wait_until(lambda: len(workers() - {killed}) == 2, PATIENCE)
    with urllib.request.urlopen(f"{running_portal.address}/healthz") as answer:
        assert answer.status == 200
