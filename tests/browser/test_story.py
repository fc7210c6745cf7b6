"""The main story: an editor publishes, a citizen reads and follows it to the record and the hromada."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WORDS = {
    "uk": {
        "article": "Дуйсбург",
        "decided": "9 лютого 2023",
        "announced": "21 лютого 2023",
        "town": "Кривий Ріг",
        "section": "Партнерство задля відновлення та розвитку",
    },
    "en": {
        "article": "Duisburg",
        "decided": "9 February 2023",
        "announced": "21 February 2023",
        "town": "Kryvyi Rih",
        "section": "Partnership for Recovery and Development",
    },
}


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_citizen_follows_the_announcement_to_the_record_and_the_hromada(
    browser: "Browser", portal_url: str, language: str, javascript: bool
) -> None:
    words = WORDS[language]
    context = browser.new_context(base_url=portal_url, java_script_enabled=javascript)
    page = context.new_page()
    foreign: list[str] = []
    page.on(
        "request",
        lambda request: foreign.append(request.url) if not request.url.startswith(portal_url) else None,
    )

    # the article
    page.goto(f"/{language}/news/?year=2023")
    page.locator("main a[href*='duisburg-kryvyi-rih']").first.click()
    assert words["article"] in page.locator("h1").inner_text()

    # the partnership
    page.locator("main a[href*='/partnerships/'][href*='duisburg']").first.click()
    text = page.locator("main").inner_text()
    assert words["decided"] in text
    assert words["announced"] in text
    record = page.url

    # the hromada, and back from it
    page.locator("main a[href*='/places/ua/UA12060170000091033/']").first.click()
    assert words["town"] in page.locator("main").inner_text()
    assert page.locator(f"main a[href='{record.removeprefix(portal_url)}']").count() >= 1

    # the register
    page.goto(f"/{language}/partnerships/?country=DE&oblast=UA12000000000090473")
    assert page.locator(f"main a[href='{record.removeprefix(portal_url)}']").count() >= 1

    # the section and search
    page.goto(f"/{language}/recovery/")
    assert page.locator("h1").inner_text() == words["section"]
    page.goto(f"/{language}/search/?q=Duisburg")
    assert page.locator("main ol a[href*='/places/de/duisburg/']").count() == 1

    assert context.cookies() == []
    assert foreign == []
    context.close()


def test_language_switch_leads_to_the_same_page(page: "Page") -> None:
    page.goto("/uk/news/2023/duisburg-kryvyi-rih/")
    page.locator("header a[hreflang=en]:visible").click()
    assert page.url.endswith("/en/news/2023/duisburg-kryvyi-rih/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_menu_of_a_phone_leads_to_sections_and_to_the_other_language(page: "Page") -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/uk/news/")
    assert page.locator("header nav a:visible").count() == 0
    page.locator("header summary").click()
    page.locator("header nav a[href='/uk/partnerships/']:visible").click()
    page.wait_for_url("**/uk/partnerships/")
    page.locator("header summary").click()
    page.locator("header a[hreflang=en]:visible").click()
    page.wait_for_url("**/en/partnerships/")


def test_reminder_about_the_guidelines_stands_under_the_article_and_not_in_search(page: "Page") -> None:
    words = "швейцарсько-український"
    page.goto("/uk/news/2023/duisburg-kryvyi-rih/")
    assert words in page.locator("main").inner_text()
    page.goto(f"/uk/search/?q={words}&type=news")
    assert page.locator("main a[href*='duisburg-kryvyi-rih']").count() == 0


def test_editor_writes_previews_and_publishes(
    browser: "Browser", portal_url: str, sample_passwords: dict[str, str]
) -> None:
    text = "Текст, який написано в редакторі."
    context = browser.new_context(
        base_url=portal_url, locale="uk-UA", viewport={"width": 1280, "height": 1000}
    )
    page = context.new_page()
    refused: list[str] = []
    context.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: refused.append(str(error.error)))
    sign_in(page, "editor@example.org", sample_passwords)

    page.goto("/admin/news/newsitem/add/")
    page.locator("[name=title_uk]").fill("Перевірка редактора")
    page.locator("[name=title_en]").fill("Editor's trial")
    page.locator("[name=slug]").fill("editors-trial")
    page.locator("[name=lead_uk]").fill("Короткий вступ.")
    page.get_by_role("textbox", name="Текст українською").click()
    page.keyboard.type(text)
    page.locator("[name=_continue]").first.click()

    # not public yet
    page.wait_for_url("**/change/**")
    assert "editors-trial" not in page.request.get("/uk/search/?q=Перевірка+редактора").text()

    # preview
    with page.expect_popup() as popup:
        page.locator("a[href*='preview'][hreflang=uk]").click()
    assert text in popup.value.locator("main").inner_text()
    popup.value.close()

    # publish
    page.locator("a.publish").click()
    page.locator("form.confirm [name=when][value=now]").click()
    page.locator(".messagelist .success").wait_for()

    citizen = browser.new_context(base_url=portal_url).new_page()
    citizen.goto("/uk/news/")
    citizen.get_by_role("link", name="Перевірка редактора").click()
    assert text in citizen.locator("main").inner_text()
    citizen.goto("/uk/search/?q=редактора")
    assert citizen.locator("main ol a[href*='editors-trial']").count() == 1
    citizen.context.close()
    assert refused == []
    context.close()


def test_officer_finds_the_records_of_the_hromada(
    browser: "Browser", portal_url: str, sample_passwords: dict[str, str]
) -> None:
    context = browser.new_context(base_url=portal_url, locale="uk-UA")
    page = context.new_page()
    sign_in(page, "officer@example.org", sample_passwords)
    assert page.url.endswith("/uk/desk/")
    text = page.locator("main").inner_text()
    assert "Криворізька" in text
    assert "Дуйсбург" in text
    context.close()


def test_report_of_an_error_keeps_what_was_typed_and_reaches_the_registrar(
    browser: "Browser", portal_url: str, page: "Page", sample_passwords: dict[str, str]
) -> None:
    page.goto("/uk/contact/?about=place:UA12060170000091033")
    page.locator("[name=message]").fill("коротко")
    page.locator("[name=email]").fill("not-an-address")
    page.locator("main form.card button").click()
    assert page.locator("#error-summary").evaluate("element => element === document.activeElement")
    assert page.locator("[name=message]").input_value() == "коротко"
    assert page.locator("[name=email]").input_value() == "not-an-address"
    page.locator("[name=message]").fill("Підписання відбулося: про це пише сайт міста.")
    page.locator("[name=email]").fill("reader@example.org")
    page.locator("main form.card button").click()
    page.wait_for_url("**sent=1")

    context = browser.new_context(base_url=portal_url, locale="uk-UA")
    registrar = context.new_page()
    sign_in(registrar, "registrar@example.org", sample_passwords)
    registrar.goto("/admin/portal/errorreport/")
    assert "Підписання відбулося" in registrar.locator("#result_list").inner_text()
    context.close()
