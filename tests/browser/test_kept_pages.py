"""No page kept in memory is ever stale, private, or in another visitor's language. Asked of a portal that
runs, with transactions that really end, and often enough that every worker has kept the page."""

import gzip
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.conftest import RunningPortal
from tests.contract.addresses import KRYVYI_RIH

pytestmark = pytest.mark.browser

ARTICLE = "/uk/news/2023/duisburg-kryvyi-rih/"
WORKERS_ASKED = 12


@pytest.fixture
def database(running_portal: RunningPortal) -> Iterator["psycopg.Connection[Any]"]:
    with psycopg.connect(running_portal.database_url, autocommit=True) as connection:
        yield connection


def answer(portal: str, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(portal + path, headers=headers)
    try:
        with urllib.request.urlopen(request) as response:
            body, status, fields = response.read(), response.status, dict(response.headers)
    except urllib.error.HTTPError as error:
        body, status, fields = error.read(), error.code, dict(error.headers)
    if fields.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return status, fields, body.decode()


def everywhere(portal: str, path: str) -> set[str]:
    """The page as each worker answers it now."""
    return {answer(portal, path)[2] for _time in range(WORKERS_ASKED)}


def test_changed_title_shows_at_once_in_article_list_home_and_feed(
    portal_url: str, database: "psycopg.Connection[Any]"
) -> None:
    pages = [ARTICLE, "/uk/news/?year=2023", "/uk/news/feed/"]
    for path in pages:
        everywhere(portal_url, path)
    before = database.execute(
        "SELECT title_uk FROM news_newsitem WHERE slug = 'duisburg-kryvyi-rih'"
    ).fetchone()
    assert before is not None
    change = "UPDATE news_newsitem SET title_uk = %s WHERE slug = 'duisburg-kryvyi-rih'"
    try:
        database.execute(change, ["Змінений заголовок"])
        for path in pages:
            assert all("Змінений заголовок" in text for text in everywhere(portal_url, path)), path
    finally:
        database.execute(change, before)
    for path in pages:
        assert not any("Змінений заголовок" in text for text in everywhere(portal_url, path)), path


def test_withdrawn_record_leaves_register_place_and_home_at_once(
    portal_url: str, database: "psycopg.Connection[Any]"
) -> None:
    pages = [f"/uk/partnerships/?hromada={KRYVYI_RIH}", f"/uk/places/ua/{KRYVYI_RIH}/"]
    for path in pages:
        assert all("-duisburg/" in text for text in everywhere(portal_url, path)), path
    change = """UPDATE partnerships_partnership SET visibility = %s WHERE id IN (
        SELECT ours.partnership_id
        FROM partnerships_party ours JOIN places_place hromada ON hromada.id = ours.place_id
        JOIN partnerships_party theirs ON theirs.partnership_id = ours.partnership_id
        JOIN places_place town ON town.id = theirs.place_id
        WHERE town.slug = 'duisburg' AND hromada.katottg = %s
    )"""
    try:
        database.execute(change, ["withdrawn", KRYVYI_RIH])
        for path in pages:
            assert not any("-duisburg/" in text for text in everywhere(portal_url, path)), path
    finally:
        database.execute(change, ["published", KRYVYI_RIH])


def test_change_that_is_not_committed_does_not_show_and_is_not_kept(
    portal_url: str, running_portal: RunningPortal
) -> None:
    with psycopg.connect(running_portal.database_url) as writing:
        writing.execute("UPDATE news_newsitem SET title_uk = 'Чернетка' WHERE slug = 'duisburg-kryvyi-rih'")
        assert not any("Чернетка" in text for text in everywhere(portal_url, ARTICLE))
        writing.rollback()
    assert not any("Чернетка" in text for text in everywhere(portal_url, ARTICLE))


def test_scheduled_item_appears_with_its_hour_although_the_list_was_kept_before(
    portal_url: str, database: "psycopg.Connection[Any]"
) -> None:
    made = database.execute(
        """INSERT INTO news_newsitem (slug, title, title_uk, lead, body, body_uk, original_language, state,
               publish_at, in_section, author_body, source_title, source_publisher, source_url, created_at,
               updated_at)
           VALUES ('soon', 'Невдовзі', 'Невдовзі', '', '', '<p>Текст</p>', 'uk', 'published',
               now() + interval '3 seconds', false, '', '', '', '', now(), now()) RETURNING id"""
    ).fetchone()
    try:
        assert not any("Невдовзі" in text for text in everywhere(portal_url, "/uk/news/"))
        hour_has_come = "SELECT clock_timestamp() > publish_at FROM news_newsitem WHERE id = %s"
        while database.execute(hour_has_come, made).fetchone() == (False,):
            answer(portal_url, "/healthz")
        assert all("Невдовзі" in text for text in everywhere(portal_url, "/uk/news/"))
    finally:
        database.execute("DELETE FROM news_newsitem WHERE id = %s", made)


def test_each_language_has_its_own_page(portal_url: str) -> None:
    for _time in range(WORKERS_ASKED):
        for path, language in (("/uk/about/", "uk"), ("/en/about/", "en")):
            _status, fields, text = answer(
                portal_url, path, **{"Accept-Language": "en" if language == "uk" else "uk"}
            )
            assert f'<html lang="{language}">' in text
            assert fields["Content-Language"] == language


@pytest.mark.parametrize("path", ["/uk/contact/", "/uk/desk/", "/accounts/login/"])
def test_page_for_one_visitor_is_never_kept(portal_url: str, path: str) -> None:
    for _time in range(WORKERS_ASKED):
        _status, fields, _text = answer(portal_url, path)
        assert "ETag" not in fields
        assert "no-store" in fields.get("Cache-Control", "") or fields.get("Set-Cookie")


def test_unchanged_page_is_answered_by_304_with_the_policy(portal_url: str) -> None:
    _status, fields, _text = answer(portal_url, "/uk/partnerships/")
    status, again, text = answer(portal_url, "/uk/partnerships/", **{"If-None-Match": fields["ETag"]})
    assert (status, text) == (304, "")
    assert again["ETag"] == fields["ETag"]
    assert "default-src 'none'" in fields["Content-Security-Policy"]


def test_page_is_the_same_compressed_or_not(portal_url: str) -> None:
    _status, plain_fields, plain = answer(portal_url, "/uk/guidelines/")
    _status, packed_fields, packed = answer(portal_url, "/uk/guidelines/", **{"Accept-Encoding": "gzip"})
    assert packed == plain
    assert packed_fields["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain_fields
    assert int(packed_fields["Content-Length"]) < int(plain_fields["Content-Length"]) / 2
