"""Loading the shipped Guidelines: once, and never over an editor's work."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from guidelines.loading import load_guidelines
from guidelines.models import Chapter, Credit, Edition, Section, SectionSource
from tests.factories.guidelines import EditionFactory

pytestmark = pytest.mark.django_db

EDITION = 'slug = "one"\nstate = "draft"\ntitle_uk = "Рекомендації"\ntitle_en = "Guidelines"\n'
CHAPTER = """slug = "first"
position = 1
title_uk = "Перший"
title_en = "First"
audience = ["mayor"]

[[sections]]
anchor = "start"
title_uk = "Початок"
body_uk = "<p>Текст</p><script>alert(1)</script>"
sources = [{ title = "Закон", url = "https://act.example/", grade = "A", read_on = 2026-11-24 }]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "edition.toml").write_text(EDITION, encoding="utf-8")
    (tmp_path / "credits.toml").write_text("", encoding="utf-8")
    (tmp_path / "chapters" / "a.toml").write_text(CHAPTER, encoding="utf-8")
    return tmp_path


def test_chapter_has_sections_and_sources_when_loaded(folder: Path) -> None:
    report = load_guidelines(folder)
    assert report.problems == []
    section: Any = Section.objects.get()
    assert section.chapter.edition == Edition.objects.current()
    assert section.body_uk == "<p>Текст</p>"
    assert [(source.title, source.grade) for source in section.sources.all()] == [("Закон", "A")]


def test_second_loading_changes_nothing(folder: Path) -> None:
    load_guidelines(folder)
    models = (Edition, Chapter, Section, SectionSource, Credit)
    before = [list(model.objects.order_by("pk").values_list()) for model in models]
    report = load_guidelines(folder)
    assert [list(model.objects.order_by("pk").values_list()) for model in models] == before
    assert not any(report.made.values())


def test_loading_leaves_what_an_editor_changed(folder: Path) -> None:
    load_guidelines(folder)
    Chapter.objects.update(title_uk="Виправлено")
    Section.objects.all().delete()
    load_guidelines(folder)
    chapter: Any = Chapter.objects.get()
    assert chapter.title_uk == "Виправлено"
    assert not Section.objects.exists()


def test_shipped_edition_is_not_shown_when_another_one_is(folder: Path) -> None:
    current = EditionFactory()
    load_guidelines(folder)
    assert Edition.objects.current() == current
    assert not Edition.objects.get(slug="one").is_current


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title_uk = ", "b.toml: "),
        (CHAPTER.replace('"first"', '"second"').replace('"mayor"', '"nobody"'), "b.toml: audience"),
        (CHAPTER.replace('"first"', '"cases"'), "b.toml: "),
        (CHAPTER.replace('"first"', '"second"').replace("anchor", "anker"), "“anchor” is missing"),
        (CHAPTER.replace('"first"', '"second"').replace("https://act", "javascript:act"), "b.toml: url"),
        (CHAPTER.replace('"first"', '"second"').replace("2026-11-24", '"yesterday"'), "b.toml: read_on"),
        (CHAPTER.replace('"first"', '"second"').replace("position = 1", ""), "b.toml: position"),
    ],
)
def test_bad_chapter_is_named_with_its_reason_and_the_rest_loads(
    folder: Path, text: str, reason: str
) -> None:
    (folder / "chapters" / "b.toml").write_text(text, encoding="utf-8")
    (folder / "chapters" / "c.toml").write_text(CHAPTER.replace('"first"', '"third"'), encoding="utf-8")
    report = load_guidelines(folder)
    assert [chapter.slug for chapter in Chapter.objects.order_by("slug")] == ["first", "third"]
    assert Section.objects.count() == 2
    assert len(report.problems) == 1
    assert reason in report.problems[0]


def test_everything_shipped_loads(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_guidelines")
    assert "; 0 problems" in capsys.readouterr().out
    assert Chapter.objects.public().count() == 11
    assert Credit.objects.count() == 4
