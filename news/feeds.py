"""The newest announcements as an Atom feed, one per language."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from core.languages import current_language, in_language
from news.models import NewsItem

LENGTH = 30


class LatestNews(Feed[NewsItem, None]):
    """Items that have a title in the language of the feed. The summary is the lead; notes stay out.

    Addresses carry `SITE_URL`, whatever host the request came to, so that identifiers never change.
    """

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("News · %(site)s") % {"site": settings.SITE_NAME[current_language()]}

    def subtitle(self) -> str:
        return _("Partnerships of Ukrainian hromadas with communities abroad.")

    def link(self) -> str:
        return _absolute(reverse("news:list"))

    def feed_url(self) -> str:
        return _absolute(reverse("news:feed"))

    def feed_guid(self) -> str:
        return self.feed_url()

    def items(self) -> list[NewsItem]:
        newest = NewsItem.objects.public().readable_in(current_language()).latest_first()
        return list(newest.prefetch_related("tags")[:LENGTH])

    def item_title(self, item: NewsItem) -> str:
        return item.text_in("title").text

    def author_name(self) -> str:
        return settings.SITE_NAME[current_language()]

    def item_description(self, item: NewsItem) -> str | None:  # type: ignore[override]
        lead = item.text_in("lead")
        # Django declares a summary as HTML.
        return escape(lead.text) if lead and not lead.is_foreign else None

    def item_link(self, item: NewsItem) -> str:
        return _absolute(item.get_absolute_url())

    def item_guid(self, item: NewsItem) -> str:
        # A slug is fixed once an item is public; the language keeps the entries of two feeds apart.
        return f"{settings.SITE_URL}/id/news/{item.slug}#{current_language()}"

    def item_pubdate(self, item: NewsItem) -> dt.datetime:
        return item.publish_at

    def item_updateddate(self, item: NewsItem) -> dt.datetime:
        return max(item.updated_at, item.publish_at)

    def item_author_name(self, item: NewsItem) -> str | None:
        return item.text_in("author_body").text or None

    def item_categories(self, item: NewsItem) -> list[str]:
        return [str(in_language(tag, "name")) for tag in item.tags.all()]

    def get_feed(self, obj: None, request: HttpRequest) -> Any:
        self.language = current_language()
        return super().get_feed(obj, request)


def _absolute(path: str) -> str:
    return settings.SITE_URL + path
