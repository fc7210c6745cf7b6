"""The list of news and one announcement."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.pagination import choose_page
from news import links
from news.facets import chips, facets
from news.filters import NewsFilter
from news.models import NewsItem
from partnerships.models import Partnership

PER_PAGE = 12


def news_list(request: HttpRequest) -> HttpResponse:
    chosen = NewsFilter(request.GET, NewsItem.objects.public())
    items = chosen.narrowed().latest_first().with_teaser_links()
    choice = choose_page(items, request.GET, sizes=(PER_PAGE,))
    context = {
        "chosen": chosen,
        "facets": facets(chosen),
        "chips": chips(chosen, request.GET),
        "complaints": [*chosen.complaints(), *(("", message) for message in choice.messages)],
        "choice": choice,
        "page_obj": choice.page,
        "crumbs": [(_("News"), "")],
    }
    return render(request, "news/news_list.html", context)


def article(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    item = get_object_or_404(NewsItem.objects.public().with_article_links(), slug=slug)
    if year != timezone.localtime(item.publish_at).year:
        return redirect(item, permanent=True)
    return render(request, "news/article.html", article_context(item))


def article_context(item: NewsItem) -> dict[str, Any]:
    """What `news/article.html` shows of an item loaded `with_article_links()`, public or in preview."""
    body, title = item.text_in("body"), item.text_in("title")
    public = NewsItem.objects.public()
    return {
        "item": item,
        "title": title,
        "lead": item.text_in("lead"),
        "body": body,
        "author": item.text_in("author_body"),
        # The language that the reader gets instead of the wanted one, if so.
        "other_language": body.lang if body and body.is_foreign else title.lang if title.is_foreign else "",
        "notes": [link.note for link in item.note_links.all()],
        "partnerships": related_partnerships(item),
        "places": links.place_links(item),
        "more": links.more_links(item),
        "newer": public.newer_than(item).first(),
        "older": public.older_than(item).first(),
        "crumbs": [(_("News"), reverse("news:list")), (title.text, "")],
    }


def related_partnerships(item: NewsItem) -> list[Partnership]:
    """The records that the item is about, as they stand today; drafts of the register stay unseen."""
    related = (
        Partnership.objects.public().filter(news_links__item=item).order_by("news_links__position", "number")
    )
    return list(related.with_parties().with_open_announcements())
