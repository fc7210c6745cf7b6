"""Rich text: written with a small set of elements, stored as clean HTML whoever writes it."""

from typing import Any

import nh3
from django.db import models
from django_prose_editor.fields import ProseEditorField

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "History": True,
}

_CLEANER = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "h2", "h3", "ul", "ol", "li", "blockquote", "a"},
    attributes={"a": {"href", "lang", "hreflang"}, "p": {"lang"}, "blockquote": {"lang"}, "h2": {"id"}, "h3": {"id"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener",
)


def clean_html(html: str) -> str:
    """Only the elements that the editor offers; no script, style, frame, handler or `javascript:` address.

    A paragraph without text is nothing: an editor that was opened and left leaves an empty field.
    """
    cleaned = _CLEANER.clean(html.replace("\0", ""))
    return "" if not nh3.clean(cleaned, tags=set()).strip() else cleaned


class RichTextField(ProseEditorField):
    """HTML text. It is cleaned on every way into the database, not only by forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("extensions", dict(EXTENSIONS))
        kwargs.setdefault("sanitize", clean_html)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean_html(value)
            setattr(model_instance, self.attname, value)
        return value
