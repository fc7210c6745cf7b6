"""Forms of the news desk: a draft may lack anything, publishing is strict."""

import re
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from news.enums import State
from news.models import RESERVED_SLUGS, NewsItem, Tag
from news.publishing import problems
from places.transliteration import transliterate

SLUG_LENGTH = 100


def slug_of(ukrainian: str | None, english: str | None) -> str:
    """Latin letters for an address: the English title, else the Ukrainian one by the official table.

    Django's own script for this follows an older table («щастя» would become shastya).
    """
    return slugify(english or transliterate(ukrainian or ""))[:SLUG_LENGTH].strip("-")


class TagForm(forms.ModelForm[Tag]):
    """Makes a slug of the name where none is typed."""

    class Meta:
        model = Tag
        fields = "__all__"  # noqa: DJ007  the admin's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Part of addresses. Left empty, it is made of the name.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = slug_of(cleaned.get("name_uk"), cleaned.get("name_en"))
        return cleaned


class NewsItemForm(forms.ModelForm[NewsItem]):
    """Makes a slug of the title where none is typed, and names what is missing beside the field."""

    class Meta:
        model = NewsItem
        fields = "__all__"  # noqa: DJ007  the admin's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "Part of the address, in Latin letters. Left empty, it is made of the title; once readers "
                "can see the item, it stays."
            )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("This word is part of other addresses; choose another slug."))
        if slug and self._others(slug):
            raise forms.ValidationError(_("Another item has this slug: choose one that says what differs."))
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        slug = cleaned.get("slug")
        # A slug that stood in for a missing title gives way to one made of it.
        if "slug" in self.fields and "slug" not in self.errors and (not slug or STAND_IN.fullmatch(slug)):
            cleaned["slug"] = self._made_slug(cleaned)
        if cleaned.get("state") == State.PUBLISHED:
            self._refuse_unfinished(cleaned)
        return cleaned

    def _refuse_unfinished(self, cleaned: dict[str, Any]) -> None:
        """Look at the item as it would be saved; fields with errors of their own need no second one."""
        item = NewsItem(**{name: cleaned.get(name) for name in CHECKED})
        for name, sentence in problems(item):
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentence)

    def _made_slug(self, cleaned: dict[str, Any]) -> str:
        base = slug_of(cleaned.get("title_uk"), cleaned.get("title_en")) or "draft"
        slug, number = base, 1
        while slug in RESERVED_SLUGS or self._others(slug):
            number += 1
            slug = f"{base}-{number}"
        return slug

    def _others(self, slug: str) -> bool:
        return NewsItem.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists()


#: Slugs of drafts that had no title yet.
STAND_IN = re.compile(r"draft(-\d+)?")
#: Fields that decide whether an item may be published.
CHECKED = ("title_uk", "title_en", "body_uk", "body_en", "source_url", "publish_at")
