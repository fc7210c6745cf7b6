"""Tables that were read in: batches of imported files, and rows with what became of each."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import one_of
from core.history import RecordsHistory, RefusesTruncate
from partnerships.enums import BatchStatus, BatchTask, RowDecision, RowOutcome, TableShape
from partnerships.models.evidence import Source
from partnerships.models.partnership import Partnership
from partnerships.querysets import SourceRowQuerySet
from places.models import Place


class ImportBatch(models.Model):
    """A file that somebody brought: how it was read, and whether what it says was accepted."""

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="batches",
        verbose_name=_("source"),
        help_text=_("Whose word the rows are: each statement of the batch is a statement of this source."),
    )
    file_name = models.CharField(_("file"), max_length=255)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    shape = models.CharField(_("shape"), max_length=8, choices=TableShape)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    #: In the order of the file: header as it stands there, and meaning (code of a column), "" for none.
    columns = models.JSONField(_("columns"), default=list)
    status = models.CharField(
        _("status"), max_length=8, choices=BatchStatus, default=BatchStatus.TRIED, editable=False
    )
    created_at = models.DateTimeField(_("brought"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("brought by")
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("accepted by")
    )
    reverted_at = models.DateTimeField(_("reverted at"), null=True, editable=False)
    reverted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("reverted by")
    )
    #: Transactions in which its rows were written, as the history numbers them.
    transactions = ArrayField(models.BigIntegerField(), default=list, editable=False)
    #: The same as `core.undo.Span`s, each with whether it was taken back; what took them back is one as well.
    spans = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            one_of("status", BatchStatus, name="batch_status"),
            one_of("shape", TableShape, name="batch_shape"),
        ]
        triggers = [RecordsHistory(), RefusesTruncate()]

    def __str__(self) -> str:
        return self.file_name


class ImportRun(models.Model):
    """How far the work on a batch has come: reading, accepting or reverting it takes longer than a page may.

    Kept apart from the batch, so that the steps of the work do not fill its history.
    """

    batch = models.OneToOneField(ImportBatch, models.CASCADE, primary_key=True, related_name="run")
    task = models.CharField(_("task"), max_length=8, choices=BatchTask)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    #: None where nobody can tell before the file is read.
    total = models.PositiveIntegerField(_("rows"), null=True)
    started_at = models.DateTimeField(_("started"))
    #: When the work last gave a sign of life.
    seen_at = models.DateTimeField(_("last sign"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    #: Why it came to nothing, in a sentence for the person who started it.
    problem = models.CharField(_("problem"), max_length=500, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("started by")
    )

    class Meta:
        verbose_name = _("work on an import")
        verbose_name_plural = _("work on imports")
        constraints = [one_of("task", BatchTask, name="importrun_task")]

    def __str__(self) -> str:
        return f"{self.get_task_display()}: {self.batch}"


class SourceRow(models.Model):
    """A row of a source table as it was read, and what became of it. Nothing that a source lists is lost."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="rows", verbose_name=_("source"))
    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, null=True, blank=True, related_name="rows", verbose_name=_("import")
    )
    line = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(_("cells"))
    #: What the importer understood the cells to say (`partnerships.importing`); none for shipped tables.
    reading = models.JSONField(_("as it was read"), null=True, blank=True)
    #: Rows that say the same of the same names share it: "the same for all identical".
    likeness = models.CharField(_("likeness"), max_length=64, blank=True, db_index=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=RowOutcome)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    candidates = ArrayField(
        models.CharField(max_length=80), verbose_name=_("candidates"), default=list, blank=True
    )
    #: The same candidates with side, points and reasons, best first; they stay after the decision.
    proposals = models.JSONField(_("candidates with reasons"), default=list, blank=True)
    decision = models.CharField(
        _("decision"), max_length=8, choices=RowDecision, default=RowDecision.NONE, blank=True
    )
    decided_ua = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ukrainian place decided on"),
    )
    decided_foreign = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("foreign place decided on"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_because = models.CharField(_("reason of the decision"), max_length=300, blank=True)
    #: Stretch of the history (`core.undo.Span`) in which the decision wrote statements.
    span = models.JSONField(null=True, editable=False)
    partnership = models.ForeignKey(
        Partnership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="source_rows",
        verbose_name=_("partnership"),
    )

    objects = SourceRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a source")
        verbose_name_plural = _("rows of sources")
        ordering = ["source", "line"]
        constraints = [
            models.UniqueConstraint(
                name="sourcerow_once", fields=["source", "line"], condition=Q(batch__isnull=True)
            ),
            models.UniqueConstraint(
                name="sourcerow_once_in_batch", fields=["batch", "line"], condition=Q(batch__isnull=False)
            ),
            models.CheckConstraint(
                name="sourcerow_says_why",
                condition=Q(outcome__in=[RowOutcome.MATCHED, RowOutcome.NEW]) | ~Q(reason=""),
                violation_error_message=_("A doubtful or refused row says why."),
            ),
            one_of("decision", RowDecision, name="sourcerow_decision"),
        ]
        indexes = [models.Index(fields=["outcome"], name="sourcerow_outcome")]
        triggers = [RecordsHistory(), RefusesTruncate()]

    def __str__(self) -> str:
        return f"{self.source} {self.line}"
