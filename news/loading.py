"""Brings the shipped announcements, tags and notes into the database.

Only what is missing is made: an item, tag or note that is there is left as the editors have it. One thing is
completed later: an item that nobody has changed since it was loaded gets the links to partnerships that the
register did not hold yet.
"""

import datetime as dt
from pathlib import Path
from typing import TypeVar

from django.utils.translation import override

from core.history import attributed
from core.shipped import Entry, Report, UnusableEntry, each, guarded, make_missing, read, required
from news.enums import State
from news.models import NewsItem, NewsNote, NewsPartnership, NewsPlace, ReusableNote, Tag
from partnerships.models import Partnership
from places.models import Place

Named = TypeVar("Named", Tag, ReusableNote)
DATA = Path(__file__).resolve().parent / "data"
#: A first saving sets both times of an item within this span.
UNTOUCHED = dt.timedelta(seconds=1)
TEXTS = (
    *("title_uk", "title_en", "lead_uk", "lead_en", "body_uk", "body_en", "author_body_uk", "author_body_en"),
    *("original_language", "publish_at", "source_title", "source_publisher", "source_url"),
)


def load_news(folder: Path = DATA) -> Report:
    """Load tags, notes and items of a folder; the second run changes nothing."""
    report = Report()
    # Which field counts as required depends on the active language; the shipped texts are Ukrainian first.
    with override("uk"), attributed(None, reason="news shipped with the portal"):
        tags = read(folder / "tags.toml", report).get("tags", [])
        each(tags, "tags.toml", report, lambda row: _load(Tag, row, ("name_uk", "name_en"), report, "tags"))
        notes = read(folder / "notes.toml", report).get("notes", [])
        texts = ("title_uk", "title_en", "body_uk", "body_en")
        each(notes, "notes.toml", report, lambda row: _load(ReusableNote, row, texts, report, "notes"))
        for path in sorted((folder / "items").glob("*.toml")):
            if entry := read(path, report):
                with guarded(report, path.name):
                    _load_item(entry, report, path.name)
    return report


def _load(
    model: type[Tag] | type[ReusableNote], row: Entry, fields: tuple[str, ...], report: Report, kind: str
) -> None:
    make_missing(model, {"slug": required(row, "slug")}, row, fields, report, kind)


def _load_item(entry: Entry, report: Report, where: str) -> None:
    slug = required(entry, "slug")
    item = NewsItem.objects.filter(slug=slug).first()
    if item is None:
        item = _make_item(slug, entry)
        report.count("news")
        report.count("links to partnerships", _link_partnerships(item, entry, report, where))
        return
    report.kept += 1
    if item.updated_at - item.created_at < UNTOUCHED:
        report.count("links to partnerships", _link_partnerships(item, entry, report, where))


def _make_item(slug: str, entry: Entry) -> NewsItem:
    required(entry, "publish_at")
    places = [_place(reference) for reference in entry.get("places", [])]
    notes = [_by_slug(ReusableNote, name) for name in entry.get("notes", [])]
    tags = [_by_slug(Tag, name) for name in entry.get("tags", [])]
    item = NewsItem(
        slug=slug,
        state=State.PUBLISHED,
        in_section=entry.get("in_recovery_section", False),
        **{name: entry[name] for name in TEXTS if name in entry},
    )
    item.full_clean()
    item.save()
    item.tags.set(tags)
    NewsPlace.objects.bulk_create(
        NewsPlace(item=item, place=place, position=position) for position, place in enumerate(places)
    )
    NewsNote.objects.bulk_create(
        NewsNote(item=item, note=note, position=position) for position, note in enumerate(notes)
    )
    return item


def _link_partnerships(item: NewsItem, entry: Entry, report: Report, where: str) -> int:
    """Link what the register holds; a pair that it lacks is named and tried again by the next loading."""
    linked = set(item.partnership_links.values_list("partnership_id", flat=True))
    made = 0
    for position, (ours, theirs) in enumerate(entry.get("partnerships", [])):
        found = (
            Partnership.objects.with_party(place=_place(ours))
            .with_party(place=_place(theirs))
            .order_by("number")
        ).first()
        if found is None:
            report.problems.append(f"{where}: the register holds no partnership of {ours} and {theirs} yet")
        elif found.pk not in linked:
            NewsPartnership.objects.create(item=item, partnership=found, position=position)
            made += 1
    return made


def _place(reference: str) -> Place:
    """A Ukrainian place by its KATOTTG code, a foreign one as "de/duisburg".

    :raises UnusableEntry: there is no such place.
    """
    iso2, _, slug = reference.partition("/")
    lookup = {"country_id": iso2.upper(), "slug": slug} if slug else {"katottg": reference}
    place = Place.objects.filter(**lookup).first()
    if place is None:
        raise UnusableEntry(f"no place “{reference}”")
    return place


def _by_slug(model: type[Named], slug: str) -> Named:
    row = model.objects.filter(slug=slug).first()
    if row is None:
        raise UnusableEntry(f"no {model.__name__} “{slug}”")
    return row
