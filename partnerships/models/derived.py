"""What the database derives and keeps by itself: standing over time, and facts on which sources differ.

Nobody writes these tables; triggers on milestones and statements do, through `partnerships_derive`.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import edtf_earliest, edtf_latest
from partnerships.enums import Fact, Kind, Status
from partnerships.models.listing import Listing
from partnerships.models.partnership import Partnership
from partnerships.querysets import DifferenceQuerySet


def _derives(tables: str) -> str:
    parts = " UNION ".join(f"SELECT partnership_id FROM {table}" for table in tables.split())  # noqa: S608
    return f"""
        PERFORM partnerships_derive(partnership_id) FROM ({parts}) AS touched ORDER BY partnership_id;
        RETURN NULL;
    """


#: Once a statement of SQL for each partnership that it touched, however many rows it wrote.
DERIVES_OF_PARTNERSHIP = [
    pgtrigger.Trigger(
        name="derive_after_insert",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="fresh"),
        func=_derives("fresh"),
    ),
    pgtrigger.Trigger(
        name="derive_after_update",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="stale", new="fresh"),
        func=_derives("stale fresh"),
    ),
    pgtrigger.Trigger(
        name="derive_after_delete",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        referencing=pgtrigger.Referencing(old="stale"),
        func=_derives("stale"),
    ),
]


class Standing(models.Model):
    """What held for a partnership on each day of a range, by what is known now.

    A day without a row is one on which nothing is known to have begun. `possibly`: the milestone that the
    status follows from has a date whose range is not over on these days, or none at all. For today the
    partnership's own columns count.
    """

    partnership = models.ForeignKey(Partnership, models.DO_NOTHING, related_name="standings")
    # A way from the list to the day without a join over the records; no column of its own.
    listing = models.ForeignObject(
        Listing,
        models.DO_NOTHING,
        from_fields=["partnership"],
        to_fields=["partnership"],
        null=True,
        related_name="standings",
    )
    days = DateRangeField(_("days"))
    status = models.CharField(_("status"), max_length=12, choices=Status)
    status_date = models.CharField(_("date of the status"), max_length=32, blank=True)
    status_earliest = edtf_earliest("status_date")
    status_latest = edtf_latest("status_date")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    possibly = models.BooleanField(_("possibly"))

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        ordering = ["partnership", "days"]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.days}: {self.status}"


class Difference(models.Model):
    """A fact on which statements cannot all be true; the SQL function `partnerships_disagree` says when."""

    partnership = models.ForeignKey(Partnership, models.DO_NOTHING, related_name="differences")
    milestone = models.ForeignKey(
        "partnerships.Milestone", models.DO_NOTHING, null=True, related_name="differences"
    )
    agreement = models.ForeignKey(
        "partnerships.Agreement", models.DO_NOTHING, null=True, related_name="differences"
    )
    fact = models.CharField(_("fact"), max_length=12, choices=Fact)
    values = ArrayField(models.TextField(), verbose_name=_("values"))
    #: A ruling covers all the values; another value opens it again.
    decided = models.BooleanField(_("decided"), default=False)
    found_at = models.DateTimeField(_("found"), auto_now_add=True)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering = ["-found_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="difference_once",
                fields=["partnership", "milestone", "agreement", "fact"],
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["decided", "-found_at"], name="difference_open")]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.fact}: {', '.join(self.values)}"
