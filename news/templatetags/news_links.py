"""Links of news items for templates."""

from django import template

from news import links
from news.models import NewsItem

register = template.Library()


@register.filter
def teaser_links(item: NewsItem) -> list[links.Link]:
    """Tags, hromadas and countries under a card."""
    return links.teaser_links(item)
