"""The Guidelines in the admin: editors only, anchors that stay, search kept in line."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.roles import sync_roles
from core.languages import in_language
from guidelines.models import Chapter, Section
from search.models import SearchEntry
from tests.factories.guidelines import ChapterFactory, EditionFactory, SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    user: User = User.objects.create_user(email="editor@portal.example", is_staff=True)
    sync_roles()
    user.groups.add(Group.objects.get(name=Role.EDITOR))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def section_form(section: Section, **fields: Any) -> dict[str, Any]:
    return {
        "title_uk": "Частина",
        "title_en": "",
        "body_uk": "<p>Незвичайний цепелін</p><script>alert(1)</script>",
        "body_en": "",
        "chapter": section.chapter_id,
        "position": 1,
        "anchor": "changed",
        "sources-TOTAL_FORMS": 0,
        "sources-INITIAL_FORMS": 0,
        **fields,
    }


def held() -> list[int]:
    return list(SearchEntry.objects.filter(type="chapter", language="uk").values_list("object_id", flat=True))


def test_saving_a_section_cleans_it_keeps_its_anchor_and_brings_search_up_to_date(editor: Client) -> None:
    section = SectionFactory(anchor="kept")
    editor.post(reverse("admin:guidelines_section_change", args=[section.pk]), section_form(section))
    section.refresh_from_db()
    assert in_language(section, "body", "uk").text == "<p>Незвичайний цепелін</p>"
    assert section.anchor == "kept"
    assert held() == [section.chapter_id]
    assert "Розділ" in editor.get("/uk/search/?q=цепелін").content.decode()


def test_section_needs_a_text_with_words(editor: Client) -> None:
    section = SectionFactory()
    answer = editor.post(
        reverse("admin:guidelines_section_change", args=[section.pk]),
        section_form(section, body_uk="<p></p>"),
    )
    assert set(answer.context["adminform"].form.errors) == {"body_uk"}


def test_chapter_form_changes_order_of_sections_and_readers(editor: Client) -> None:
    chapter = ChapterFactory(slug="law")
    first, second = SectionFactory(chapter=chapter, position=1), SectionFactory(chapter=chapter, position=2)
    data = {
        "title_uk": "Закон",
        "title_en": "Law",
        "lead_uk": "",
        "lead_en": "",
        "edition": chapter.edition_id,
        "position": 4,
        "slug": "law",
        "audience": ["officer", "customs"],
        "review_state": "draft",
        "checked_on": "",
        "sections-TOTAL_FORMS": 2,
        "sections-INITIAL_FORMS": 2,
        "sections-0-id": first.pk,
        "sections-0-chapter": chapter.pk,
        "sections-0-position": 9,
        "sections-1-id": second.pk,
        "sections-1-chapter": chapter.pk,
        "sections-1-position": 3,
    }
    answer = editor.post(reverse("admin:guidelines_chapter_change", args=[chapter.pk]), data)
    assert answer.status_code == 302
    chapter.refresh_from_db()
    assert chapter.audience == ["officer", "customs"]
    assert list(chapter.sections.order_by("position")) == [second, first]
    assert held() == [chapter.pk]


@pytest.mark.parametrize("slug", ["cases", "editions", "glossary"])
def test_chapter_slug_that_is_part_of_other_addresses_is_refused(editor: Client, slug: str) -> None:
    data = {
        "title_uk": "Х",
        "edition": EditionFactory().pk,
        "position": 1,
        "slug": slug,
        "review_state": "draft",
        "sections-TOTAL_FORMS": 0,
        "sections-INITIAL_FORMS": 0,
    }
    assert editor.post("/admin/guidelines/chapter/add/", data).status_code == 200
    assert not Chapter.objects.exists()


def test_preview_shows_a_chapter_of_another_edition_to_editors_only(editor: Client) -> None:
    chapter = ChapterFactory(edition=EditionFactory(old=True), title_en="Canary")
    address = reverse("admin:guidelines_chapter_preview", args=[chapter.pk])
    answer = editor.get(address, {"lang": "en"})
    assert "Canary" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    outsider: User = User.objects.create_user(email="staff@portal.example", is_staff=True)
    other = Client()
    other.force_login(outsider, backend="django.contrib.auth.backends.ModelBackend")
    assert other.get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_changing_the_current_edition_moves_search_with_it(editor: Client) -> None:
    shown, hidden = ChapterFactory(), ChapterFactory(edition=EditionFactory(old=True))
    edition = shown.edition
    data = {
        "title_uk": "Видання",
        "title_en": "",
        "slug": edition.slug,
        "state": "draft",
        "is_current": "on",
        "chapters-TOTAL_FORMS": 0,
        "chapters-INITIAL_FORMS": 0,
    }
    editor.post(reverse("admin:guidelines_edition_change", args=[edition.pk]), data)
    assert held() == [shown.pk]
    editor.post(
        reverse("admin:guidelines_edition_change", args=[edition.pk]),
        {name: value for name, value in data.items() if name != "is_current"},
    )
    editor.post(
        reverse("admin:guidelines_edition_change", args=[hidden.edition_id]), {**data, "slug": "old-edition"}
    )
    assert held() == [hidden.pk]


@pytest.mark.parametrize("model", ["edition", "chapter", "section", "credit"])
@pytest.mark.parametrize("role", [None, Role.REGISTRAR, Role.OFFICER])
def test_guidelines_are_closed_to_staff_without_the_right(
    client: Client, model: str, role: Role | None
) -> None:
    user: User = User.objects.create_user(email="staff@portal.example", is_staff=True)
    if role:
        sync_roles()
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/admin/guidelines/{model}/").status_code == 403
    assert client.get(f"/admin/guidelines/{model}/add/").status_code == 403


@pytest.mark.parametrize("model", ["edition", "chapter", "section", "credit"])
def test_editor_gets_every_list_and_form(editor: Client, model: str) -> None:
    SectionFactory()
    assert editor.get(f"/admin/guidelines/{model}/").status_code == 200
    assert editor.get(f"/admin/guidelines/{model}/add/").status_code == 200
