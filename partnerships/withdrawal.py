"""Why a record no longer counts, and since when."""

import datetime as dt
from dataclasses import dataclass

from core.languages import LocalText, in_language
from core.models import AuditEntry
from partnerships.enums import Visibility
from partnerships.models import Partnership


@dataclass(frozen=True)
class Withdrawal:
    """`day` is absent where the history does not reach back to it; `reason` may be empty."""

    day: dt.datetime | None
    reason: LocalText


def withdrawal(record: Partnership) -> Withdrawal:
    """The latest time at which the record was taken out of the register."""
    entries = AuditEntry.objects.filter(
        table_name=Partnership._meta.db_table,
        row_id=record.pk,
        after__visibility=Visibility.WITHDRAWN,
    ).exclude(before__visibility=Visibility.WITHDRAWN)
    return Withdrawal(
        day=entries.order_by("-pk").values_list("occurred_at", flat=True).first(),
        reason=in_language(record, "withdrawn_because"),
    )
