"""A table as an XLSX workbook that streams.

A writer of our own, because the usual ones give the first byte when the last row is written, a minute later
for a hundred thousand rows. Every text is a typed string of the sheet itself (`inlineStr`), so that nothing a
source wrote can become a formula, and `+380…` stays as it is.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

#: So many characters fit into a cell; columns are so many wide.
LONGEST_CELL, WIDTH = 32_767, 18
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

#: Parts of the package that do not depend on what it holds.
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f"<styleSheet {_MAIN}>"
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}

_WORKBOOK = (
    f'<workbook {_MAIN} xmlns:r="{_DOCUMENT}">'
    '<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


class _Pipe(io.RawIOBase):
    """Takes what the archive writes and hands it on; an archive that cannot seek writes sizes after files."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._waiting.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        whole = b"".join(self._waiting)
        self._waiting.clear()
        return whole


def pieces_of_workbook(name: str, rows: Iterable[list[str | int]], *, columns: int) -> Iterator[bytes]:
    """A workbook of one sheet whose first row, the header, stays in sight."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path, part in _PARTS.items():
            archive.writestr(path, _HEAD + part)
        archive.writestr("xl/workbook.xml", _HEAD + _WORKBOOK.replace("{name}", escape(name)))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for piece in _sheet(rows, columns):
                sheet.write(piece.encode())
                if whole := pipe.taken():
                    yield whole
    yield pipe.taken()


def _sheet(rows: Iterable[list[str | int]], columns: int) -> Iterator[str]:
    yield (
        f'{_HEAD}<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{columns}" width="{WIDTH}" customWidth="1"/></cols><sheetData>'
    )
    for number, row in enumerate(rows):
        style = ' s="1"' if number == 0 else ""
        yield f"<row>{''.join(_cell(value, style) for value in row)}</row>"
    yield "</sheetData></worksheet>"


def _cell(value: str | int, style: str) -> str:
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    if not value:
        return "<c/>"
    text = escape(_NOT_XML.sub("", value[:LONGEST_CELL])).replace("\r", "&#13;")
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
