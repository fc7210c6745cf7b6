"""The parties of a row, from its cells of both sides and from its title."""

from dataclasses import dataclass, replace

from partnerships.importing.reading.cleaning import plain, says_nothing
from partnerships.importing.reading.foreign_party import AboutForeign, read_foreign
from partnerships.importing.reading.pieces import Piece, parties_in
from partnerships.importing.reading.titles import parties_of_title
from partnerships.importing.reading.ukrainian_party import AboutUkrainian, code_in, read_ukrainian
from partnerships.importing.rows import PartyReading
from partnerships.loading.ukrainian import shared_beginning
from places.spelling import match_key

#: Longer cells, or more parties in one, are not those of a partnership.
LONGEST_CELL, MOST_PARTIES = 3_000, 30
Parties = tuple[PartyReading, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row that say who its parties are; empty where the table has no such column."""

    ukrainian: str = ""
    #: The Ukrainian party in other languages or spellings.
    other: tuple[str, ...] = ()
    code: str = ""
    oblast: str = ""
    raion: str = ""
    says_hromada: bool = False
    foreign: str = ""
    body: str = ""
    region: str = ""
    #: Codes of the states that columns of their own name.
    states: tuple[str, ...] = ()
    title: str = ""


def parties_of(cells: Cells) -> tuple[Parties, Parties, tuple[Parties, Parties]]:
    """Ukrainian and foreign parties, and apart from them those of the title.

    A side that no cell names is who the title says it is. Where cell and title name the same place, the
    oblast and the raion that only the title tells are added.
    """
    country = cells.states[0] if len(cells.states) == 1 else ""
    ukrainian = _ukrainian(cells)

    def is_ours(party: PartyReading) -> bool:
        return any(_alike(party, one) for one in ukrainian)

    by_title = parties_of_title(cells.title, country, is_ours) if cells.title else ((), ())
    if not any(party.names or party.code for party in ukrainian):
        # Of a body that only initials name, the title says whose it is.
        ukrainian = tuple(_completed(party, cells) for party in by_title[0]) or ukrainian
    else:
        ukrainian = tuple(_helped(party, by_title[0]) for party in ukrainian)
    foreign = _foreign(cells, country)
    if not any(party.names for party in foreign):
        foreign = by_title[1] or foreign
    return ukrainian, foreign, by_title


def is_too_long(cell: str) -> bool:
    """Whether a cell holds more than the parties of one partnership."""
    return len(cell) > LONGEST_CELL or cell.count(";") >= MOST_PARTIES


def _ukrainian(cells: Cells) -> Parties:
    about = AboutUkrainian(
        oblast=cells.oblast, raion=cells.raion, unit="hromada" if cells.says_hromada else ""
    )
    pieces = _named(parties_in(cells.ukrainian))
    others = [_named(parties_in(text)) for text in cells.other]
    if not pieces and others:
        pieces, others = others[0], others[1:]
    codes = [code_in(part) for part in _codes(cells.code)]
    oblasts = _divided(cells.oblast, len(pieces))
    parties = [
        read_ukrainian(
            piece,
            replace(about, code=codes[place] if len(codes) == len(pieces) else "", oblast=oblasts[place]),
        )
        for place, piece in enumerate(pieces)
    ]
    for texts in others:
        if len(texts) == len(parties):
            parties = [
                _joined(party, read_ukrainian(text, about))
                for party, text in zip(parties, texts, strict=True)
            ]
    if not parties and codes:
        parties = [
            PartyReading(text=code, code=code, oblast=cells.oblast, raion=cells.raion) for code in codes
        ]
    return tuple(parties)


def _foreign(cells: Cells, country: str) -> Parties:
    about = AboutForeign(country, "" if says_nothing(cells.region) else cells.region)
    parties = [read_foreign(piece, about) for piece in _named(parties_in(cells.foreign))]
    bodies = [read_foreign(piece, about) for piece in _named(parties_in(cells.body))]
    if not any(party.names for party in parties):
        return tuple(bodies or parties)
    if len(parties) == len(bodies) == 1 and not parties[0].body:
        return (replace(parties[0], body=plain(cells.body)[:300], body_kind=bodies[0].body_kind or "other"),)
    return tuple(parties)


def _named(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if not says_nothing(piece.text)][:MOST_PARTIES]


def _codes(cell: str) -> list[str]:
    parts = [part for part in cell.replace(",", ";").replace("\n", ";").split(";") if not says_nothing(part)]
    return parts if len(parts) < 2 or all("UA" in code_in(part) for part in parts) else [cell]


def _divided(cell: str, number: int) -> list[str]:
    """A cell of oblasts that names one for each of several parties; else the same for all."""
    parts = [part.strip() for part in cell.replace(";", ",").split(",") if part.strip()]
    return parts if len(parts) == number and number > 1 else [cell] * number


def _joined(party: PartyReading, other: PartyReading) -> PartyReading:
    """One party in two spellings: what only the second says is added."""
    return replace(
        party,
        names=tuple(dict.fromkeys((*party.names, *other.names))),
        unit=party.unit or other.unit,
        oblast=party.oblast or other.oblast,
        city=party.city or other.city,
    )


def _completed(party: PartyReading, cells: Cells) -> PartyReading:
    code = code_in(cells.code) if cells.code else ""
    return replace(party, code=code, oblast=party.oblast or cells.oblast, raion=party.raion or cells.raion)


def _helped(party: PartyReading, of_title: Parties) -> PartyReading:
    """The party with oblast and raion of the title's party of the same name, where its cells name none."""
    same = [one for one in of_title if _alike(party, one)]
    if len(same) != 1:
        return party
    raion = same[0].raion if not party.oblast or party.oblast == same[0].oblast else ""
    return replace(party, oblast=party.oblast or same[0].oblast, raion=party.raion or raion)


def _alike(one: PartyReading, other: PartyReading) -> bool:
    """Whether the two can be one place: names that are equal but for their endings."""
    pairs = ((match_key(a), match_key(b)) for a in one.names[:3] for b in other.names[:3])
    return any(shared_beginning(a, b) >= max(4, min(len(a), len(b)) - 2) for a, b in pairs)
