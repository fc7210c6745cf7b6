"""Papers: data are never markup, the same data give the same bytes, and screen readers can read them."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import typst
from django.test import override_settings
from pypdf import PdfReader

from documents.qr_codes import qr_svg
from documents.typesetting import typeset

DAY = dt.date(2026, 11, 24)
HOSTILE = [
    '#panic("no")',
    '#read("/etc/passwd")',
    "\\ $ x $ *bold* _slant_ `code` <label> @ref // no comment /* nor this */",
    '"; #let x = 1; "',
    "= Heading\n== Another",
    "${7*7} {{7*7}} \\u{41} &lt;b&gt;",
    "Ґалаґан’ів Їжак № 1 Żagań Kőszeg Ελλάδα",
]
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "Paper")
#set text(lang: "uk")
#for name in data.names [#name #parbreak()]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    papers = tmp_path / "templates" / "papers"
    papers.mkdir(parents=True)
    (papers / "paper.typ").write_text(TEMPLATE, encoding="utf-8")
    with override_settings(BASE_DIR=tmp_path):
        yield papers


def text_of(paper: bytes) -> str:
    """What a reader of the PDF sees, without its line breaks."""
    pages = PdfReader(io.BytesIO(paper)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", HOSTILE)
def test_name_that_looks_like_markup_is_text(name: str) -> None:
    paper = typeset("papers/paper.typ", {"names": [name]}, DAY)
    assert " ".join(name.split()) in text_of(paper)


@pytest.mark.usefixtures("folder")
def test_same_data_give_the_same_bytes() -> None:
    papers = {typeset("papers/paper.typ", {"names": ["Кривий Ріг"]}, DAY) for _time in range(3)}
    assert len(papers) == 1
    assert typeset("papers/paper.typ", {"names": ["Дніпро"]}, DAY) not in papers


@pytest.mark.usefixtures("folder")
def test_paper_is_tagged_for_screen_readers_and_names_its_norm() -> None:
    paper = typeset("papers/paper.typ", {"names": ["Кривий Ріг"]}, DAY)
    assert paper.startswith(b"%PDF-")
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"pdfuaid"):
        assert mark in paper


@pytest.mark.usefixtures("folder")
def test_letters_that_no_font_has_do_not_keep_the_paper_from_being_made() -> None:
    paper = typeset("papers/paper.typ", {"names": ["京都 ბათუმი"]}, DAY)
    assert b"/StructTreeRoot" in paper
    assert b"pdfuaid" not in paper


def test_template_reads_nothing_outside_of_its_folder(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "paper.typ").write_text('#read("../secret.txt")')
    with pytest.raises(typst.TypstError):
        typeset("papers/paper.typ", {}, DAY)


def test_faulty_template_is_an_error_and_no_empty_paper(folder: Path) -> None:
    (folder / "paper.typ").write_text("#nonsense()")
    with pytest.raises(typst.TypstError):
        typeset("papers/paper.typ", {}, DAY)


def test_qr_code_is_the_same_each_time_and_another_for_another_address() -> None:
    address = "https://portal.example/id/partnership/1"
    assert qr_svg(address) == qr_svg(address)
    assert qr_svg(address) != qr_svg(address + "1")
    assert qr_svg(address).startswith("<svg")
