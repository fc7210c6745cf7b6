"""What a file is by its first bytes; its name may say anything."""

import re
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.importing.reading.faults import FileUnusable


class Content(Enum):
    WORKBOOK = "workbook"
    TEXT = "text"


#: First bytes of what is no table.
_OTHERS = (
    (b"%PDF", gettext_lazy("This is a PDF file, not a table: bring the table as XLSX or CSV.")),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_lazy("This is a workbook in the old XLS format or with a password: save it as XLSX or CSV."),
    ),
    (b"\x1f\x8b", gettext_lazy("This is a packed file: unpack it and bring the table itself.")),
    (b"7z\xbc\xaf", gettext_lazy("This is a packed file: unpack it and bring the table itself.")),
    (b"Rar!", gettext_lazy("This is a packed file: unpack it and bring the table itself.")),
    (b"\x89PNG", gettext_lazy("This is a picture, not a table.")),
    (b"\xff\xd8\xff", gettext_lazy("This is a picture, not a table.")),
    (b"GIF8", gettext_lazy("This is a picture, not a table.")),
    (b"SQLite format 3", gettext_lazy("This is a database, not a table: bring the table as XLSX or CSV.")),
    (b"{\\rtf", gettext_lazy("This is a text document, not a table: save its table as XLSX or CSV.")),
)
_MARKUP = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--|<!doctype|<html|<head|<body|<table|<meta|<\?xml|<svg|<script)",
    re.IGNORECASE,
)
_JSON = re.compile(rb'^(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[\[{\]])')


def content_of(head: bytes) -> Content:
    """Whether the file is a workbook or text.

    :raises FileUnusable: it is something else.
    """
    for beginning, reason in _OTHERS:
        if head.startswith(beginning):
            raise FileUnusable(str(reason))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Content.WORKBOOK
    if _MARKUP.match(head):
        raise FileUnusable(_("This is a web page or XML, not a table: save the table as XLSX or CSV."))
    if _JSON.match(head):
        raise FileUnusable(_("This is JSON, not a table: bring the table as XLSX or CSV."))
    return Content.TEXT
