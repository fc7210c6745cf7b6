"""Decisions of people about facts on which sources differ."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import RecordsHistory, RefusesTruncate
from partnerships.enums import Fact
from partnerships.models.evidence import Statement
from partnerships.models.lifeline import Agreement, Milestone
from partnerships.models.partnership import Partnership


class Ruling(models.Model):
    """Which statement of a fact the register follows, and why. Taking it back deletes the row; the history
    keeps both."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="rulings")
    milestone = models.ForeignKey(
        Milestone, models.CASCADE, null=True, blank=True, related_name="rulings", verbose_name=_("milestone")
    )
    agreement = models.ForeignKey(
        Agreement, models.CASCADE, null=True, blank=True, related_name="rulings", verbose_name=_("agreement")
    )
    fact = models.CharField(_("fact"), max_length=12, choices=Fact)
    follows = models.ForeignKey(
        Statement, models.CASCADE, related_name="rulings", verbose_name=_("follows the statement")
    )
    #: The values that were weighed; a further one opens the difference again.
    values = ArrayField(models.TextField(), verbose_name=_("values weighed"))
    #: What stood in the register before, to be put back if the ruling is taken back.
    before = models.JSONField(_("before"), default=dict)
    reason = models.CharField(_("reason"), max_length=500)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), auto_now_add=True)

    class Meta:
        verbose_name = _("ruling")
        verbose_name_plural = _("rulings")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="ruling_once",
                fields=["partnership", "milestone", "agreement", "fact"],
                nulls_distinct=False,
                violation_error_message=_("This difference is decided already."),
            ),
            models.CheckConstraint(
                name="ruling_says_why",
                condition=~models.Q(reason=""),
                violation_error_message=_("A decision says why."),
            ),
        ]
        triggers = [
            RecordsHistory(),
            RefusesTruncate(),
            pgtrigger.Trigger(
                name="weighs_its_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM partnerships_statement
                        WHERE id = NEW.follows_id AND partnership_id = NEW.partnership_id
                            AND fact = NEW.fact AND milestone_id IS NOT DISTINCT FROM NEW.milestone_id
                            AND (NEW.milestone_id IS NOT NULL
                                OR agreement_id IS NOT DISTINCT FROM NEW.agreement_id)
                    ) THEN
                        RAISE EXCEPTION 'a ruling follows a statement of the fact that it decides'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ruling_weighs_its_own';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="derive",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    PERFORM partnerships_derive(CASE WHEN TG_OP = 'DELETE' THEN OLD.partnership_id
                        ELSE NEW.partnership_id END);
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fact_display()}: {self.follows}"
