"""Which partnership has which places as parties: what a row that names places belongs to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from partnerships.enums import Side, Visibility
from partnerships.models import Partnership, Party

Places = tuple[int, ...]


@dataclass(slots=True)
class Newcomer:
    """A record to be, with its parties in the order of the row that makes it."""

    key: int
    ua: Places
    foreign: Places


@dataclass
class Pairs:
    """Records by the places of their parties, withdrawn ones included: they are not made anew.

    Each is known by a key: its primary key or, until it is written, a negative number. The records themselves
    are fetched only where something is to be written, since a large register has many.
    """

    by_pair: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    sides: dict[int, tuple[frozenset[int], frozenset[int]]] = field(default_factory=dict)
    #: Where a record that was merged leads, and a newcomer once it is written.
    leads_to: dict[int, int] = field(default_factory=dict)
    new: dict[int, Newcomer] = field(default_factory=dict)
    #: Numbers under which people know the records.
    numbers: dict[int, int] = field(default_factory=dict)
    records: dict[int, Partnership] = field(default_factory=dict)

    @classmethod
    def load(cls, ua: Iterable[int] | None = None) -> "Pairs":
        """:param ua: only records with one of these Ukrainian places."""
        parties = Party.objects.exclude(place=None)
        merged = Partnership.objects.exclude(merged_into=None)
        if ua is not None:
            of_these = Party.objects.filter(side=Side.UKRAINIAN, place__in=list(ua)).values("partnership")
            parties, merged = parties.filter(partnership__in=of_these), merged.filter(pk__in=of_these)
        pairs = cls(leads_to=dict(merged.values_list("pk", "merged_into_id")))
        sides: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        rows = parties.order_by("partnership__number", "pk").values_list(
            "partnership_id", "partnership__number", "side", "place_id"
        )
        for pk, number, side, place in rows.iterator(chunk_size=10_000):
            pairs.numbers[pk] = number
            sides[pk][side != Side.UKRAINIAN].append(place or 0)
        for pk, (ukrainian, foreign) in sides.items():
            pairs._add(pk, tuple(ukrainian), tuple(foreign))
        return pairs

    def _add(self, key: int, ua: Places, foreign: Places) -> None:
        self.sides[key] = (frozenset(ua), frozenset(foreign))
        for place in ua:
            for other in foreign:
                self.by_pair[place, other].append(key)

    def fitting(self, ua: Places, foreign: Places) -> list[int]:
        """Keys of the records that have all these parties, the earliest first; those that have no others, if
        there are any."""
        wanted, partners = frozenset(ua), frozenset(foreign)
        known = self.by_pair.get((ua[0], foreign[0]), [])
        holding = [key for key in known if wanted <= self.sides[key][0] and partners <= self.sides[key][1]]
        exact = [key for key in holding if self.sides[key] == (wanted, partners)]
        return list(dict.fromkeys(self.final(key) for key in exact or holding))

    def parts_of(self, ua: Places, foreign: Places) -> list[int]:
        """Keys of the records that have some of these parties on both sides and no others."""
        wanted, partners = frozenset(ua), frozenset(foreign)
        known = {key for place in ua for other in foreign for key in self.by_pair.get((place, other), [])}
        parts = [key for key in known if self.sides[key][0] <= wanted and self.sides[key][1] <= partners]
        return sorted({self.final(key) for key in parts})

    def final(self, key: int) -> int:
        """Where a key leads in the end."""
        for _step in range(100):
            if key not in self.leads_to:
                break
            key = self.leads_to[key]
        return key

    def make(self, ua: Places, foreign: Places) -> int:
        """A record to be, public because its places are certain; its key."""
        key = -len(self.sides) - 1
        self.new[key] = Newcomer(key, ua, foreign)
        self._add(key, ua, foreign)
        return key

    def drop(self, key: int) -> None:
        """A newcomer that came to nothing: no later row belongs to it."""
        newcomer = self.new.pop(key)
        for place in newcomer.ua:
            for other in newcomer.foreign:
                self.by_pair[place, other].remove(key)
        self.records.pop(key, None)

    def fetch(self, keys: Iterable[int] | None = None) -> None:
        """Load the records of these keys, or all."""
        if keys is None:
            self.records |= {one.pk: one for one in Partnership.objects.all()}
            return
        missing = {key for key in keys if key > 0 and key not in self.records}
        self.records |= Partnership.objects.in_bulk(missing)

    def record(self, key: int) -> Partnership:
        """The record of a key: a new one, or one that has been fetched before."""
        if key in self.new and key not in self.records:
            self.records[key] = Partnership(visibility=Visibility.PUBLISHED)
        return self.records[key]

    def written(self, keys: Iterable[int]) -> None:
        """These newcomers have become records of the database; what was fetched may be old by now."""
        for key in keys:
            if self.new.pop(key, None) is not None:
                record = self.records[key]
                self.leads_to[key] = record.pk
                self.sides[record.pk] = self.sides[key]
        self.records = {}


def parties_of(newcomers: Iterable[tuple[Partnership, Newcomer]]) -> list[Party]:
    return [
        Party(partnership=record, side=side, place_id=place, position=position)
        for record, one in newcomers
        for side, places in ((Side.UKRAINIAN, one.ua), (Side.FOREIGN, one.foreign))
        for position, place in enumerate(places)
    ]
