#!/usr/bin/env python
"""Django's commands, as in `python manage.py check`; `make manage ARGS="…"` brings the database along."""

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        from django.core.management import execute_from_command_line

        from portal import problems
    except ImportError as error:
        print(f"{error}: run `make run` or `make dev` once, then use .venv/bin/python.", file=sys.stderr)
        return 1
    try:
        execute_from_command_line(sys.argv)
    except Exception as error:
        return problems.report(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
