"""Papers as PDF: a Typst template of ours, filled with data that is never read as markup.

What varies reaches the template as JSON in `sys.inputs.data`, so a name with `#`, `\\` or `$` is a text. The
same data give the same bytes: fonts are those that Typst brings along, and the time stands in the data.
"""

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.conf import settings

#: PDF/UA: tagged for screen readers, with title and language.
ACCESSIBLE = "ua-1"

# Setting a paper takes a processor for some hundredths of a second; a crowd waits in line.
_one_at_a_time = Lock()


def typeset(template: str, data: Mapping[str, Any], day: dt.date) -> bytes:
    """The paper as PDF.

    :param template: path below `templates/`; the template reads nothing outside of its folder.
    :param data: what JSON can hold.
    :param day: the day of the paper; it stands in the file's properties.
    :raises typst.TypstError: the template is faulty or asks for what the data lack.
    """
    path = Path(settings.BASE_DIR) / "templates" / template
    made = dt.datetime.combine(day, dt.time(), dt.UTC)
    with _one_at_a_time:
        try:
            return _compile(path, data, made, ACCESSIBLE)
        except typst.TypstError as error:
            # A letter of a name from far away that no font of ours has: tagged all the same.
            if "could not be displayed" not in error.message:
                raise
            return _compile(path, data, made, None)


def _compile(path: Path, data: Mapping[str, Any], made: dt.datetime, standard: Any) -> bytes:
    paper = typst.compile(
        path,
        root=path.parent,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=standard or [],
        timestamp=made,
    )
    assert isinstance(paper, bytes)
    return paper


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
