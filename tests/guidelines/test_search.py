"""What search holds of the Guidelines."""

import pytest

from core.registry import kind_of
from guidelines.search import public, texts
from tests.factories.guidelines import ChapterFactory, EditionFactory, SectionFactory

pytestmark = pytest.mark.django_db


def test_chapter_is_found_by_the_words_of_its_sections_in_each_language() -> None:
    chapter = ChapterFactory(title_uk="Право", title_en="Law", lead_uk="Вступ", lead_en=None)
    SectionFactory(
        chapter=chapter, title_uk="Строк", title_en="Term", body_uk="<p>Тридцять днів</p>", body_en=""
    )
    ukrainian, english = texts(public().get())
    assert (ukrainian.title, ukrainian.context, ukrainian.body) == ("Право", "Вступ", "Строк Тридцять днів")
    assert (english.title, english.context, english.body) == ("Law", "", "Term")


def test_chapters_of_other_editions_are_not_public() -> None:
    old = ChapterFactory(edition=EditionFactory(old=True))
    kind = kind_of("chapter")
    assert kind is not None
    assert kind.find(old.slug) is None
    assert kind.find(ChapterFactory(slug="law").slug) is not None
