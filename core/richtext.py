"""Rich text: written with a small set of elements, stored as clean HTML whoever writes it."""

import re
from html import unescape
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField

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
    # Off, so that browsers mark spelling mistakes.
    "NoSpellCheck": False,
}

#: Addresses that a link may have: of the schemes named, on this site, or on this page.
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute that is kept; none for an address that browsers might read otherwise."""
    return value if name != "href" or _ADDRESS.match(value) else None


_CLEANER = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "h2", "h3", "ul", "ol", "li", "blockquote", "a"},
    attributes={"a": {"href", "lang", "hreflang"}, "p": {"lang"}, "blockquote": {"lang"}},
    url_schemes={"http", "https", "mailto", "tel"},
    attribute_filter=_attribute,
    link_rel="noopener",
)
_TEXT_ONLY = nh3.Cleaner(tags=set())
#: Where one word ends and the next begins, unlike at the edges of bold or linked words.
_BLOCK = re.compile(r"</?(?:p|br|h2|h3|ul|ol|li|blockquote)\b[^>]*>")
#: In characters with elements. Cleaning deeply nested elements takes time that grows with the square.
MAX_LENGTH = 150_000


def clean_html(html: str) -> str:
    """Only the elements that the editor offers; no script, style, frame, handler or `javascript:` address.

    A paragraph without text is nothing: an editor that was opened and left leaves an empty field.
    """
    cleaned = _CLEANER.clean(html.replace("\0", ""))
    return cleaned if plain_text(cleaned) else ""


def plain_text(html: str) -> str:
    """The words of a rich text without its elements: for search and for counting."""
    return " ".join(unescape(_TEXT_ONLY.clean(_BLOCK.sub(" ", html))).split())


def clean_input(value: Any) -> Any:
    """What somebody sends in a form; no text stays as it is.

    :raises ValidationError: it is longer than any text of ours.
    """
    if not isinstance(value, str):
        return value
    if len(value) > MAX_LENGTH:
        raise ValidationError(
            _("This text is too long: %(length)d characters, at most %(limit)d."),
            code="too_long",
            params={"length": len(value), "limit": MAX_LENGTH},
        )
    return clean_html(value)


class RichTextFormField(ProseEditorFormField):
    """A form judges the clean text: what is left of a script or of empty paragraphs is no text."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_input(value))


class RichTextField(ProseEditorField):
    """HTML text. It is cleaned on every way into the database, not only by forms: `save`, `create`,
    `bulk_create`, `bulk_update` and `update` all pass through `get_db_prep_save`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("extensions", dict(EXTENSIONS))
        kwargs.setdefault("sanitize", clean_html)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        # Not the parent's: the text of the other language may be missing (None), which it does not expect.
        return models.TextField.clean(self, clean_input(value), model_instance)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The object in memory gets what the row gets."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean_html(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().get_db_prep_save(clean_html(value) if isinstance(value, str) else value, connection)
