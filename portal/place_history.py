"""The history of a place in the admin, with its names and codes."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.journal import Row, Telling, Words, foreign, own
from core.languages import LocalText
from core.models import AuditEntry
from partnerships.admin.history import TellsHistory
from partnerships.histories import RecordStep, record_steps
from places.models import Place, PlaceCode, PlaceName

#: Columns that the database derives, and those that say whose row it is.
_DERIVED = frozenset({"oblast_id", "has_namesakes", "has_twin", "sort_uk", "sort_en"})
_OF_PLACE = frozenset({"place_id"})


def _place_title(row: Row, words: Words) -> LocalText:
    return own(row.get("name_uk") or row.get("name_own") or row.get("name_en") or "")


def _name_title(row: Row, words: Words) -> LocalText:
    return foreign(str(row.get("text", "")), str(row.get("language", "")))


def _code_title(row: Row, words: Words) -> LocalText:
    return own(_("%(scheme)s code %(value)s") % {"scheme": row.get("scheme"), "value": row.get("value")})


PLACE = (
    Telling(Place, _place_title, _DERIVED),
    Telling(PlaceName, _name_title, _OF_PLACE),
    Telling(PlaceCode, _code_title, _OF_PLACE),
)


class PlaceHistory(TellsHistory):
    """What was changed in a place, by whatever way."""

    def entries(self, obj: Place) -> QuerySet[AuditEntry]:
        parts = [PlaceName._meta.db_table, PlaceCode._meta.db_table]
        of_place = Q(table_name=Place._meta.db_table, row_id=obj.pk)
        of_parts = Q(table_name__in=parts) & (Q(after__place_id=obj.pk) | Q(before__place_id=obj.pk))
        return AuditEntry.objects.filter(of_place | of_parts)

    def steps(self, entries: Any, transactions: Any) -> list[RecordStep]:
        return record_steps(entries, transactions, PLACE, names_persons=True)
