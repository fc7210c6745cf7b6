"""Whose word the rows of a file are: a source that the register knows, or a new one."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from partnerships.enums import Grade
from partnerships.models import Source
from places.transliteration import transliterate


@dataclass(frozen=True)
class NewSource:
    """What is told about a source that the register does not know yet."""

    title: str
    grade: str
    publisher: str = ""
    url: str = ""
    licence: str = ""
    language: str = ""
    read_on: dt.date | None = None


def nobodys() -> Source:
    """Stands for the source while a file is only tried."""
    return Source(slug="tried-file", title=str(_("a file that is only tried")), grade=Grade.C)


def known_source(slug: str) -> Source:
    """:raises ValidationError: there is none."""
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        raise ValidationError(_("There is no source “%(slug)s”.") % {"slug": slug[:120]})
    return source


def source_told(new: NewSource) -> Source:
    """The source with this title and grade, made ready to be saved where the register has none.

    :raises ValidationError: something about it cannot be.
    """
    title = " ".join(new.title.split())
    known = Source.objects.filter(title=title, grade=new.grade).order_by("pk").first()
    if known is not None:
        return known
    source = Source(
        slug=_free_slug(title),
        title=title,
        grade=new.grade,
        publisher=new.publisher.strip(),
        url=new.url.strip(),
        licence=new.licence.strip(),
        language=new.language,
        read_on=new.read_on,
    )
    source.full_clean()
    return source


def _free_slug(title: str) -> str:
    stem = slugify(transliterate(title))[:100].strip("-") or "import"
    taken = set(Source.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 2
    slug = stem
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug
