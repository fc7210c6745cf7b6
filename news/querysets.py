"""Reusable questions about news."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone

from news.enums import State

if TYPE_CHECKING:
    from news.models import NewsItem, Tag
    from places.models import Place

#: Words of a question that are looked at; nobody types more, and each costs a scan.
MAX_WORDS = 8


class NewsItemQuerySet(models.QuerySet["NewsItem"]):
    def public(self) -> Self:
        """Published, and its hour has come. Scheduling is this condition and no job that may fail."""
        return self.filter(state=State.PUBLISHED, publish_at__lte=timezone.now())

    def scheduled(self) -> Self:
        """Published, and its hour is still to come."""
        return self.filter(state=State.PUBLISHED, publish_at__gt=timezone.now())

    def with_lead(self) -> Self:
        """More than a title: what a page with little room shows."""
        return self.filter(Q(lead_uk__gt="") | Q(lead_en__gt=""))

    def in_section(self) -> Self:
        """Belongs to the section Partnership for Recovery and Development."""
        return self.filter(in_section=True)

    def about_place(self, place: "Place") -> Self:
        """Linked to the place or to anything that lies in it."""
        from news.models import NewsPlace

        inside = type(place).objects.inside(place)
        return self.filter(Exists(NewsPlace.objects.filter(item=OuterRef("pk"), place__in=inside)))

    def about_any(self, places: "list[Place]") -> Self:
        """Linked to one of the places or to anything that lies in one of them."""
        from news.models import NewsPlace

        inside = Q(place__in=places) | Q(place__oblast__in=places) | Q(place__parent__in=places)
        inside |= Q(place__country__in=[place.iso2 for place in places if place.iso2])
        return self.filter(Exists(NewsPlace.objects.filter(inside, item=OuterRef("pk"))))

    def tagged(self, tags: "list[Tag]") -> Self:
        """Has one of the tags."""
        links = self.model.tags.through.objects
        return self.filter(Exists(links.filter(newsitem=OuterRef("pk"), tag__in=tags)))

    def of_years(self, years: list[int]) -> Self:
        """Published in one of the years, in the portal's time zone."""
        return self.annotate(year=ExtractYear("publish_at")).filter(year__in=years)

    def with_words(self, text: str, found: list[int]) -> Self:
        """Every word stands literally in the title, the lead or the text, in either language; or the item is
        among those that search has `found` by other forms of the words."""
        every = Q()
        for word in text.split()[:MAX_WORDS]:
            condition = Q()
            for field in ("title", "lead", "body"):
                condition |= Q(**{f"{field}_uk__icontains": word}) | Q(**{f"{field}_en__icontains": word})
            every &= condition
        return self.filter(every | Q(pk__in=found))

    def readable_in(self, language: str) -> Self:
        """Has a title in the language."""
        return self.filter(**{f"title_{language}__gt": ""})

    def latest_first(self) -> Self:
        return self.order_by("-publish_at", "-pk")

    def newer_than(self, item: "NewsItem") -> Self:
        """Items after this one in time, the nearest first."""
        later = Q(publish_at__gt=item.publish_at) | Q(publish_at=item.publish_at, pk__gt=item.pk)
        return self.filter(later).order_by("publish_at", "pk")

    def older_than(self, item: "NewsItem") -> Self:
        """Items before this one in time, the nearest first."""
        earlier = Q(publish_at__lt=item.publish_at) | Q(publish_at=item.publish_at, pk__lt=item.pk)
        return self.filter(earlier).latest_first()

    def with_article_links(self) -> Self:
        """Everything that an article shows besides partnerships."""
        from news.models import NewsNote

        notes = NewsNote.objects.select_related("note")
        return self.with_teaser_links().prefetch_related(Prefetch("note_links", notes))

    def with_teaser_links(self) -> Self:
        """Everything that a teaser shows: tags and places with their names."""
        from news.models import NewsPlace

        places = NewsPlace.objects.select_related(
            "place__centre", "place__parent__parent", "place__oblast", "place__country"
        )
        return self.prefetch_related("tags", Prefetch("place_links", places))


# Named for the models whose managers django-modeltranslation replaces, so that types survive it.
NewsItemManager = models.Manager.from_queryset(NewsItemQuerySet)
