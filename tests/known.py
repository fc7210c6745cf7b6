"""Values that may be none for the database and are not so in a test."""

from typing import TypeVar

T = TypeVar("T")


def known(value: T | None) -> T:
    """The value; fails the test where there is none."""
    assert value is not None
    return value
