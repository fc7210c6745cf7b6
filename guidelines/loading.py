"""Brings the shipped edition of the Guidelines and the credits into the database.

Only what is missing is made: an edition, chapter or credit that is there is left as the editors have it, its
sections with it. A shipped edition is shown to readers only where no other one is.
"""

from pathlib import Path

from django.utils.translation import override

from core.history import attributed
from core.shipped import Entry, Report, each, guarded, make_missing, read, required
from guidelines.enums import EditionState
from guidelines.models import Chapter, Credit, Edition, Section, SectionSource

DATA = Path(__file__).resolve().parent / "data"


def load_guidelines(folder: Path = DATA) -> Report:
    """Load an edition, its chapters and the credits of a folder; the second run changes nothing."""
    report = Report()
    # Which field counts as required depends on the active language; the shipped texts are Ukrainian first.
    with override("uk"), attributed(None, reason="Guidelines shipped with the portal"):
        if entry := read(folder / "edition.toml", report):
            with guarded(report, "edition.toml"):
                edition = _edition(entry, report)
                for path in sorted((folder / "chapters").glob("*.toml")):
                    if chapter := read(path, report):
                        with guarded(report, path.name):
                            _load_chapter(edition, chapter, report)
        credits = read(folder / "credits.toml", report).get("organisations", [])
        fields = ("position", "name_uk", "name_en", "role_uk", "role_en", "url")
        each(
            credits,
            "credits.toml",
            report,
            lambda row: make_missing(Credit, {"slug": required(row, "slug")}, row, fields, report, "credits"),
        )
    return report


def _edition(entry: Entry, report: Report) -> Edition:
    slug = required(entry, "slug")
    if edition := Edition.objects.filter(slug=slug).first():
        report.kept += 1
        return edition
    edition = Edition(
        slug=slug,
        title_uk=required(entry, "title_uk"),
        title_en=entry.get("title_en"),
        state=entry.get("state", EditionState.DRAFT),
        is_current=Edition.objects.current() is None,
    )
    edition.full_clean()
    edition.save()
    report.count("editions")
    return edition


def _load_chapter(edition: Edition, entry: Entry, report: Report) -> None:
    slug = required(entry, "slug")
    if Chapter.objects.filter(edition=edition, slug=slug).exists():
        report.kept += 1
        return
    fields = ("position", "title_uk", "title_en", "lead_uk", "lead_en", "audience")
    chapter = Chapter(edition=edition, slug=slug, **{name: entry[name] for name in fields if name in entry})
    chapter.full_clean()
    chapter.save()
    for position, row in enumerate(entry.get("sections", []), start=1):
        _make_section(chapter, position, row)
    report.count("chapters")


def _make_section(chapter: Chapter, position: int, row: Entry) -> None:
    texts = ("title_uk", "title_en", "body_uk", "body_en")
    section = Section(
        chapter=chapter,
        anchor=required(row, "anchor"),
        position=position,
        **{name: row[name] for name in texts if name in row},
    )
    section.full_clean()
    section.save()
    for order, source in enumerate(row.get("sources", [])):
        stated = SectionSource(section=section, position=order, **source)
        stated.full_clean()
        stated.save()
