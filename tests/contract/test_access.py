"""Who may open which address, for every name that the resolver knows."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.enums import Role
from accounts.models import User
from accounts.roles import sync_roles
from tests.contract.addresses import ADDRESSES, Address, Who, admin_names, names_in_resolver

pytestmark = pytest.mark.django_db
BELOW_500 = range(200, 500)


def test_every_address_has_its_place_in_the_list() -> None:
    listed = {address.name for address in ADDRESSES}
    assert {name for name in names_in_resolver() if not name.startswith("admin:")} == listed


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_stranger_opens_public_pages_and_is_asked_to_sign_in_elsewhere(
    client: Client, address: Address
) -> None:
    """Records do not exist in the empty database of this test: then the page is a 404, never an error."""
    answer = client.get(reverse(address.name, kwargs=address.kwargs))
    if address.who is Who.EVERYBODY:
        assert answer.status_code in ({200, 302, 301, 404} if address.kwargs else {200, 302})
        # Whoever is not signed in has signed out already.
        if address.name != "account_logout":
            assert reverse("account_login") not in answer.headers.get("Location", "")
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))


READING_PAGES = [
    address
    for address in ADDRESSES
    if address.who is Who.EVERYBODY
    and address.page
    # Pages with a form of their own need their cookie.
    and not address.name.startswith("account_")
    and address.name != "contact"
]


@pytest.mark.parametrize("address", READING_PAGES, ids=lambda address: address.name)
def test_reading_page_sets_no_cookie_and_does_not_vary_by_cookie(client: Client, address: Address) -> None:
    answer = client.get(reverse(address.name, kwargs=address.kwargs))
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a.page], ids=lambda a: a.name)
def test_page_carries_the_public_policy(client: Client, address: Address) -> None:
    policy = client.get(reverse(address.name, kwargs=address.kwargs)).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert "default-src 'none'" in policy


def admin_address(name: str) -> str | None:
    """An address of the admin by name; those of one object get a number that no object has."""
    for args in ((), ("999999999",), ("accounts",), (1, "999999999")):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return None


def member(role: Role, *, is_staff: bool) -> User:
    sync_roles()
    user = User.objects.create_user(f"{role}@example.org", is_staff=is_staff)
    user.groups.add(Group.objects.get(name=role))
    return user


def test_every_address_of_the_admin_can_be_built() -> None:
    assert [name for name in sorted(admin_names()) if admin_address(name) is None] == []


def test_stranger_is_sent_to_sign_in_from_every_address_of_the_admin(client: Client) -> None:
    # Signing out leads to the front door, which then asks to sign in.
    open_to_all = {"admin:jsi18n", "admin:logout"} & admin_names()
    for name in sorted(admin_names() - open_to_all):
        answer = client.get(str(admin_address(name)))
        assert answer.status_code == 302, name
        assert "login" in answer.headers["Location"], name


def test_officer_opens_no_address_of_the_admin(client: Client) -> None:
    client.force_login(member(Role.OFFICER, is_staff=False))
    for name in sorted(admin_names() - {"admin:logout"}):
        answer = client.get(str(admin_address(name)), follow=True)
        final = answer.redirect_chain[-1][0] if answer.redirect_chain else ""
        assert answer.status_code == 403 or "login" in final, name


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REGISTRAR])
def test_staff_get_an_answer_from_every_address_of_the_admin(client: Client, role: Role) -> None:
    client.force_login(member(role, is_staff=True))
    for name in sorted(admin_names() - {"admin:logout"}):
        assert client.get(str(admin_address(name))).status_code in BELOW_500, name
