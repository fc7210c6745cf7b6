"""Without a mouse: the way past the header, a focus that is seen, the register's filter, the menu."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FOCUSED = "() => document.activeElement"
HAS_OUTLINE = """element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""
IS_IN_VIEW = """element => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.top > -1 && box.bottom < innerHeight + 1;
}"""
#: More stops than any page of the portal has before the one sought.
PATIENCE = 150


def tab_to(page: "Page", selector: str) -> None:
    """Press Tab until the element has the focus; each stop on the way must be seen."""
    for _ in range(PATIENCE):
        page.keyboard.press("Tab")
        focused = page.evaluate_handle(FOCUSED).as_element()
        assert focused is not None
        assert focused.evaluate(HAS_OUTLINE), focused.evaluate("element => element.outerHTML")
        assert focused.evaluate(IS_IN_VIEW), focused.evaluate("element => element.outerHTML")
        if focused.evaluate("(element, selector) => element.matches(selector)", selector):
            return
    pytest.fail(f"The keyboard does not reach {selector}.")


@pytest.mark.parametrize("path", ["/uk/", "/uk/partnerships/", "/uk/news/2023/duisburg-kryvyi-rih/"])
def test_first_stop_leads_past_the_header(page: "Page", path: str) -> None:
    page.goto(path)
    tab_to(page, ".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, footer') !== null")


def test_register_is_filtered_by_keyboard(page: "Page") -> None:
    page.goto("/uk/partnerships/")
    tab_to(page, "main form input[type=checkbox][name=country]")
    country = page.evaluate("document.activeElement.value")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.checked")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**country={country}**")
    assert page.locator(f"main form input[name=country][value={country}]").is_checked()


def test_phone_menu_opens_and_closes_by_keyboard(page: "Page") -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/uk/news/")
    tab_to(page, "header summary")
    page.keyboard.press("Enter")
    tab_to(page, "header nav a[href='/uk/partnerships/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/uk/partnerships/")


def test_focus_is_seen_on_every_stop_of_the_home_page(page: "Page") -> None:
    page.goto("/uk/")
    tab_to(page, "footer a[href='/uk/contact/']")
