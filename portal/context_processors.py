"""What every page's layout needs. Nothing here touches the session or the user."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.languages import LANGUAGES, current_language
from portal.layout import Pieces

OWN_NAMES = {"uk": "Українська", "en": "English"}
LONGEST_ADDRESS = 2_000


def site(request: HttpRequest) -> dict[str, Any]:
    language = current_language()
    path = request.path
    links = language_links(request)
    return {
        "site_name": settings.SITE_NAME[language],
        "site_url": settings.SITE_URL,
        "pieces": Pieces(language, path, _other_language(links, request)),
        "language_links": links,
        "canonical_url": settings.SITE_URL + path,
    }


def _other_language(links: list[dict[str, Any]], request: HttpRequest) -> SafeString:
    """The way to the same page in the other language; none where the address has no language."""
    address = request.get_full_path()
    return format_html_join(
        "",
        '<a class="lang" href="{url}" hreflang="{code}" lang="{code}">{label}</a>',
        (link for link in links if not link["current"] and link["url"] != address),
    )


def language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each language; pages without a language part in their address have none."""
    current = get_language()
    # A page names this address several times; one that somebody filled with rubbish is not worth it.
    address = request.get_full_path()
    address = address if len(address) <= LONGEST_ADDRESS else request.path
    # "//host/" at the head of an address would name another host.
    address = "/" + address.lstrip("/")
    links = []
    for code in LANGUAGES:
        url = address if code == current else translate_url(address, code)
        links.append(
            {
                "code": code,
                "label": OWN_NAMES[code],
                "url": url,
                "absolute_url": settings.SITE_URL + url,
                "current": code == current,
            }
        )
    return links
