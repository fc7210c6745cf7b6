"""Reusable questions about the register."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Prefetch, Q, Subquery, Value
from django.utils import timezone

from partnerships.enums import MilestoneType, Outcome, RowDecision, RowOutcome, Stage, Visibility
from places.querysets import named_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from partnerships.models import Difference, Listing, Milestone, Partnership, SourceRow, Statement
    from places.models import Place

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")

_BODY_NAMES = ("body__name_uk", "body__name_en", "body__name_own", "body__own_language")

#: What a record stands at on a day, by the name under which `as_of` adds it.
STANDING = {
    "then_status": "status",
    "then_kind": "kind",
    "then_date": "status_date",
    "then_earliest": "status_earliest",
    "then_latest": "status_latest",
}


def _as_of(rows: Rows, day: dt.date | None) -> Rows:
    if day is None:
        return rows.annotate(
            **{name: F(column) for name, column in STANDING.items()},
            then_possibly=Value(False),
            then_day=Value(None, output_field=models.DateField()),
        )
    that_day = FilteredRelation("standings", condition=Q(standings__days__contains=day))
    return (
        rows.annotate(that_day=that_day)
        .filter(that_day__isnull=False)
        .annotate(
            **{name: F(f"that_day__{column}") for name, column in STANDING.items()},
            then_possibly=F("that_day__possibly"),
            then_day=Value(day),
        )
    )


class ListingQuerySet(models.QuerySet["Listing"]):
    def public(self) -> Self:
        """What anybody may see."""
        return self.filter(visibility=Visibility.PUBLISHED)

    def as_of(self, day: dt.date | None) -> Self:
        """As `PartnershipQuerySet.as_of`."""
        return _as_of(self, day)


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def public(self) -> Self:
        """What anybody may see."""
        return self.filter(visibility=Visibility.PUBLISHED)

    def addressable(self) -> Self:
        """What has a page: a withdrawn record keeps its address and says that it is withdrawn."""
        return self.filter(visibility__in=[Visibility.PUBLISHED, Visibility.WITHDRAWN])

    def as_of(self, day: dt.date | None) -> Self:
        """Records that had begun on a day, with what held for them then, by what is known now: `then_status`,
        `then_kind`, `then_date` (EDTF) with `then_earliest` and `then_latest`, `then_possibly` (the date of
        the status leaves open whether it had come already). None means today, for which the record's own
        columns count. `Partnership.shown` puts it in words.
        """
        return _as_of(self, day)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Everything public; registrars see drafts as well, officers those of their own hromadas."""
        from accounts.roles import is_registrar

        if is_registrar(user):
            return self
        if not user.is_authenticated:
            return self.public()
        return self.filter(
            Q(visibility=Visibility.PUBLISHED)
            | Q(pk__in=self.model.objects.of_officer(user, on=timezone.localdate()).values("pk"))
        )

    def of_officer(self, user: "User", on: dt.date) -> Self:
        """Records in which a hromada that the officer serves on the day is a party."""
        hromadas = user.memberships.in_force(on).values("hromada")
        return self.with_party(place__in=hromadas)

    def with_party(self, **lookups: object) -> Self:
        """Records with at least one party that fits all the lookups."""
        from partnerships.models import Party

        return self.filter(Exists(Party.objects.filter(partnership=OuterRef("pk"), **lookups)))

    def of_place(self, place: "Place") -> Self:
        """Records of a place itself and, for an oblast, a raion or a country, of all that lies in it."""
        return self.with_party(place__in=type(place).objects.inside(place))

    def with_parties(self) -> Self:
        """Parties with everything that their names and whereabouts are written from."""
        from partnerships.models import Party

        parties = Party.objects.select_related(
            "place__centre", "place__parent__parent", "place__oblast", "place__country", "body"
        ).order_by("-side", "position", "pk")
        return self.prefetch_related(Prefetch("parties", parties))

    def with_named_parties(self) -> Self:
        """The same with what names and whereabouts are written from alone: for long lists."""
        from partnerships.models import Party

        columns = ["side", "position", "partnership", *named_by("place__"), *_BODY_NAMES]
        parties = Party.objects.select_related(
            "place__centre", "place__parent__parent", "place__oblast", "place__country", "body"
        ).only(*columns)
        return self.prefetch_related(Prefetch("parties", parties.order_by("-side", "position", "pk")))

    def with_open_announcements(self) -> Self:
        """Announcements that nothing has confirmed, as `open_announcements` on each record, and whether
        sources tell of talks, as `tells_of_talks`."""
        from partnerships.models import Milestone

        talks = Milestone.objects.filter(
            partnership=OuterRef("pk"), type=MilestoneType.TALKS, stage=Stage.HAPPENED
        )
        return self.annotate(tells_of_talks=Exists(talks)).prefetch_related(
            Prefetch("milestones", Milestone.objects.unconfirmed(), to_attr="open_announcements")
        )

    def with_unconfirmed_announcement(self) -> Self:
        """Records with an announcement that nothing confirms, the latest announced day first."""
        from partnerships.models import Milestone

        waiting = Milestone.objects.unconfirmed().filter(partnership=OuterRef("pk"))
        return (
            self.annotate(announced_for=Subquery(waiting.values("date_latest")[:1]))
            .filter(Exists(waiting))
            .order_by(F("announced_for").desc(nulls_last=True), "number")
        )

    def latest_first(self) -> Self:
        return self.order_by(F("status_latest").desc(nulls_last=True), "number")


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def unconfirmed(self) -> Self:
        """Announced, and neither kept, postponed nor cancelled as far as anybody says."""
        return self.filter(
            stage=Stage.ANNOUNCED, outcome=Outcome.NOT_KNOWN, fulfilled_by__isnull=True
        ).order_by("date_earliest", "pk")

    def in_order(self) -> Self:
        return self.order_by(F("date_earliest").asc(nulls_last=True), "pk")

    def behind_acts(self, acts: Collection[int]) -> Self:
        """Events of public records that one of the acts stands behind, by act and number of the record."""
        return self.filter(act__in=acts, partnership__visibility=Visibility.PUBLISHED).order_by(
            "act", "partnership__number"
        )


class StatementQuerySet(models.QuerySet["Statement"]):
    def public(self) -> Self:
        """What is said of public records."""
        return self.filter(partnership__visibility=Visibility.PUBLISHED)

    def with_source(self) -> Self:
        return self.select_related("source", "milestone", "agreement")


class SourceRowQuerySet(models.QuerySet["SourceRow"]):
    def undecided(self) -> Self:
        """Doubtful rows that wait for somebody's decision."""
        return self.filter(outcome=RowOutcome.DOUBTFUL, decision=RowDecision.NONE)

    def reviewed(self) -> Self:
        """Rows that wait for a decision, and those that have got one."""
        return self.filter(~Q(decision=RowDecision.NONE) | Q(outcome=RowOutcome.DOUBTFUL))


class DifferenceQuerySet(models.QuerySet["Difference"]):
    def public(self) -> Self:
        return self.filter(partnership__visibility=Visibility.PUBLISHED)

    def undecided(self) -> Self:
        return self.filter(decided=False)
