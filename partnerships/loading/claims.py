"""What a row of each table states, apart from which places it means.

Rules for what a pair's status becomes:

- decided, signed, registered, approved: the event happened, with the day where the row has one;
- announced: an announced signing, its day where the source names one;
- talks (a letter of intent, steps agreed, an offer): talks happened; that the relation exists is not said;
- hoped: refused, a hope is no relation;
- listed: the relation exists, no event.

The register is a list of *registered* agreements, so each of its rows says two things: the agreement was
signed (on the day in the cell), and it was registered (on a day that the list does not give).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.edtf import InvalidDate, PartialDate
from partnerships.enums import Fact, Grade, Kind, LegalKind, MilestoneType, Mode, Stage
from partnerships.loading.tables import MAP, PAIRS, REGISTER, RowRefused
from places.spelling import match_key

MAP_SOURCE, REGISTER_SOURCE = "ministry-map", "agreements-register"
#: Event of a status, and the code of the register that an undated statement of it has as value.
_EVENTS = {
    "decided": (MilestoneType.DECISION, "decided"),
    "signed": (MilestoneType.SIGNING, "signed"),
    "registered": (MilestoneType.REGISTRATION, "registered"),
    "approved": (MilestoneType.APPROVAL, "approved"),
    "talks": (MilestoneType.TALKS, "talks"),
}
STATUSES = {*_EVENTS, "announced", "hoped", "listed"}
#: Statuses by which a source says that the relation exists, or did.
EXISTING = {"decided", "signed", "registered", "listed"}
_LEGAL_KINDS = {
    "транскордонне": LegalKind.TRANSBORDER,
    "міжтериторіальне": LegalKind.INTERTERRITORIAL,
    "транснаціональне": LegalKind.TRANSNATIONAL,
}
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_ISO2 = re.compile(r"^[A-Z]{2}$")


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """A document as the register lists it."""

    title: str
    signed_on: str = ""
    legal_kind: str = LegalKind.UNKNOWN
    legal_kind_text: str = ""
    sphere: str = ""
    term: str = ""
    registration_number: str = ""

    @property
    def key(self) -> str:
        """The register repeats itself in other words: agreements of one pair of one day are one."""
        return self.signed_on or match_key(self.title)


@dataclass(frozen=True, slots=True)
class Event:
    """A milestone that a source speaks of; `date` as that source gives it."""

    type: str
    stage: str = Stage.HAPPENED
    date: str = ""
    mode: str = ""
    announced_on: str = ""
    kind: str = ""
    #: Key of a body in `curated.toml`.
    body: str = ""
    note_uk: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Assertion:
    """One statement to be: what `source` says of one fact."""

    source: str
    fact: str
    value: str = ""
    event: Event | None = None
    agreement: AgreementFacts | None = None
    #: Where it differs from the source's own.
    grade: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Everything that one row states, and what only hand-checked records add."""

    source: str
    assertions: tuple[Assertion, ...]
    programme: str = ""
    why_uk: str = ""
    why_en: str = ""


def pair(cells: dict[str, str]) -> Claim:
    """What a row of `pairs.csv` states.

    :raises RowRefused: a cell holds what the column can't, or the source only hopes for the relation.
    """
    status, kind = cells["status"], cells["kind"]
    _known(kind, Kind.values, "kind")
    _known(status, STATUSES, "status")
    if status == "hoped":
        raise RowRefused(_("The source expresses a hope; that is no relation."))
    source, url = cells["source"], cells["url"]
    assertions = [Assertion(source, Fact.PAIR, url=url)] if status in EXISTING else []
    if kind != Kind.UNKNOWN:
        assertions.append(Assertion(source, Fact.KIND, kind, url=url))
    assertions += _events(cells)
    if cells["since_year"]:
        if not _YEAR.match(cells["since_year"]):
            raise RowRefused(_("“%(value)s” is not a year.") % {"value": cells["since_year"][:30]})
        assertions.append(Assertion(cells["since_source"] or source, Fact.SINCE, cells["since_year"]))
    assertions += [Assertion(other, Fact.PAIR) for other in cells["also_in"].split()]
    return Claim(source, tuple(assertions))


def _events(cells: dict[str, str]) -> list[Assertion]:
    status, source, url = cells["status"], cells["source"], cells["url"]
    decided, signed = _date(cells, "decided_on"), _date(cells, "signed_on")
    announced = _date(cells, "announced_for")
    _known(cells["mode"], {"", *Mode.values}, "mode")
    _known(cells["decided_grade"], {"", *Grade.values}, "decided_grade")
    found = []
    if decided or status == "decided":
        event = Event(MilestoneType.DECISION, date=decided)
        found.append(said(source, event, cells["decided_url"] or url, cells["decided_grade"]))
    if signed or status in ("signed", "registered"):
        found.append(said(source, Event(MilestoneType.SIGNING, date=signed), url))
    if status in ("registered", "approved", "talks"):
        found.append(said(source, Event(_EVENTS[status][0]), url))
    if announced or status == "announced":
        event = Event(MilestoneType.SIGNING, Stage.ANNOUNCED, announced, cells["mode"])
        found.append(said(source, event, url))
    return found


def said(
    source: str, event: Event, url: str = "", grade: str = "", agreement: AgreementFacts | None = None
) -> Assertion:
    """The statement of an event: its date, or that it happened at all."""
    if event.date:
        return Assertion(source, Fact.DATE, event.date, event, agreement, grade, url)
    codes = dict(_EVENTS.values())
    code = "announced" if event.stage == Stage.ANNOUNCED else codes.get(MilestoneType(event.type), event.type)
    return Assertion(source, Fact.STATUS, str(code), event, agreement, grade, url)


def map_entry(cells: dict[str, str]) -> Claim:
    """What a row of the ministry's map states: that the pair exists."""
    return Claim(MAP_SOURCE, (Assertion(MAP_SOURCE, Fact.PAIR),))


def registered(cells: dict[str, str]) -> Claim:
    """What a row of the register of agreements states.

    :raises RowRefused: a cell holds what the column can't.
    """
    title = cells["title"] + (" …" if cells["title_cut"] else "")
    if not title:
        raise RowRefused(_("The agreement has no title."))
    signed = _date(cells, "signed_on")
    kind = cells["legal_kind"]
    agreement = AgreementFacts(
        title[:500],
        signed,
        _LEGAL_KINDS.get(kind, LegalKind.UNKNOWN),
        kind,
        cells["sphere"],
        cells["term"][:200],
    )
    source = REGISTER_SOURCE
    assertions = [
        Assertion(source, Fact.PAIR),
        Assertion(source, Fact.TITLE, agreement.title, agreement=agreement),
        said(source, Event(MilestoneType.SIGNING, date=signed), agreement=agreement),
        said(source, Event(MilestoneType.REGISTRATION), agreement=agreement),
    ]
    if kind:
        # Two kinds in one cell stay as they are written.
        value = str(_LEGAL_KINDS.get(kind, kind))
        assertions.append(Assertion(source, Fact.LEGAL_KIND, value, agreement=agreement))
    if agreement.term:
        assertions.append(Assertion(source, Fact.TERM, agreement.term, agreement=agreement))
    return Claim(source, tuple(assertions))


#: What a row of a table states.
READERS: dict[str, Callable[[dict[str, Any]], Claim]] = {PAIRS: pair, MAP: map_entry, REGISTER: registered}


def check_cells(cells: dict[str, str]) -> None:
    """Cells that every table of pairs has.

    :raises RowRefused: the country is not a code.
    """
    country = cells["foreign_iso2"]
    if country and not _ISO2.match(country):
        raise RowRefused(_("“%(value)s” is not a country code.") % {"value": country[:30]})


def valid_date(text: str) -> str:
    """The date, if it is one in EDTF; nothing for a cell without one.

    :raises RowRefused: no such day, or no date at all.
    """
    if text in ("", "-"):
        return ""
    try:
        return PartialDate.parse(text).edtf
    except InvalidDate as error:
        raise RowRefused(_("“%(value)s” is not a date.") % {"value": text[:30]}) from error


def _date(cells: dict[str, str], column: str) -> str:
    return valid_date(cells[column])


def _known(value: str, codes: Any, column: str) -> None:
    if value not in codes:
        raise RowRefused(
            _("“%(value)s” is not a value of the column %(column)s.")
            % {"value": value[:30], "column": column}
        )
