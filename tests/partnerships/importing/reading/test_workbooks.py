"""Workbooks: values only, sheets by their headers, and nothing that hurts the reader's memory."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook

from partnerships.importing.reading import FileUnusable, open_table
from partnerships.importing.rows import RawRow
from tests.partnerships.importing.reading.files import HEADER, ROW, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"


def rows_of(file: io.BytesIO, **options: str) -> list[RawRow]:
    with translation.override("en"):
        return list(open_table(file, "file.xlsx", **options).rows())


def refusal(file: io.BytesIO, **options: str) -> str:
    with translation.override("en"), pytest.raises(FileUnusable) as caught:
        rows_of(file, **options)
    return caught.value.reason


def sheet_xml(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def test_days_and_numbers_become_what_a_person_would_type() -> None:
    row = (*ROW[:4], dt.datetime(2020, 5, 1), 2019, 2019.0, True, dt.datetime(2020, 5, 1, 10, 30))
    (found,) = rows_of(workbook([(*HEADER, "Рік", "x", "y", "z"), row]))
    assert list(found.cells.values())[4:] == ["2020-05-01", "2019", "2019", "True", "2020-05-01 10:30:00"]


def test_rows_have_the_numbers_of_the_sheet_and_empty_ones_are_left_out() -> None:
    assert [row.line for row in rows_of(workbook([HEADER, ROW, (), ROW]))] == [2, 4]


def test_merged_title_above_the_header_is_left_out() -> None:
    def merge(book: Workbook) -> None:
        book.active.merge_cells("A1:E1")

    (found,) = rows_of(workbook([["Перелік зареєстрованих угод"], HEADER, ROW], merge))
    assert (found.line, found.fault) == (3, "")


def test_rows_with_merged_cells_are_named() -> None:
    def merge(book: Workbook) -> None:
        book.active.merge_cells("A2:A3")

    faults = [row.fault for row in rows_of(workbook([HEADER, ROW, ROW, ROW], merge))]
    assert [bool(fault) for fault in faults] == [True, True, False]
    assert "merged" in faults[0]


def test_formula_without_a_stored_value_is_never_calculated() -> None:
    found = rows_of(workbook([HEADER, ROW, ("=A2", *ROW[1:])]))
    assert [row.fault for row in found] == [
        "",
        "The cell A3 holds a formula whose value nobody has calculated.",
    ]


def test_stored_value_of_a_formula_counts() -> None:
    cells = "".join(f'<c r="{chr(65 + n)}1" t="str"><v>{name}</v></c>' for n, name in enumerate(HEADER[:3]))
    formula = '<c r="A2" t="str"><f>1+1</f><v>Луцька</v></c><c r="C2" t="str"><v>Люблін</v></c>'
    file = with_part(
        workbook([HEADER]), SHEET, sheet_xml(f'<row r="1">{cells}</row><row r="2">{formula}</row>')
    )
    (found,) = rows_of(file)
    assert (found.cells["Громада"], found.fault) == ("Луцька", "")


def test_error_of_the_spreadsheet_is_named() -> None:
    (found,) = rows_of(workbook([HEADER, ("#REF!", *ROW[1:])]))
    assert "error of the spreadsheet" in found.fault


def test_sheet_is_chosen_by_its_header() -> None:
    def more(book: Workbook) -> None:
        sheet = book.create_sheet("Дані")
        sheet.append(HEADER)
        sheet.append(ROW)

    table = open_table(workbook([["a", "b"], ["c", "d"]], more), "file.xlsx")
    assert (table.sheet, table.sheets) == ("Дані", ("Аркуш", "Дані"))
    assert len(list(table.rows())) == 1


def test_sheet_that_a_person_names_is_read() -> None:
    def more(book: Workbook) -> None:
        sheet = book.create_sheet("Інші")
        sheet.append(("Громада", "Партнер"))
        sheet.append(("Хустська", "Брно"))

    assert rows_of(workbook([HEADER, ROW], more), sheet="Інші")[0].cells["Партнер"] == "Брно"
    assert "it has: Аркуш, Інші" in refusal(workbook([HEADER], more), sheet="Немає")


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (workbook([]), "empty"),
        (workbook([["a", "b"]]), "Read as headers: a, b."),
        (workbook([[f"Партнер {n}" for n in range(200)]]), "more than 60 columns"),
        (with_part(workbook([HEADER]), "xl/vbaProject.bin", b"x"), "macros"),
        (with_part(workbook([HEADER]), SHEET, b"<worksheet><sheetData><row>"), "damaged"),
        (with_part(workbook([HEADER]), SHEET, sheet_xml('<row r="2"/><row r="1"/>')), "damaged"),
        (with_part(workbook([HEADER]), SHEET, sheet_xml('<row r="9999999999"/>')), "damaged"),
        (with_part(workbook([HEADER]), SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), "definitions"),
        (with_part(workbook([HEADER]), "xl/styles.xml", b"<nonsense"), "damaged"),
        (io.BytesIO(b"PK\x03\x04 and nothing more"), "damaged"),
    ],
)
def test_unusable_workbook_is_refused_with_the_reason(file: io.BytesIO, reason: str) -> None:
    assert reason in refusal(file)


def archive(parts: dict[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    out.seek(0)
    return out


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"word/document.xml": b"<w/>"}, "a text document"),
        ({"content.xml": b"<office/>"}, "OpenDocument"),
        ({"xl/workbook.bin": b""}, "binary format"),
        ({"table.csv": b"x"}, "an archive"),
    ],
)
def test_another_package_is_told_by_its_parts(parts: dict[str, bytes], reason: str) -> None:
    assert reason in refusal(archive(parts))


def test_bomb_is_refused_by_its_list_of_parts() -> None:
    assert "unpacks to more" in refusal(with_part(workbook([HEADER]), SHEET, b" " * 400_000_000))


def test_part_packed_more_tightly_than_a_table_is_refused() -> None:
    assert "unpacks to more" in refusal(with_part(workbook([HEADER]), SHEET, b" " * 20_000_000))


def test_row_without_an_end_is_refused() -> None:
    cells = b"".join(b"<c><v>%d</v></c>" % (number * 7919) for number in range(300_000))
    assert "unpacks to more" in refusal(
        with_part(workbook([HEADER]), SHEET, sheet_xml('<row r="1">').replace(b"</sheetData>", cells))
    )


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/styles.xml", b"<styleSheet><cellXfs>%s</cellXfs></styleSheet>"),
        ("xl/workbook.xml", b"<workbook>%s</workbook>"),
        ("[Content_Types].xml", b"<Types>%s</Types>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships>%s</Relationships>"),
    ],
)
def test_part_that_would_become_too_many_objects_is_refused(part: str, content: bytes) -> None:
    """15 MB of cell formats took a minute and 700 MB."""
    elements = b"".join(b'<xf numFmtId="%d"/>' % (number * 7919) for number in range(100_000))
    assert "unpacks to more" in refusal(with_part(workbook([HEADER, ROW]), part, content % elements))


def test_more_shared_texts_than_tables_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnerships.importing.reading.packages.MOST_STRINGS", 9)

    def texts(count: int) -> bytes:
        return b"<sst>" + b"<si><t>x</t></si>" * count + b"</sst>"

    book = workbook([HEADER, ROW])
    assert len(rows_of(with_part(book, "xl/sharedStrings.xml", texts(9)))) == 1
    assert "unpacks to more" in refusal(with_part(book, "xl/sharedStrings.xml", texts(10)))


def test_workbook_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def load(*args: Any, **options: Any) -> Workbook:
        calls.append(1)
        return load_workbook(*args, **options)

    monkeypatch.setattr("partnerships.importing.reading.workbooks.load_workbook", load)
    table = open_table(workbook([HEADER, ROW]), "file.xlsx")
    assert [len(list(table.rows())) for _time in range(2)] == [1, 1]
    assert len(calls) == 1


def test_part_larger_than_it_says_is_refused() -> None:
    """The list of parts says 1,000 bytes; the part has more."""
    file = with_part(workbook([HEADER]), "docProps/more.xml", b"<a/>" * 1_000)
    content = file.getvalue()
    lying = content.replace((4_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lying != content
    assert "damaged" in refusal(io.BytesIO(lying))


def test_wrong_dimension_of_a_sheet_hides_no_cells() -> None:
    """Some programs write a wrong dimension: the rows count."""
    file = workbook([HEADER, ROW])
    with zipfile.ZipFile(file) as package:
        xml = package.read(SHEET).replace(b"A1:E2", b"A1:A1")
    assert list(rows_of(with_part(file, SHEET, xml))[0].cells.values()) == list(ROW)


def test_more_formulas_without_a_value_than_a_table_has_rows_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("partnerships.importing.reading.sheets.MOST_ROWS", 3)
    assert "more than 3 rows" in refusal(workbook([HEADER, ROW, *[("=A2",)] * 6]))


def test_more_rows_than_a_table_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnerships.importing.reading.sheets.MOST_ROWS", 3)
    many: list[Any] = [HEADER, *[ROW] * 6]
    assert "more than 3 rows" in refusal(workbook(many))
