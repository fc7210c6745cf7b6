"""axe-core run on a page that Chromium shows."""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: "Page", *, without: Collection[str] = ()) -> list[str]:
    """What axe finds wrong, save the rules `without`: rule and the first places, one line each."""
    if not page.evaluate("typeof window.axe === 'object'"):
        # Evaluated by the debugger, so the page's content policy is not loosened for it.
        page.evaluate(_source())
    found = page.evaluate(
        "([tags, rules]) => axe.run(document, {runOnly: tags, rules}).then(r => r.violations.map("
        "v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')))",
        [RULES, {rule: {"enabled": False} for rule in without}],
    )
    return [str(line) for line in found]
