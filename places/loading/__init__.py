"""Loads the shipped tables of places (`places/data`) into the database.

The load can be repeated: what is in the database already is written again only where the table says
something else, and a second run of the same tables writes nothing. It never deletes. A value that a person
has changed in the admin stays as that person left it, for good: the history tells whose hand wrote what.
"""

from places.loading.report import Outcome, Refusal, Report
from places.loading.run import DATA, load
from places.loading.tables import TableUnusable

__all__ = ["DATA", "Outcome", "Refusal", "Report", "TableUnusable", "load"]
