"""Base classes of the admin: languages side by side, media that the content policy lets through."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib import admin
from django.db import models
from django.forms import Media as DjangoMedia
from django.http import HttpRequest, HttpResponse
from js_asset import InlineStyle, Media
from modeltranslation.admin import TranslationAdmin

ModelT = TypeVar("ModelT", bound=models.Model)

#: The editor makes a style element by script unless one with this mark is there; such an element would have
#: no nonce. What would stand in it is in `css/admin.css`.
EDITOR_STYLE = InlineStyle("", **{"data-tiptap-style": ""})
ADMIN_MEDIA = Media(css={"all": ["css/admin.css", EDITOR_STYLE]})


def with_nonce(media: DjangoMedia, request: HttpRequest) -> Media:
    """Media whose inline parts (the editor's import map and style) carry the nonce of this answer."""
    return Media.from_media(media + ADMIN_MEDIA, nonce=getattr(request, "csp_nonce", ""))


def in_columns(*fields: str) -> list[tuple[str, str]]:
    """Both languages of each field in one row: `in_columns("title")` is `[("title_uk", "title_en")]`."""
    return [(f"{field}_uk", f"{field}_en") for field in fields]


class _PolicyMixin:
    """Renders pages of the admin under its content policy."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["media"] = with_nonce(context["media"], request)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        answer = super().changelist_view(request, extra_context)  # type: ignore[misc]
        context = getattr(answer, "context_data", None)
        if context and "media" in context:
            context["media"] = with_nonce(context["media"], request)
        return answer


class PortalModelAdmin(_PolicyMixin, admin.ModelAdmin[ModelT]):
    """Base of every admin class of the portal.

    "View on site" is offered for what the public can see: an object whose `is_public` is false has no page.
    """

    list_per_page = 50
    # The second number beside a filtered list costs a count over the whole table.
    show_full_result_count = False
    save_on_top = True
    empty_value_display = "—"

    def view_on_site(self, obj: models.Model) -> str | None:
        if not hasattr(obj, "get_absolute_url") or not getattr(obj, "is_public", True):
            return None
        return str(obj.get_absolute_url())


class PortalTranslationAdmin(PortalModelAdmin[ModelT], TranslationAdmin[ModelT]):
    """The same for models with translated fields; fieldsets name the fields of both languages themselves."""

    def get_fieldsets(self, request: HttpRequest, obj: ModelT | None = None) -> Any:
        return side_by_side(super().get_fieldsets(request, obj))


def side_by_side(fieldsets: Sequence[Any]) -> list[Any]:
    """Marks fieldsets with both languages of a text, so that `css/admin.css` sets them in columns."""
    marked = []
    for name, options in fieldsets:
        in_pairs = any(isinstance(field, (list, tuple)) and len(field) == 2 for field in options["fields"])
        classes = [*options.get("classes", ()), *(["side-by-side"] if in_pairs else [])]
        marked.append((name, {**options, "classes": list(dict.fromkeys(classes))}))
    return marked
