"""The signing key of an installation that was given none: made once, readable by its owner only."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def load_or_make(path: Path) -> str:
    """The key kept in `path`; makes the file with mode 0600 on first use."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        key = get_random_secret_key()
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            return path.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key)
        return key
