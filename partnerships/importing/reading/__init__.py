"""Reading files that people bring: what the file is, which column means what, and what each row says.

`open_table` finds out what a file is and gives its rows; `understand` makes a `Reading` of a row, without
looking anything up.
"""

from partnerships.importing.reading.faults import FileUnusable
from partnerships.importing.reading.headers import ColumnReading
from partnerships.importing.reading.tables import Table, open_table
from partnerships.importing.reading.understanding import understand

__all__ = ["ColumnReading", "FileUnusable", "Table", "open_table", "understand"]
