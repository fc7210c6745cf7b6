"""The interface's texts: found in the sources, kept in `locale/<language>/LC_MESSAGES/django.po`, compiled.

Everything is done by Babel in Python, so that no machine needs GNU gettext. The English catalogue says what
the sources say (a text in the sources is the English text); the Ukrainian one is translated by people.
Compiled catalogues (`.mo`) are not kept in git: they are made when older than their source.
"""

import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LANGUAGES = ("uk", "en")
SOURCE_LANGUAGE = "en"
PROJECT = Path(__file__).resolve().parent.parent
NOT_SOURCES = {
    "tests",
    "bench",
    "docs",
    "static",
    "locale",
    "requirements",
    "var",
    "migrations",
    "node_modules",
}
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
KEYWORDS: dict[str, Any] = {
    name: spec
    for names, spec in (
        (("_", "gettext", "gettext_lazy", "gettext_noop"), None),
        (("ngettext", "ngettext_lazy"), (1, 2)),
        (("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
        (("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
    )
    for name in names
}
HEADERS = {
    "uk": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
        "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    ),
    "en": "nplurals=2; plural=(n != 1);",
}

# What Babel's Python extractor yields: line, function, message or messages, comments, context.
Found = tuple[int, Any, list[str], str | None]


@dataclass(frozen=True)
class Fault:
    """What keeps a catalogue from being complete."""

    language: str
    message: str
    reason: str

    def __str__(self) -> str:
        return f"{self.language}: {self.reason}: {self.message!r}"


def catalogue_path(language: str, folder: Path) -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"


def source_files(project: Path) -> Iterator[Path]:
    """Python modules and templates whose texts people see, in a stable order."""
    for folder, folders, names in os.walk(project):
        folders[:] = sorted(name for name in folders if name not in NOT_SOURCES and not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            in_templates = "templates" in path.relative_to(project).parts
            if path.suffix == ".py" or (in_templates and path.suffix in TEMPLATE_SUFFIXES):
                yield path


def texts_of_template(source: str, origin: str) -> Iterable[Found]:
    """The texts of a Django template. Raises `SyntaxError` for a block that Django refuses too."""
    from django.utils.translation.template import templatize

    # Brackets round the whole keep Python's tokenizer from seeing indentation in what was markup.
    return _texts(f"(\n{templatize(source, origin=origin)}\n)", first_line=-1)


def texts_of_python(source: str) -> Iterable[Found]:
    """The texts that a Python module passes to the functions of gettext."""
    return _texts(source, first_line=0)


def _texts(source: str, first_line: int) -> Iterator[Found]:
    from babel.messages.extract import extract

    with io.BytesIO(source.encode()) as file:
        options = {"encoding": "utf-8"}
        for line, message, comments, context in extract("python", file, KEYWORDS, ("Translators:",), options):
            yield line + first_line, message, comments, context


def extracted(project: Path = PROJECT) -> Any:
    """A catalogue of every text in the sources."""
    from babel.messages.catalog import Catalog

    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for path in source_files(project):
        name = path.relative_to(project).as_posix()
        source = path.read_text(encoding="utf-8")
        found = texts_of_python(source) if path.suffix == ".py" else texts_of_template(source, name)
        for line, message, comments, context in found:
            catalogue.add(message, None, [(name, line)], auto_comments=comments, context=context)
    catalogue.delete("")
    return catalogue


def load(language: str, folder: Path) -> Any:
    """The catalogue of a language, empty if there is none yet."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    path = catalogue_path(language, folder)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def update(language: str, found: Any, folder: Path) -> bool:
    """Bring a language's catalogue up to the sources, keep its translations; whether the file changed."""
    catalogue = load(language, folder)
    catalogue.update(found, no_fuzzy_matching=True)
    if language == SOURCE_LANGUAGE:
        _say_what_sources_say(catalogue)
    text = _rendered(catalogue, language)
    path = catalogue_path(language, folder)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def _say_what_sources_say(catalogue: Any) -> None:
    for message in catalogue:
        if message.id and not _is_translated(message):
            message.string = message.id


def _rendered(catalogue: Any, language: str) -> str:
    """The text of the file: sorted, without dates or line numbers, so that a change shows only what
    changed.
    """
    from babel.messages.pofile import write_po

    header = "".join(
        f'"{line}\\n"\n'
        for line in (
            f"Language: {language}",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: 8bit",
            f"Plural-Forms: {HEADERS[language]}",
        )
    )
    with io.BytesIO() as file:
        write_po(
            file, catalogue, sort_output=True, omit_header=True, ignore_obsolete=True, include_lineno=False
        )
        return f'msgid ""\nmsgstr ""\n{header}\n{file.getvalue().decode().strip()}\n'


def faults(language: str, found: Any, folder: Path) -> list[Fault]:
    """What is missing, empty, doubtful (fuzzy), no longer used, or has other placeholders than the source."""
    catalogue = load(language, folder)
    wanted = {_key(message): message for message in found if message.id}
    kept = {_key(message): message for message in catalogue if message.id}
    listed = [
        Fault(language, _shown(message), "not in the catalogue")
        for key, message in wanted.items()
        if key not in kept
    ]
    for key, message in kept.items():
        reason = _reason(message, catalogue) if key in wanted else "no longer in the sources"
        if reason:
            listed.append(Fault(language, _shown(message), reason))
    listed += [Fault(language, _shown(message), "obsolete") for message in catalogue.obsolete.values()]
    return listed


def _reason(message: Any, catalogue: Any) -> str | None:
    if message.fuzzy:
        return "fuzzy"
    if not _is_translated(message):
        return "not translated"
    errors = list(message.check(catalogue))
    return str(errors[0]) if errors else None


def _is_translated(message: Any) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(strings)


def _key(message: Any) -> tuple[str, str | None]:
    return (message.id[0] if message.pluralizable else message.id), message.context


def _shown(message: Any) -> str:
    return _key(message)[0]


def stale(folder: Path) -> list[str]:
    """Languages whose compiled catalogue is missing or older than its source."""

    def is_stale(language: str) -> bool:
        source = catalogue_path(language, folder)
        compiled = source.with_suffix(".mo")
        return source.exists() and (
            not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns
        )

    return [language for language in LANGUAGES if is_stale(language)]


def compile_stale(folder: Path) -> list[str]:
    """Compile what is stale; the languages done. A reader never sees half a file."""
    from babel.messages.mofile import write_mo

    languages = stale(folder)
    for language in languages:
        target = catalogue_path(language, folder).with_suffix(".mo")
        half = target.with_suffix(f".{os.getpid()}.mo")
        with half.open("wb") as file:
            write_mo(file, load(language, folder))
        half.replace(target)
    return languages
