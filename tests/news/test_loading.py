"""Loading the shipped announcements: once, completed later, never over an editor's work."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from news.loading import load_news
from news.models import NewsItem, ReusableNote, Tag
from places.models import Place
from tests.factories.partnerships import PartnershipFactory
from tests.factories.places import ForeignPlaceFactory, HromadaFactory

pytestmark = pytest.mark.django_db

TAGS = '[[tags]]\nslug = "partnership"\nname_uk = "партнерство"\nname_en = "partnership"\n'
NOTES = """[[notes]]
slug = "reminder"
title_uk = "Нагадування"
title_en = "Reminder"
body_uk = "<p>Текст</p>"
body_en = "<p>Text</p>"
"""


def item(slug: str = "first", **changes: str) -> str:
    fields = {
        "slug": f'"{slug}"',
        "publish_at": "2023-02-09T12:00:00+02:00",
        "original_language": '"uk"',
        "title_uk": '"Заголовок"',
        "body_uk": '"<p>Текст</p><script>alert(1)</script>"',
        "tags": '["partnership"]',
        "notes": '["reminder"]',
        **changes,
    }
    return "\n".join(f"{name} = {value}" for name, value in fields.items())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "items").mkdir()
    (tmp_path / "tags.toml").write_text(TAGS, encoding="utf-8")
    (tmp_path / "notes.toml").write_text(NOTES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def pair() -> tuple[Place, Place]:
    return HromadaFactory(), ForeignPlaceFactory(slug="teststadt")


def write(folder: Path, name: str, text: str) -> None:
    (folder / "items" / name).write_text(text, encoding="utf-8")


def snapshot() -> list[tuple[object, ...]]:
    return [
        *NewsItem.objects.order_by("pk").values_list(),
        *Tag.objects.order_by("pk").values_list(),
        *ReusableNote.objects.order_by("pk").values_list(),
    ]


def test_item_has_its_links_when_loaded(folder: Path, pair: tuple[Place, Place]) -> None:
    ours, theirs = pair
    record = PartnershipFactory(ua=ours, foreign=theirs)
    places = f'["{ours.katottg}", "de/teststadt"]'
    write(folder, "a.toml", item(places=places, partnerships=f"[{places}]"))
    report = load_news(folder)
    loaded: Any = NewsItem.objects.get()
    assert report.problems == []
    assert loaded.is_public
    assert loaded.body_uk == "<p>Текст</p>"
    assert [link.place for link in loaded.place_links.all()] == [ours, theirs]
    assert [link.partnership for link in loaded.partnership_links.all()] == [record]
    assert [tag.slug for tag in loaded.tags.all()] == ["partnership"]
    assert [note.slug for note in loaded.notes.all()] == ["reminder"]


def test_second_loading_changes_nothing(folder: Path) -> None:
    write(folder, "a.toml", item())
    load_news(folder)
    before = snapshot()
    report = load_news(folder)
    assert snapshot() == before
    assert report.made.get("news", 0) == 0
    assert report.kept == 3


def test_loading_leaves_what_an_editor_changed(folder: Path) -> None:
    write(folder, "a.toml", item())
    load_news(folder)
    loaded: Any = NewsItem.objects.get()
    loaded.title_uk = "Виправлено"
    loaded.save()
    loaded.tags.clear()
    Tag.objects.update(name_uk="інша назва")
    load_news(folder)
    loaded.refresh_from_db()
    assert loaded.title_uk == "Виправлено"
    assert not loaded.tags.exists()
    tag: Any = Tag.objects.get()
    assert tag.name_uk == "інша назва"


def test_partnership_is_linked_later_when_the_register_gets_it(
    folder: Path, pair: tuple[Place, Place]
) -> None:
    ours, theirs = pair
    write(folder, "a.toml", item(partnerships=f'[["{ours.katottg}", "de/teststadt"]]'))
    assert "the register holds no partnership" in load_news(folder).problems[0]
    record = PartnershipFactory(ua=ours, foreign=theirs)
    assert load_news(folder).problems == []
    assert [link.partnership for link in NewsItem.objects.get().partnership_links.all()] == [record]


def test_partnership_stays_away_when_an_editor_worked_on_the_item(
    folder: Path, pair: tuple[Place, Place]
) -> None:
    ours, theirs = pair
    PartnershipFactory(ua=ours, foreign=theirs)
    write(folder, "a.toml", item(partnerships=f'[["{ours.katottg}", "de/teststadt"]]'))
    load_news(folder)
    loaded: Any = NewsItem.objects.get()
    loaded.partnership_links.all().delete()
    NewsItem.objects.filter(pk=loaded.pk).update(updated_at=loaded.updated_at.replace(year=2030))
    load_news(folder)
    assert not loaded.partnership_links.exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title_uk = ", "b.toml: "),
        (item("second", places='["UA00000000000000000"]'), "b.toml: no place “UA00000000000000000”"),
        (item("second", places='["de/nowhere"]'), "b.toml: no place “de/nowhere”"),
        (item("second", tags='["nothing"]'), "“nothing”"),
        (item("second", notes='["nothing"]'), "“nothing”"),
        (item("second", title_uk='""'), "b.toml: "),
        (item("second", source_url='"javascript:alert(1)"'), "b.toml: source_url"),
        (item("second", title_uk=f'"{"а" * 300}"'), "title_uk: "),
        (item("Second one"), "b.toml: slug"),
        (item("second", partnerships='[["one"]]'), "b.toml: "),
        ('title_uk = "Без адреси"', "“slug” is missing"),
        (item("second").replace("publish_at", "published_at"), "“publish_at” is missing"),
    ],
)
def test_bad_item_is_named_with_its_reason_and_the_rest_loads(folder: Path, text: str, reason: str) -> None:
    write(folder, "a.toml", item("first"))
    write(folder, "b.toml", text)
    write(folder, "c.toml", item("third"))
    report = load_news(folder)
    assert [loaded.slug for loaded in NewsItem.objects.order_by("slug")] == ["first", "third"]
    assert len(report.problems) == 1
    assert reason in report.problems[0]


def test_broken_encoding_of_a_file_is_named(folder: Path) -> None:
    (folder / "items" / "b.toml").write_bytes(b'slug = "\xff"')
    assert load_news(folder).problems[0].startswith("b.toml: ")


def test_command_tells_what_it_made_and_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_news")
    told = capsys.readouterr().out
    assert "tags: 4" in told
    assert "duisburg-kryvyi-rih.toml: no place" in told
