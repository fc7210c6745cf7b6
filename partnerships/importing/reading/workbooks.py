"""Tables in XLSX workbooks. Formulas are never evaluated: the value that the spreadsheet stored counts."""

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from partnerships.importing.reading.faults import FileUnusable
from partnerships.importing.reading.packages import opened_package
from partnerships.importing.reading.plain_text import Record
from partnerships.importing.reading.sheets import SheetFacts, facts_of
from partnerships.importing.reading.stored import StoredFile

#: More columns than that are no table of partnerships.
MOST_COLUMNS = 60
_ERRORS = {"#REF!", "#VALUE!", "#N/A", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}


class Workbook:
    """The sheets of a workbook that was found safe to open. It is opened once and stays so: styles and the
    texts that cells share take long to read.
    """

    def __init__(self, file: StoredFile) -> None:
        self._opened = ExitStack()
        content = self._opened.enter_context(opened_package(file))
        self._sheets = _sheets(content)
        self.sheets = tuple(self._sheets)
        self.facts: dict[str, SheetFacts] = {
            name: facts_of(content, sheet._worksheet_path.lstrip("/")) for name, sheet in self._sheets.items()
        }

    def records(self, name: str, most: int | None = None) -> Iterator[Record]:
        """The rows of a sheet, numbered as the spreadsheet numbers them; empty ones among them.

        :raises FileUnusable: the values can't be read.
        """
        facts = self.facts[name]
        last = facts.rows if most is None else min(most, facts.rows)
        if not last:
            return
        sheet = self._sheets[name]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=last, max_col=min(facts.width, MOST_COLUMNS + 1), values_only=True)
        number = 0
        try:
            for values in rows:
                number += 1
                yield _record(number, values, facts)
                if number == last:
                    return
        except (FileUnusable, GeneratorExit):
            raise
        except (ValueError, TypeError, KeyError, IndexError, zipfile.BadZipFile, SyntaxError) as error:
            raise FileUnusable(_("Row %(row)s of the sheet can't be read.") % {"row": number + 1}) from error


def _sheets(content: BinaryIO) -> dict[str, ReadOnlyWorksheet]:
    """The sheets with cells, by name, in the workbook's order."""
    with warnings.catch_warnings():
        # Of styles and extensions that the library does not know; values are not touched.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(content, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # the library raises whatever a damaged part leads it to
            raise FileUnusable(_("The workbook is damaged: it can't be read.")) from error
    return {sheet.title: sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)}


def _record(number: int, values: tuple[Any, ...], facts: SheetFacts) -> Record:
    cells = [_text(value) for value in values]
    fault = ""
    if number in facts.uncalculated:
        fault = _("The cell %(cell)s holds a formula whose value nobody has calculated.") % {
            "cell": facts.uncalculated[number]
        }
    elif facts.is_merged(number):
        fault = _("Cells of the row are merged with others, so it is not certain what belongs to it.")
    elif any(cell in _ERRORS for cell in cells):
        fault = _("A cell of the row holds an error of the spreadsheet.")
    return Record(number, cells, fault)


def _text(value: Any) -> str:
    """A value as a person would have typed it; a day without the midnight that spreadsheets add."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
