"""Who relates to whom: the partnership, its parties, and the bodies that act for them."""

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import Func, Q, Value
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.edtf import in_words
from core.fields import EDTFField, edtf_earliest, edtf_latest, edtf_valid, one_of
from core.history import RecordsHistory, RefusesTruncate
from core.languages import LocalText, current_language
from partnerships.enums import BodyKind, Grade, Kind, Side, Status, Visibility
from partnerships.querysets import PartnershipQuerySet
from partnerships.shown import Shown
from places.models import Place
from places.spelling import without_marks

CHECK_BOTH_SIDES = """
    -- Two transactions that each take one party away must not both find the other's still there.
    PERFORM 1 FROM partnerships_partnership WHERE id = {partnership} FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM partnerships_partnership WHERE id = {partnership}) AND (
        SELECT count(DISTINCT side) FROM partnerships_party WHERE partnership_id = {partnership}
    ) < 2 THEN
        RAISE EXCEPTION 'partnership % needs a party on each side', {partnership}
            USING ERRCODE = 'check_violation', CONSTRAINT = 'partnership_has_both_sides';
    END IF;
"""


class Body(models.Model):
    """Who acts for a place or an area: a council, an administration, a ministry, an association."""

    name_uk = models.CharField(_("name in Ukrainian"), max_length=250, blank=True)
    name_en = models.CharField(_("name in English"), max_length=250, blank=True)
    name_own = models.CharField(_("own name"), max_length=250, blank=True)
    own_language = models.CharField(_("language of the own name"), max_length=3, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=BodyKind)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="bodies", verbose_name=_("place")
    )

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["name_uk", "name_en", "pk"]
        constraints = [
            models.CheckConstraint(
                name="body_has_a_name",
                condition=~Q(name_uk="", name_en="", name_own=""),
                violation_error_message=_("A body has a name in at least one language."),
            )
        ]
        triggers = [RecordsHistory(), RefusesTruncate()]

    def __str__(self) -> str:
        return str(self.name())

    def name(self, language: str = "") -> LocalText:
        wanted = language or current_language()
        other = "en" if wanted == "uk" else "uk"
        known = {"uk": self.name_uk, "en": self.name_en}
        if known[wanted]:
            return LocalText(known[wanted], wanted, wanted)
        if self.name_own:
            return LocalText(self.name_own, self.own_language, wanted)
        return LocalText(known[other], other, wanted)


class Programme(models.Model):
    """A network or scheme that partnerships belong to, such as the German–Ukrainian partnership network."""

    slug = models.SlugField(_("slug"), unique=True)
    name_uk = models.CharField(_("name in Ukrainian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    url = models.URLField(_("address"), blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["slug"]
        triggers = [RecordsHistory(), RefusesTruncate()]

    def __str__(self) -> str:
        return str(self.name())

    def name(self, language: str = "") -> LocalText:
        wanted = language or current_language()
        return LocalText(self.name_en if wanted == "en" else self.name_uk, wanted, wanted)


class Partnership(models.Model):
    """The lasting relation between Ukrainian and foreign parties.

    `status`, `kind`, the date of the status and `evidence` are today's values, kept by the database from
    milestones and statements (function `partnerships_refresh`); nothing else writes them.
    """

    number = models.PositiveIntegerField(
        _("number"),
        unique=True,
        editable=False,
        db_default=Func(
            Value("partnerships_number"), function="nextval", output_field=models.BigIntegerField()
        ),
    )
    visibility = models.CharField(
        _("visibility"), max_length=12, choices=Visibility, default=Visibility.DRAFT
    )
    listed_kind = models.CharField(
        _("kind as listed"),
        max_length=12,
        choices=Kind,
        default=Kind.UNKNOWN,
        help_text=_("Holds until a milestone names the kind."),
    )
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partnerships",
        verbose_name=_("programme"),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    withdrawn_because_uk = models.TextField(_("why it was withdrawn (Ukrainian)"), blank=True)
    withdrawn_because_en = models.TextField(_("why it was withdrawn (English)"), blank=True)
    why_uk = models.TextField(_("why these partners (Ukrainian)"), blank=True)
    why_en = models.TextField(_("why these partners (English)"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.UNKNOWN, editable=False)
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.UNKNOWN, editable=False
    )
    status_date = EDTFField(_("date of the status"), editable=False)
    status_earliest = edtf_earliest("status_date")
    status_latest = edtf_latest("status_date")
    evidence = models.CharField(_("evidence"), max_length=1, choices=Grade, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    # Added by `as_of(day)`.
    then_day: dt.date | None
    then_status: str
    then_kind: str
    then_date: str
    then_possibly: bool

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["number"]
        constraints = [
            edtf_valid("status_date", name="partnership_status_date"),
            one_of("visibility", Visibility, name="partnership_visibility"),
            models.CheckConstraint(
                name="partnership_merged_is_withdrawn",
                condition=Q(merged_into__isnull=True)
                | (Q(visibility=Visibility.WITHDRAWN) & ~Q(merged_into=models.F("pk"))),
                violation_error_message=_("A record that was merged into another is withdrawn."),
            ),
        ]
        indexes = [
            models.Index(fields=["visibility", "status"], name="partnership_public_status"),
            models.Index(fields=["visibility", "-status_latest", "number"], name="partnership_public_date"),
        ]
        triggers = [
            RecordsHistory(),
            RefusesTruncate(),
            pgtrigger.Trigger(
                name="has_both_sides",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=CHECK_BOTH_SIDES.format(partnership="NEW.id") + "RETURN NULL;",
            ),
            pgtrigger.Trigger(
                # What somebody writes into a derived column is put right at once.
                name="refresh_derived",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("listed_kind", "kind", "status", "status_date", "evidence"),
                func="PERFORM partnerships_refresh(NEW.id); RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="derive",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("listed_kind"),
                func="PERFORM partnerships_derive(NEW.id); RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="forget_derived",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func="""
                    DELETE FROM partnerships_standing WHERE partnership_id = OLD.id;
                    DELETE FROM partnerships_difference WHERE partnership_id = OLD.id;
                    RETURN OLD;
                """,
            ),
            pgtrigger.Trigger(
                name="number_is_for_ever",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("number"),
                condition=pgtrigger.Q(old__number__df=pgtrigger.F("new__number")),
                func="""
                    RAISE EXCEPTION 'The number of a record never changes.'
                        USING ERRCODE = 'check_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{gettext('No. %(number)s') % {'number': self.number}}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:detail", args=[self.number, self.slug])

    def parties_of(self, side: str) -> list["Party"]:
        return [party for party in self.parties.all() if party.side == side]

    @property
    def ukrainian_parties(self) -> list["Party"]:
        return self.parties_of(Side.UKRAINIAN)

    @property
    def foreign_parties(self) -> list["Party"]:
        return self.parties_of(Side.FOREIGN)

    @property
    def title(self) -> str:
        """«Кривий Ріг – Дуйсбург», the Ukrainian side first."""
        sides = (self.ukrainian_parties, self.foreign_parties)
        return " – ".join(", ".join(str(party.name()) for party in side) for side in sides)

    @property
    def slug(self) -> str:
        names = [party.name("en").text for party in self.ukrainian_parties + self.foreign_parties]
        return slugify(without_marks(" ".join(names)))[:80].strip("-") or "partnership"

    @property
    def status_date_text(self) -> str:
        return in_words(self.status_date)

    @property
    def shown(self) -> Shown:
        """What held on the day that was asked for by `as_of(day)`; else what holds today."""
        if getattr(self, "then_day", None) is None:
            return Shown(self.status, self.kind, self.status_date)
        return Shown(self.then_status, self.then_kind, self.then_date, self.then_possibly, self.then_day)


class Party(models.Model):
    """A place, a body, or a body of a place, on one side of a partnership."""

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="parties", verbose_name=_("partnership")
    )
    side = models.CharField(_("side"), max_length=8, choices=Side)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="parties", verbose_name=_("place")
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="parties", verbose_name=_("body")
    )
    joined = EDTFField(_("joined"))
    left = EDTFField(_("left"))
    awaits_confirmation = models.BooleanField(
        _("awaits confirmation"),
        default=False,
        help_text=_("Named by another party; its own officer has not confirmed it yet."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["partnership", "-side", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="party_place_or_body",
                condition=Q(place__isnull=False) | Q(body__isnull=False),
                violation_error_message=_("A party is a place, a body, or both."),
            ),
            models.UniqueConstraint(
                name="party_place_once",
                fields=["partnership", "place"],
                violation_error_message=_("This place is already a party."),
            ),
            edtf_valid("joined", "left", name="party_dates"),
        ]
        indexes = [models.Index(fields=["place", "partnership"], name="party_by_place")]
        triggers = [
            RecordsHistory(),
            RefusesTruncate(),
            pgtrigger.Trigger(
                name="both_sides_stay",
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func=CHECK_BOTH_SIDES.format(partnership="OLD.partnership_id") + "RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="side_fits_country",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("side", "place_id"),
                func="""
                    IF NEW.place_id IS NOT NULL AND (
                        (SELECT country_id = 'UA' FROM places_place WHERE id = NEW.place_id)
                        <> (NEW.side = 'ua')
                    ) THEN
                        RAISE EXCEPTION 'place % is on the wrong side', NEW.place_id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'party_side_fits_country';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.name())

    def name(self, language: str = "") -> LocalText:
        """The place's short name; the body's name where it stands for no single place."""
        if self.place is not None:
            return self.place.short_name(language)
        # A form that was refused may show a party with neither; the database holds none.
        return self.body.name(language) if self.body else LocalText("", "", language or current_language())
