"""What a row that was read states, as claims of the batch's source: the same statements that the shipped
tables make (`partnerships.loading.claims` says which).
"""

import datetime as dt
import re

from django.utils.translation import gettext as _

from core.edtf import InvalidDate, PartialDate
from partnerships.enums import Fact, Kind, LegalKind, MilestoneType, Mode, Stage, TableShape
from partnerships.importing.rows import Reading
from partnerships.loading.claims import EXISTING, AgreementFacts, Assertion, Claim, Event, said, valid_date
from partnerships.loading.tables import RowRefused

LONGEST_TITLE, LONGEST_TERM, LONGEST_NUMBER, LONGEST_ADDRESS = 500, 200, 40, 600
_ADDRESS = re.compile(r"https?://[^\s/\\]+\S*", re.IGNORECASE)
_UNDATED = {
    "approved": MilestoneType.APPROVAL,
    "talks": MilestoneType.TALKS,
}


def claim_of(reading: Reading, source: str, shape: str, today: dt.date) -> Claim:
    """Everything that the row states about its pair.

    :param source: slug of the source whose word the row is.
    :param today: what a row says to have happened later is refused.
    :raises RowRefused: the row states what cannot be.
    """
    if reading.fault:
        raise RowRefused(reading.fault)
    if reading.status == "hoped":
        raise RowRefused(_("The source expresses a hope; that is no relation."))
    url, listed = address(reading.url), shape == TableShape.REGISTER
    agreement = _agreement(reading)
    assertions = []
    if listed or reading.status in EXISTING or reading.status not in ("announced", *_UNDATED):
        assertions.append(Assertion(source, Fact.PAIR, url=url))
    if reading.kind in Kind.values and reading.kind != Kind.UNKNOWN:
        assertions.append(Assertion(source, Fact.KIND, reading.kind, url=url))
    if agreement is not None:
        assertions += _of_agreement(source, agreement, url)
    for event in _events(reading, listed):
        if event.stage == Stage.HAPPENED and _is_later(event.date, today):
            raise RowRefused(
                _("“%(date)s” lies in the future: what has happened cannot.") % {"date": event.date}
            )
        signed = event.type in (MilestoneType.SIGNING, MilestoneType.REGISTRATION)
        signed = signed and event.stage == Stage.HAPPENED
        assertions.append(said(source, event, url, agreement=agreement if signed else None))
    if since := valid_date(reading.since):
        assertions.append(Assertion(source, Fact.SINCE, since, url=url))
    return Claim(source, tuple(assertions))


def address(text: str) -> str:
    """The address of a page, if it is one that a reader can be led to."""
    return text if _ADDRESS.fullmatch(text) and len(text) <= LONGEST_ADDRESS else ""


def _agreement(reading: Reading) -> AgreementFacts | None:
    title = reading.title.strip()
    if not title:
        return None
    if reading.title_cut and not title.endswith("…"):
        title = title[: LONGEST_TITLE - 2] + " …"
    kind = reading.legal_kind if reading.legal_kind in LegalKind.values else LegalKind.UNKNOWN
    return AgreementFacts(
        title[:LONGEST_TITLE],
        valid_date(reading.signed_on),
        kind,
        reading.legal_kind_text or ("" if kind == LegalKind.UNKNOWN else kind),
        reading.sphere,
        reading.term[:LONGEST_TERM],
        reading.registration_number[:LONGEST_NUMBER],
    )


def _of_agreement(source: str, agreement: AgreementFacts, url: str) -> list[Assertion]:
    found = [Assertion(source, Fact.TITLE, agreement.title, agreement=agreement, url=url)]
    if agreement.legal_kind_text:
        # Two kinds in one cell stay as they are written.
        known = agreement.legal_kind != LegalKind.UNKNOWN
        value = agreement.legal_kind if known else agreement.legal_kind_text
        found.append(Assertion(source, Fact.LEGAL_KIND, value, agreement=agreement, url=url))
    if agreement.term:
        found.append(Assertion(source, Fact.TERM, agreement.term, agreement=agreement, url=url))
    return found


def _events(reading: Reading, listed: bool) -> list[Event]:
    """The events that the row speaks of. The register lists *registered* agreements: they were signed too."""
    status, mode = reading.status, reading.mode if reading.mode in Mode.values else ""
    decided, signed = valid_date(reading.decided_on), valid_date(reading.signed_on)
    registered, ended = valid_date(reading.registered_on), valid_date(reading.ended_on)
    announced = valid_date(reading.announced_for)
    found = []
    if decided or status == "decided":
        found.append(Event(MilestoneType.DECISION, date=decided))
    if signed or listed or status in ("signed", "registered"):
        found.append(Event(MilestoneType.SIGNING, date=signed, mode=mode))
    if registered or listed or status == "registered":
        found.append(Event(MilestoneType.REGISTRATION, date=registered))
    if status in _UNDATED:
        found.append(Event(_UNDATED[status]))
    if announced or status == "announced":
        found.append(Event(MilestoneType.SIGNING, Stage.ANNOUNCED, announced, mode))
    if ended:
        found.append(Event(MilestoneType.END, date=ended))
    return found


def _is_later(date: str, today: dt.date) -> bool:
    if not date:
        return False
    try:
        earliest = PartialDate.parse(date).earliest
    except InvalidDate:
        return False
    return earliest is not None and earliest > today
