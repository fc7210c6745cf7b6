"""Merging two places in the admin: choose them, see what will move, say why, and only then do it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.roles import is_registrar
from news.models import NewsItem
from partnerships.place_merging import MergePlan, merge_places, plan
from places.merging import place_meant_by
from places.models import Place
from search.indexing import reindex

#: So many records are listed by name before the page only counts the others.
LISTED = 50


class ChoiceForm(forms.Form):
    """Which two places; part of the page's address."""

    one = forms.CharField(label=gettext_lazy("One place"), max_length=100)
    other = forms.CharField(
        label=gettext_lazy("Another place that means the same"),
        max_length=100,
        help_text=gettext_lazy(
            "A KATOTTG code, country and slug such as de/duisburg, or the number in the address of its form."
        ),
    )

    def clean_one(self) -> Place:
        return self._place("one")

    def clean_other(self) -> Place:
        return self._place("other")

    def _place(self, name: str) -> Place:
        place = place_meant_by(self.cleaned_data[name])
        if place is None:
            raise ValidationError(
                _("No place is known by “%(value)s”.") % {"value": self.cleaned_data[name][:40]}
            )
        return place

    def pair(self) -> tuple[Place, Place] | None:
        """The place that stays and the one that goes into it; none as long as one is not known."""
        if not self.is_bound or not self.is_valid():
            return None
        one, other = self.cleaned_data["one"], self.cleaned_data["other"]
        asked = self.data.get("kept", "")
        other_stays = asked == str(other.pk) if asked in {str(one.pk), str(other.pk)} else _leads(other, one)
        return (other, one) if other_stays else (one, other)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why are they one place?"),
        max_length=500,
        help_text=gettext_lazy("Stands in the history of both."),
        widget=AdminTextareaWidget(attrs={"rows": 2}),
    )
    and_records = forms.BooleanField(
        label=gettext_lazy("Make one record of each two partnerships that will be of the same places"),
        required=False,
    )


def _leads(place: Place, other: Place) -> bool:
    """It is proposed to stay: the place of today, with a code, with more partnerships."""
    first, second = (
        (not one.abolished, bool(one.katottg), one.parties.count(), -one.pk) for one in (place, other)
    )
    return first > second


class PlaceMergingMixin(admin.ModelAdmin):
    """Offers registrars to merge two places."""

    actions = ("merge_selected",)
    change_form_template = "admin/places/place/change_form.html"

    @admin.action(description=gettext_lazy("Merge two places that mean the same"), permissions=["change"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Place]) -> HttpResponse | None:
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            messages.error(request, _("Choose exactly two places to merge."))
            return None
        query = urlencode({"one": keys[0], "other": keys[1]})
        return redirect(f"{reverse('admin:places_place_merge')}?{query}")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge)
        return [path("merge/", view, name="places_place_merge"), *super().get_urls()]

    def merge(self, request: HttpRequest) -> HttpResponse:
        """Show what merging the two places would do; do it once it is confirmed with a reason."""
        if not is_registrar(request.user) or not self.has_change_permission(request):
            raise PermissionDenied
        choice = ChoiceForm(request.GET) if request.GET else ChoiceForm()
        pair = choice.pair()
        planned = plan(*pair) if pair else None
        reason = ReasonForm(request.POST) if request.method == "POST" else ReasonForm()
        if planned and not planned.obstacles and reason.is_bound and reason.is_valid():
            try:
                return self._merged(request, planned, **reason.cleaned_data)
            except ValidationError as error:
                # Somebody else has merged one of the two, or changed a record, since they were looked at.
                reason.add_error(None, error)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Merge two places"),
            "opts": self.opts,
            "choice": choice,
            "plan": planned,
            "reason": reason,
            "listed": LISTED,
        }
        return TemplateResponse(request, "admin/places/place/merge.html", context)

    def _merged(
        self, request: HttpRequest, planned: MergePlan, reason: str, and_records: bool
    ) -> HttpResponse:
        done = merge_places(planned.kept, planned.merged, request.user, reason, and_records=and_records)
        kept, merged = done.kept.full_name(), done.merged.full_name()
        reindex(*NewsItem.objects.about_place(done.kept))
        note = _("Merged with “%(place)s”: %(reason)s") % {"place": merged, "reason": reason}
        self.log_change(request, done.kept, note)
        count = len(done.moving) + len(done.of_both)
        messages.success(
            request,
            ngettext(
                "“%(merged)s” is now “%(kept)s”; %(count)s partnership moved.",
                "“%(merged)s” is now “%(kept)s”; %(count)s partnerships moved.",
                count,
            )
            % {"merged": merged, "kept": kept, "count": count},
        )
        for first, second in done.same_pairs:
            numbers = {"first": first.number, "second": second.number}
            messages.warning(
                request,
                _("No. %(first)s and No. %(second)s are now of the same places: look whether they are one.")
                % numbers,
            )
        return redirect(reverse("admin:places_place_change", args=[done.kept.pk]))
