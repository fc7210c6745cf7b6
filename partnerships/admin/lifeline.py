"""Milestones, acts and agreements on pages of their own, for what the record's page has no room for."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import PortalModelAdmin
from partnerships.admin.announcement import AnnouncementSteps, WatchFilter
from partnerships.admin.telling import TellsRefusals, ToldForm
from partnerships.enums import Fact, Stage
from partnerships.models import Act, Agreement, Milestone, Partnership, Statement
from partnerships.validation import MilestoneForm
from search.indexed_admin import IndexedAdminMixin


class MilestoneStatementInline(admin.TabularInline[Statement, Milestone]):
    """Statements about this event. A new one belongs to the event's partnership."""

    model = Statement
    extra = 0
    autocomplete_fields = ("source",)
    fields = ("source", "fact", "value", "grade", "url", "read_on")


class ToldMilestoneForm(MilestoneForm, ToldForm):
    """Tells what is wrong with an event among those of its partnership, and what the database refused."""


@admin.register(Milestone)
class MilestoneAdmin(AnnouncementSteps, TellsRefusals, IndexedAdminMixin, PortalModelAdmin[Milestone]):
    """One event with the statements about it; which of them its date follows is decided here."""

    form = ToldMilestoneForm
    list_display = ("partnership", "type", "stage", "date", "mode", "outcome", "next_step")
    list_filter = (WatchFilter, "stage", "type", "outcome")
    search_fields = ("=partnership__number", "partnership__parties__place__name_uk")
    autocomplete_fields = ("partnership", "body", "act", "agreement")
    inlines = (MilestoneStatementInline,)
    fieldsets = (
        (None, {"fields": ("partnership", ("type", "stage", "mode", "kind"), ("date", "follows"))}),
        (_("Who acted, and by what"), {"fields": (("body", "act", "agreement"),)}),
        (_("Announcement and fulfilment"), {"fields": (("announced_on", "outcome", "fulfils"),)}),
        (_("Note"), {"fields": (("note_uk", "note_en"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Milestone]:
        return super().get_queryset(request).prefetch_related("partnership__parties__place__centre")

    def get_readonly_fields(self, request: HttpRequest, obj: Milestone | None = None) -> tuple[str, ...]:
        """The record stays; the date of an event that follows a statement is changed there."""
        if obj is None:
            return ()
        return ("partnership", "date") if obj.follows_id else ("partnership",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Offer only statements about this event's date, and announcements of the same partnership."""
        form = super().get_form(request, obj, change=change, **kwargs)
        follows, fulfils = form.base_fields.get("follows"), form.base_fields.get("fulfils")
        if isinstance(follows, ModelChoiceField):
            follows.queryset = (
                Statement.objects.with_source().filter(milestone=obj, fact=Fact.DATE)
                if obj
                else Statement.objects.none()
            )
        if isinstance(fulfils, ModelChoiceField):
            fulfils.queryset = (
                obj.partnership.milestones.filter(stage=Stage.ANNOUNCED) if obj else Milestone.objects.none()
            )
        return form

    def indexed_with(self, obj: Milestone) -> list[Partnership]:
        """The record's entry in the index names its status."""
        return [obj.partnership]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for inline in formset.forms:
            if isinstance(inline.instance, Statement):
                inline.instance.partnership = form.instance.partnership
        super().save_formset(request, form, formset, change)


@admin.register(Act)
class ActAdmin(PortalModelAdmin[Act]):
    list_display = ("__str__", "title")
    list_select_related = ("body__place",)
    search_fields = ("number", "title", "body__name_uk", "body__name_own")
    autocomplete_fields = ("body",)
    fields = ("body", ("number", "date"), "title", "url")


@admin.register(Agreement)
class AgreementAdmin(PortalModelAdmin[Agreement]):
    list_display = ("title", "partnership", "legal_kind", "registration_number")
    list_filter = ("legal_kind",)
    search_fields = ("title", "registration_number", "=partnership__number")
    autocomplete_fields = ("partnership",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agreement]:
        return super().get_queryset(request).prefetch_related("partnership__parties__place__centre")
