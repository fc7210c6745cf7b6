"""Text in spreadsheets: a program that opens a table must not take a name for a formula.

The rule for CSV: a text that begins with one of `= + - @`, a tab or a carriage return, after any number of
apostrophes, gets an apostrophe before it. Whoever reads the table takes one apostrophe away from such a text,
so that every value, `+380…` among them, comes back as it was. In XLSX cells are typed as text and carry no
mark.
"""

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"''*[=+\-@\t\r]")


def escaped(text: str) -> str:
    return f"'{text}" if _DANGEROUS.match(text) else text


def unescaped(text: str) -> str:
    """What `escaped` made the text of."""
    return text[1:] if _ESCAPED.match(text) else text
