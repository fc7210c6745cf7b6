"""The news desk of the ministry's editors."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PortalTranslationAdmin, PreviewAdmin, in_columns
from news.enums import State
from news.forms import NewsItemForm, TagForm
from news.models import NewsItem, NewsNote, NewsPartnership, NewsPlace, ReusableNote, Tag
from news.publishing import problems, publish, standing, take_back
from news.views import article_context
from search.indexed_admin import IndexedAdminMixin
from search.indexing import reindex


class PlaceInline(admin.TabularInline[NewsPlace, NewsItem]):
    model = NewsPlace
    extra = 0
    autocomplete_fields = ("place",)


class PartnershipInline(admin.TabularInline[NewsPartnership, NewsItem]):
    model = NewsPartnership
    extra = 0
    autocomplete_fields = ("partnership",)


class NoteInline(admin.TabularInline[NewsNote, NewsItem]):
    model = NewsNote
    extra = 0
    autocomplete_fields = ("note",)


class StandingFilter(admin.SimpleListFilter):
    """Drafts, what waits for its time, and what readers see."""

    title = gettext_lazy("state")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("draft", State.DRAFT.label),
            ("scheduled", _("scheduled")),
            ("public", State.PUBLISHED.label),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[NewsItem]) -> QuerySet[NewsItem]:
        now = timezone.now()
        match self.value():
            case "draft":
                return queryset.filter(state=State.DRAFT)
            case "scheduled":
                return queryset.filter(state=State.PUBLISHED, publish_at__gt=now)
            case "public":
                return queryset.filter(state=State.PUBLISHED, publish_at__lte=now)
        return queryset


class MissingTextFilter(admin.SimpleListFilter):
    """Items whose text a language lacks."""

    title = gettext_lazy("text missing in")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("uk", _("Ukrainian")), ("en", _("English"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[NewsItem]) -> QuerySet[NewsItem]:
        language = self.value()
        if language not in ("uk", "en"):
            return queryset
        return queryset.filter(Q(**{f"body_{language}": ""}) | Q(**{f"body_{language}__isnull": True}))


@admin.register(NewsItem)
class NewsItemAdmin(IndexedAdminMixin, PreviewAdmin[NewsItem], PortalTranslationAdmin[NewsItem]):
    """Announcements: written in two columns, previewed, published by a button of its own."""

    form = NewsItemForm
    preview_template = "news/article.html"
    change_form_template = "admin/news/newsitem/change_form.html"
    list_display = ("headline", "standing", "publish_at", "written_in")
    list_filter = (StandingFilter, MissingTextFilter, "in_section", "tags")
    search_fields = ("title_uk", "title_en", "lead_uk", "lead_en", "slug")
    date_hierarchy = "publish_at"
    ordering = ("-publish_at", "-pk")
    autocomplete_fields = ("tags",)
    inlines: ClassVar[list[Any]] = [PlaceInline, PartnershipInline, NoteInline]
    fieldsets = (
        (gettext_lazy("Text"), {"fields": in_columns("title", "lead", "body")}),
        (gettext_lazy("Publishing"), {"fields": ("state", "publish_at", "slug", "original_language")}),
        (gettext_lazy("What it is about"), {"fields": ("tags", "in_section")}),
        (
            gettext_lazy("Source"),
            {"fields": ("source_title", "source_publisher", "source_url", *in_columns("author_body"))},
        ),
    )

    @admin.display(description=gettext_lazy("title"), ordering="title_uk")
    def headline(self, item: NewsItem) -> str:
        return str(item)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def standing(self, item: NewsItem) -> str:
        return standing(item)

    @admin.display(description=gettext_lazy("languages"))
    def written_in(self, item: NewsItem) -> str:
        return ", ".join(item.languages)

    def get_readonly_fields(self, request: HttpRequest, obj: NewsItem | None = None) -> Any:
        """The address of a page that readers may have kept stays."""
        fixed = ("slug",) if obj is not None and obj.is_public else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def preview_queryset(self) -> QuerySet[NewsItem]:
        return NewsItem.objects.with_article_links()

    def preview_context(self, obj: NewsItem) -> dict[str, Any]:
        return article_context(obj)

    def get_urls(self) -> list[URLPattern]:
        steps = [
            path(
                f"<path:object_id>/{action}/",
                self.admin_site.admin_view(view),
                name=f"news_newsitem_{action}",
            )
            for action, view in (("publish", self.publish), ("unpublish", self.unpublish))
        ]
        return [*steps, *super().get_urls()]

    def publish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, then show the item to readers now or from the time set."""
        item = self._item_to_change(request, object_id)
        if item.state == State.PUBLISHED:
            return self._nothing_to_do(request, item)
        if request.method != "POST":
            return self._ask(request, item, "publish", _("Publish"))
        try:
            publish(item, at=timezone.now() if request.POST.get("when") == "now" else None)
        except ValidationError:
            return self._ask(request, item, "publish", _("Publish"))
        return self._done(request, item, _("The item is now: %(standing)s.") % {"standing": standing(item)})

    def unpublish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, then make a draft of the item again."""
        item = self._item_to_change(request, object_id)
        if item.state == State.DRAFT:
            return self._nothing_to_do(request, item)
        if request.method != "POST":
            return self._ask(request, item, "unpublish", _("Take back"))
        take_back(item)
        return self._done(request, item, _("The item is a draft again; readers do not see it."))

    def _item_to_change(self, request: HttpRequest, object_id: str) -> NewsItem:
        item = self.get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        return item

    def _ask(self, request: HttpRequest, item: NewsItem, action: str, title: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": item,
            "action": action,
            "problems": [sentence for _field, sentence in problems(item)] if action == "publish" else [],
            "scheduled": item.publish_at > timezone.now(),
        }
        return TemplateResponse(request, "admin/news/newsitem/confirm.html", context)

    def _nothing_to_do(self, request: HttpRequest, item: NewsItem) -> HttpResponse:
        """Somebody else was faster, or the page was open for long."""
        messages.info(request, _("The item is already: %(standing)s.") % {"standing": standing(item)})
        return redirect(reverse("admin:news_newsitem_change", args=[item.pk]))

    def _done(self, request: HttpRequest, item: NewsItem, message: str) -> HttpResponse:
        reindex(item)
        self.log_change(request, item, message)
        messages.success(request, message)
        return redirect(reverse("admin:news_newsitem_change", args=[item.pk]))


@admin.register(ReusableNote)
class ReusableNoteAdmin(PortalTranslationAdmin[ReusableNote]):
    """Texts written once and placed under many items; a change shows everywhere."""

    list_display = ("__str__", "slug", "placed")
    search_fields = ("title_uk", "title_en", "slug")
    readonly_fields = ("used_in",)
    fieldsets = (
        (gettext_lazy("Text"), {"fields": in_columns("title", "body")}),
        (gettext_lazy("Use"), {"fields": ("slug", "used_in")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReusableNote]:
        return super().get_queryset(request).annotate(placed=models.Count("links"))

    @admin.display(description=gettext_lazy("used in"), ordering="placed")
    def placed(self, note: ReusableNote) -> int:
        return note.placed  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("used in"))
    def used_in(self, note: ReusableNote) -> str:
        """Every item that the note stands under, with where that item stands."""
        if note.pk is None or not (items := list(note.items.order_by("-publish_at"))):
            return _("No item uses this note.")
        form = "admin:news_newsitem_change"
        rows = ((reverse(form, args=[item.pk]), str(item), standing(item)) for item in items)
        return format_html_join("", '<p><a href="{}">{}</a>, {}</p>', rows)


@admin.register(Tag)
class TagAdmin(IndexedAdminMixin, PortalTranslationAdmin[Tag]):
    """Subjects of news."""

    form = TagForm
    list_display = ("__str__", "slug", "items_tagged")
    search_fields = ("name_uk", "name_en", "slug")
    fieldsets = ((None, {"fields": (*in_columns("name"), "slug")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(items_tagged=models.Count("items"))

    @admin.display(description=gettext_lazy("news"), ordering="items_tagged")
    def items_tagged(self, tag: Tag) -> int:
        return tag.items_tagged  # type: ignore[attr-defined]

    def indexed_with(self, obj: Tag) -> list[NewsItem]:
        return list(obj.items.all())
