"""Whatever a visitor puts into an address, the portal answers in words and never with an error of its own."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from portal.logs import OneLineFormatter

pytestmark = pytest.mark.django_db

LISTS = ["partnerships:list", "news:list", "guidelines:list", "search", "home", "recovery", "contact"]
PARAMETERS = [
    "q", "page", "oblast", "raion", "hromada", "country", "kind", "legal_kind", "status", "evidence", "year",
    "tag", "year_from", "year_to", "programme", "sort", "per_page", "as_of", "type", "about", "lang",
]  # fmt: skip
NASTY = [
    "\0",
    "%00",
    "-1",
    "0",
    "99999999999999999999",
    "nonsense",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "🤷" * 50,
    "х" * 10_000,
]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("value", NASTY, ids=lambda value: repr(value[:12]))
def test_no_value_of_any_parameter_breaks_a_list(client: Client, name: str, value: str) -> None:
    for parameter in PARAMETERS:
        answer = client.get(reverse(name), {parameter: value})
        assert answer.status_code in {200, 422}, parameter
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "page=%c3%28", "country=%ed%a0%80", "%ff=1", "&&&==", "q[]=1&q[a]=2"]
)
def test_broken_encoding_breaks_no_list(client: Client, name: str, query: str) -> None:
    assert client.get(f"{reverse(name)}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/uk/nowhere/", 'lang="uk"'),
        ("/en/nowhere/", 'lang="en"'),
        ("/uk/news/2023/nothing/", 'lang="uk"'),
        ("/en/partnerships/999999999-x/", 'lang="en"'),
        ("/uk/partnerships/99999999999999999999-x/", 'lang="uk"'),
        ("/uk/places/ua/UA99999999999999999/", 'lang="uk"'),
        ("/en/places/xx/", 'lang="en"'),
        ("/uk/news/2023/%00/", 'lang="uk"'),
        ("/uk/%ff%fe/", 'lang="uk"'),
        ("/id/place/nonsense", "<html"),
        ("/id/nothing/1", "<html"),
        ("/id/place/99999999999999999999999", "<html"),
    ],
)
def test_unknown_address_is_a_404_in_the_language_with_search(client: Client, path: str, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    text = answer.content.decode()
    assert words in text
    assert 'name="q"' in text


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https:evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "\thttps://evil.example",
    ],
)
def test_sign_in_never_leads_to_another_host(client: Client, target: str) -> None:
    from accounts.models import User

    User.objects.create_user("someone@example.org", "a long enough passphrase")
    answer = client.post(
        reverse("account_login"),
        {"login": "someone@example.org", "password": "a long enough passphrase", "next": target},
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("after_sign_in")


@pytest.mark.parametrize(
    "path", ["//evil.example/", "/uk//evil.example/", "/uk/partnerships//evil.example", "/%5cevil.example/"]
)
def test_no_odd_path_is_answered_by_a_redirect_to_another_host(client: Client, path: str) -> None:
    location = client.get(path).headers.get("Location", "")
    assert not location.startswith(("//", "/\\", "http"))


def test_log_line_stays_one_line_whatever_a_path_holds() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "GET %s", ("/a\nFAKE \x1b[31m\u2028line",), None)
    line = OneLineFormatter().format(record)
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line


def test_unreachable_database_answers_without_a_trace(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("connection to server at secret-host failed: password for secret-user")

    monkeypatch.setattr("portal.views.pages._register_at_a_glance", refuse)
    client.raise_request_exception = False
    answer = client.get(reverse("home"))
    assert answer.status_code == 500
    text = answer.content.decode()
    assert "secret" not in text
    assert "Traceback" not in text


@pytest.mark.parametrize("path", ["/en/", "/accounts/login/?next=/en/"])
def test_who_waits_in_vain_for_a_lock_is_told_to_try_again(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    from django.db import connection, transaction

    def wait(*_args: object, **_kwargs: object) -> None:
        beside = connection.copy()
        try:
            with transaction.atomic(), beside.cursor() as other, connection.cursor() as mine:
                other.execute("SELECT pg_advisory_lock(4)")
                mine.execute("SET LOCAL lock_timeout = 1")
                mine.execute("SELECT pg_advisory_lock(4)")
        finally:
            beside.close()

    monkeypatch.setattr("portal.views.pages._register_at_a_glance", wait)
    monkeypatch.setattr("allauth.account.views.LoginView.get", wait)
    answer = client.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Nothing was saved" in answer.content.decode()
