"""axe finds nothing, on every page for people: both languages, phone and desk, light and dark."""

from collections.abc import Collection
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
    "admin:portal_errorreport_changelist",
    "admin:core_auditentry_changelist",
    "admin:partnerships_sourcerow_review",
    "admin:partnerships_importbatch_add",
]
#: Pages of one object: the list that the first one is opened from.
ADMIN_LISTS = ["admin:news_newsitem_changelist", "admin:partnerships_partnership_changelist"]
#: Rules that Django's admin breaks where we can't reach without copying whole templates and scripts.
NOT_OURS = [
    # Select2 keeps the chosen tags and its field in a `ul` with a `span` among the items.
    "list",
    # The label of the search field is an icon with a text alternative, which this rule does not count.
    "label-title-only",
]


def path_of(address: Address, language: str, page: "Page") -> str:
    with override(language):
        if address.name == "partnerships:detail":
            return first_record(page, language)
        return reverse(address.name, kwargs=address.kwargs)


def first_record(page: "Page", language: str) -> str:
    page.goto(f"/{language}/partnerships/?hromada={KRYVYI_RIH}&country=DE")
    return str(page.locator("main a[href*='-duisburg']").first.get_attribute("href"))


def check(page: "Page", path: str, *, without: Collection[str] = ()) -> list[str]:
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
            found += [f"{width} {scheme} {line}" for line in violations(page, without=without)]
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
    objects = []
    for name in ADMIN_LISTS:
        page.goto(reverse(name))
        objects.append(str(page.locator("#result_list th a").first.get_attribute("href")))
    page.goto(f"{reverse('admin:partnerships_milestone_changelist')}?watch=yes")
    objects.append(str(page.locator("#result_list a[href$='/outcome/']").first.get_attribute("href")))
    page.goto(reverse("admin:partnerships_difference_changelist"))
    objects.append(str(page.locator("#result_list th a").first.get_attribute("href")))
    for path in [*map(reverse, ADMIN_PAGES), *objects]:
        if problems := check(page, path, without=NOT_OURS):
            found[path] = problems
    context.close()
    assert found == {}


def test_every_list_and_form_of_the_admin_has_no_violation(
    browser: "Browser", portal_url: str, sample_passwords: dict[str, str]
) -> None:
    """All names of the resolver that open without an object, and the first object of each list."""
    context = browser.new_context(
        base_url=portal_url, locale="uk-UA", viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    sign_in(page, "admin@example.org", sample_passwords)
    names = sorted(name for name in admin_names() if name.endswith(("_changelist", "_add")))
    found: list[str] = []
    for name in [*names, "admin:password_change"]:
        answer = page.goto(reverse(name))
        if answer is None or answer.status == 403:
            continue  # what nobody adds by hand: history, error reports, rows of sources
        found += [f"{name}: {line}" for line in violations(page, without=NOT_OURS)]
        first = page.locator("#result_list th a").first
        if name.endswith("_changelist") and first.count():
            page.goto(str(first.get_attribute("href")))
            found += [f"{name}, first object: {line}" for line in violations(page, without=NOT_OURS)]
    context.close()
    assert len(names) > 30
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", ["/uk/nowhere/", "/en/nowhere/"])
def test_page_not_found_has_no_violation(page: "Page", path: str) -> None:
    assert check(page, path) == []
