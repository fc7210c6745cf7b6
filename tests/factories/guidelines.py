"""A made-up edition of the Guidelines."""

import datetime as dt

import factory

from guidelines.models import Chapter, Credit, Edition, Section, SectionSource
from tests.factories.base import ModelFactory


class EditionFactory(ModelFactory[Edition]):
    """The edition that readers see; `old=True` for one that they don't."""

    class Meta:
        model = Edition
        django_get_or_create = ("slug",)

    class Params:
        old = factory.Trait(slug="old-edition", is_current=False)

    slug = "test-edition"
    title_uk = "Пробне видання"
    title_en = "Trial edition"
    is_current = True


class ChapterFactory(ModelFactory[Chapter]):
    class Meta:
        model = Chapter

    edition = factory.SubFactory(EditionFactory)
    slug = factory.Sequence(lambda n: f"chapter-{n}")
    position = factory.Sequence(lambda n: n)
    title_uk = factory.Sequence(lambda n: f"Розділ {n}")
    title_en = factory.Sequence(lambda n: f"Chapter {n}")
    lead_uk = "Про що розділ."
    lead_en = "What it is about."
    audience = factory.LazyFunction(lambda: ["mayor"])


class SectionFactory(ModelFactory[Section]):
    class Meta:
        model = Section

    chapter = factory.SubFactory(ChapterFactory)
    anchor = factory.Sequence(lambda n: f"part-{n}")
    position = factory.Sequence(lambda n: n)
    title_uk = factory.Sequence(lambda n: f"Частина {n}")
    title_en = factory.Sequence(lambda n: f"Part {n}")
    body_uk = "<p>Український текст частини.</p>"
    body_en = "<p>English text of the part.</p>"


class SectionSourceFactory(ModelFactory[SectionSource]):
    class Meta:
        model = SectionSource

    section = factory.SubFactory(SectionFactory)
    title = factory.Sequence(lambda n: f"Made-up act {n}")
    url = "https://act.example/1"
    grade = "A"
    read_on = dt.date(2026, 11, 1)


class CreditFactory(ModelFactory[Credit]):
    class Meta:
        model = Credit

    slug = factory.Sequence(lambda n: f"body-{n}")
    position = factory.Sequence(lambda n: n)
    name_uk = "Пробна організація"
    name_en = "Trial organisation"
    role_uk = "Написала все."
    role_en = "Wrote everything."
