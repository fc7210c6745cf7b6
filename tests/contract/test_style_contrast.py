"""Colours of the style system keep WCAG 2.2 AA in both schemes: 4.5 for text, 3 for edges and signs."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
TEXT = [
    ("ink", "paper"), ("ink", "card"), ("ink", "sea"), ("ink", "land"), ("ink", "home"), ("ink", "grey-bg"),
    ("ink", "blue-bg"), ("ink", "wheat-bg"), ("ink", "green-bg"), ("ink", "red-bg"), ("soft", "paper"),
    ("soft", "card"), ("soft", "sea"), ("soft", "blue-bg"), ("soft", "wheat-bg"), ("soft", "grey-bg"),
    ("blue", "paper"), ("blue", "card"), ("blue", "sea"), ("blue", "blue-bg"), ("blue", "wheat-bg"),
    ("blue-deep", "paper"), ("blue-deep", "blue-bg"), ("on-blue", "blue"), ("on-blue", "blue-deep"),
    ("on-wheat", "wheat"), ("wheat-ink", "wheat-bg"), ("green", "green-bg"), ("on-green", "green"),
    ("red", "red-bg"), ("red", "paper"), ("red", "card"), ("on-band", "band"), ("band-soft", "band"),
    ("wheat", "band"), ("paper", "ink"),
]  # fmt: skip
SIGNS = [
    ("edge", "paper"), ("edge", "card"), ("wheat-line", "card"), ("wheat-line", "paper"), ("focus", "paper"),
    ("focus", "card"), ("focus", "sea"), ("blue", "card"), ("ink", "sea"), ("ink", "home"),
    ("band-line", "band"),
]  # fmt: skip


def colour(name: str, scheme: str) -> str:
    found = re.search(rf"--{name}:\s*(?:light-dark\((#\w+),\s*(#\w+)\)|(#\w+))\s*;", TOKENS)
    assert found is not None, f"no token {name}"
    return found.group(3) or found.group(1 if scheme == "light" else 2)


def luminance(value: str) -> float:
    """Relative luminance by WCAG 2.2."""
    digits = value[1:] if len(value) == 7 else "".join(letter * 2 for letter in value[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#fff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_is_readable_on_its_ground(front: str, back: str, scheme: str) -> None:
    assert contrast(colour(front, scheme), colour(back, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), SIGNS)
def test_edges_and_signs_stand_out(front: str, back: str, scheme: str) -> None:
    assert contrast(colour(front, scheme), colour(back, scheme)) >= 3


@pytest.mark.parametrize(
    "path", sorted((settings.BASE_DIR / "static" / "css").glob("*.css")), ids=lambda p: p.name
)
def test_style_sheets_load_nothing_from_elsewhere(path: Path) -> None:
    addresses = re.findall(r"url\(([^)]*)\)", path.read_text(encoding="utf-8"))
    assert all(address.strip("\"'").startswith("../fonts/") for address in addresses)
