"""The newest cards as an Atom feed, one per language, narrowed by the filters of the list."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from core.languages import current_language
from seeking.filters import SeekingFilter
from seeking.models import SeekingCard

LENGTH = 50


class LatestCards(Feed[SeekingCard, SeekingFilter]):
    """Cards that hold today. Addresses carry `SITE_URL`, so that identifiers never change."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> SeekingFilter:
        return SeekingFilter(request.GET, SeekingCard.objects.public(timezone.localdate()))

    def title(self, asked: SeekingFilter) -> str:
        return _("Hromadas that seek a partner · %(site)s") % {"site": settings.SITE_NAME[current_language()]}

    def subtitle(self, asked: SeekingFilter) -> str:
        return _("Ukrainian hromadas that look for a partner abroad.")

    def link(self, asked: SeekingFilter) -> str:
        return _absolute(reverse("seeking:list"))

    def feed_url(self, asked: SeekingFilter) -> str:
        query = asked.data.urlencode()
        return _absolute(reverse("seeking:feed")) + (f"?{query}" if query else "")

    def feed_guid(self, asked: SeekingFilter) -> str:
        return self.feed_url(asked)

    def author_name(self) -> str:
        return settings.SITE_NAME[current_language()]

    def items(self, asked: SeekingFilter) -> list[SeekingCard]:
        return list(asked.narrowed().with_hromada().newest_first()[:LENGTH])

    def item_title(self, item: SeekingCard) -> str:
        return str(item)

    def item_description(self, item: SeekingCard) -> str:
        # Django declares a summary as HTML.
        return escape(item.seeks.text)

    def item_link(self, item: SeekingCard) -> str:
        return _absolute(item.get_absolute_url())

    def item_guid(self, item: SeekingCard) -> str:
        return f"{settings.SITE_URL}/id/seeking/{item.pk}#{current_language()}"

    def item_pubdate(self, item: SeekingCard) -> dt.datetime:
        day = item.published_on or timezone.localdate()
        return timezone.make_aware(dt.datetime.combine(day, dt.time()))

    def item_updateddate(self, item: SeekingCard) -> dt.datetime:
        return item.updated_at

    def item_categories(self, item: SeekingCard) -> list[str]:
        return item.topic_labels

    def get_feed(self, obj: SeekingFilter, request: HttpRequest) -> Any:
        self.language = current_language()
        return super().get_feed(obj, request)


def _absolute(path: str) -> str:
    return settings.SITE_URL + path
