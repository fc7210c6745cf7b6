"""The parts of the layout that are the same on many pages, made once for each language and section."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

#: Stands in the kept header for the link to the page in the other language.
_OTHER_LANGUAGE = SafeString("[other language]")


class Pieces:
    """The layout's parts for one page, in the active language. Where DEBUG is on, nothing is kept."""

    def __init__(self, language: str, path: str, other_language: SafeString) -> None:
        self._language = language
        self._other_language = other_language
        self._section = next((url for _label, url in _sections_in(language) if path.startswith(url)), "")

    @property
    def styles(self) -> SafeString:
        return self._piece("layout/_styles.html")

    @property
    def footer(self) -> SafeString:
        return self._piece("layout/_footer.html")

    @property
    def header(self) -> SafeString:
        return self._header(with_search=True)

    @property
    def header_without_search(self) -> SafeString:
        return self._header(with_search=False)

    def _header(self, *, with_search: bool) -> SafeString:
        header = self._piece("layout/_header.html", self._section, with_search)
        return SafeString(header.replace(_OTHER_LANGUAGE, self._other_language))

    def _piece(self, template: str, section: str = "", with_search: bool = True) -> SafeString:
        make = _made.__wrapped__ if settings.DEBUG else _made
        return make(template, self._language, section, with_search)


@lru_cache
def _made(template: str, language: str, section: str, with_search: bool) -> SafeString:
    context: dict[str, Any] = {
        "site_name": settings.SITE_NAME[language],
        "nav": [
            {"label": label, "url": url, "current": url == section} for label, url in _sections_in(language)
        ],
        "other_language": _OTHER_LANGUAGE,
        "hide_header_search": not with_search,
    }
    return SafeString(render_to_string(template, context))


@lru_cache
def _sections_in(language: str) -> tuple[tuple[str, str], ...]:
    """Labels and addresses of the sections in the language, which is the active one."""
    return (
        (_("News"), reverse("news:list")),
        (_("Register"), reverse("partnerships:list")),
        (_("Recovery"), reverse("recovery")),
        (_("Guidelines"), reverse("guidelines:list")),
    )
