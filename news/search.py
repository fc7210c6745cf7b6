"""What search holds of the news. Reusable notes stay out: they would make every item an answer."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.languages import languages_of
from core.registry import IndexedText, Kind, register
from core.richtext import plain_text
from news.enums import State
from news.models import NewsItem
from news.querysets import NewsItemQuerySet


def public() -> NewsItemQuerySet:
    return NewsItem.objects.public().with_teaser_links()


def indexed() -> NewsItemQuerySet:
    """The scheduled ones as well: they become visible by the clock alone."""
    return NewsItem.objects.filter(state=State.PUBLISHED).with_teaser_links()


def next_publication() -> dt.datetime | None:
    return NewsItem.objects.scheduled().order_by("publish_at").values_list("publish_at", flat=True).first()


def texts(item: NewsItem) -> Iterator[IndexedText]:
    """One text for each language in which the item has a title."""
    for language in languages_of(item, "title"):
        with override(language):
            places = [str(link.place.short_name(language)) for link in item.place_links.all()]
            subjects = [str(getattr(tag, f"name_{language}") or "") for tag in item.tags.all()]
        yield IndexedText(
            language=language,
            title=getattr(item, f"title_{language}"),
            context=getattr(item, f"lead_{language}") or "",
            keywords=" ".join(filter(None, [*places, *subjects])),
            body=plain_text(getattr(item, f"body_{language}") or ""),
            visible_from=item.publish_at,
        )


register(
    Kind(
        type="news",
        label=_("News"),
        model=NewsItem,
        public=public,
        indexed=indexed,
        next_change=next_publication,
        texts=texts,
        identifier="slug",
        order=40,
    )
)
