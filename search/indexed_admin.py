"""Keeps the index in line with what the admin changes."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from core.registry import kind_for
from search.indexing import forget, reindex


class IndexedAdminMixin(admin.ModelAdmin):
    """Brings search up to date after each saving and deleting, in the same transaction."""

    def indexed_with(self, obj: Any) -> Iterable[models.Model]:
        """Other things whose entries hold words of this one."""
        return ()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        reindex(form.instance, *self.indexed_with(form.instance))

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        key, others = obj.pk, list(self.indexed_with(obj))
        super().delete_model(request, obj)
        self._forget([key])
        reindex(*others)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        rows = list(queryset)
        keys = [row.pk for row in rows]
        others = [thing for row in rows for thing in self.indexed_with(row)]
        super().delete_queryset(request, queryset)
        self._forget(keys)
        reindex(*others)

    def _forget(self, keys: list[Any]) -> None:
        kind = kind_for(self.model)
        if kind is not None:
            for key in keys:
                forget(kind.type, key)
