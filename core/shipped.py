"""Reading the texts that come with the portal as TOML files: what is wrong is named with file and reason, and
the rest goes on."""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction

Entry = dict[str, Any]


class UnusableEntry(Exception):
    """An entry that can't be loaded, with the reason in words."""


@dataclass
class Report:
    """What a loading did: things made, things there already, what was left out and why."""

    made: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    problems: list[str] = field(default_factory=list)

    def count(self, kind: str, number: int = 1) -> None:
        self.made[kind] = self.made.get(kind, 0) + number

    def lines(self) -> Iterator[str]:
        made = ", ".join(f"{kind}: {number}" for kind, number in self.made.items() if number)
        yield f"made {made or 'nothing'}; {self.kept} left as they are; {len(self.problems)} problems"
        yield from (f"  {problem}" for problem in self.problems)


def read(path: Path, report: Report) -> Entry:
    """The file's table; empty, and named in the report, where it can't be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        report.problems.append(f"{path.name}: {error}")
        return {}


@contextmanager
def guarded(report: Report, where: str) -> Iterator[None]:
    """One entry, whole or not at all; a fault in it is reported and goes no further."""
    try:
        with transaction.atomic():
            yield
    except UnusableEntry as error:
        report.problems.append(f"{where}: {error}")
    except ValidationError as error:
        reasons = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        told = "; ".join(f"{name}: {' '.join(messages)}".lstrip(": ") for name, messages in reasons.items())
        report.problems.append(f"{where}: {told}")
    except (DatabaseError, TypeError, ValueError, KeyError) as error:
        report.problems.append(f"{where}: {type(error).__name__}: {error}".splitlines()[0])


def required(entry: Entry, name: str) -> Any:
    """:raises UnusableEntry: the entry lacks the field."""
    if name not in entry:
        raise UnusableEntry(f"“{name}” is missing")
    return entry[name]


def make_missing(
    model: type[models.Model],
    key: dict[str, Any],
    entry: Entry,
    fields: tuple[str, ...],
    report: Report,
    kind: str,
) -> None:
    """Make the row with this key from the fields that the entry has; one that exists stays as it is.

    `kind` names such rows in the report.

    :raises ValidationError: the database or a field would refuse it.
    """
    manager = model._default_manager
    if manager.filter(**key).exists():
        report.kept += 1
        return
    row = model(**key, **{name: entry[name] for name in fields if name in entry})
    row.full_clean()
    row.save()
    report.count(kind)


def each(
    rows: list[Entry], where: str, report: Report, load: Callable[[Entry], None], name: str = "slug"
) -> None:
    """Load each row on its own; where one lacks its name, its place in the file stands in the report."""
    for number, row in enumerate(rows, start=1):
        with guarded(report, f"{where}: {row.get(name, f'entry {number}')}"):
            load(row)
