"""What can go wrong around the portal, said in one sentence that tells a person what to do.

`Problem` is raised where we know the sentence ourselves; `explain` finds it for errors of the system, the
database and Django. Entry points (`manage.py`, the runner) print the sentence and end with a code other
than 0; what has no sentence here is a defect of ours and keeps its traceback.
"""

import errno
import sys
from collections.abc import Iterator


class Problem(Exception):
    """Something that the person at the keyboard can put right; the text is one whole sentence."""


def explain(error: BaseException) -> str | None:
    """The sentence for `error` or for what caused it, None where none is known."""
    for cause in _chain(error):
        sentence = _sentence(cause)
        if sentence:
            return sentence
    return None


def report(error: BaseException) -> int:
    """Print the sentence for `error` and return the exit code; raise it again if none is known."""
    sentence = explain(error)
    if sentence is None:
        raise error
    sys.stdout.flush()
    print(sentence, file=sys.stderr)
    return 1


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _sentence(error: BaseException) -> str | None:
    if isinstance(error, Problem):
        return str(error)
    if isinstance(error, OSError):
        return _system(error)
    return _django(error) if "django" in sys.modules else None


def _system(error: OSError) -> str | None:
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{place}: free some space and start again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"This user may not write or read a file of the portal{place}: check who owns it."
    return None


def _django(error: BaseException) -> str | None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db.utils import InterfaceError, OperationalError

    if isinstance(error, ImproperlyConfigured):
        return f"A setting is wrong: {_one_line(error)}"
    if isinstance(error, CommandError):
        return _one_line(error)
    if isinstance(error, OperationalError | InterfaceError):
        text = _one_line(error)
        if "No space left on device" in text:
            return f"The database's disk is full: {text}"
        return f"The database does not answer or refuses; check DATABASE_URL and that the server runs: {text}"
    return None


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
