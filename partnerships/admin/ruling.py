"""Facts on which sources differ, as a list to work through, and the decisions on them."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PortalModelAdmin
from partnerships.differing import Differing, Value, in_words, loaded
from partnerships.evidence import fact_label, value_words
from partnerships.models import Difference, Ruling, Statement
from partnerships.querysets import DifferenceQuerySet
from partnerships.rulings import DecidedMeanwhile, StandardReason, decide, reason_of, take_back
from search.indexing import reindex


class RulingForm(forms.Form):
    """Which statement to follow, and why: a standard reason, or words where none of them fits."""

    follow = forms.ModelChoiceField(Statement.objects.none(), widget=forms.HiddenInput)
    #: The values that stood on the page.
    seen = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    standard = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[("", gettext_lazy("choose, or write below")), *StandardReason.choices],
        required=False,
    )
    reason = forms.CharField(label=gettext_lazy("In other words"), required=False, max_length=500)

    def __init__(self, *args: Any, difference: Difference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        follow, seen = self.fields["follow"], self.fields["seen"]
        assert isinstance(follow, forms.ModelChoiceField)
        assert isinstance(seen, forms.MultipleChoiceField)
        follow.queryset = Statement.objects.filter(partnership=difference.partnership_id)
        # Whatever stood there is compared with what stands there now.
        seen.valid_value = lambda value: True  # type: ignore[method-assign]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("standard") and not (cleaned.get("reason") or "").strip():
            self.add_error("standard", _("A decision says why."))
        return cleaned

    @property
    def because(self) -> str:
        """Words of one's own say more than the standard."""
        return self.cleaned_data["reason"].strip() or self.cleaned_data["standard"]


@dataclass(frozen=True)
class Ballot:
    """A value with the form that lets the register follow it."""

    value: Value
    standard: str
    reason: str = ""
    errors: list[str] = field(default_factory=list)


class _ReadOnlyAdmin(PortalModelAdmin[Any]):
    """A list whose objects have pages of their own instead of forms."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def _seen(self, request: HttpRequest, object_id: str) -> Any:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        return obj

    def _page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), "opts": self.opts, **context}
        )


@admin.register(Difference)
class DifferenceAdmin(_ReadOnlyAdmin):
    """The open ones first; each is decided on its page."""

    list_display = ("label", "record", "values_in_words", "decided", "found_at")
    list_filter = ("decided", "fact")
    search_fields = ("=partnership__number",)
    ordering = ("decided", "-found_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Difference]:
        differences = super().get_queryset(request)
        assert isinstance(differences, DifferenceQuerySet)
        return loaded(differences)

    @admin.display(description=gettext_lazy("fact"))
    def label(self, difference: Difference) -> str:
        return fact_label(difference.fact, difference.milestone, difference.agreement)

    @admin.display(description=gettext_lazy("partnership"))
    def record(self, difference: Difference) -> str:
        return str(difference.partnership)

    @admin.display(description=gettext_lazy("values"))
    def values_in_words(self, difference: Difference) -> str:
        return " / ".join(value_words(difference.fact, value) or value for value in difference.values)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One difference: read it, decide it. Deciding needs the right to add rulings."""
        difference = self._seen(request, object_id)
        form = None
        if request.method == "POST":
            if not request.user.has_perm("partnerships.add_ruling"):
                raise PermissionDenied
            form = RulingForm(request.POST, difference=difference)
            if form.is_valid() and (answer := self._decide(request, difference, form)):
                return answer
        row = in_words([difference])[0]
        return self._page(
            request,
            "admin/partnerships/difference/decide.html",
            title=_("Sources differ"),
            original=difference,
            row=row,
            ballots=_ballots(row, form),
            errors=form.non_field_errors() if form else [],
            reasons=StandardReason.choices,
            may_decide=request.user.has_perm("partnerships.add_ruling"),
            may_take_back=request.user.has_perm("partnerships.delete_ruling"),
        )

    def _decide(self, request: HttpRequest, difference: Difference, form: RulingForm) -> HttpResponse | None:
        """Decide and go on to the next open one; nothing where it is refused."""
        here = reverse("admin:partnerships_difference_change", args=[difference.pk])
        try:
            statement = form.cleaned_data["follow"]
            decide(difference, statement, form.because, request.user, seen=form.cleaned_data["seen"])
        except DecidedMeanwhile:
            return self._was_decided(request, difference, here)
        except ValidationError as error:
            form.add_error(None, error)
            return None
        reindex(difference.partnership)
        told = _("Decided: %(record)s.") % {"record": difference.partnership}
        self.log_change(request, difference, told)
        messages.success(
            request, format_html('{} <a href="{}">{}</a>', told, here, _("See it, take it back"))
        )
        following = Difference.objects.undecided().order_by("-found_at", "pk").first()
        if following is None:
            return redirect(reverse("admin:partnerships_difference_changelist"))
        return redirect(reverse("admin:partnerships_difference_change", args=[following.pk]))

    def _was_decided(self, request: HttpRequest, difference: Difference, here: str) -> HttpResponse:
        """The second of two registrars is told, and sees what the first one decided."""
        messages.warning(
            request,
            _(
                "Nothing was saved: meanwhile somebody else has decided this, or a source has said something "
                "else. This is how it stands now."
            ),
        )
        still_there = Difference.objects.filter(pk=difference.pk).exists()
        return redirect(here if still_there else reverse("admin:partnerships_difference_changelist"))


@admin.register(Ruling)
class RulingAdmin(_ReadOnlyAdmin):
    """Decisions, the newest first; each can be taken back."""

    list_display = ("fact", "record", "followed", "because", "decided_by", "decided_at")
    list_filter = ("fact",)
    search_fields = ("=partnership__number", "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ruling]:
        rulings: QuerySet[Ruling] = super().get_queryset(request)
        return rulings.select_related("follows__source", "decided_by").prefetch_related(
            "partnership__parties__place__centre", "partnership__parties__body"
        )

    @admin.display(description=gettext_lazy("partnership"))
    def record(self, ruling: Ruling) -> str:
        return str(ruling.partnership)

    @admin.display(description=gettext_lazy("followed"))
    def followed(self, ruling: Ruling) -> str:
        value = ruling.follows.value
        return f"{value_words(ruling.fact, value) or value} ({ruling.follows.source})"

    @admin.display(description=gettext_lazy("reason"))
    def because(self, ruling: Ruling) -> str:
        return str(reason_of(ruling))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One decision; a POST takes it back, which needs the right to delete rulings."""
        ruling = self._seen(request, object_id)
        if request.method == "POST":
            if not request.user.has_perm("partnerships.delete_ruling"):
                raise PermissionDenied
            if request.POST.get("follows", "") != str(ruling.follows_id):
                messages.warning(request, _("Nothing was saved: meanwhile this decision was changed."))
                return redirect(reverse("admin:partnerships_ruling_change", args=[ruling.pk]))
            return self._take_back(request, ruling)
        return self._page(
            request,
            "admin/partnerships/ruling/take_back.html",
            title=_("Decision on a difference"),
            original=ruling,
            record=ruling.partnership,
            followed=self.followed(ruling),
            reason=reason_of(ruling),
            may_take_back=request.user.has_perm("partnerships.delete_ruling"),
        )

    def _take_back(self, request: HttpRequest, ruling: Ruling) -> HttpResponse:
        record = ruling.partnership
        try:
            take_back(ruling, request.user)
        except DecidedMeanwhile:
            messages.warning(request, _("Nothing was saved: meanwhile this decision was changed."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(reverse("admin:partnerships_ruling_change", args=[ruling.pk]))
        else:
            reindex(record)
            told = _("The decision is taken back: %(record)s.") % {"record": record}
            messages.success(request, told)
        difference = Difference.objects.filter(
            partnership=record,
            milestone=ruling.milestone_id,
            agreement=ruling.agreement_id,
            fact=ruling.fact,
        ).first()
        if difference is None:
            return redirect(reverse("admin:partnerships_difference_changelist"))
        return redirect(reverse("admin:partnerships_difference_change", args=[difference.pk]))


def _ballots(row: Differing, form: RulingForm | None) -> list[Ballot]:
    """A form for each value; the one that was refused keeps what was typed.

    A stronger source is the reason chosen beforehand only where it is stronger than all others.
    """
    grades = [value.statement.grade for value in row.values]
    made = []
    for place, value in enumerate(row.values):
        stronger = all(grades[place] < grade for other, grade in enumerate(grades) if other != place)
        ballot = Ballot(value, StandardReason.STRONGER.value if stronger else "")
        if form is not None and form.errors and form["follow"].value() == str(value.statement.pk):
            errors = [str(text) for texts in form.errors.values() for text in texts]
            ballot = Ballot(value, form["standard"].value() or "", form["reason"].value() or "", errors)
        made.append(ballot)
    return made
