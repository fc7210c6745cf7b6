"""Records checked by hand (`curated.toml`): what an entry states."""

from typing import Any

from django.utils.translation import gettext as _

from partnerships.enums import Fact, Grade, Kind, MilestoneType, Mode, Stage
from partnerships.loading.claims import Assertion, Claim, Event, valid_date
from partnerships.loading.tables import RowRefused

SOURCE = "hand-checked"
Entry = dict[str, Any]


def record(cells: Entry) -> Claim:
    """What an entry states: facts of the relation, and milestones with who says so.

    :raises RowRefused: something is missing or is no code or date.
    """
    try:
        assertions = [
            Assertion(
                said["source"],
                said["fact"],
                said.get("value", ""),
                grade=said.get("grade", ""),
                url=said.get("url", ""),
            )
            for said in cells.get("statement", [])
        ]
        for milestone in cells.get("milestone", []):
            assertions += _milestone(milestone)
        for assertion in assertions:
            _check(assertion)
        return Claim(
            SOURCE,
            tuple(assertions),
            cells.get("programme", ""),
            cells.get("why_uk", ""),
            cells.get("why_en", ""),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise RowRefused(_("The entry is not complete: %(what)s.") % {"what": error}) from error


def _milestone(cells: Entry) -> list[Assertion]:
    """A statement for each source of the milestone; where sources differ, each has its own date."""
    found = []
    for said in cells["says"]:
        date = valid_date(said.get("date", cells.get("date", "")))
        event = Event(
            cells["type"],
            cells.get("stage", Stage.HAPPENED),
            date,
            *(cells.get("mode", ""), valid_date(cells.get("announced_on", "")), cells.get("kind", "")),
            *(cells.get("body", ""), cells.get("note_uk", ""), cells.get("note_en", "")),
        )
        fact, value = (Fact.DATE, date) if date else (Fact.STATUS, said["value"])
        found.append(
            Assertion(said["source"], fact, value, event, None, said.get("grade", ""), said.get("url", ""))
        )
    return found


def _check(assertion: Assertion) -> None:
    event = assertion.event
    checks = [(assertion.fact, Fact.values), (assertion.grade, {"", *Grade.values})]
    if event is not None:
        checks += [
            (event.type, MilestoneType.values),
            (event.stage, Stage.values),
            (event.mode, {"", *Mode.values}),
            (event.kind, {"", *Kind.values}),
        ]
    for value, codes in checks:
        if value not in codes:
            raise RowRefused(_("“%(value)s” is not a code of the register.") % {"value": value})
