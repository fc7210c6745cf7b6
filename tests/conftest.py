"""What all tests share: fast settings, and for browser tests a portal that really runs.

The history refuses TRUNCATE, so pytest-django's `live_server` (which empties tables) can't be used:
`portal_url` is the portal as `make run` serves it, with the shipped data, in a database of its own.
"""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.utils import translation
from psycopg import sql

from portal import catalogues, processes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS_TO_START = 300


@dataclass(frozen=True)
class RunningPortal:
    """gunicorn's process, whose children are the workers, the address it serves, and its database."""

    process: "subprocess.Popen[bytes]"
    address: str
    database_url: str


def pytest_configure(config: pytest.Config) -> None:
    """Settings that make tests fast and independent of what was built before."""
    if not hasattr(config, "workerinput"):
        catalogues.compile_stale(Path(settings.LOCALE_PATHS[0]))
    # A test's changes lie in one transaction, inside which the state of the data does not move.
    settings.KEEP_PAGES = settings.KEEP_VALUES = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests on one worker (one portal); skipped without Chromium, except where nothing may be."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed here"))


@pytest.fixture(autouse=True)
def _language_of_the_portal() -> Iterator[None]:
    """A page asked for by the test before leaves its language active: each begins with the default one."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session")
def portal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of the portal that browser tests visit."""
    return tmp_path_factory.mktemp("portal")


@pytest.fixture(scope="session")
def portal_url(running_portal: RunningPortal) -> str:
    """The address of a running portal with the shipped data and an account of each role."""
    return running_portal.address


@pytest.fixture(scope="session")
def running_portal(portal_folder: Path, worker_id: str) -> Iterator[RunningPortal]:
    """The same, with the process that serves it."""
    name = f"test_{settings.DATABASES['default']['NAME'].removeprefix('test_')}_browser_{worker_id}"
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as connection:
        remove = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        connection.execute(remove)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        portal = start_portal(portal_folder, database_called(name))
        try:
            yield portal
        finally:
            server = portal.process
            processes.end_session(server, patience=15)
            connection.execute(remove)


def database_called(name: str) -> str:
    """`DATABASE_URL` with another database."""
    return urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}"))


def start_portal(folder: Path, database_url: str) -> RunningPortal:
    """Start the web server's own process and wait until it is ready."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SITE_URL": address,
        "STATE_DIR": str(folder),
        "DEBUG": "false",
    }
    readable, writable = os.pipe()
    log = folder / "portal.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "portal.runner.serve", "--sample-accounts", "--ready-to", str(writable)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=[writable],
            start_new_session=True,
            preexec_fn=processes.ending_with_parent(signal.SIGTERM),
        )
    os.close(writable)
    ready = bool(select.select([readable], [], [], SECONDS_TO_START)[0]) and bool(os.read(readable, 16))
    os.close(readable)
    if not ready:
        processes.end_session(server, patience=5)
        pytest.fail(f"The portal did not start:\n{log.read_text(errors='replace')[-3000:]}")
    return RunningPortal(server, address, database_url)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def sample_passwords(portal_url: str, portal_folder: Path) -> dict[str, str]:
    """E-mail → password of the running portal's accounts, one of each role."""
    lines = (portal_folder / "sample-accounts.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.fail("Chromium is not installed, and with CI=true no test may be skipped.")
    with sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; Django would refuse the database beside it.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: "Browser", portal_url: str) -> "Iterator[Page]":
    """A new visitor's page; addresses may be given without the host, as in `page.goto("/uk/")`."""
    context = browser.new_context(base_url=portal_url, locale="uk-UA")
    yield context.new_page()
    context.close()
