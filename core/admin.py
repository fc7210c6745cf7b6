"""Base classes of the admin: languages side by side, media that the content policy lets through."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import Field
from django.forms import Media as DjangoMedia
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from js_asset import InlineStyle, Media
from modeltranslation.admin import TranslationAdmin

from core.languages import LANGUAGES, current_language

ModelT = TypeVar("ModelT", bound=models.Model)

#: The editor makes a style element by script unless one with this mark is there; such an element would have
#: no nonce. What would stand in it is in `css/admin.css`.
EDITOR_STYLE = InlineStyle("", **{"data-tiptap-style": ""})
ADMIN_MEDIA = Media(css={"all": [EDITOR_STYLE]}, js=["js/editor_labels.js"])


def with_nonce(media: DjangoMedia, request: HttpRequest) -> Media:
    """Media whose inline parts (the editor's import map and style) carry the nonce of this answer."""
    return Media.from_media(media + ADMIN_MEDIA, nonce=getattr(request, "csp_nonce", ""))


def in_columns(*fields: str) -> list[Any]:
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


def labelled(db_field: Any) -> str:
    """The name of a translated field with its language, as in “Title in Ukrainian”."""
    name = capfirst(db_field.translated_field.verbose_name)
    in_language = {"uk": _("%(field)s in Ukrainian"), "en": _("%(field)s in English")}
    return in_language[db_field.language] % {"field": name}


class PortalTranslationAdmin(PortalModelAdmin[ModelT], TranslationAdmin[ModelT]):
    """The same for models with translated fields; fieldsets name the fields of both languages themselves."""

    def get_fieldsets(self, request: HttpRequest, obj: ModelT | None = None) -> Any:
        return side_by_side(super().get_fieldsets(request, obj))

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        """Each text field says its language, for spelling checkers and screen readers."""
        field: Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(db_field, "language"):
            field.widget.attrs["lang"] = db_field.language
            field.label = labelled(db_field)
            if isinstance(field.widget, AdminTextareaWidget):
                field.widget.attrs["rows"] = 3
        return field


class PreviewAdmin(PortalModelAdmin[ModelT]):
    """Shows what an object will look like to readers before they may see it.

    The page needs the right to view or change the object (being staff is not enough), is kept by no cache and
    listed by no search engine.
    """

    preview_template = ""
    change_form_template = "admin/change_form_with_preview.html"

    def preview_context(self, obj: ModelT) -> dict[str, Any]:
        """The context of the public page for the object."""
        raise NotImplementedError

    def preview_queryset(self) -> models.QuerySet[ModelT]:
        """Where the object comes from, loaded as the public page needs it."""
        return self.model._default_manager.all()

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        preview = path("<path:object_id>/preview/", self.admin_site.admin_view(self.preview), name=name)
        return [preview, *super().get_urls()]

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        asked = request.GET.get("lang", "")
        with override(asked if asked in LANGUAGES else current_language()):
            shown = self.preview_queryset().get(pk=obj.pk)
            notice = _("Preview: this is how the page will look. Readers do not see it here.")
            context = {**self.preview_context(shown), "preview": notice}
            answer = render(request, self.preview_template, context)
        answer["Cache-Control"] = "no-store"
        answer["X-Robots-Tag"] = "noindex"
        return answer


def side_by_side(fieldsets: Sequence[Any]) -> list[Any]:
    """Marks fieldsets with both languages of a text, so that `css/admin.css` sets them in columns."""
    marked = []
    for name, options in fieldsets:
        in_pairs = any(isinstance(field, (list, tuple)) and len(field) == 2 for field in options["fields"])
        classes = [*options.get("classes", ()), *(["side-by-side"] if in_pairs else [])]
        marked.append((name, {**options, "classes": list(dict.fromkeys(classes))}))
    return marked
