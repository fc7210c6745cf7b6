"""What every page's layout needs. Nothing here touches the session or the user."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.languages import LANGUAGES, current_language

OWN_NAMES = {"uk": "Українська", "en": "English"}
LONGEST_ADDRESS = 2_000


def site(request: HttpRequest) -> dict[str, Any]:
    language = current_language()
    path = request.path
    return {
        "site_name": settings.SITE_NAME[language],
        "site_url": settings.SITE_URL,
        "nav": [{"label": label, "url": url, "current": path.startswith(url)} for label, url in _sections()],
        "language_links": language_links(request),
        "canonical_url": settings.SITE_URL + path,
    }


def _sections() -> list[tuple[str, str]]:
    return [
        (_("News"), reverse("news:list")),
        (_("Register"), reverse("partnerships:list")),
        (_("Recovery"), reverse("recovery")),
        (_("Guidelines"), reverse("guidelines:list")),
    ]


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
        url = translate_url(address, code)
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
