"""Texts in two languages with an honest fallback: what is shown says which language it is in."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import get_language

LANGUAGES = ("uk", "en")


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text and the language it is really in (ISO 639-1, empty where not known)."""

    text: str
    lang: str
    wanted: str

    @property
    def is_foreign(self) -> bool:
        """Not in the language of the page, so the element needs a `lang` of its own."""
        return self.lang != self.wanted

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def current_language() -> str:
    """The active interface language, always one of `LANGUAGES`."""
    language = (get_language() or LANGUAGES[0])[:2]
    return language if language in LANGUAGES else LANGUAGES[0]


def in_language(instance: models.Model, field: str, language: str = "") -> LocalText:
    """The text of a translated field: in `language` (by default the active one), else in the other one."""
    wanted = language or current_language()
    for code in (wanted, *(other for other in LANGUAGES if other != wanted)):
        text = getattr(instance, f"{field}_{code}") or ""
        if text:
            return LocalText(text, code, wanted)
    return LocalText("", wanted, wanted)


def languages_of(instance: models.Model, field: str) -> tuple[str, ...]:
    """The languages in which the field has a text."""
    return tuple(code for code in LANGUAGES if getattr(instance, f"{field}_{code}"))
