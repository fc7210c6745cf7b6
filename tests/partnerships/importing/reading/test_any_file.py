"""Whatever bytes a file has and whatever text its cells: it is read or refused, and no row is lost."""

import csv
import io
import json

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from partnerships.importing.reading import FileUnusable, open_table, understand
from partnerships.importing.reading.header_names import NAMES
from partnerships.importing.rows import Reading
from tests.partnerships.importing.reading.files import HEADER, ROW, opened, text, workbook

#: Pieces of which real cells are made, for texts that get further than random letters.
WORDS = (
    *("Луцька", "міська рада", "м.", "Гміна", "та", "і", "between", "між", "(", ")", "((", ",", ";", "\n"),
    *("області", "Львівської", "район", "Україна", "Республіка Польща", "Росія", "повіт", "31.02.2023"),
    *("UA12060170000091033", "ЛМР", "&#39;", "&amp;#x0;", "\u0301", "\u00a0", "\u200b", "\ufeff", "1)", "2."),
    *("Oblast", "City of", "Landkreis", "[", "}", '"', "'", "ʼ", "%", "–", "онлайн", "партнерство", "\ud7ff"),
    *("2023", " – ", "вул.", "\x00"),
)
cells = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
headers = st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=10)
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_all(content: bytes) -> None:
    """Read a file to its end, or find out why it can't be."""
    try:
        table = open_table(io.BytesIO(content), "file")
        for row in table.rows():
            understand(row, table)
    except FileUnusable as refusal:
        if not refusal.reason:
            raise


@given(st.binary(max_size=400))
@example(b'"')
@example(b"\xff\xfe\x00")
@example(b"PK\x05\x06" + b"\0" * 18)
@SLOW
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read_all(content)


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "utf-16", "cp1251"]))
@SLOW
def test_any_bytes_below_a_header_are_read_or_refused(rest: bytes, encoding: str) -> None:
    read_all(text([HEADER, ROW], encoding).getvalue() + rest)


WORKBOOK = workbook([HEADER, ROW]).getvalue()


damages = st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255))


@given(st.lists(damages, min_size=1, max_size=20))
@SLOW
def test_workbook_with_damaged_bytes_is_read_or_refused(damage: list[tuple[int, int]]) -> None:
    content = bytearray(WORKBOOK)
    for place, byte in damage:
        content[place] = byte
    read_all(bytes(content))


@given(st.integers(0, len(WORKBOOK)))
@SLOW
def test_workbook_that_breaks_off_is_read_or_refused(length: int) -> None:
    read_all(WORKBOOK[:length])


@given(st.lists(cells, min_size=12, max_size=12))
@SLOW
def test_any_text_in_any_cell_is_understood(values: list[str]) -> None:
    header = (
        *("katottg", "Громада", "name_en", "Область", "Район", "Партнер", "foreign_subject", "Країна"),
        *("Назва угоди", "Дата та місце підписання", "Вид", "Дата припинення"),
    )
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(
        [header, [value.replace("\x00", "") for value in values]]
    )
    table = open_table(io.BytesIO(out.getvalue().encode("utf-8", "replace")), "file.csv")
    for row in table.rows():
        found = understand(row, table)
        assert Reading.from_json(json.loads(json.dumps(found.to_json()))) == found
        assert "\0" not in json.dumps(found.to_json(), ensure_ascii=False)
        assert all(party.text or party.code for party in found.ukrainian + found.foreign)


@given(headers, st.lists(st.lists(cells, max_size=10), max_size=6))
@SLOW
def test_any_headers_and_rows_are_read_or_refused(names: list[str], rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([names, *rows])
    read_all(out.getvalue().encode("utf-8", "replace"))


quoted = st.text("аб,;\"' ", max_size=6)


@given(st.lists(st.lists(quoted, min_size=5, max_size=5), max_size=12), st.sampled_from(",;|\t"))
@SLOW
def test_each_row_that_goes_in_comes_out(rows: list[list[str]], delimiter: str) -> None:
    table = open_table(text([HEADER, ROW, *rows], delimiter=delimiter), "file.csv")
    filled = [number for number, row in enumerate(rows, start=3) if any(cell.strip() for cell in row)]
    found = list(table.rows())
    assert [row.line for row in found] == [2, *filled]
    assert [list(row.cells.values()) for row in found[1:]] == [
        [cell.strip() for cell in rows[number - 3]] for number in filled
    ]


@given(st.permutations(HEADER))
@settings(deadline=None)
def test_order_of_columns_changes_nothing(order: list[str]) -> None:
    values = dict(zip(HEADER, ROW, strict=True))
    table = opened([order, [values[name] for name in order]])
    assert [understand(row, table) for row in table.rows()] == [
        understand(row, straight) for straight in [opened([HEADER, ROW])] for row in straight.rows()
    ]


@given(
    st.sampled_from([*("а", "ська ", "повіт ", "( ", "м. ", ", ", "та А ", "1) ", "&", "-", "@", "Гміна ")])
)
@settings(deadline=None)
def test_long_cells_take_no_long_time(piece: str) -> None:
    """Each reading is bounded by what a cell may hold; a pattern that tried every division would not end."""
    long = piece * (30_000 // len(piece))
    table = opened([("Назва угоди", "Громада", "Партнер", "Країна", "Вид", "Дата підписання"), [long] * 6])
    for row in table.rows():
        understand(row, table)
    short = long[:2_900]
    table = opened([("Назва угоди", "Громада", "Партнер", "Країна", "Вид", "Дата підписання"), [short] * 6])
    for row in table.rows():
        understand(row, table)
