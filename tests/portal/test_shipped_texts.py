"""The portal's own pages (about, statements, section, methodology), as files: alike in both languages."""

from pathlib import Path

import pytest

from tests.markup import ALLOWED_ATTRIBUTES, ALLOWED_ELEMENTS, LONGEST_PARAGRAPH, Outline

TEXTS = Path(__file__).resolve().parents[2] / "portal" / "texts"
PAGES = ["about", "accessibility", "methodology", "privacy", "recovery"]


def read(page: str, language: str) -> str:
    return (TEXTS / f"{page}.{language}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_page_has_the_same_shape_in_both_languages(page: str) -> None:
    assert Outline(read(page, "uk")).elements == Outline(read(page, "en")).elements


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_page_is_clean_html_with_short_paragraphs(page: str, language: str) -> None:
    outline = Outline(read(page, language))
    assert outline.faults == []
    assert set(outline.elements) <= ALLOWED_ELEMENTS
    assert outline.attributes <= ALLOWED_ATTRIBUTES | {"id"}
    assert outline.longest_paragraph <= LONGEST_PARAGRAPH


@pytest.mark.parametrize("page", ["about", "accessibility", "privacy"])
def test_statement_leads_to_the_contact_page_of_its_language(page: str) -> None:
    for language in ("uk", "en"):
        assert f'href="/{language}/contact/"' in read(page, language)


def test_every_text_is_known() -> None:
    assert {path.name for path in TEXTS.iterdir()} == {
        f"{page}.{lang}.html" for page in PAGES for lang in ("uk", "en")
    }
