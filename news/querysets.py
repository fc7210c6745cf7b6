"""Reusable questions about news."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from news.enums import State

if TYPE_CHECKING:
    from news.models import NewsItem
    from places.models import Place


class NewsItemQuerySet(models.QuerySet["NewsItem"]):
    def public(self) -> Self:
        """Published, and its hour has come. Scheduling is this condition and no job that may fail."""
        return self.filter(state=State.PUBLISHED, publish_at__lte=timezone.now())

    def in_section(self) -> Self:
        """Belongs to the section Partnership for Recovery and Development."""
        return self.filter(in_section=True)

    def about_place(self, place: "Place") -> Self:
        """Linked to the place or to anything that lies in it."""
        from news.models import NewsPlace

        inside = type(place).objects.inside(place)
        return self.filter(Exists(NewsPlace.objects.filter(item=OuterRef("pk"), place__in=inside)))

    def latest_first(self) -> Self:
        return self.order_by("-publish_at", "-pk")

    def with_teaser_links(self) -> Self:
        """Everything that a teaser shows: tags and places with their names."""
        from news.models import NewsPlace

        places = NewsPlace.objects.select_related(
            "place__centre", "place__parent__parent", "place__oblast", "place__country"
        )
        return self.prefetch_related("tags", Prefetch("place_links", places))
