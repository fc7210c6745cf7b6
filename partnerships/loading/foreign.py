"""Which foreign place a row means: by spellings that the gazetteer has settled, else by a name of its own."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from partnerships.loading.verdicts import Doubt, Found
from places.enums import Level
from places.models import Place, PlaceName
from places.spelling import clean_spelling, match_key, without_type

#: What sources mean by a spelling, settled when the gazetteer is built.
GAZETTEER = Path(__file__).resolve().parents[2] / "places" / "data"
SPELLINGS, UNSETTLED = "source_spellings.csv", "unresolved_foreign.csv"
_ISO2 = re.compile(r"^[A-Z]{2}$")
MAX_CANDIDATES = 9


class ForeignPlaces:
    """Foreign places by what sources call them."""

    def __init__(
        self,
        slugs: dict[int, str],
        levels: dict[int, str],
        names: Iterable[tuple[int, str]],
        spellings: Iterable[tuple[str, str, str]] = (),
        unsettled: Iterable[tuple[str, str, str]] = (),
        merged: Mapping[str, int] | None = None,
    ) -> None:
        """`slugs`: «de/duisburg» by place; `names`: place and text; `spellings`: country as the source gives
        it, text, and the slug meant (several rows for one text: joint partners); `unsettled`: country, text,
        and why nobody could tell what it means; `merged`: slugs of places that were merged into others."""
        self.slugs, self.levels = slugs, levels
        self.countries = {slug[:2].upper() for slug in slugs.values()}
        by_slug = {slug: pk for pk, slug in slugs.items()}
        by_slug |= {slug: pk for slug, pk in (merged or {}).items() if pk in slugs}
        self.settled: dict[tuple[str, str], list[int]] = defaultdict(list)
        for iso2, text, slug in spellings:
            if slug in by_slug:
                self.settled[iso2, clean_spelling(text)].append(by_slug[slug])
        self.unsettled = {(iso2, clean_spelling(text)) for iso2, text, _why in unsettled}
        self.by_key: dict[tuple[str, str], set[int]] = defaultdict(set)
        for pk, text in names:
            self.by_key[slugs[pk][:2].upper(), match_key(text)].add(pk)

    @classmethod
    def load(cls, gazetteer: Path = GAZETTEER) -> "ForeignPlaces":
        slugs, levels, names = {}, {}, []
        rows = (
            Place.objects.foreign()
            .current()
            .values_list(*("pk", "country_id", "slug", "level", "name_uk", "name_en", "name_own"))
        )
        for pk, country, slug, level, *known in rows:
            slugs[pk] = f"{country.lower()}/{slug}"
            levels[pk] = level
            names += [(pk, name) for name in known if name]
        other = PlaceName.objects.exclude(place__country__iso2="UA").values_list("place_id", "text")
        names += [(pk, text) for pk, text in other if pk in slugs]
        gone = Place.objects.foreign().filter(merged_into__isnull=False)
        return cls(
            slugs,
            levels,
            names,
            _rows(gazetteer / SPELLINGS, "iso2", "text", "key"),
            _rows(gazetteer / UNSETTLED, "iso2", "text", "reason"),
            {
                f"{country.lower()}/{slug}": into
                for country, slug, into in gone.values_list("country__iso2", "slug", "merged_into_id")
                if country
            },
        )

    def find(self, iso2: str, text: str) -> Found | Doubt:
        """The place meant, or why it is not certain."""
        if not text.strip():
            return Doubt(_("The row names no foreign place."))
        settled = self.settled.get((iso2, clean_spelling(text)))
        if settled:
            return Found(tuple(dict.fromkeys(settled)))
        if (iso2, clean_spelling(text)) in self.unsettled:
            # Why, in English, stands in the gazetteer's table of what it left open.
            place = {"place": clean_spelling(text)[:80]}
            return Doubt(_("It is not certain which place is meant by “%(place)s”.") % place)
        if not _ISO2.match(iso2):
            return Doubt(_("The row names no country."))
        if iso2 not in self.countries:
            return Doubt(_("No place in the country “%(country)s” is known.") % {"country": iso2})
        return self._by_name(iso2, text)

    def by_slug(self, slug: str) -> int | None:
        return next((pk for pk, known in self.slugs.items() if known == slug), None)

    def is_region(self, pk: int) -> bool:
        return self.levels[pk] == Level.REGION

    def _by_name(self, iso2: str, text: str) -> Found | Doubt:
        whole = self.by_key.get((iso2, match_key(text)), set())
        if len(whole) == 1:
            return Found(tuple(whole))
        # Without «Гміна», «місто» … a name may be that of a town, never that of a region.
        named = self.by_key.get((iso2, match_key(without_type(text))), set())
        bare = {pk for pk in named if not self.is_region(pk)}
        if not whole and len(bare) == 1:
            return Found(tuple(bare))
        candidates = sorted(self.slugs[pk] for pk in whole | named)[:MAX_CANDIDATES]
        if not candidates:
            return Doubt(
                _("The foreign place “%(place)s” is not known.") % {"place": clean_spelling(text)[:80]}
            )
        return Doubt(
            _("Several places may be meant by “%(place)s”.") % {"place": clean_spelling(text)[:80]},
            tuple(candidates),
        )


def _rows(path: Path, *columns: str) -> list[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row[columns[0]], row[columns[1]], row[columns[2]]) for row in csv.DictReader(file)]
