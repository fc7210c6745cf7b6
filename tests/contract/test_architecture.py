"""The house holds its shape: arrows point down, rooms have names, nothing grows too large."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: Floors of the house, from the ground up. An app may import what lies on floors below its own.
FLOORS = (
    {"core"},
    {"documents", "places"},
    {"accounts", "search"},
    {"partnerships"},
    {"seeking", "filings", "guidelines", "news"},
    {"portal"},
)
FLOOR_OF = {app: number for number, floor in enumerate(FLOORS) for app in floor}
APPS = sorted(app for app in FLOOR_OF if (ROOT / app).is_dir())
SAYS_NOTHING = {"utils.py", "helpers.py", "common.py", "misc.py", "signals.py", "selectors.py"}
LONGEST_FILE = 400
LONGEST_PAGE = 150


def sources(folder: str) -> Iterator[Path]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def imported_apps(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found & set(FLOOR_OF)


@pytest.mark.parametrize("app", APPS)
def test_app_imports_only_from_floors_below_its_own(app: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {other}"
        for path in sources(app)
        for other in sorted(imported_apps(path) - {app})
        # Settings are read by all; the embedded database and its runner belong to the roof.
        if FLOOR_OF[other] >= FLOOR_OF[app] and not (app == "core" and path.name == "__init__.py")
    ]
    assert wrong == []


def test_floor_test_sees_a_wrong_arrow(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("def late():\n    from news.models import NewsItem\n", encoding="utf-8")
    assert imported_apps(module) == {"news"}


def test_every_app_of_the_project_has_its_floor() -> None:
    with_models = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert with_models <= set(FLOOR_OF)


def test_every_file_is_named_by_what_it_holds() -> None:
    assert [p for app in APPS for p in sources(app) if p.name in SAYS_NOTHING] == []


def test_no_file_of_python_grows_beyond_its_room() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for app in [*APPS, "tests"]
        for path in sources(app)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_template_grows_beyond_a_page() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "templates").rglob("*.html")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_PAGE
    }
    assert long == {}


def test_public_templates_carry_nothing_inline() -> None:
    """The public content policy lets no inline style, script or handler through."""
    wrong = []
    for path in (ROOT / "templates").rglob("*.html"):
        if "admin" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        wrong += [
            f"{path.relative_to(ROOT)}: {bad}"
            for bad in (' style="', "<style", " onclick=", "<script>")
            if bad in text
        ]
    assert wrong == []


def test_no_file_names_a_registry_or_a_place_of_one_machine() -> None:
    """Locks carry hashes and no addresses; nothing points into the folders of one machine."""
    forbidden = ("--index-url", "--extra-index-url", "--find-links", "/home/", "/root/")
    wrong = [
        f"{path.relative_to(ROOT)}: {word}"
        for folder in ("requirements", *APPS)
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".txt", ".py", ".toml"} and path.is_file()
        for word in forbidden
        if word in path.read_text(encoding="utf-8")
    ]
    assert wrong == []
