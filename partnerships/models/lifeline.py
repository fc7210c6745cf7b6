"""The life of a partnership: dated milestones, the acts behind them, the agreements that were signed."""

import datetime as dt

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.edtf import InvalidDate, PartialDate, in_words
from core.fields import EDTFField, edtf_earliest, edtf_latest, edtf_valid
from core.history import RecordsHistory, RefusesTruncate
from core.languages import LocalText, in_language
from partnerships.enums import Kind, LegalKind, MilestoneType, Mode, Outcome, Stage
from partnerships.models.derived import DERIVES_OF_PARTNERSHIP
from partnerships.models.partnership import Body, Partnership
from partnerships.querysets import MilestoneQuerySet

REFRESH = """
    IF TG_OP <> 'INSERT' THEN PERFORM partnerships_refresh(OLD.partnership_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM partnerships_refresh(NEW.partnership_id); END IF;
    RETURN NULL;
"""


class Act(models.Model):
    """A decision or an order. One act may stand behind milestones of several partnerships."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="acts", verbose_name=_("body"))
    number = models.CharField(_("number"), max_length=80, blank=True)
    date = EDTFField(_("date"))
    title = models.CharField(_("title"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["-date", "number"]
        constraints = [
            edtf_valid("date", name="act_date"),
            models.UniqueConstraint(
                name="act_once",
                fields=["body", "number", "date"],
                condition=~Q(number=""),
                violation_error_message=_("This act is already recorded."),
            ),
        ]
        triggers = [RecordsHistory(), RefusesTruncate()]

    def __str__(self) -> str:
        return " ".join(part for part in (str(self.body), self.number, in_words(self.date)) if part)


class Agreement(models.Model):
    """What was signed, under its own name."""

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="agreements", verbose_name=_("partnership")
    )
    title = models.CharField(_("title"), max_length=500)
    title_language = models.CharField(_("language of the title"), max_length=3, default="uk")
    legal_kind = models.CharField(
        _("legal kind"), max_length=16, choices=LegalKind, default=LegalKind.UNKNOWN
    )
    registration_number = models.CharField(_("number in the official register"), max_length=40, blank=True)
    languages = ArrayField(
        models.CharField(max_length=3), verbose_name=_("languages"), default=list, blank=True
    )
    sphere = models.TextField(_("sphere"), blank=True)
    term = models.CharField(_("term as written"), max_length=200, blank=True)
    ends_on = EDTFField(_("ends"))

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["partnership", "pk"]
        constraints = [edtf_valid("ends_on", name="agreement_dates")]
        triggers = [RecordsHistory(), RefusesTruncate()]

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """A dated event in the life of a partnership, announced or happened.

    An announcement is never overwritten: the event that fulfils it is a row of its own which points to it.
    The date is that of the statement it follows, where it follows one.
    """

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="milestones", verbose_name=_("partnership")
    )
    type = models.CharField(_("type"), max_length=12, choices=MilestoneType)
    stage = models.CharField(_("stage"), max_length=9, choices=Stage, default=Stage.HAPPENED)
    date = EDTFField(
        _("date"), help_text=_("2023-02-09, 2023-02 or 2023, as far as it is known; else empty.")
    )
    date_earliest = edtf_earliest("date")
    date_latest = edtf_latest("date")
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="milestones", verbose_name=_("acting body")
    )
    mode = models.CharField(_("mode"), max_length=9, choices=Mode, blank=True)
    kind = models.CharField(_("kind of relation it brings about"), max_length=12, choices=Kind, blank=True)
    act = models.ForeignKey(
        Act, models.PROTECT, null=True, blank=True, related_name="milestones", verbose_name=_("act")
    )
    agreement = models.ForeignKey(
        Agreement,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("agreement"),
    )
    fulfils = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fulfilled_by",
        verbose_name=_("fulfils the announcement"),
    )
    announced_on = EDTFField(_("announced on"), help_text=_("Announcements only: when it was made."))
    outcome = models.CharField(
        _("how the announcement ended"), max_length=9, choices=Outcome, default=Outcome.NOT_KNOWN
    )
    follows = models.ForeignKey(
        "partnerships.Statement",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("follows the statement"),
    )
    note_uk = models.TextField(_("note in Ukrainian"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["partnership", models.F("date_earliest").asc(nulls_last=True), "pk"]
        constraints = [
            edtf_valid("date", "announced_on", name="milestone_dates"),
            models.CheckConstraint(
                name="milestone_fulfilment_happened",
                condition=Q(fulfils__isnull=True) | Q(stage=Stage.HAPPENED),
                violation_error_message=_("Only an event that happened fulfils an announcement."),
            ),
            models.CheckConstraint(
                name="milestone_announcement_fields",
                condition=Q(stage=Stage.ANNOUNCED) | Q(announced_on="", outcome=Outcome.NOT_KNOWN),
                violation_error_message=_("Only an announcement has a day of announcement and an outcome."),
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "stage", "type"], name="milestone_by_partnership"),
            models.Index(
                fields=["date_latest"],
                condition=Q(stage=Stage.ANNOUNCED, outcome=Outcome.NOT_KNOWN),
                name="milestone_watch",
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
                # The status would otherwise change with the clock alone. Runs after the date was taken over.
                name="today_or_earlier",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("date", "stage", "announced_on", "follows_id"),
                func="""
                    IF (NEW.stage = 'happened'
                            AND core_edtf_earliest(NEW.date) > (now() AT TIME ZONE 'Europe/Kyiv')::date)
                        OR core_edtf_earliest(NEW.announced_on) > (now() AT TIME ZONE 'Europe/Kyiv')::date
                    THEN
                        RAISE EXCEPTION 'what happened or was announced lies not in the future'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_not_in_the_future';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="runs_forward",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("date", "stage", "type", "fulfils_id", "announced_on", "follows_id"),
                timing=pgtrigger.Deferred,
                func="PERFORM partnerships_check_order(NEW.partnership_id); RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="fulfils_an_announcement",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("fulfils_id", "partnership_id"),
                func="""
                    IF NEW.fulfils_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM partnerships_milestone
                        WHERE id = NEW.fulfils_id AND stage = 'announced'
                            AND partnership_id = NEW.partnership_id
                    ) THEN
                        RAISE EXCEPTION 'an event fulfils an announcement of its own partnership'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_fulfils_announcement';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="statements_come_along",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("partnership_id"),
                func="""
                    IF NEW.partnership_id <> OLD.partnership_id THEN
                        UPDATE partnerships_statement SET partnership_id = NEW.partnership_id
                        WHERE milestone_id = NEW.id;
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="take_date_of_statement",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("follows_id", "date"),
                func="""
                    IF NEW.follows_id IS NOT NULL THEN
                        SELECT value INTO STRICT NEW.date FROM partnerships_statement
                        WHERE id = NEW.follows_id AND milestone_id = NEW.id AND fact = 'date';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return " ".join(
            part for part in (self.get_type_display(), self.get_stage_display(), self.date_text) if part
        )

    def clean(self) -> None:
        super().clean()
        today = dt.date.today()
        if self.stage != Stage.HAPPENED or not self.date:
            return
        try:
            earliest = PartialDate.parse(self.date).earliest
        except InvalidDate:
            return  # the field says so itself
        if earliest is not None and earliest > today:
            raise ValidationError(
                {"date": _("What lies in the future has not happened yet: record it as announced.")}
            )

    @property
    def date_text(self) -> str:
        return in_words(self.date)

    @property
    def announced_on_text(self) -> str:
        return in_words(self.announced_on)

    @property
    def note(self) -> LocalText:
        return in_language(self, "note")

    @property
    def is_announced(self) -> bool:
        return self.stage == Stage.ANNOUNCED
