"""The audit table: what was changed, when, by whom and why. Nobody rewrites it."""

import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import RefusesTruncate


class AuditEntry(models.Model):
    """One change of one row, written by the trigger `core.history.RecordsHistory` only."""

    occurred_at = models.DateTimeField(_("when"))
    table_name = models.CharField(_("table"), max_length=63)
    row_id = models.BigIntegerField(_("row"))
    operation = models.CharField(_("operation"), max_length=6)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    db_role = models.CharField(_("database role"), max_length=63)
    # Not a foreign key: the history outlives accounts and the floor knows no apps.
    user_id = models.BigIntegerField(_("user"), null=True)
    reason = models.TextField(_("reason"), default="")
    transaction_id = models.BigIntegerField(_("transaction"))

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history entries")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["table_name", "row_id", "-id"], name="audit_by_row"),
            # Numbers of transactions grow with the table: this finds what one of them did, and stays small.
            BrinIndex(fields=["transaction_id"], name="audit_by_transaction", pages_per_range=16),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            RefusesTruncate(),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}: {self.operation}"
