"""What becomes of each row: it belongs to a known record, makes a new one, is doubtful, or is refused.

Exactly one outcome for each row, whatever it holds; nothing is written here.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext as _

from partnerships.enums import RowOutcome
from partnerships.importing.rows import Match, PartyMatch, RawRow, Reading
from partnerships.importing.stating import claim_of
from partnerships.loading.claims import Claim
from partnerships.loading.pairs import Pairs, Places
from partnerships.loading.tables import RowRefused

LONGEST_REASON = 300
LONGEST_CODE = 80
#: So many codes a party are kept with a doubtful row.
MOST_CANDIDATES = 9
IN_SHORT = 3
#: Partners of the aggressor state are barred, those of Belarus perhaps: a person looks at each.
DOUBTED_COUNTRIES = ("ru/", "by/")


class FindsPlaces(Protocol):
    """The matcher, or what stands for it in a test."""

    def match(self, reading: Reading) -> Match: ...


@dataclass(slots=True)
class Chosen:
    """What a person decided about a doubtful row: the places of each side, and which of several records."""

    ua: Places
    foreign: Places
    #: Key of the record; 0 for a new one, none where the places alone say it.
    record: int | None = None


@dataclass(slots=True)
class Settled:
    """A row with its outcome."""

    line: int
    outcome: str
    reason: str = ""
    reading: Reading | None = None
    match: Match = field(default_factory=Match)
    ua: Places = ()
    foreign: Places = ()
    #: Key of the record in `Pairs`, for rows that belong to one.
    key: int | None = None
    claim: Claim | None = None
    #: Records among which a person has to choose.
    records: tuple[int, ...] = ()
    #: The earlier row of the file that names the same pair.
    same_as: int | None = None
    #: The source said the same of the same record in a batch that was accepted: nothing is added.
    repeated: bool = False
    #: The row adds nothing: it repeats, is doubtful or refused as it was before, or is no row at all.
    heard: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def belongs(self) -> bool:
        return self.outcome in (RowOutcome.MATCHED, RowOutcome.NEW)

    @property
    def words(self) -> str:
        """Why the row is doubtful or refused; what is to be remarked of one that is neither."""
        return " ".join(filter(None, (self.reason, *self.remarks)))

    @property
    def doubted_codes(self) -> list[str]:
        """Codes that may be meant by the parties that are not certain."""
        doubted = [party for party in self.match.parties if not party.certain]
        codes = [one.code for party in doubted for one in party.candidates[:MOST_CANDIDATES]]
        return [code for code in dict.fromkeys(codes) if len(code) <= LONGEST_CODE]


class Settler:
    """Settles the rows of one file, in their order."""

    def __init__(
        self,
        matcher: FindsPlaces,
        pairs: Pairs,
        source: str,
        shape: str,
        today: dt.date,
        said_before: dict[bytes, int] | None = None,
    ) -> None:
        """:param said_before: what the source has said in batches that were accepted, and of which record (0
        for rows that belong to none)."""
        self.matcher, self.pairs = matcher, pairs
        self.source, self.shape, self.today = source, shape, today
        self.said_before = said_before or {}
        #: Row of this file that first named a record.
        self.first: dict[int, int] = {}

    def settle(self, raw: RawRow, reading: Reading | None, chosen: Chosen | None = None) -> Settled:
        """The outcome of one row.

        :param reading: none for a row that is none.
        :param chosen: what a person has decided about it.
        """
        settled = self._settle(raw, reading, chosen)
        if not settled.belongs:
            settled.heard = reading is None or digest_of(reading) in self.said_before
        return settled

    def _settle(self, raw: RawRow, reading: Reading | None, chosen: Chosen | None) -> Settled:
        if raw.fault or reading is None:
            return Settled(raw.line, RowOutcome.REFUSED, _cut(raw.fault or _("The row cannot be read.")))
        match = self.matcher.match(reading)
        try:
            claim = claim_of(reading, self.source, self.shape, self.today)
        except RowRefused as refused:
            return Settled(raw.line, RowOutcome.REFUSED, _cut(str(refused)), reading, match)
        settled = Settled(raw.line, RowOutcome.DOUBTFUL, "", reading, match, remarks=reading.remarks)
        before = self.said_before.get(digest_of(reading))
        if chosen is None and before:
            settled.key, settled.outcome = self.pairs.final(before), RowOutcome.MATCHED
            settled.claim, settled.repeated, settled.heard = claim, True, True
            return self._after_the_first(settled)
        if chosen is None and (lacking := _lacking(match, reading)):
            settled.reason = lacking
            if not reading.title:
                settled.outcome = RowOutcome.REFUSED
            return settled
        if chosen is None and (doubt := _doubt(match)):
            settled.reason = _cut(doubt)
            return settled
        settled.ua = chosen.ua if chosen else _places(match.ukrainian)
        settled.foreign = chosen.foreign if chosen else _places(match.foreign)
        settled.claim = claim
        return self.with_record(settled, chosen)

    def with_record(self, settled: Settled, chosen: Chosen | None) -> Settled:
        """Find or make the record of a row whose places are known."""
        keys = self.pairs.fitting(settled.ua, settled.foreign)
        if chosen is not None and chosen.record is not None:
            keys = [self.pairs.final(chosen.record)] if chosen.record else []
        if len(keys) > 1:
            return self._undecided(settled, keys, _("Several records have these parties: %(records)s."))
        if not keys:
            parts = () if chosen is not None and chosen.record == 0 else self._parts(settled)
            if parts:
                told = _("The row names several partners together; the register has them apart: %(records)s.")
                return self._undecided(settled, parts, told)
            settled.key, settled.outcome = self.pairs.make(settled.ua, settled.foreign), RowOutcome.NEW
        else:
            settled.key, settled.outcome = keys[0], RowOutcome.MATCHED
        return self._after_the_first(settled)

    def _after_the_first(self, settled: Settled) -> Settled:
        """Remark that an earlier row of the file names the same pair."""
        assert settled.key is not None
        earlier = self.first.setdefault(settled.key, settled.line)
        if earlier != settled.line:
            settled.same_as = earlier
            told = _("Row %(row)s of the file names the same pair.") % {"row": earlier}
            settled.remarks = (*settled.remarks, told)
        return settled

    def _parts(self, settled: Settled) -> Collection[int]:
        if len(settled.ua) + len(settled.foreign) < 3:
            return ()
        return self.pairs.parts_of(settled.ua, settled.foreign)

    def _undecided(self, settled: Settled, keys: Collection[int], told: str) -> Settled:
        numbers = [self._called(key) for key in keys]
        settled.outcome, settled.records = RowOutcome.DOUBTFUL, tuple(key for key in keys if key > 0)
        settled.reason = _cut(told % {"records": ", ".join(numbers)})
        return settled

    def _called(self, key: int) -> str:
        if key in self.pairs.numbers:
            return _("No. %(number)s") % {"number": self.pairs.numbers[key]}
        return _("row %(row)s") % {"row": self.first.get(key, "?")}


def digest_of(reading: Reading) -> bytes:
    """Equal for rows that say the same, whatever file and order of columns they came in."""
    values = asdict(reading)
    values.pop("remarks")
    return hashlib.sha256(_canonical(values)).digest()[:16]


def likeness_of(reading: Reading) -> str:
    """Equal for rows that name the same parties in the same words: one decision settles them all."""
    named = [[asdict(party) for party in side] for side in (reading.ukrainian, reading.foreign)]
    titled = [asdict(party) for party in (*reading.title_ukrainian, *reading.title_foreign)]
    return hashlib.sha256(_canonical([named, titled])).hexdigest()[:32]


def proposals_of(settled: Settled) -> list[dict[str, Any]]:
    """Candidates of each party with points and reasons, as they are kept with the row; in short for a row
    that is not doubtful."""
    in_full = settled.outcome == RowOutcome.DOUBTFUL
    return [
        _proposal(side, party, in_full=in_full)
        for side, parties in (("ua", settled.match.ukrainian), ("foreign", settled.match.foreign))
        for party in parties
    ]


def _proposal(side: str, party: PartyMatch, *, in_full: bool) -> dict[str, Any]:
    return {
        "side": side,
        "text": party.party.text or " / ".join(party.party.names[:2]),
        "certain": party.certain,
        "doubt": party.doubt,
        "candidates": [
            {
                "place": one.place,
                "code": one.code,
                "points": one.points,
                "reasons": list(one.reasons) if in_full else [],
            }
            for one in party.candidates[: MOST_CANDIDATES if in_full else IN_SHORT]
        ],
    }


def _lacking(match: Match, reading: Reading) -> str:
    if not match.ukrainian:
        return _("The row names no Ukrainian party.")
    if not match.foreign:
        return _("The row names no foreign party.")
    return ""


def _doubt(match: Match) -> str:
    if not match.is_certain:
        doubts = dict.fromkeys(party.doubt for party in match.parties if not party.certain)
        return " ".join(filter(None, doubts)) or _("It is not certain who is meant.")
    if any(party.candidates[0].code.startswith(DOUBTED_COUNTRIES) for party in match.foreign):
        return _("The partner lies in Russia or Belarus: whether such a relation may stand needs checking.")
    return ""


def _places(parties: Collection[PartyMatch]) -> Places:
    """The places of a side, each once: a cell may name a council and its town."""
    return tuple(dict.fromkeys(party.candidates[0].place for party in parties))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_REASON else text[: LONGEST_REASON - 1] + "…"


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
