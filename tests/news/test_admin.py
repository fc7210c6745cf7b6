"""The news desk: who may do what, what a form refuses, and what it leaves behind."""

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.roles import sync_roles
from news.enums import State
from news.models import NewsItem
from search.models import SearchEntry
from tests.factories.news import NewsItemFactory, ReusableNoteFactory, TagFactory

pytestmark = pytest.mark.django_db

ADD = "/admin/news/newsitem/add/"
PAYLOAD = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def staff(role: Role | None) -> User:
    user: User = User.objects.create_user(email=f"{role or 'nobody'}@portal.example", is_staff=True)
    if role:
        sync_roles()
        user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(staff(Role.EDITOR), backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(**fields: Any) -> dict[str, Any]:
    moment = fields.pop("publish_at", timezone.localtime())
    empty = {
        f"{name}_{code}": "" for name in ("title", "lead", "body", "author_body") for code in ("uk", "en")
    }
    inlines: dict[str, int] = {}
    for prefix in ("place_links", "partnership_links", "note_links"):
        inlines |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return {
        **empty,
        **inlines,
        "state": "draft",
        "slug": "",
        "original_language": "uk",
        "publish_at_0": f"{moment:%d.%m.%Y}",
        "publish_at_1": f"{moment:%H:%M:%S}",
        "source_title": "",
        "source_publisher": "",
        "source_url": "",
        **fields,
    }


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return dict(answer.context["adminform"].form.errors)


def change(item: NewsItem) -> str:
    return reverse("admin:news_newsitem_change", args=[item.pk])


def test_draft_may_lack_anything(editor: Client) -> None:
    assert editor.post(ADD, form()).status_code == 302
    item = NewsItem.objects.get()
    assert (item.state, item.slug) == (State.DRAFT, "draft")


def test_slug_is_made_of_the_title_by_the_official_table_and_never_twice(editor: Client) -> None:
    for _ in range(2):
        editor.post(ADD, form(title_uk="Щастя у Згурівці"))
    editor.post(ADD, form(title_uk="Щастя", title_en="Feed"))
    assert list(NewsItem.objects.order_by("pk").values_list("slug", flat=True)) == [
        "shchastia-u-zghurivtsi",
        "shchastia-u-zghurivtsi-2",
        "feed-2",
    ]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"title_uk", "body_uk"}),
        ({"title_uk": "Назва"}, {"body_uk"}),
        ({"title_uk": "Назва", "body_uk": "<p></p>"}, {"body_uk"}),
        ({"title_uk": "Назва", "body_en": "<p>text</p>"}, {"title_en"}),
        ({"title_uk": "Назва", "body_uk": "<p>текст</p>", "slug": "feed"}, {"slug"}),
        ({"title_uk": "Назва", "body_uk": "<p>текст</p>", "slug": "taken"}, {"slug"}),
        ({"title_uk": "Назва", "body_uk": "<p>текст</p>", "slug": "з кирилицею"}, {"slug"}),
        (
            {"title_uk": "Назва", "body_uk": "<p>текст</p>", "source_url": "javascript:alert(1)"},
            {"source_url"},
        ),
        ({"title_uk": "Назва", "body_uk": "<p>текст</p>", "source_url": "data:text/html,x"}, {"source_url"}),
        ({"title_uk": "Назва", "body_uk": "<p>текст</p>", "publish_at_0": "колись"}, {"publish_at"}),
        ({"title_uk": "Назва", "body_uk": "<script>alert(1)</script>"}, {"body_uk"}),
    ],
)
def test_publishing_by_the_form_is_strict_and_keeps_what_was_typed(
    editor: Client, fields: dict[str, str], wrong: set[str]
) -> None:
    NewsItemFactory(slug="taken", draft=True)
    answer = editor.post(ADD, form(state="published", lead_uk="Надруковано", **fields))
    assert set(errors(answer)) == wrong
    assert "Надруковано" in answer.content.decode()
    assert NewsItem.objects.count() == 1


def test_text_posted_past_the_editor_is_clean(editor: Client) -> None:
    body = "<p onclick=alert(1)>Текст <a href='javascript:alert(1)'>тут</a></p><iframe src=//evil></iframe>"
    editor.post(ADD, form(state="published", title_uk="Назва", body_uk=body))
    item: Any = NewsItem.objects.get()
    assert item.body_uk == '<p>Текст <a rel="noopener">тут</a></p>'


def test_saving_and_deleting_keep_search_in_line(editor: Client) -> None:
    editor.post(ADD, form(state="published", title_uk="Назва", body_uk="<p>текст</p>"))
    item = NewsItem.objects.get()
    assert SearchEntry.objects.filter(type="news", object_id=item.pk).count() == 1
    editor.post(f"/admin/news/newsitem/{item.pk}/delete/", {"post": "yes"})
    assert not NewsItem.objects.exists()
    assert not SearchEntry.objects.filter(type="news").exists()


def test_deleting_several_forgets_them_all(editor: Client) -> None:
    for number in range(2):
        editor.post(ADD, form(state="published", title_uk=f"Назва {number}", body_uk="<p>текст</p>"))
    keys = list(NewsItem.objects.values_list("pk", flat=True))
    data = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    editor.post("/admin/news/newsitem/", data)
    assert not SearchEntry.objects.filter(type="news").exists()


def test_address_stays_once_readers_can_see_the_item(editor: Client) -> None:
    public, draft = NewsItemFactory(slug="kept"), NewsItemFactory(slug="free", draft=True)
    for item in (public, draft):
        editor.post(change(item), form(state=item.state, title_uk="Н", body_uk="<p>т</p>", slug="new-one"))
        item.refresh_from_db()
    assert (public.slug, draft.slug) == ("kept", "new-one")


def test_publish_button_asks_first_and_publishes_by_post(editor: Client) -> None:
    item = NewsItemFactory(draft=True)
    address = reverse("admin:news_newsitem_publish", args=[item.pk])
    assert editor.get(address).status_code == 200
    assert not NewsItem.objects.public().exists()
    assert editor.post(address, {"when": "set"}).status_code == 302
    assert NewsItem.objects.public().get() == item
    assert SearchEntry.objects.filter(type="news", object_id=item.pk).exists()
    editor.post(reverse("admin:news_newsitem_unpublish", args=[item.pk]))
    assert not NewsItem.objects.public().exists()
    assert not SearchEntry.objects.filter(type="news", object_id=item.pk).exists()


def test_publish_button_can_set_the_time_of_now_or_keep_a_later_one(editor: Client) -> None:
    first, second = NewsItemFactory(draft=True, scheduled=True), NewsItemFactory(draft=True, scheduled=True)
    editor.post(reverse("admin:news_newsitem_publish", args=[first.pk]), {"when": "now"})
    editor.post(reverse("admin:news_newsitem_publish", args=[second.pk]), {"when": "set"})
    assert NewsItem.objects.public().get() == first
    second.refresh_from_db()
    assert second.state == State.PUBLISHED
    assert second.publish_at > timezone.now() + dt.timedelta(days=1)


def test_publish_button_names_what_is_missing(editor: Client) -> None:
    item = NewsItemFactory(draft=True, title_only=True, source_url="")
    answer = editor.post(reverse("admin:news_newsitem_publish", args=[item.pk]), {"when": "now"})
    assert answer.status_code == 200
    assert len(answer.context["problems"]) == 1
    item.refresh_from_db()
    assert item.state == State.DRAFT


def test_second_publication_is_told_and_changes_nothing(editor: Client) -> None:
    item = NewsItemFactory()
    moment = item.publish_at
    assert (
        editor.post(reverse("admin:news_newsitem_publish", args=[item.pk]), {"when": "now"}).status_code
        == 302
    )
    item.refresh_from_db()
    assert item.publish_at == moment


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("trait", ["draft", "scheduled"])
def test_preview_shows_a_hidden_item_to_editors_and_is_kept_nowhere(
    editor: Client, language: str, trait: str
) -> None:
    item = NewsItemFactory(**{trait: True}, title_uk="Канарка", title_en="Canary")
    answer = editor.get(reverse("admin:news_newsitem_preview", args=[item.pk]), {"lang": language})
    html = answer.content.decode()
    assert {"uk": "Канарка", "en": "Canary"}[language] in html
    assert f'<html lang="{language}">' in html
    assert 'name="robots" content="noindex"' in html
    assert "no-store" in answer["Cache-Control"]
    assert 'rel="canonical"' not in html


@pytest.mark.parametrize("role", [None, Role.REGISTRAR, Role.OFFICER])
@pytest.mark.parametrize("step", ["preview", "publish", "unpublish", "change", "delete", "history"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_desk_is_closed_to_staff_without_the_right(
    client: Client, role: Role | None, step: str, method: str
) -> None:
    client.force_login(staff(role), backend="django.contrib.auth.backends.ModelBackend")
    item = NewsItemFactory(draft=True, title_uk="Канарка", title_en="Canary")
    answer = getattr(client, method)(reverse(f"admin:news_newsitem_{step}", args=[item.pk]))
    assert answer.status_code == 403
    assert "Канарка" not in answer.content.decode()
    assert NewsItem.objects.filter(pk=item.pk, state=State.DRAFT).exists()


@pytest.mark.parametrize("step", ["preview", "publish", "unpublish"])
def test_desk_asks_visitors_to_sign_in_and_knows_no_missing_items(editor: Client, step: str) -> None:
    item = NewsItemFactory(draft=True)
    address = reverse(f"admin:news_newsitem_{step}", args=[item.pk])
    assert Client().get(address).status_code == 302
    assert editor.get(f"/admin/news/newsitem/999999/{step}/").status_code == 404
    assert editor.get(f"/admin/news/newsitem/x/{step}/").status_code == 404


def test_payload_in_names_stays_text_on_staff_pages(editor: Client) -> None:
    note = ReusableNoteFactory(title_uk=PAYLOAD, title_en=PAYLOAD)
    tag = TagFactory(name_uk=PAYLOAD[:80], name_en=PAYLOAD[:80])
    item = NewsItemFactory(title_uk=PAYLOAD, title_en=PAYLOAD, source_title=PAYLOAD, tags=[tag], notes=[note])
    data = form(state="published", title_uk=PAYLOAD, body_uk="<p>т</p>", tags=[tag.pk])
    pages = [editor.post(change(item), data, follow=True)]
    pages += [
        editor.get(address)
        for address in (
            "/admin/",
            "/admin/news/newsitem/",
            change(item),
            f"/admin/news/newsitem/{item.pk}/history/",
            f"/admin/news/newsitem/{item.pk}/delete/",
            f"/admin/news/newsitem/{item.pk}/unpublish/",
            f"/admin/news/newsitem/{item.pk}/preview/",
            f"/admin/news/reusablenote/{note.pk}/change/",
            f"/admin/news/tag/{tag.pk}/change/",
            "/admin/autocomplete/?app_label=news&model_name=newsitem&field_name=tags",
        )
    ]
    for answer in pages:
        assert answer.status_code == 200
        content = answer.content.decode()
        if answer["Content-Type"].startswith("text/html"):
            assert "<script>alert" not in content
            assert "<img src=x" not in content


def test_note_names_where_it_is_used_and_cannot_be_deleted_while_it_is(editor: Client) -> None:
    note = ReusableNoteFactory()
    item = NewsItemFactory(notes=[note], draft=True)
    html = editor.get(f"/admin/news/reusablenote/{note.pk}/change/").content.decode()
    assert f'href="{change(item)}"' in html
    editor.post(f"/admin/news/reusablenote/{note.pk}/delete/", {"post": "yes"})
    note.refresh_from_db()


def test_lists_can_be_narrowed_by_standing_and_missing_language(editor: Client) -> None:
    draft = NewsItemFactory(draft=True)
    scheduled = NewsItemFactory(scheduled=True, english_only=True)
    public = NewsItemFactory(ukrainian_only=True)
    expected = {
        "standing=draft": [draft],
        "standing=scheduled": [scheduled],
        "standing=public": [public],
        "missing=uk": [scheduled],
        "missing=en": [public],
    }
    for query, items in expected.items():
        answer = editor.get(f"/admin/news/newsitem/?{query}")
        assert list(answer.context["cl"].result_list) == items, query


def test_inline_parts_of_the_editor_carry_the_nonce_of_the_answer(editor: Client) -> None:
    answer = editor.get(ADD)
    policy = answer["Content-Security-Policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    html = answer.content.decode()
    inline = re.findall(r"<style[^>]*>|<script[^>]*importmap[^>]*>", html)
    assert len(inline) == 2
    assert all(f'nonce="{nonce}"' in tag for tag in inline)
    assert "unsafe" not in policy
    assert ' style="' not in html
