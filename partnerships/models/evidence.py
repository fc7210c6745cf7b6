"""Who says what: sources and their statements."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import EDTFField, edtf_valid, one_of, validate_edtf
from core.history import RecordsHistory, RefusesTruncate
from partnerships.enums import Fact, Grade, Kind, LegalKind
from partnerships.models.derived import DERIVES_OF_PARTNERSHIP
from partnerships.models.lifeline import REFRESH, Agreement, Milestone
from partnerships.models.partnership import Partnership
from partnerships.querysets import StatementQuerySet


class Source(models.Model):
    """A page, a list, a register or an act that says something about partnerships."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=400)
    language = models.CharField(_("language"), max_length=3, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=600, blank=True)
    archived_url = models.URLField(_("archived address"), max_length=600, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    published_on = EDTFField(_("published"))
    read_on = models.DateField(_("read on"), null=True, blank=True)
    gone_on = models.DateField(
        _("address found dead on"),
        null=True,
        blank=True,
        help_text=_("The page then leads to the archived address and says when the source was read."),
    )
    grade = models.CharField(_("grade"), max_length=1, choices=Grade)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["grade", "title"]
        constraints = [
            edtf_valid("published_on", name="source_dates"),
            one_of("grade", Grade, name="source_grade"),
        ]
        triggers = [RecordsHistory(), RefusesTruncate()]

    def __str__(self) -> str:
        return self.title


class Statement(models.Model):
    """What one source says about one fact. Sources may contradict each other; none is overwritten."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="statements", verbose_name=_("source"))
    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="statements", verbose_name=_("partnership")
    )
    milestone = models.ForeignKey(
        Milestone,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("milestone"),
    )
    agreement = models.ForeignKey(
        Agreement,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("agreement"),
    )
    fact = models.CharField(_("fact"), max_length=12, choices=Fact)
    value = models.TextField(
        _("value"), blank=True, help_text=_("A date as EDTF, a code of the register, or a text.")
    )
    grade = models.CharField(_("grade"), max_length=1, choices=Grade)
    url = models.URLField(_("address, if not the source's"), max_length=600, blank=True)
    read_on = models.DateField(_("read on"), null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["grade", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="statement_once",
                fields=["source", "partnership", "milestone", "agreement", "fact", "value"],
                nulls_distinct=False,
                violation_error_message=_("This statement is already recorded."),
            ),
            one_of("grade", Grade, name="statement_grade"),
            models.CheckConstraint(
                name="statement_date_of_a_milestone",
                condition=~Q(fact=Fact.DATE) | Q(milestone__isnull=False),
                violation_error_message=_("A date belongs to a milestone."),
            ),
        ]
        triggers = [
            RecordsHistory(),
            RefusesTruncate(),
            pgtrigger.Trigger(
                name="refresh_partnership",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=REFRESH,
            ),
            *DERIVES_OF_PARTNERSHIP,
            pgtrigger.Trigger(
                name="same_partnership",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("partnership_id", "milestone_id", "agreement_id"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM partnerships_milestone
                        WHERE id = NEW.milestone_id AND partnership_id <> NEW.partnership_id
                    ) OR EXISTS (
                        SELECT 1 FROM partnerships_agreement
                        WHERE id = NEW.agreement_id AND partnership_id <> NEW.partnership_id
                    ) THEN
                        RAISE EXCEPTION 'a statement and what it is about belong to one partnership'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_same_partnership';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="followed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("milestone_id", "fact"),
                func="""
                    IF (NEW.fact <> OLD.fact OR NEW.milestone_id IS DISTINCT FROM OLD.milestone_id)
                        AND EXISTS (SELECT 1 FROM partnerships_milestone WHERE follows_id = OLD.id)
                    THEN
                        RAISE EXCEPTION 'a milestone follows this statement'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_followed_stays';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="date_moves_milestone",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("value"),
                func="""
                    UPDATE partnerships_milestone SET date = NEW.value WHERE follows_id = NEW.id;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fact_display()}: {self.value}" if self.value else self.get_fact_display()

    @property
    def address(self) -> str:
        return self.url or self.source.url

    def clean(self) -> None:
        """:raises ValidationError: no value of that fact, or a milestone follows what would change."""
        super().clean()
        codes = {Fact.KIND.value: Kind.values, Fact.LEGAL_KIND.value: LegalKind.values}.get(self.fact)
        if codes is not None and self.value not in codes:
            raise ValidationError({"value": _("This is not one of the codes.")})
        if self.fact in (Fact.DATE, Fact.SINCE) and self.value:
            try:
                validate_edtf(self.value)
            except ValidationError as error:
                raise ValidationError({"value": error}) from error
        self._clean_belonging()

    def _clean_belonging(self) -> None:
        milestone = self.milestone
        if milestone is not None and self.partnership_id not in (None, milestone.partnership_id):
            raise ValidationError({"milestone": _("This event belongs to another partnership.")})
        known = Statement.objects.filter(pk=self.pk).first() if self.pk else None
        if known is None or (known.fact, known.milestone_id) == (self.fact, self.milestone_id):
            return
        if Milestone.objects.filter(follows=known).exists():
            raise ValidationError(_("A milestone follows this statement: only its value can change."))
