"""What passes between the steps of an import. Plain values: no database, and JSON in and out.

A file gives `RawRow`s; `reading` makes a `Reading` of each; `matching` gives a `Match` for a reading;
`settling` makes an outcome of both. Exactly one outcome for each raw row: matched + new + doubtful + refused
= rows in.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands in the file. `line` counts from 1, the header among them; cells by header."""

    line: int
    cells: dict[str, str]
    #: Why it is no row at all (wrong number of cells, an unreadable cell); empty where it is one.
    fault: str = ""


@dataclass(frozen=True, slots=True)
class PartyReading:
    """One party named in a row, as far as the cell says who it is."""

    #: The piece of the cell as written, cleaned of entities, stress marks and runs of spaces.
    text: str
    #: What a name of the place may be, the likeliest first: «Луцька», «Луцьк»; without addresses and
    #: institutions.
    names: tuple[str, ...] = ()
    #: `hromada`, `city`, `settlement`, `village`, `raion`, `oblast`, `city_district`, `region`,
    #: `municipality`, or empty where the text does not say what kind of unit it is. Of a hromada whose
    #: category is told («міська рада», «селищна громада») it is the category: `city`, `settlement` or
    #: `village`.
    unit: str = ""
    #: KATOTTG code, only where a cell gives one.
    code: str = ""
    #: The oblast and raion as the row names them for this party (any language or case), empty where it
    #: does not.
    oblast: str = ""
    raion: str = ""
    #: ISO 3166-1 alpha-2 of a foreign party; empty where the row names no country that is known.
    country: str = ""
    #: Region abroad (voivodeship, Land, county) as written, where the cell names one beside the place.
    region: str = ""
    #: Name of a body in the cell («Виконавчий комітет Луцької міської ради») and its kind (code of
    #: `BodyKind`).
    body: str = ""
    body_kind: str = ""
    #: The city in which a district lies («Печерський район міста Києва»), as written.
    city: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row was understood to say. Dates are EDTF text, empty where the row gives none."""

    ukrainian: tuple[PartyReading, ...] = ()
    foreign: tuple[PartyReading, ...] = ()
    title: str = ""
    #: Full text of the title as far as the file has it says more about who is meant than any cell.
    title_cut: bool = False
    signed_on: str = ""
    signed_place: str = ""
    decided_on: str = ""
    announced_for: str = ""
    since: str = ""
    mode: str = ""
    #: Codes of `Kind`, `LegalKind` and of the statuses of `partnerships.loading.claims`; empty where unknown.
    kind: str = ""
    legal_kind: str = ""
    legal_kind_text: str = ""
    status: str = ""
    sphere: str = ""
    term: str = ""
    registration_number: str = ""
    url: str = ""
    note: str = ""
    #: Other days that a file may give: registration by the ministry, and the end of the relation.
    registered_on: str = ""
    ended_on: str = ""
    #: Who the parties are by the title alone. They also stand in `ukrainian` and `foreign` where no cell
    #: names a party; where a cell does, they may contradict it.
    title_ukrainian: tuple[PartyReading, ...] = ()
    title_foreign: tuple[PartyReading, ...] = ()
    #: Why the row is refused whatever places it means (no such day, an end before its signing …).
    fault: str = ""
    #: What was not understood and left out, without making the row worse: for the reader of the report.
    remarks: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        values = dict(data)
        for side in ("ukrainian", "foreign", "title_ukrainian", "title_foreign"):
            values[side] = tuple(
                PartyReading(**{**party, "names": tuple(party["names"])}) for party in values.get(side, ())
            )
        values["remarks"] = tuple(values["remarks"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be meant. `points` from 0 to 100 rank candidates; `reasons` are whole sentences."""

    place: int
    #: KATOTTG code, or «de/duisburg» abroad.
    code: str
    points: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """The places that one party may be, best first. `certain` only where nothing speaks against the first and
    nothing but a name alone is never all that speaks for it; else `doubt` says why in a sentence."""

    party: PartyReading
    candidates: tuple[Candidate, ...] = ()
    certain: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """One entry for each party of the reading, in its order."""

    ukrainian: tuple[PartyMatch, ...] = field(default=())
    foreign: tuple[PartyMatch, ...] = field(default=())

    @property
    def parties(self) -> tuple[PartyMatch, ...]:
        return self.ukrainian + self.foreign

    @property
    def is_certain(self) -> bool:
        return bool(self.ukrainian and self.foreign) and all(party.certain for party in self.parties)
