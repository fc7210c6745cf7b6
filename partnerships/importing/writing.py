"""Writes what settled rows state. Where the database refuses something, only the rows of that record are
refused, with the reason; the rest goes on.
"""

from django.core.exceptions import ValidationError
from django.db import DataError, connection
from django.utils.translation import gettext as _

from partnerships.enums import RowOutcome, Visibility
from partnerships.importing.settling import LONGEST_REASON, Settled
from partnerships.loading.pairs import Pairs
from partnerships.loading.report import Report
from partnerships.loading.writing import Writer
from partnerships.models import Partnership, Source
from partnerships.refusals import refused_in_words


class ClaimWriter:
    """Writes claims of settled rows into the records that they belong to."""

    def __init__(self, pairs: Pairs, sources: dict[str, Source]) -> None:
        self.pairs, self.sources = pairs, sources

    def write(self, rows: list[Settled]) -> None:
        """Write the rows' claims; a row that the database refuses becomes a refused one."""
        keys = list(dict.fromkeys(row.key for row in rows if row.key is not None))
        if not keys:
            return
        try:
            with refused_in_words():
                self._write_together(rows, keys)
        except (ValidationError, DataError) as error:
            self.pairs.records.clear()
            if len(keys) == 1:
                self._refuse(rows, keys[0], error)
                return
            for half in (keys[: len(keys) // 2], keys[len(keys) // 2 :]):
                self.write([row for row in rows if row.key in half])
            return
        self.pairs.written(keys)

    def _write_together(self, rows: list[Settled], keys: list[int]) -> None:
        self.pairs.fetch(keys)
        bring_back([self.pairs.records[key] for key in keys if key > 0])
        writer = Writer(self.sources, {}, {}, {}, Report())
        for row in rows:
            assert row.key is not None
            assert row.claim is not None
            writer.add(row.key, row.claim)
        writer.write(self.pairs)

    def _refuse(self, rows: list[Settled], key: int, error: Exception) -> None:
        messages = error.messages if isinstance(error, ValidationError) else [_("A value is too long.")]
        if key in self.pairs.new:
            self.pairs.drop(key)
        for row in rows:
            row.outcome, row.key, row.repeated = RowOutcome.REFUSED, None, False
            row.reason = " ".join(map(str, messages))[:LONGEST_REASON]


def bring_back(records: list[Partnership]) -> None:
    """Publish again what was withdrawn because the import or the decision that made it was taken back."""
    withdrawn = {
        record.pk: record
        for record in records
        if record.visibility == Visibility.WITHDRAWN and record.merged_into_id is None
    }
    if not withdrawn:
        return
    # Told by the history: what took an import or a decision back stands in the same transaction.
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT entry.row_id FROM (
                SELECT DISTINCT ON (row_id) row_id, transaction_id, id FROM core_auditentry
                WHERE table_name = %s AND row_id = ANY(%s)
                    AND before ->> 'visibility' IS DISTINCT FROM after ->> 'visibility'
                ORDER BY row_id, id DESC
            ) entry
            WHERE EXISTS (
                SELECT 1 FROM partnerships_importbatch batch, jsonb_array_elements(batch.spans) AS span
                WHERE (span ->> 'undone')::boolean
                    AND entry.transaction_id = (span ->> 'transaction')::bigint
                    AND entry.id BETWEEN (span ->> 'first')::bigint AND (span ->> 'last')::bigint
            ) OR EXISTS (
                SELECT 1 FROM core_auditentry other
                WHERE other.transaction_id = entry.transaction_id
                    AND other.table_name = 'partnerships_sourcerow'
                    AND other.before ->> 'decision' = 'accepted' AND other.after ->> 'decision' = ''
            )
            """,
            [Partnership._meta.db_table, list(withdrawn)],
        )
        ours = [pk for (pk,) in cursor.fetchall()]
    Partnership.objects.filter(pk__in=ours).update(
        visibility=Visibility.PUBLISHED, withdrawn_because_uk="", withdrawn_because_en=""
    )
