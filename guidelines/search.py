"""What search holds of the Guidelines: a chapter with its sections."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.languages import languages_of
from core.registry import IndexedText, Kind, register
from core.richtext import plain_text
from guidelines.models import Chapter
from guidelines.querysets import ChapterQuerySet


def public() -> ChapterQuerySet:
    return Chapter.objects.public().with_sections()


def texts(chapter: Chapter) -> Iterator[IndexedText]:
    """One text for each language in which the chapter has a title."""
    for language in languages_of(chapter, "title"):
        parts = []
        for section in chapter.sections.all():
            parts += [
                getattr(section, f"title_{language}"),
                plain_text(getattr(section, f"body_{language}") or ""),
            ]
        yield IndexedText(
            language=language,
            title=getattr(chapter, f"title_{language}"),
            context=getattr(chapter, f"lead_{language}") or "",
            body=" ".join(filter(None, parts)),
        )


register(
    Kind(
        type="chapter",
        label=_("Guidelines"),
        model=Chapter,
        public=public,
        texts=texts,
        identifier="slug",
        order=30,
    )
)
