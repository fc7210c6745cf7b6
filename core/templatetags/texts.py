"""Formatting for templates: texts in two languages, dates with precision, addresses of the same page."""

from typing import Any

from django import template
from django.db import models
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.edtf import in_words
from core.languages import LocalText, in_language

register = template.Library()


@register.filter
def text(instance: models.Model, field: str) -> LocalText:
    """`{{ item|text:"title" }}`: the field in the page's language, else in the other one."""
    return in_language(instance, field)


@register.filter
def marked(value: LocalText) -> SafeString:
    """The text, wrapped in an element with its own `lang` where it is not in the page's language."""
    if value.is_foreign:
        if value.lang:
            return format_html('<span lang="{}">{}</span>', value.lang, value.text)
        # BCP 47: "und" tells a screen reader that the language is not known.
        return format_html('<span lang="und">{}</span>', value.text)
    return format_html("{}", value.text)


@register.filter
def rich(value: LocalText | str) -> SafeString:
    """HTML that `core.richtext` cleaned when it was stored."""
    return mark_safe(str(value))  # noqa: S308


@register.filter
def edtf(value: str) -> str:
    """A date in words, no more precise than known."""
    return in_words(value)


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The query string of this page with some parameters changed; `None` or empty removes one."""
    params: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = str(value)
    return "?" + params.urlencode() if params else "?"
