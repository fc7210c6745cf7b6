"""What the register's list shows and asks of a record, flat: one row each, kept by the database."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from partnerships.enums import Grade, Kind, Status, Visibility
from partnerships.models.partnership import Partnership, Programme
from partnerships.querysets import ListingQuerySet

_PUBLIC = Q(visibility=Visibility.PUBLISHED)


class Listing(models.Model):
    """A record as one row without joins: its own columns, the units and countries of its parties, its legal
    kinds, and the keys that it is sorted by.

    Nobody writes it; triggers of `partnerships`, `places` and their neighbours do, through the SQL function
    `partnerships_list`. Counts, pages and exports of the register read it, so that a hundred thousand records
    are counted in one pass whatever the planner knows of other tables.
    """

    partnership = models.OneToOneField(
        Partnership, models.DO_NOTHING, primary_key=True, related_name="listing"
    )
    number = models.PositiveIntegerField()
    visibility = models.CharField(max_length=12, choices=Visibility)
    kind = models.CharField(max_length=12, choices=Kind)
    status = models.CharField(max_length=12, choices=Status)
    status_date = models.CharField(max_length=32, blank=True)
    status_earliest = models.DateField(null=True)
    status_latest = models.DateField(null=True)
    evidence = models.CharField(max_length=1, choices=Grade, blank=True)
    programme = models.ForeignKey(
        Programme, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    legal_kinds = ArrayField(models.CharField(max_length=16), default=list)
    #: Keys of the places in which the Ukrainian parties lie, or which they are.
    oblasts = ArrayField(models.BigIntegerField(), default=list)
    raions = ArrayField(models.BigIntegerField(), default=list)
    hromadas = ArrayField(models.BigIntegerField(), default=list)
    #: ISO codes of the foreign parties' countries.
    countries = ArrayField(models.CharField(max_length=2), default=list)
    #: The first Ukrainian party by the name that a page in the language shows, and the first foreign country.
    name_uk = models.TextField(null=True, db_collation="C")
    name_en = models.TextField(null=True, db_collation="C")
    country_uk = models.TextField(null=True, db_collation="C")
    country_en = models.TextField(null=True, db_collation="C")

    #: What the facets count, in two texts, so that one pass over an index counts several of them: kind,
    #: status, evidence, programme and legal kinds; oblasts and countries. See `partnerships.facets`.
    codes = models.GeneratedField(
        expression=Func(
            "kind", "status", "evidence", "programme", "legal_kinds", function="partnerships_codes"
        ),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    units = models.GeneratedField(
        expression=Func("oblasts", "countries", function="partnerships_units"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of the list")
        verbose_name_plural = _("rows of the list")
        ordering = ["number"]
        indexes = [
            # The page that everybody opens first, and its later pages, from the index alone.
            models.Index(
                F("status_latest").desc(nulls_last=True),
                "number",
                "partnership",
                condition=_PUBLIC,
                name="listing_by_date",
            ),
            # What the facets count, in order, so that nothing is sorted or hashed and no row is read.
            models.Index(fields=["codes"], condition=_PUBLIC, name="listing_of_codes"),
            models.Index(fields=["units"], condition=_PUBLIC, name="listing_of_units"),
        ]

    def __str__(self) -> str:
        return str(self.number)
