"""Cards in the admin: for registrars, who write for hromadas without an officer."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import PortalModelAdmin, in_columns
from search.indexed_admin import IndexedAdminMixin
from seeking.models import SeekingCard
from seeking.querysets import SeekingCardQuerySet


@admin.register(SeekingCard)
class SeekingCardAdmin(IndexedAdminMixin, PortalModelAdmin[SeekingCard]):
    list_display = ("hromada", "state", "published_on", "valid_until")
    list_filter = ("state",)
    search_fields = ("hromada__name_uk", "hromada__name_en", "hromada__centre__name_uk", "=hromada__katottg")
    autocomplete_fields = ("hromada",)
    fields = (
        "hromada",
        *in_columns("profile", "offers", "seeks"),
        ("topics", "languages", "countries"),
        ("contact_office", "contact_email", "contact_phone"),
        ("state", "published_on", "renewed_on", "valid_until"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[SeekingCard]:
        cards = super().get_queryset(request)
        assert isinstance(cards, SeekingCardQuerySet)
        return cards.with_hromada()
