"""The environment's variables are written down, and the guards are on."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


def variables_read_by_settings() -> set[str]:
    text = (ROOT / "portal" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text))


def test_every_variable_that_settings_read_is_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?\s*([A-Z_]+)=", example, re.MULTILINE))
    assert variables_read_by_settings() - named == set()


def test_debug_is_off_unless_asked_for() -> None:
    assert settings.DEBUG is False


def test_no_cached_page_middleware_stands_between_visitors() -> None:
    assert not [name for name in settings.MIDDLEWARE if "CacheMiddleware" in name]


def test_public_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    for sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values():
        assert set(sources) <= {"'self'", "'none'"}


def test_ukrainian_comes_first() -> None:
    assert settings.LANGUAGE_CODE == "uk"
    assert [code for code, _name in settings.LANGUAGES] == ["uk", "en"]
