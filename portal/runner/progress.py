"""What the person sees while something takes its time: nothing under a second, then what and how long."""

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

SECONDS_BEFORE_SHOWING = 1.0


def say(text: str) -> None:
    """A line of its own, at once."""
    print(text, flush=True)


class _Shown:
    """A step that is shown once it has taken a second; a turning wheel on a terminal, a line elsewhere."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._status: Any = None
        self._lock = threading.Lock()
        self._ended = False

    def show(self) -> None:
        with self._lock:
            if self._ended:
                return
            if sys.stdout.isatty():
                from rich.console import Console

                self._status = Console().status(f"{self._text} …")
                self._status.start()
            else:
                say(f"{self._text} …")

    def end(self) -> None:
        with self._lock:
            self._ended = True
            if self._status is not None:
                self._status.stop()


@contextlib.contextmanager
def step(text: str) -> Iterator[None]:
    """Show `text` while the block runs, and its time at the end, if that is more than a second."""
    shown = _Shown(text)
    timer = threading.Timer(SECONDS_BEFORE_SHOWING, shown.show)
    timer.daemon = True
    began = time.monotonic()
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        shown.end()
    took = time.monotonic() - began
    if took >= SECONDS_BEFORE_SHOWING:
        say(f"{text}: done in {took:.0f} s")
