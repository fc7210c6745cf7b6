"""Texts are found in Python and templates, kept in order, and a gap in a catalogue is named."""

import os
from pathlib import Path

import pytest

from portal import catalogues

TEMPLATE = """{% load i18n %}
<h1>{% translate "It's open" %}</h1>
   {% blocktranslate trimmed count n=places|length %}
     One place, 100%
      {% plural %}
     {{ n }} places
   {% endblocktranslate %}
 <a title="{% translate 'Open' context "door" %}">{{ _("Read on") }}</a> don't "
"""
MODULE = """
from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext
A = _("Title of " "the page")
B = ngettext_lazy("%(n)s town", "%(n)s towns", "n")
C = pgettext("month", "May")
D = not_a_text("nothing")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app" / "migrations").mkdir(parents=True)
    (tmp_path / "app" / "models.py").write_text(MODULE)
    (tmp_path / "app" / "migrations" / "0001.py").write_text('_("Not for people")')
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


def texts(project: Path) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalogues.extracted(project) if message.id}


def test_texts_are_found_in_modules_and_templates(project: Path) -> None:
    assert texts(project) == {
        ("It's open", None),
        (("One place, 100%%", "%(n)s places"), None),
        ("Open", "door"),
        ("Read on", None),
        ("Title of the page", None),
        (("%(n)s town", "%(n)s towns"), None),
        ("May", "month"),
    }


def test_update_says_in_english_what_the_sources_say(project: Path) -> None:
    found = catalogues.extracted(project)
    assert catalogues.update("en", found, project / "locale")
    assert catalogues.faults("en", found, project / "locale") == []
    english = catalogues.load("en", project / "locale")
    assert english.get("It's open").string == "It's open"
    assert tuple(english.get("%(n)s town").string) == ("%(n)s town", "%(n)s towns")


def test_second_update_changes_nothing_when_the_sources_are_the_same(project: Path) -> None:
    found = catalogues.extracted(project)
    catalogues.update("uk", found, project / "locale")
    assert not catalogues.update("uk", catalogues.extracted(project), project / "locale")


def test_update_keeps_translations_and_drops_what_is_gone(project: Path) -> None:
    folder = project / "locale"
    catalogues.update("uk", catalogues.extracted(project), folder)
    path = catalogues.catalogue_path("uk", folder)
    path.write_text(path.read_text().replace('msgid "Read on"\nmsgstr ""', 'msgid "Read on"\nmsgstr "Далі"'))
    (project / "app" / "models.py").write_text("")
    found = catalogues.extracted(project)
    catalogues.update("uk", found, folder)
    assert catalogues.load("uk", folder).get("Read on").string == "Далі"
    assert "Title of the page" not in path.read_text()


def reasons(project: Path, change: tuple[str, str]) -> dict[str, str]:
    """What `faults` says of an English catalogue in which one piece of text was replaced by another."""
    folder = project / "locale"
    found = catalogues.extracted(project)
    catalogues.update("en", found, folder)
    path = catalogues.catalogue_path("en", folder)
    text = path.read_text()
    assert change[0] in text
    path.write_text(text.replace(*change))
    return {fault.message: fault.reason for fault in catalogues.faults("en", found, folder)}


def test_empty_translation_is_named(project: Path) -> None:
    assert reasons(project, ('msgstr "Read on"', 'msgstr ""')) == {"Read on": "not translated"}


def test_doubtful_translation_is_named(project: Path) -> None:
    assert reasons(project, ('msgid "Read on"', '#, fuzzy\nmsgid "Read on"')) == {"Read on": "fuzzy"}


def test_text_without_entry_and_entry_without_text_are_named(project: Path) -> None:
    assert reasons(project, ('msgid "Read on"', 'msgid "Read off"')) == {
        "Read on": "not in the catalogue",
        "Read off": "no longer in the sources",
    }


def test_translation_with_another_placeholder_is_named(project: Path) -> None:
    assert list(reasons(project, ('msgstr[1] "%(n)s towns"', 'msgstr[1] "%(m)s towns"'))) == ["%(n)s town"]


def test_catalogue_is_compiled_once_until_its_source_changes(project: Path) -> None:
    folder = project / "locale"
    catalogues.update("en", catalogues.extracted(project), folder)
    assert catalogues.compile_stale(folder) == ["en"]
    assert catalogues.compile_stale(folder) == []
    source = catalogues.catalogue_path("en", folder)
    compiled = source.with_suffix(".mo").stat()
    os.utime(source, ns=(compiled.st_atime_ns, compiled.st_mtime_ns + 1))
    assert catalogues.stale(folder) == ["en"]
