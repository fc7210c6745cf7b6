"""What the list of chapters can be narrowed by."""

from typing import ClassVar

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.forgiving import ChoiceField, ForgivingForm
from guidelines.enums import Audience
from guidelines.models import Chapter
from guidelines.querysets import ChapterQuerySet


class AudienceFilter(django_filters.Filter):
    field_class = ChoiceField


class ChapterFilter(django_filters.FilterSet):
    """`audience`: for whom a chapter is written. A value that means nothing is named and left out."""

    audience = AudienceFilter(
        label=_("For whom"), known=dict(Audience.choices), required=False, method="filter_audience"
    )

    class Meta:
        model = Chapter
        form = ForgivingForm
        fields: ClassVar[list[str]] = []

    def __init__(self, data: QueryDict, queryset: ChapterQuerySet) -> None:
        super().__init__(data, queryset)

    def filter_audience(self, chapters: ChapterQuerySet, name: str, code: str) -> ChapterQuerySet:
        return chapters.for_audience(code)

    @property
    def chosen(self) -> str:
        return str(self.form.cleaned_data.get("audience") or "")

    def complaints(self) -> list[str]:
        return [str(error) for errors in self.form.errors.values() for error in errors]
