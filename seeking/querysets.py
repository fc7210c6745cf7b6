"""Reusable questions about cards."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

from seeking.enums import CardState

if TYPE_CHECKING:
    from accounts.models import User
    from places.models import Place
    from seeking.models import SeekingCard


class SeekingCardQuerySet(models.QuerySet["SeekingCard"]):
    def public(self, on: dt.date) -> Self:
        """Cards that hold on the day: published, and not lapsed."""
        return self.filter(state=CardState.PUBLISHED, valid_until__gte=on)

    def addressable(self) -> Self:
        """What has a page: a card that lapsed or was taken back says so."""
        return self.exclude(state=CardState.DRAFT)

    def editable_by(self, user: "User", on: dt.date) -> Self:
        """Cards of the hromadas that the officer serves on the day; registrars write all."""
        from accounts.roles import is_registrar

        if is_registrar(user):
            return self
        return self.filter(hromada__in=user.memberships.in_force(on).values("hromada"))

    def live(self) -> Self:
        """Cards that somebody works on or shows: a hromada has one of them at most."""
        return self.exclude(state=CardState.WITHDRAWN)

    def of_place(self, place: "Place") -> Self:
        return self.filter(hromada__in=type(place).objects.inside(place))

    def with_hromada(self) -> Self:
        """With everything that the hromada's name and whereabouts are written from."""
        return self.select_related(
            "hromada__centre", "hromada__parent__parent", "hromada__oblast", "hromada__country"
        )

    def newest_first(self) -> Self:
        return self.order_by(F("published_on").desc(nulls_last=True), "-pk")
