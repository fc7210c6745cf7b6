"""The web server's process: prepares the installation, then answers requests through gunicorn.

`python -m portal.runner.serve [--sample-accounts] [--ready-to DESCRIPTOR]`, normally started by the
supervisor. The Django that prepared is also the one that serves, loaded once and shared by the workers; only
after heavy work (a first load) the process starts itself afresh, so that the workers don't inherit its
memory.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.http import message

from portal import problems, processes
from portal.runner.installation import Installation
from portal.runner.preparation import prepare

# A search of 10,000 Cyrillic letters is 60,000 characters of address; gunicorn's own ceiling would answer
# such a request with a bare 414 instead of our page.
LONGEST_REQUEST_LINE = 131_072


class Gunicorn(BaseApplication):
    """gunicorn with our options and no files or command line of its own."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from portal.wsgi import application

        return application


def options(installation: Installation, on_ready: Callable[[Any], None]) -> dict[str, Any]:
    """gunicorn's settings: two plain workers, the code loaded once, nothing opened outside the project."""
    host = f"[{installation.host}]" if ":" in installation.host else installation.host
    return {
        "bind": [f"{host}:{installation.port}"],
        "workers": int(os.environ.get("WEB_CONCURRENCY") or 2),
        # Threads, so that a few visitors who send nothing do not keep all others waiting.
        "worker_class": "gthread",
        "threads": 4,
        "preload_app": True,
        "control_socket_disable": True,
        "limit_request_line": LONGEST_REQUEST_LINE,
        "timeout": 30,
        "graceful_timeout": 10,
        "loglevel": "warning",
        "when_ready": on_ready,
        "post_fork": lambda _server, _worker: processes.end_with_parent(signal.SIGTERM),
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample-accounts", action="store_true")
    parser.add_argument("--ready-to", type=int)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("DATABASE_WEB_LIMITS", "true")
    try:
        installation = Installation.from_environment()
        if prepare(static_files=True, sample_accounts=arguments.sample_accounts):
            os.execv(sys.executable, [sys.executable, "-m", "portal.runner.serve", *sys.argv[1:]])  # noqa: S606
    except Exception as error:
        return problems.report(error)

    def on_ready(_server: Any) -> None:
        if arguments.ready_to is not None:
            os.write(arguments.ready_to, b"ready\n")
            os.close(arguments.ready_to)

    message.MAX_REQUEST_LINE = LONGEST_REQUEST_LINE
    Gunicorn(options(installation, on_ready)).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
