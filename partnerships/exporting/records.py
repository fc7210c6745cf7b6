"""The records of a selection, in its order, a stretch at a time: memory does not grow with their number."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from django.db.models import Prefetch

from partnerships.filters import PartnershipFilter
from partnerships.models import Agreement, Partnership, Statement

STRETCH = 500


def selected(asked: PartnershipFilter) -> Iterator[Partnership]:
    """Public records that the filters ask for, with what a row is made of, and what held on the day asked."""
    keys = asked.qs.values_list("pk", flat=True).iterator(chunk_size=5_000)
    while stretch := list(islice(keys, STRETCH)):
        records = _loaded(stretch, asked.day)
        # A record that was withdrawn meanwhile is not among them.
        yield from (records[key] for key in stretch if key in records)


def _loaded(keys: list[int], day: dt.date | None) -> dict[int, Partnership]:
    statements = Statement.objects.select_related("source").only(
        "partnership_id", "grade", "source__slug", "source__licence"
    )
    agreements = Agreement.objects.only("partnership_id", "title", "legal_kind")
    records = (
        Partnership.objects.public()
        .filter(pk__in=keys)
        .as_of(day)
        .with_parties()
        .select_related("programme")
        .prefetch_related(
            Prefetch("statements", statements.order_by("grade", "pk")),
            Prefetch("agreements", agreements.order_by("pk")),
        )
    )
    return {record.pk: record for record in records.order_by()}
