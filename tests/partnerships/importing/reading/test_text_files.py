"""Tables in text: whatever encoding and delimiter they have, good rows are read and bad ones are named."""

import io
from pathlib import Path

import pytest
from django.utils import translation

from partnerships.enums import TableShape
from partnerships.importing.reading import FileUnusable, open_table
from tests.partnerships.importing.reading.files import HEADER, ROW, opened, text

SHIPPED = Path(__file__).resolve().parents[4] / "partnerships" / "data"


def refusal(content: bytes, **options: str) -> str:
    with translation.override("en"), pytest.raises(FileUnusable) as caught:
        list(open_table(io.BytesIO(content), "file.csv", **options).rows())
    return caught.value.reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1251", "windows-1251")],
)
def test_each_delimiter_and_encoding_gives_the_same_rows(delimiter: str, encoding: str, shown: str) -> None:
    table = open_table(text([HEADER, ROW, ROW], encoding, delimiter), "file.txt")
    assert [tuple(row.cells.values()) for row in table.rows()] == [ROW, ROW]
    assert [row.line for row in table.rows()] == [2, 3]
    assert table.encoding == shown


def test_table_knows_its_file() -> None:
    content = text([HEADER, ROW])
    table = open_table(content, "перелік.csv")
    assert (table.name, table.size, table.row_count) == ("перелік.csv", len(content.getvalue()), 1)
    assert len(table.digest) == 64
    assert (table.sheet, table.sheets) == ("", ())


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    rows = [["Перелік партнерств", "", "", "", ""], HEADER, ("a\nb", *ROW[1:]), ["", "", "", "", ""], ROW]
    assert [(row.line, row.cells["Громада"]) for row in opened(rows).rows()] == [(3, "a\nb"), (5, "Луцька")]


def test_line_that_numbers_the_columns_is_no_row() -> None:
    assert [row.line for row in opened([HEADER, ["1", "2", "3", "4", "5"], ROW]).rows()] == [3]


def test_row_with_another_number_of_cells_is_named_and_others_are_read() -> None:
    with translation.override("en"):
        short, long, good = opened([HEADER, ROW[:3], (*ROW, "x"), (*ROW, "", "")]).rows()
        assert (short.fault, long.fault) == (
            "The row has 3 cells instead of 5.",
            "The row has 6 cells instead of 5.",
        )
    assert not good.fault
    assert short.cells["Країна"] == ""


def test_quotation_mark_that_nobody_closed_spoils_one_row() -> None:
    lines = ["Громада,Область,Партнер", 'Луцька,Волинська,"Люблін', "Хустська,Закарпатська,Брно"]
    lines += [
        'Рівненська,Рівненська,"Гданськ',
        'Сумська,Сумська,"Целле, місто"',
        '"Одеська","Одеська","a\nb"',
    ]
    rows = list(open_table(io.BytesIO("\n".join(lines).encode()), "file.csv").rows())
    assert [bool(row.fault) for row in rows] == [True, False, True, False, False]
    assert [row.line for row in rows] == [2, 3, 4, 5, 6]
    assert rows[3].cells["Партнер"] == "Целле, місто"


def test_quotation_mark_inside_a_cell_is_a_letter() -> None:
    lines = ["Громада,Партнер", 'Луцька,Люблін "місто', "Хустська,Брно"]
    rows = list(open_table(io.BytesIO("\n".join(lines).encode()), "file.csv").rows())
    assert [row.fault for row in rows] == ["", ""]
    assert rows[0].cells["Партнер"] == 'Люблін "місто'


def test_few_unreadable_letters_spoil_their_row_only() -> None:
    content = "Громада,Партнер\n".encode() + "Луцька,Люблін\n".encode() * 60 + b"\xff\xfe,x\n"
    rows = list(open_table(io.BytesIO(content), "file.csv").rows())
    assert [bool(row.fault) for row in rows] == [False] * 60 + [True]


def test_nul_is_taken_out() -> None:
    content = "Громада,Партнер\nЛуць\0ка,Люблін\n".encode()
    assert [row.cells["Громада"] for row in open_table(io.BytesIO(content), "f").rows()] == ["Луцька"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"\n\n\n", "The file is no table"),
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"<!DOCTYPE html><table><tr><td>x", "a web page"),
        (b"\xef\xbb\xbf <html>", "a web page"),
        (b"<?xml version='1.0'?><x/>", "a web page or XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old XLS format"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x1f\x8b\x08", "a packed file"),
        (b'[{"a": 1}]', "JSON"),
        (bytes(range(32)) * 40, "no table in text"),
        (b"a\0b\0", "no table in text"),
        (b"just some words", "no table"),
        (b"name,age\nx,1\n", "No header that is known"),
        ("Громада,Область\nЛуцька,Волинська\n".encode(), "No column names the foreign party."),
        ("Партнер,Країна\nБонн,DE\n".encode(), "No column names the Ukrainian party."),
        (
            b"Gemeinde;Partnerkommune\n" + "Köln;für schöne Bäume\n".encode("latin-1") * 20,
            "neither in UTF-8 nor in Windows-1251",
        ),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    assert reason in refusal(content)


def test_table_of_200_columns_is_refused() -> None:
    assert "more than 60 columns" in refusal(text([[f"Партнер {n}" for n in range(200)]]).getvalue())


def test_file_of_two_gigabytes_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)
    with translation.override("en"), pytest.raises(FileUnusable, match="2048 MB"):
        open_table(path, "large.csv")


def test_line_longer_than_any_table_is_refused() -> None:
    assert "longer than that of any table" in refusal(text([HEADER]).getvalue() + b"x" * 3_000_000)


def test_sheet_of_a_text_file_is_refused() -> None:
    assert "no workbook" in refusal(text([HEADER, ROW]).getvalue(), sheet="Аркуш1")


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable):
        open_table(tmp_path / "none.csv", "none.csv")


@pytest.mark.parametrize(
    ("name", "shape", "rows"),
    [
        ("pairs.csv", TableShape.PAIRS, 1149),
        ("ministry_map.csv", TableShape.MAP, 984),
        ("register_agreements.csv", TableShape.REGISTER, 157),
    ],
)
def test_shipped_tables_have_their_shapes(name: str, shape: TableShape, rows: int) -> None:
    table = open_table(SHIPPED / name, name)
    assert table.shape == shape
    found = list(table.rows())
    assert len(found) == rows
    assert [row for row in found if row.fault] == []


def test_shape_that_a_person_names_counts() -> None:
    assert opened([HEADER, ROW], shape="map").shape == TableShape.MAP
