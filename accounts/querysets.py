"""Reusable questions about memberships."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import Membership


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self, on: dt.date) -> Self:
        """Memberships that hold on the day: begun, and not ended before it."""
        return self.filter(Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on)))
