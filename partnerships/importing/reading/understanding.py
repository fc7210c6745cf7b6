"""What a row says: from the text of its cells to a `Reading`. No database, and no text makes it fail."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.edtf import PartialDate
from partnerships.enums import TableShape
from partnerships.importing.reading import meanings as m
from partnerships.importing.reading.cleaning import plain, says_nothing
from partnerships.importing.reading.countries import (
    AGGRESSOR,
    BARRED_PERHAPS,
    UKRAINE,
    countries_in,
    country_of,
)
from partnerships.importing.reading.days import BadDay, day_and_place_in, day_in, is_before
from partnerships.importing.reading.headers import folded
from partnerships.importing.reading.parties import Cells, is_too_long, parties_of
from partnerships.importing.reading.tables import Table
from partnerships.importing.reading.titles import is_cut
from partnerships.importing.reading.vocabulary import kind_of, legal_kinds_in, mode_of, status_of
from partnerships.importing.rows import PartyReading, RawRow, Reading

_YES = {"yes", "true", "1", "так", "ja", "x", "+"}
_URL = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
#: Lengths of the register's columns.
MOST_TITLE, MOST_TEXT, MOST_TERM, MOST_URL = 2_000, 2_000, 200, 500


@dataclass(slots=True)
class _Notes:
    """What is found wrong on the way: the first fault refuses the row, remarks only tell."""

    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def understand(row: RawRow, table: Table) -> Reading:
    """What a row of the table says. Nothing is looked up, and nothing that a cell may hold is an error here:
    what can't be understood stands in the fault or in the remarks of the reading."""
    if row.fault:
        return Reading(fault=row.fault)
    notes = _Notes()
    cells = _cells(row, table)
    if any(is_too_long(cells.get(meaning, "")) for meaning in m.PARTIES):
        return Reading(fault=_("A cell of the parties holds more than those of one partnership."))
    values = _dates(cells, notes) | _words(cells, table, notes) | _texts(cells)
    cut = plain(cells.get(m.TITLE_CUT, "")).lower() in _YES or is_cut(cells.get(m.TITLE, ""))
    states = _states(cells, notes)
    ukrainian, foreign, by_title = parties_of(_about_parties(row, table, cells, states))
    _judge_states(foreign, states, notes)
    if is_before(values["ended_on"], values["signed_on"]):
        notes.faults.append(_("It ends before it was signed."))
    if not ukrainian and not foreign and not notes.faults:
        notes.faults.append(_("The row names no party."))
    return Reading(
        ukrainian=ukrainian,
        foreign=foreign,
        title_cut=cut,
        title_ukrainian=by_title[0],
        title_foreign=by_title[1],
        fault=" ".join(dict.fromkeys(notes.faults)),
        remarks=tuple(dict.fromkeys(notes.remarks)),
        **values,
    )


def _about_parties(row: RawRow, table: Table, cells: dict[str, str], states: list[str]) -> Cells:
    return Cells(
        ukrainian=cells.get(m.UA_PARTY, ""),
        other=tuple(_all(row, table, m.UA_PARTY_OTHER)),
        code=cells.get(m.UA_CODE, ""),
        oblast=plain(cells.get(m.UA_OBLAST, "")),
        raion=plain(cells.get(m.UA_RAION, "")),
        says_hromada=_says_hromada(table),
        foreign=cells.get(m.FOREIGN_PARTY, ""),
        body=cells.get(m.FOREIGN_BODY, ""),
        region=plain(cells.get(m.FOREIGN_REGION, "")),
        states=tuple(states),
        title=cells.get(m.TITLE, ""),
    )


def _cells(row: RawRow, table: Table) -> dict[str, str]:
    """The cell of each meaning, and empty text for one that says nothing."""
    found: dict[str, str] = {}
    for column in table.columns:
        text = row.cells.get(column.header, "")
        if column.meaning and column.meaning not in found and not says_nothing(text):
            found[column.meaning] = text
    return found


def _all(row: RawRow, table: Table, meaning: str) -> list[str]:
    texts = [row.cells.get(header, "") for header in table.headers_of(meaning)]
    return [text for text in texts if not says_nothing(text)]


def _says_hromada(table: Table) -> bool:
    """Whether the column of Ukrainian parties is one of hromadas by its header."""
    return re.search(r"громад|hromad|тг\b", folded(table.column(m.UA_PARTY))) is not None


def _dates(cells: dict[str, str], notes: _Notes) -> dict[str, str]:
    values = {"signed_place": plain(cells.get(m.SIGNED_PLACE, ""))[:MOST_TERM], "mode": ""}
    for name, meaning in (
        ("decided_on", m.DECIDED),
        ("registered_on", m.REGISTERED),
        ("announced_for", m.ANNOUNCED),
        ("ended_on", m.ENDED),
    ):
        values[name] = _day(cells.get(meaning, ""), notes)
    values["signed_on"] = _signed(cells, values, notes)
    values["since"] = _since(cells.get(m.SINCE, ""), notes)
    values["mode"] = mode_of(cells.get(m.MODE, "")) or values["mode"]
    return values


def _day(cell: str, notes: _Notes) -> str:
    try:
        return day_in(cell)
    except BadDay as error:
        notes.faults.append(error.reason)
        return ""


def _signed(cells: dict[str, str], values: dict[str, str], notes: _Notes) -> str:
    """The day of signing; its place and whether it was online go into `values`."""
    days = []
    for meaning in (m.SIGNED, m.SIGNED_AND_PLACE):
        cell = cells.get(meaning, "")
        values["mode"] = values["mode"] or ("online" if mode_of(cell) == "online" else "")
        try:
            day, place = day_and_place_in(cell)
        except BadDay as error:
            notes.faults.append(error.reason)
            continue
        if meaning == m.SIGNED and place and not day and not values["mode"]:
            notes.faults.append(_("“%(value)s” is not a date.") % {"value": place[:60]})
            continue
        days += [day] if day else []
        if place and not mode_of(place):
            values["signed_place"] = values["signed_place"] or place[:MOST_TERM]
    if len(set(days)) > 1:
        notes.remarks.append(
            _("The cells give two days of signing: %(days)s.") % {"days": ", ".join(dict.fromkeys(days))}
        )
    return days[0] if days else ""


def _since(cell: str, notes: _Notes) -> str:
    """The year from which the relation is counted."""
    if not cell:
        return ""
    day = _day(cell, notes)
    if not day:
        return ""
    start = PartialDate.parse(day).earliest
    return f"{start.year:04d}" if start else ""


def _words(cells: dict[str, str], table: Table, notes: _Notes) -> dict[str, str]:
    """Kinds and status. A column called «Вид» holds legal kinds in the official register, else kinds."""
    values = {"kind": "", "legal_kind": "", "legal_kind_text": "", "status": ""}
    for meaning in (m.KIND, m.LEGAL_KIND):
        text = plain(cells.get(meaning, ""))[:MOST_TERM]
        legal = legal_kinds_in(text)
        if legal:
            values["legal_kind_text"] = text
            values["legal_kind"] = legal[0] if len(legal) == 1 else ""
        elif text and not (kind := kind_of(text)):
            notes.remarks.append(_("“%(text)s” is no kind of relation that is known.") % {"text": text[:60]})
        elif text:
            values["kind"] = values["kind"] or kind
    text = plain(cells.get(m.STATUS, ""))[:MOST_TERM]
    if text:
        values["status"], over = status_of(text)
        if over:
            notes.remarks.append(
                _("The row says “%(text)s”: check whether the relation goes on.") % {"text": text[:60]}
            )
        elif not values["status"]:
            notes.remarks.append(_("“%(text)s” is no status that is known.") % {"text": text[:60]})
    if not values["status"] and table.shape == TableShape.REGISTER:
        values["status"] = "registered"
    return values


def _texts(cells: dict[str, str]) -> dict[str, str]:
    title = plain(cells.get(m.TITLE, ""))
    url = _URL.search(cells.get(m.URL, ""))
    return {
        "title": title[:MOST_TITLE],
        "sphere": plain(cells.get(m.SPHERE, ""))[:MOST_TEXT],
        "term": plain(cells.get(m.TERM, ""))[:MOST_TERM],
        "registration_number": plain(cells.get(m.NUMBER, ""))[:100],
        "url": url.group()[:MOST_URL] if url else "",
        "note": plain(cells.get(m.NOTE, ""))[:MOST_TEXT],
    }


def _states(cells: dict[str, str], notes: _Notes) -> list[str]:
    """The states that the row's own columns name: a code and a name that agree are one."""
    found: list[str] = []
    for meaning in (m.COUNTRY_CODE, m.COUNTRY):
        text = cells.get(meaning, "")
        codes, unknown = countries_in(text) if text else ([], [])
        if unknown and not (codes and meaning == m.COUNTRY_CODE):
            notes.remarks.append(
                _("“%(text)s” is no country that is known.") % {"text": ", ".join(unknown)[:80]}
            )
        if len(codes) == 1 and country_of(text)[1]:
            notes.remarks.append(
                _("“%(text)s” was read as the country %(code)s.")
                % {"text": plain(text)[:80], "code": codes[0]}
            )
        found += [code for code in codes if code not in found]
    return found


def _judge_states(foreign: tuple[PartyReading, ...], states: list[str], notes: _Notes) -> None:
    """What the states of a row forbid, and what they leave open."""
    of_parties = [party.country for party in foreign if party.country]
    named = set(of_parties) | set(states)
    if AGGRESSOR in named:
        notes.faults.append(_("A partner from the aggressor state can't be registered."))
    if BARRED_PERHAPS in named:
        notes.remarks.append(_("Partners from Belarus need checking."))
    if UKRAINE in named:
        notes.remarks.append(_("The row names Ukraine as the country of the foreign party."))
    if len(states) > 1 and not all(party.country for party in foreign):
        notes.remarks.append(_("The row names several countries: %(codes)s.") % {"codes": ", ".join(states)})
    elif len(states) == 1 and any(code != states[0] for code in of_parties):
        notes.remarks.append(
            _("The foreign party's cell names another country than the row: %(codes)s.")
            % {"codes": ", ".join(sorted(named))}
        )
