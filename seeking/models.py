"""Cards of hromadas that look for a partner abroad."""

import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.fields import one_of
from core.history import RecordsHistory, RefusesTruncate
from core.languages import LocalText, in_language
from places.models import Place
from seeking.enums import CardState, Topic
from seeking.querysets import SeekingCardQuerySet

#: Days for which a card holds from its publication or renewal on.
DAYS_OF_A_CARD = 180


class SeekingCard(models.Model):
    """What a hromada is, offers and seeks, with a day on which it was said and one until which it holds.

    Written by the hromada's officer or a registrar. It lapses unless renewed: foreign towns read only what
    somebody still stands behind.
    """

    hromada = models.ForeignKey(
        Place, models.PROTECT, related_name="seeking_cards", verbose_name=_("hromada")
    )
    state = models.CharField(_("state"), max_length=9, choices=CardState, default=CardState.DRAFT)
    profile_uk = models.TextField(_("who we are (Ukrainian)"), blank=True)
    profile_en = models.TextField(_("who we are (English)"), blank=True)
    offers_uk = models.TextField(_("what we offer (Ukrainian)"), blank=True)
    offers_en = models.TextField(_("what we offer (English)"), blank=True)
    seeks_uk = models.TextField(_("whom and what we seek (Ukrainian)"), blank=True)
    seeks_en = models.TextField(_("whom and what we seek (English)"), blank=True)
    topics = ArrayField(
        models.CharField(max_length=16, choices=Topic), verbose_name=_("topics"), default=list, blank=True
    )
    languages = ArrayField(
        models.CharField(max_length=3),
        verbose_name=_("languages in which we write"),
        default=list,
        blank=True,
    )
    countries = ArrayField(
        models.CharField(max_length=2), verbose_name=_("countries sought"), default=list, blank=True
    )
    contact_office = models.CharField(_("office or position"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail for partners"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=60, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    renewed_on = models.DateField(_("renewed on"), null=True, blank=True)
    valid_until = models.DateField(_("holds until"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SeekingCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        ordering = [F("published_on").desc(nulls_last=True), "-pk"]
        constraints = [
            one_of("state", CardState, name="seekingcard_state"),
            models.UniqueConstraint(
                name="seekingcard_one_live",
                fields=["hromada"],
                condition=~Q(state=CardState.WITHDRAWN),
                violation_error_message=_("This hromada has a card already."),
            ),
            models.CheckConstraint(
                name="seekingcard_published_is_complete",
                condition=~Q(state=CardState.PUBLISHED)
                | (
                    Q(published_on__isnull=False, valid_until__isnull=False)
                    & ~Q(contact_email="")
                    & ~Q(profile_uk="", profile_en="")
                    & ~Q(seeks_uk="", seeks_en="")
                ),
                violation_error_message=_(
                    "A published card says who the hromada is, what it seeks, how to reach it, and how long "
                    "it holds."
                ),
            ),
            models.CheckConstraint(
                name="seekingcard_holds_after_publication",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("published_on")),
                violation_error_message=_("A card does not end before it is published."),
            ),
        ]
        indexes = [models.Index(fields=["state", "valid_until"], name="seekingcard_public")]
        triggers = [RecordsHistory(), RefusesTruncate()]

    def __str__(self) -> str:
        return gettext("%(hromada)s seeks a partner") % {"hromada": self.hromada.short_name()}

    def get_absolute_url(self) -> str:
        return reverse("seeking:card", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.holds_on(timezone.localdate())

    def holds_on(self, day: dt.date) -> bool:
        return self.state == CardState.PUBLISHED and self.valid_until is not None and self.valid_until >= day

    def has_lapsed(self, day: dt.date) -> bool:
        return self.state == CardState.PUBLISHED and not self.holds_on(day)

    @property
    def profile(self) -> LocalText:
        return in_language(self, "profile")

    @property
    def offers(self) -> LocalText:
        return in_language(self, "offers")

    @property
    def seeks(self) -> LocalText:
        return in_language(self, "seeks")

    @property
    def topic_labels(self) -> list[str]:
        return [str(Topic(code).label) for code in self.topics if code in Topic.values]
