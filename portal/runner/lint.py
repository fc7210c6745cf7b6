"""What `make lint` checks, with settings as in production; every check runs, then the failed are named."""

import os
import secrets
import subprocess
import sys

from portal.embedded_postgres.server import EmbeddedServer
from portal.problems import Problem
from portal.runner.installation import PROJECT
from portal.runner.progress import say

MANAGE = ("manage.py",)
CHECKS: dict[str, tuple[str, ...]] = {
    "style (ruff)": ("-m", "ruff", "check", "--quiet", "."),
    "layout of the code (ruff format)": ("-m", "ruff", "format", "--check", "--quiet", "."),
    "templates (djlint)": ("-m", "djlint", "templates", "--lint", "--quiet"),
    "types (mypy)": ("-m", "mypy", "."),
    "missing migrations": (*MANAGE, "makemigrations", "--check", "--dry-run"),
    "catalogues": (*MANAGE, "messages", "--check"),
    "deployment (check --deploy)": (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"),
    "architecture": ("-m", "pytest", "-q", "tests/contract/test_architecture.py"),
}


def check_all() -> int:
    """Run every check; raises `Problem` naming those that failed."""
    production = {
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DEBUG": "false",
        "SITE_URL": "https://portal.example",
        "ALLOWED_HOSTS": "portal.example",
    }
    with EmbeddedServer.temporary() as server:
        environment = os.environ | production | {"DATABASE_URL": server.url()}
        failed = [name for name, command in CHECKS.items() if not _passes(name, command, environment)]
    if failed:
        raise Problem(f"Not in order: {', '.join(failed)}.")
    return 0


def _passes(name: str, command: tuple[str, ...], environment: dict[str, str]) -> bool:
    done = subprocess.run([sys.executable, *command], cwd=PROJECT, env=environment, check=False)
    say(f"{name}: {'in order' if done.returncode == 0 else 'FAILED'}")
    return done.returncode == 0
