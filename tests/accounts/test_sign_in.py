"""Signing in and out, a forgotten password, and limits on guessing that no header gets around."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User

pytestmark = pytest.mark.django_db

ADDRESS = "officer@example.org"
PASSWORD = "a-pass-phrase-of-some-length"
NEW_PASSWORD = "another-phrase-of-some-length"
#: Failed attempts that django-allauth allows one account in five minutes, and one address in a minute.
ATTEMPTS_PER_ACCOUNT = 5
ATTEMPTS_PER_ADDRESS = 10
TOO_MANY = "Too many failed attempts."
WRONG = "The e-mail address or the password is wrong."


@pytest.fixture(autouse=True)
def _counts_from_zero() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def officer() -> User:
    return User.objects.create_user(ADDRESS, PASSWORD, full_name="Olena")


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


def sign_in(visitor: Client, password: str, email: str = ADDRESS, **headers: str) -> str:
    """What the page answers; empty when it let the visitor in."""
    answer = visitor.post(reverse("account_login"), {"login": email, "password": password}, headers=headers)
    return "" if answer.status_code == 302 else answer.content.decode()


def is_signed_in(visitor: Client) -> bool:
    return "_auth_user_id" in visitor.session


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"^http\S+/password/reset/key/\S+$", str(letter.body), re.MULTILINE)
    assert found
    assert found[0].startswith(settings.SITE_URL)
    return found[0].removeprefix(settings.SITE_URL)


def open_link(visitor: Client, link: str) -> str:
    """Follow the letter's link to the form and give the form's address."""
    answer = visitor.get(link, follow=True)
    assert answer.status_code == 200
    return str(answer.request["PATH_INFO"])


# --- in and out


def test_officer_signs_in_and_comes_to_the_desk(officer: User, visitor: Client) -> None:
    answer = visitor.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD}, follow=True)
    assert answer.request["PATH_INFO"] == reverse("desk:home")


@pytest.mark.parametrize(("destination", "words"), [("/uk/desk/", "Увійти"), ("/en/desk/", "Sign in")])
def test_sign_in_speaks_the_language_of_the_page_it_leads_to(destination: str, words: str) -> None:
    for browser in ("uk", "en"):
        visitor = Client(headers={"accept-language": browser})
        address = reverse("account_login")
        asked = visitor.get(address, {"next": destination}).content.decode()
        refused = visitor.post(
            address, {"login": ADDRESS, "password": "x", "next": destination}
        ).content.decode()
        assert words in asked
        assert words in refused


def test_session_gets_a_new_key_with_signing_in(officer: User, visitor: Client) -> None:
    visitor.get(reverse("account_login"))
    session = visitor.session
    session["visited"] = True
    session.save()
    before = session.session_key
    assert sign_in(visitor, PASSWORD) == ""
    assert visitor.session.session_key != before


@pytest.mark.parametrize("email", [ADDRESS, "nobody@example.org"])
def test_wrong_password_and_unknown_address_get_the_same_answer(
    officer: User, visitor: Client, email: str
) -> None:
    answer = sign_in(visitor, "wrong", email)
    assert WRONG in answer
    assert not is_signed_in(visitor)


def test_closed_account_stays_outside(officer: User, visitor: Client) -> None:
    officer.is_active = False
    officer.save()
    visitor.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD}, follow=True)
    assert not is_signed_in(visitor)


def test_sign_in_leads_to_no_other_site(officer: User, visitor: Client) -> None:
    for target in ("//evil.example", "https:evil.example", r"/\evil.example", "javascript:alert(1)"):
        answer = visitor.post(
            reverse("account_login"), {"login": ADDRESS, "password": PASSWORD, "next": target}
        )
        assert answer.headers["Location"] == reverse("after_sign_in"), target
        visitor.logout()


def test_signing_out_takes_a_post_and_is_said(officer: User, visitor: Client) -> None:
    visitor.force_login(officer)
    visitor.get(reverse("account_logout"))
    assert is_signed_in(visitor)
    answer = visitor.post(reverse("account_logout"), follow=True)
    assert not is_signed_in(visitor)
    assert "You have signed out." in answer.content.decode()


def test_nobody_signs_up_alone(visitor: Client) -> None:
    secret = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert "Accounts are made by the ministry" in visitor.get(reverse("account_signup")).content.decode()
    visitor.post(reverse("account_signup"), secret)
    assert not User.objects.exists()


# --- guessing


def test_account_stops_answering_after_some_wrong_passwords(officer: User, visitor: Client) -> None:
    answers = [sign_in(visitor, f"guess {number}") for number in range(ATTEMPTS_PER_ACCOUNT)]
    assert all(WRONG in answer for answer in answers)
    assert TOO_MANY in sign_in(visitor, "one guess more")
    assert TOO_MANY in sign_in(visitor, PASSWORD)
    assert not is_signed_in(visitor)


def test_other_visitors_are_counted_together_with_the_first(officer: User) -> None:
    for number in range(ATTEMPTS_PER_ACCOUNT):
        sign_in(Client(headers={"accept-language": "en"}), f"guess {number}")
    assert TOO_MANY in sign_in(Client(headers={"accept-language": "en"}), PASSWORD)


def test_made_up_forwarding_header_starts_no_new_count(officer: User, visitor: Client) -> None:
    for number in range(ATTEMPTS_PER_ADDRESS):
        sign_in(visitor, "guess", f"{number}@example.org", x_forwarded_for=f"192.0.2.{number}")
    assert TOO_MANY in sign_in(visitor, PASSWORD, x_forwarded_for="192.0.2.200")


def test_proxy_of_ours_tells_visitors_apart_by_what_it_added_itself(
    officer: User, visitor: Client, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(ATTEMPTS_PER_ADDRESS):
        sign_in(visitor, "guess", f"{number}@example.org", x_forwarded_for=f"192.0.2.{number}, 198.51.100.7")
    assert TOO_MANY in sign_in(visitor, PASSWORD, x_forwarded_for="192.0.2.200, 198.51.100.7")
    assert sign_in(visitor, PASSWORD, x_forwarded_for="192.0.2.200, 198.51.100.8") == ""


def test_success_in_between_gives_no_new_guesses(officer: User, visitor: Client) -> None:
    User.objects.create_user("other@example.org", PASSWORD)
    for number in range(ATTEMPTS_PER_ACCOUNT):
        sign_in(visitor, f"guess {number}")
        assert sign_in(visitor, PASSWORD, "other@example.org") == ""
        visitor.logout()
    assert TOO_MANY in sign_in(visitor, PASSWORD)


def test_flood_of_attempts_is_answered_by_429_in_words(visitor: Client) -> None:
    answers = [visitor.post(reverse("account_login"), {"login": "x", "password": "x"}) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert "Too many attempts" in answers[-1].content.decode()


def test_admin_has_no_sign_in_of_its_own(officer: User, visitor: Client) -> None:
    officer.is_staff = True
    officer.save()
    answer = visitor.post(reverse("admin:login"), {"username": ADDRESS, "password": PASSWORD})
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert not is_signed_in(visitor)


def test_counts_are_kept_where_all_processes_see_them() -> None:
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


# --- a forgotten password


@pytest.mark.parametrize("email", [ADDRESS, "nobody@example.org"])
def test_asking_for_a_new_password_tells_nobody_who_has_an_account(
    officer: User, visitor: Client, email: str, mailoutbox: list[EmailMessage]
) -> None:
    answer = visitor.post(reverse("account_reset_password"), {"email": email})
    assert answer.headers["Location"] == reverse("account_reset_password_done")
    assert [letter.to for letter in mailoutbox] == [[email]]


def test_letter_to_an_unknown_address_has_no_link_and_invites_nobody(
    visitor: Client, mailoutbox: list[EmailMessage]
) -> None:
    visitor.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    (letter,) = mailoutbox
    assert letter.subject == "Community Partnerships: no account with this address"
    assert "nobody@example.org" in str(letter.body)
    assert reverse("account_signup") not in str(letter.body)
    assert "/password/reset/" not in str(letter.body)


def test_link_in_the_letter_sets_a_new_password_once(
    officer: User, visitor: Client, mailoutbox: list[EmailMessage]
) -> None:
    visitor.post(reverse("account_reset_password"), {"email": ADDRESS})
    (letter,) = mailoutbox
    assert letter.subject == "Community Partnerships: setting a new password"
    link = link_in(letter)
    form = open_link(visitor, link)
    # The key has gone out of the address, so that no log or referrer keeps it.
    assert form != link

    words = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    answer = visitor.post(form, words, follow=True)
    assert answer.request["PATH_INFO"] == reverse("account_reset_password_from_key_done")
    assert not is_signed_in(visitor)
    officer.refresh_from_db()
    assert officer.check_password(NEW_PASSWORD)

    assert "The link no longer works" in Client(headers={"accept-language": "en"}).get(link).content.decode()


def test_letter_speaks_the_language_of_the_page(officer: User, mailoutbox: list[EmailMessage]) -> None:
    Client(headers={"accept-language": "uk"}).post(reverse("account_reset_password"), {"email": ADDRESS})
    (letter,) = mailoutbox
    assert letter.subject.startswith("Партнерства громад: ")
    assert "Добрий день!" in str(letter.body)


def test_made_up_host_does_not_get_into_the_letter(
    officer: User, visitor: Client, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    visitor.post(reverse("account_reset_password"), {"email": ADDRESS}, headers={"host": "evil.example"})
    (letter,) = mailoutbox
    assert "evil.example" not in f"{letter.subject} {letter.body}"


def test_closed_account_gets_no_link(officer: User, visitor: Client, mailoutbox: list[EmailMessage]) -> None:
    officer.is_active = False
    officer.save()
    visitor.post(reverse("account_reset_password"), {"email": ADDRESS})
    assert all("/password/reset/" not in str(letter.body) for letter in mailoutbox)


@pytest.mark.parametrize("password", ["short", "qwerty123456", "officer@example.org"])
def test_weak_password_is_refused_with_the_reason(
    officer: User, visitor: Client, mailoutbox: list[EmailMessage], password: str
) -> None:
    visitor.post(reverse("account_reset_password"), {"email": ADDRESS})
    form = open_link(visitor, link_in(mailoutbox[0]))
    answer = visitor.post(form, {"password1": password, "password2": password})
    assert answer.status_code == 200
    assert 'id="error-summary"' in answer.content.decode()
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_letters_to_one_address_are_limited(
    officer: User, visitor: Client, mailoutbox: list[EmailMessage]
) -> None:
    answers = [visitor.post(reverse("account_reset_password"), {"email": ADDRESS}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert len(mailoutbox) == 5


# --- change of a password


def test_officer_changes_the_password_and_stays_signed_in_here_only(officer: User, visitor: Client) -> None:
    elsewhere = Client()
    elsewhere.force_login(officer)
    assert sign_in(visitor, PASSWORD) == ""
    words = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    answer = visitor.post(reverse("account_change_password"), words, follow=True)
    assert answer.request["PATH_INFO"] == reverse("desk:home")
    assert "Your password has been changed." in answer.content.decode()
    assert elsewhere.get(reverse("desk:home")).status_code == 302


def test_present_password_must_be_known_to_change_it(officer: User, visitor: Client) -> None:
    visitor.force_login(officer)
    words = {"oldpassword": "wrong", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert visitor.post(reverse("account_change_password"), words).status_code == 200
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_account_without_a_password_sets_one(visitor: Client) -> None:
    user = User.objects.create_user(ADDRESS)
    visitor.force_login(user)
    answer = visitor.get(reverse("account_change_password"), follow=True)
    assert answer.request["PATH_INFO"] == reverse("account_set_password")
    words = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert visitor.post(reverse("account_set_password"), words).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


@pytest.mark.parametrize(("password", "status"), [(PASSWORD, 302), ("wrong", 200)])
def test_officer_confirms_to_be_the_one_by_the_password(
    officer: User, visitor: Client, password: str, status: int
) -> None:
    assert sign_in(visitor, PASSWORD) == ""
    answer = visitor.post(reverse("account_reauthenticate"), {"password": password})
    assert answer.status_code == status
