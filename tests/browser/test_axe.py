"""axe finds nothing, on every page for people: both languages, phone and desk, light and dark."""

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.browser.axe import violations
from tests.browser.visits import sign_in
from tests.contract.addresses import ADDRESSES, KRYVYI_RIH, Address, Who, admin_names

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = [address for address in ADDRESSES if address.page]
WIDTHS = (360, 1280)
#: Pages of the admin that staff work on; the rest are the same templates with other tables.
ADMIN_PAGES = [
    "admin:index",
    "admin:news_newsitem_changelist",
    "admin:news_newsitem_add",
    "admin:partnerships_partnership_changelist",
    "admin:partnerships_partnership_add",
    "admin:places_place_changelist",
]


def path_of(address: Address, language: str, page: "Page") -> str:
    with override(language):
        if address.name == "partnerships:detail":
            return first_record(page, language)
        return reverse(address.name, kwargs=address.kwargs)


def first_record(page: "Page", language: str) -> str:
    page.goto(f"/{language}/partnerships/?hromada={KRYVYI_RIH}&country=DE")
    return str(page.locator("main a[href*='-duisburg']").first.get_attribute("href"))


def check(page: "Page", path: str) -> list[str]:
    """Violations of one address at both widths and in both schemes, and what is wider than the phone."""
    found = []
    page.goto(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{width}: the page scrolls sideways")
        for scheme in ("light", "dark"):
            # Without motion, so that no colour is measured on its way from one scheme to the other.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{width} {scheme} {line}" for line in violations(page)]
    return found


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("address", [a for a in PAGES if a.who is Who.EVERYBODY], ids=lambda a: a.name)
def test_public_page_has_no_violation(page: "Page", address: Address, language: str) -> None:
    page.set_extra_http_headers({"Accept-Language": language})
    assert check(page, path_of(address, language, page)) == []


@pytest.mark.parametrize("language", ["uk", "en"])
def test_pages_of_an_officer_have_no_violation(
    browser: "Browser", portal_url: str, sample_passwords: dict[str, str], language: str
) -> None:
    context = browser.new_context(base_url=portal_url, extra_http_headers={"Accept-Language": language})
    page = context.new_page()
    sign_in(page, "officer@example.org", sample_passwords)
    found = {}
    for address in PAGES:
        if address.who is Who.SIGNED_IN:
            with override(language):
                path = reverse(address.name, kwargs=address.kwargs)
            if problems := check(page, path):
                found[address.name] = problems
    context.close()
    assert found == {}


def test_pages_of_the_admin_have_no_violation(
    browser: "Browser", portal_url: str, sample_passwords: dict[str, str]
) -> None:
    context = browser.new_context(base_url=portal_url, locale="uk-UA")
    page = context.new_page()
    sign_in(page, "admin@example.org", sample_passwords)
    found = {}
    for name in ADMIN_PAGES:
        page.goto(reverse(name))
        if problems := violations(page):
            found[name] = problems
    context.close()
    assert set(ADMIN_PAGES) <= admin_names()
    assert found == {}


@pytest.mark.parametrize("path", ["/uk/nowhere/", "/en/nowhere/"])
def test_page_not_found_has_no_violation(page: "Page", path: str) -> None:
    assert check(page, path) == []
