"""What a registrar sees of a doubtful row: its cells, why it is doubtful, and what may be meant."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from core.languages import LocalText, current_language
from partnerships.enums import RowDecision, Side, Visibility
from partnerships.importing.deciding import alike
from partnerships.importing.shipped import table_of
from partnerships.loading.tables import COLUMNS
from partnerships.models import Party, SourceRow
from places.enums import Level
from places.models import Place

#: Decisions that are listed to be taken back.
LAST_DECISIONS = 5
#: Partners of a candidate that are named.
NAMED_PARTNERS = 4
_CYRILLIC = re.compile("[А-Яа-яЄєІіЇїҐґ]")


@dataclass(frozen=True)
class Scope:
    """Which rows are worked through: of one import, of one source, or all."""

    batch: int | None = None
    source: int | None = None

    @property
    def rows(self) -> QuerySet[SourceRow]:
        rows = SourceRow.objects.reviewed()
        if self.batch is not None:
            rows = rows.filter(batch=self.batch)
        if self.source is not None:
            rows = rows.filter(source=self.source)
        return rows

    @property
    def waiting(self) -> QuerySet[SourceRow]:
        return self.rows.filter(decision=RowDecision.NONE).order_by("pk")

    def after(self, row: int) -> SourceRow | None:
        """The next row that waits; from the end it goes on at the beginning."""
        waiting = self.waiting.select_related("source", "batch")
        return waiting.filter(pk__gt=row).first() or waiting.exclude(pk=row).first()

    def progress(self) -> tuple[int, int]:
        """How many rows are decided, of how many."""
        counts = self.rows.aggregate(
            all=Count("pk"), decided=Count("pk", filter=~Q(decision=RowDecision.NONE))
        )
        return counts["decided"], counts["all"]


@dataclass(frozen=True)
class Option:
    """A place that may be meant, with what tells it from others."""

    place: Place
    code: str
    points: int
    reasons: list[LocalText]
    chosen: bool
    partners: list[LocalText] = field(default_factory=list)
    more_partners: int = 0


@dataclass(frozen=True)
class PartyAsked:
    """A party of the row, with its candidates."""

    index: int
    side: str
    text: str
    certain: bool
    doubt: LocalText
    options: list[Option]

    @property
    def is_ukrainian(self) -> bool:
        return self.side == Side.UKRAINIAN


@dataclass(frozen=True)
class Sheet:
    """One doubtful row, ready to be decided."""

    row: SourceRow
    reason: LocalText
    cells: list[tuple[str, str]]
    parties: list[PartyAsked]
    alike: int


def told(text: str) -> LocalText:
    """A sentence that was stored, with the language that it is in."""
    return LocalText(text, "uk" if _CYRILLIC.search(text) else "en", current_language())


def sheet_of(row: SourceRow) -> Sheet:
    """Everything about one row, in a few queries."""
    proposals = parties_of(row)
    places = _places(proposals)
    partners = _partners(places)
    parties = []
    for index, proposal in enumerate(proposals):
        options = [
            _option(candidate, places[key], proposal, partners.get(key, []))
            for candidate in proposal["candidates"]
            if (key := _key(candidate, places)) is not None
        ]
        parties.append(
            PartyAsked(
                index,
                proposal["side"],
                proposal["text"],
                bool(proposal.get("certain")),
                told(proposal.get("doubt", "")),
                options,
            )
        )
    return Sheet(row, told(row.reason), cells_of(row), parties, alike(row).count())


def parties_of(row: SourceRow) -> list[dict[str, Any]]:
    """The row's parties with their candidates; codes alone, where reasons have not been gathered."""
    parties = [one for one in row.proposals if one["side"] in (Side.UKRAINIAN, Side.FOREIGN)]
    if parties:
        return parties
    codes: dict[str, list[dict[str, Any]]] = {"ua": [], "foreign": []}
    for code in row.candidates:
        codes["ua" if code.startswith("UA") else "foreign"].append(
            {"place": None, "code": code, "points": 0, "reasons": []}
        )
    texts = {
        "ua": row.cells.get("ua_text") or row.cells.get("ua_text_en", ""),
        "foreign": row.cells.get("foreign_text", ""),
    }
    return [
        {"side": side, "text": texts[side], "certain": False, "doubt": "", "candidates": codes[side]}
        for side in ("ua", "foreign")
    ]


def last_decisions(user: User) -> list[SourceRow]:
    """What the registrar decided last, the latest first; rows that one decision settled stand together."""
    rows = (
        SourceRow.objects.exclude(decision=RowDecision.NONE)
        .filter(decided_by=user)
        .select_related("source", "partnership", "decided_ua", "decided_foreign")
        .order_by("-decided_at", "pk")[: LAST_DECISIONS * 10]
    )
    together: dict[Any, SourceRow] = {}
    for row in rows:
        together.setdefault(row.decided_at, row)
    return list(together.values())[:LAST_DECISIONS]


def place_of_code(code: str) -> Place | None:
    """The place of a KATOTTG code, or of an address such as `de/duisburg`; settlements lead to hromadas."""
    code = code.strip().rstrip("/")
    places = Place.objects.current().with_context()
    if found := re.search(r"(?:^|/)(UA\d{17})$", code.upper()):
        place = places.filter(katottg=found[1]).first()
        return place.parent if place and place.level == Level.SETTLEMENT and place.parent else place
    if found := re.search(r"(?:^|/)([a-z]{2})/([a-z0-9-]+)$", code.lower()):
        return places.filter(country__iso2=found[1].upper(), slug=found[2]).first()
    return None


def cells_of(row: SourceRow) -> list[tuple[str, str]]:
    """What the row says, in the order of its table's columns; the database keeps another."""
    table = table_of(row.cells) if row.batch is None else ""
    order = (
        COLUMNS.get(table, ()) if row.batch is None else [header for header, _meaning in row.batch.columns]
    )
    place = {header: number for number, header in enumerate(order)}
    cells = sorted(row.cells.items(), key=lambda cell: place.get(cell[0], len(place)))
    return [(str(header), str(value)) for header, value in cells if value not in ("", None, [])]


def _places(proposals: Iterable[dict[str, Any]]) -> dict[Any, Place]:
    """The candidates by key and by code."""
    candidates = [one for proposal in proposals for one in proposal["candidates"]]
    keys = {one["place"] for one in candidates if one["place"]}
    codes = {one["code"] for one in candidates if not one["place"]}
    slugs = [code.partition("/") for code in codes if "/" in code]
    wanted = Q(pk__in=keys) | Q(katottg__in=codes)
    for country, _slash, slug in slugs:
        wanted |= Q(country__iso2=country.upper(), slug=slug)
    places: dict[Any, Place] = {}
    for place in Place.objects.filter(wanted).with_context():
        places[place.pk] = places[_code(place)] = place
    return places


def _code(place: Place) -> str:
    return place.katottg or f"{place.country_id.lower()}/{place.slug}"


def _key(candidate: dict[str, Any], places: dict[Any, Place]) -> Any:
    return next((key for key in (candidate["place"], candidate["code"]) if key in places), None)


def _partners(places: dict[Any, Place]) -> dict[Any, list[LocalText]]:
    """Who the candidates are partners of already, by key and by code of the candidate."""
    keys = {place.pk for place in places.values()}
    parties = (
        Party.objects.filter(
            partnership__visibility=Visibility.PUBLISHED, partnership__parties__place__in=keys
        )
        .select_related("place__centre")
        .exclude(place=None)
        .order_by("place__sort_uk", "pk")
    )
    own: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Party.objects.filter(place__in=keys, partnership__visibility=Visibility.PUBLISHED)
    for partnership, place, side in rows.values_list("partnership_id", "place_id", "side"):
        own[partnership].append((place or 0, side))
    found: dict[Any, list[LocalText]] = defaultdict(list)
    for party in parties.distinct():
        assert party.place is not None
        for place, side in own[party.partnership_id]:
            if side != party.side:
                found[place].append(party.place.short_name())
    return found | {_code(place): found.get(place.pk, []) for place in places.values()}


def _option(
    candidate: dict[str, Any], place: Place, proposal: dict[str, Any], partners: list[LocalText]
) -> Option:
    names = list({name.text: name for name in partners}.values())
    return Option(
        place,
        _code(place),
        candidate["points"],
        [told(reason) for reason in candidate["reasons"]],
        chosen=bool(proposal.get("certain")) and candidate is proposal["candidates"][0],
        partners=names[:NAMED_PARTNERS],
        more_partners=max(len(names) - NAMED_PARTNERS, 0),
    )
