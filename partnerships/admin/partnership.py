"""Partnerships, their parties, and the bodies that act for them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import PortalModelAdmin
from core.history import attributed
from partnerships.admin.conflicts import ShowsConflicts, VersionedForm
from partnerships.admin.history import TellsHistory
from partnerships.admin.merging import MergesRecords
from partnerships.admin.telling import TellsRefusals
from partnerships.admin.withdrawing import WithdrawsRecords
from partnerships.models import Agreement, Body, Milestone, Partnership, Party, Programme, Statement
from partnerships.querysets import PartnershipQuerySet
from partnerships.validation import MilestoneFormSet, PartyFormSet
from search.indexed_admin import IndexedAdminMixin


class PartyInline(admin.TabularInline[Party, Partnership]):
    model = Party
    formset = PartyFormSet
    extra = 0
    min_num = 2
    autocomplete_fields = ("place", "body")
    fields = ("side", "place", "body", "joined", "left", "awaits_confirmation", "position")


class MilestoneInline(admin.StackedInline[Milestone, Partnership]):
    model = Milestone
    formset = MilestoneFormSet
    extra = 0
    show_change_link = True
    autocomplete_fields = ("body", "act")
    fields = (
        ("type", "stage", "date", "mode", "kind"),
        ("body", "act"),
        ("announced_on", "outcome"),
        ("note_uk", "note_en"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Milestone]:
        return super().get_queryset(request).select_related("body__place", "act__body")


class AgreementInline(admin.StackedInline[Agreement, Partnership]):
    model = Agreement
    extra = 0
    show_change_link = True
    fields = (("title", "title_language"), ("legal_kind", "registration_number", "term", "ends_on"), "sphere")


class StatementInline(admin.TabularInline[Statement, Partnership]):
    """What the sources say, to read; to change one, open it."""

    model = Statement
    extra = 0
    show_change_link = True
    can_delete = False
    fields = readonly_fields = ("fact", "value", "grade", "source", "milestone", "read_on")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        return super().get_queryset(request).select_related("source", "milestone")


class PartnershipForm(VersionedForm):
    """A record with the reason of a change, which its history keeps."""

    because = forms.CharField(
        label=_("Reason of this change"),
        required=False,
        max_length=500,
        help_text=_("Stands in the history of the record, for everybody to read."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


@admin.register(Partnership)
class PartnershipAdmin(
    TellsHistory,
    MergesRecords,
    WithdrawsRecords,
    ShowsConflicts,
    TellsRefusals,
    IndexedAdminMixin,
    PortalModelAdmin[Partnership],
):
    """One record: who, what the sources say, and what happened when."""

    form = PartnershipForm
    change_form_template = "admin/partnerships/partnership/change_form.html"

    list_display = ("number", "title", "kind", "status", "status_date", "evidence", "visibility")
    list_display_links = ("number", "title")
    list_filter = ("visibility", "status", "kind", "evidence", "programme")
    search_fields = (
        "=number",
        "parties__place__name_uk",
        "parties__place__name_en",
        "parties__place__name_own",
        "parties__place__centre__name_uk",
        "parties__place__katottg",
        "parties__body__name_uk",
    )
    ordering = ("-number",)
    list_per_page = 50
    autocomplete_fields = ("programme",)
    inlines = (PartyInline, MilestoneInline, AgreementInline, StatementInline)
    readonly_fields = (
        "record_number",
        "status",
        "status_date",
        "kind",
        "evidence",
        "created_at",
        "updated_at",
    )
    fieldsets = (
        (None, {"fields": (("record_number", "visibility"), ("listed_kind", "programme"))}),
        (_("Why these partners"), {"fields": (("why_uk", "why_en"),)}),
        (
            _("Today, as it follows from the milestones and statements"),
            {"fields": (("status", "status_date", "kind", "evidence"), ("created_at", "updated_at"))},
        ),
        (None, {"fields": ("because",)}),
    )

    def save_model(self, request: HttpRequest, obj: Partnership, form: Any, change: bool) -> None:
        because = form.cleaned_data.get("because", "").strip()
        if because:
            # Holds for the rest of the transaction, so for the rows of the inlines as well.
            with attributed(request.user, because):
                pass
        super().save_model(request, obj, form, change)

    @admin.display(description=_("number"))
    def record_number(self, partnership: Partnership) -> str:
        """Given by the database when the record is first saved."""
        return str(partnership.number) if partnership.pk else self.empty_value_display

    @admin.display(description=_("parties"))
    def title(self, partnership: Partnership) -> str:
        return partnership.title

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partnership]:
        partnerships = super().get_queryset(request)
        assert isinstance(partnerships, PartnershipQuerySet)
        return partnerships.visible_to(request.user).with_parties()


@admin.register(Body)
class BodyAdmin(PortalModelAdmin[Body]):
    list_display = ("__str__", "kind", "place")
    list_filter = ("kind",)
    list_select_related = ("place__centre", "place__parent__parent", "place__oblast", "place__country")
    search_fields = ("name_uk", "name_en", "name_own", "place__name_uk", "place__name_own")
    autocomplete_fields = ("place",)
    fields = (("name_uk", "name_en"), ("name_own", "own_language"), ("kind", "place"))


@admin.register(Programme)
class ProgrammeAdmin(PortalModelAdmin[Programme]):
    list_display = ("slug", "name_uk", "name_en")
    search_fields = ("slug", "name_uk", "name_en")
    fields = (("name_uk", "name_en"), ("slug", "url"))
