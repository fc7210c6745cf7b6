"""Whether a ZIP file is a workbook that is safe to open: looked at before any library reads it."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.importing.reading.faults import FileUnusable
from partnerships.importing.reading.stored import CHUNK, StoredFile

MEGABYTE = 1024 * 1024
MOST_MEMBERS = 2_000
#: All parts of the workbook, unpacked; a part that is never read; the texts that cells share.
MOST_UNPACKED, MOST_OF_PART, MOST_OF_STRINGS = 300 * MEGABYTE, 16 * MEGABYTE, 32 * MEGABYTE
#: A part of which the library makes an object for each element: a megabyte of them takes seconds.
MOST_OF_OBJECTS = 2 * MEGABYTE
#: Texts that cells share.
MOST_STRINGS = 500_000
#: A large part packed more tightly than any table gets.
MOST_PACKED, LARGE = 300, 8 * MEGABYTE
#: Between two rows of a sheet.
MOST_OF_ROW = 4 * MEGABYTE
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_STRINGS = "xl/sharedstrings.xml"
_OBJECTS = re.compile(r"\[content_types\]\.xml|xl/(?:workbook|styles)\.xml|.*\.rels")
_STRING = re.compile(rb"<(?:\w+:)?si[\s>/]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
#: What a ZIP file is by a part that only such a file has.
_OTHER_PACKAGES = (
    (
        "word/document.xml",
        gettext_lazy("This is a text document, not a table: save its table as XLSX or CSV."),
    ),
    ("xl/workbook.bin", gettext_lazy("This is a workbook in Excel's binary format: save it as XLSX or CSV.")),
    ("content.xml", gettext_lazy("This is an OpenDocument file: save it as XLSX or CSV.")),
)


@contextmanager
def opened_package(file: StoredFile) -> Iterator[BinaryIO]:
    """The workbook's bytes, once its parts were found to be few, small and without macros.

    :raises FileUnusable: they are not, or it is no workbook at all.
    """
    with file.opened() as content:
        try:
            with zipfile.ZipFile(content) as package:
                _check_listing(package)
                for member in package.infolist():
                    _check_content(package, member)
        except FileUnusable:
            raise
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            EOFError,
            ValueError,
            OSError,
        ) as error:
            raise _broken() from error
        except Exception as error:  # zlib and the like have errors of their own
            raise _broken() from error
        content.seek(0)
        yield content


def _broken() -> FileUnusable:
    return FileUnusable(_("The workbook is damaged: it can't be unpacked."))


def _check_listing(package: zipfile.ZipFile) -> None:
    """What the list of parts says, before any is unpacked."""
    members = package.infolist()
    names = {member.filename.lower() for member in members}
    for name, reason in _OTHER_PACKAGES:
        if name in names:
            raise FileUnusable(str(reason))
    if "xl/workbook.xml" not in names:
        raise FileUnusable(_("This is an archive, not a table: unpack it and bring the table itself."))
    if any(name.endswith("vbaproject.bin") for name in names):
        raise FileUnusable(_("The workbook holds macros: save it as XLSX without macros, or as CSV."))
    if any(member.flag_bits & 0x1 for member in members):
        raise FileUnusable(_("The workbook is locked with a password: save it without one."))
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise _too_large()
    for member in members:
        packed_tightly = member.file_size > LARGE and member.file_size > MOST_PACKED * member.compress_size
        if packed_tightly or member.file_size > _most(member.filename):
            raise _too_large()


def _most(name: str) -> int:
    name = name.lower()
    if _SHEET.fullmatch(name) or not name.endswith((".xml", ".rels")):
        return MOST_UNPACKED
    if _OBJECTS.fullmatch(name):
        return MOST_OF_OBJECTS
    return MOST_OF_STRINGS if name == _STRINGS else MOST_OF_PART


def _too_large() -> FileUnusable:
    return FileUnusable(
        _("The workbook unpacks to more than the importer reads: save the table alone as XLSX or CSV.")
    )


def _check_content(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """The part as it really unpacks: a list of parts may lie about their sizes."""
    name = member.filename.lower()
    size = since_row = strings = 0
    tail = b""
    sheet = _SHEET.fullmatch(name) is not None
    with package.open(member) as part:
        while chunk := part.read(CHUNK):
            size += len(chunk)
            window = tail + chunk
            if name.endswith((".xml", ".rels")) and _DOCTYPE.search(window):
                raise FileUnusable(_("The workbook holds definitions that no spreadsheet writes."))
            rows = [found.start() for found in _ROW.finditer(window)] if sheet else []
            since_row = len(window) - rows[-1] if rows else since_row + len(chunk)
            strings += len(_STRING.findall(window)) if name == _STRINGS else 0
            tail = chunk[-12:]
            if size > _most(name) or (sheet and since_row > MOST_OF_ROW) or strings > MOST_STRINGS:
                raise _too_large()
