"""Django's reloading server for developers: prepares once, then serves and follows the sources.

The reloader starts this module again for every change; only the first of these processes prepares.
"""

import os
import signal
import sys

from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from portal import problems, processes
from portal.runner.installation import Installation
from portal.runner.preparation import prepare


def main() -> int:
    processes.end_with_parent(signal.SIGTERM)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        installation = Installation.from_environment()
        if os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
            prepare(static_files=False, sample_accounts="--sample-accounts" in sys.argv)
    except Exception as error:
        return problems.report(error)
    from django.core.management import execute_from_command_line

    host = f"[{installation.host}]" if ":" in installation.host else installation.host
    execute_from_command_line(["manage.py", "runserver", f"{host}:{installation.port}"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
