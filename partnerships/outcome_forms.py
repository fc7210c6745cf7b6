"""The form by which a registrar says what became of an announcement, and by whose word it is known."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.edtf import PartialDate
from core.fields import EDTFFormField
from partnerships.enums import Grade, MilestoneType, Mode, Outcome, Stage
from partnerships.loading.building.sources import page_slug
from partnerships.models import Milestone, Source
from partnerships.outcomes import Evidence

TOOK_PLACE = "took_place"
#: An upgrade and a renewal are signed as well.
_SIGNED = {MilestoneType.SIGNING, MilestoneType.UPGRADE, MilestoneType.RENEWAL}


def _grades() -> list[tuple[str, str]]:
    """Made with each form, so that they are in its reader's language."""
    return [("", "—"), *((grade.value, f"{grade.value} – {grade.label}") for grade in Grade)]


class OutcomeForm(forms.Form):
    """What happened, when, and who says so. A source whose address is known needs no further description."""

    what = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        choices=[
            (TOOK_PLACE, gettext_lazy("It took place")),
            (Outcome.POSTPONED.value, gettext_lazy("It was postponed")),
            (Outcome.CANCELLED.value, gettext_lazy("It was cancelled")),
            (
                Outcome.NOT_KNOWN.value,
                gettext_lazy("Nothing is known after all: take back what is recorded"),
            ),
        ],
        widget=forms.RadioSelect,
    )
    event = forms.ModelChoiceField(
        Milestone.objects.none(),
        label=gettext_lazy("Event that the register holds already"),
        required=False,
        empty_label=gettext_lazy("none: record a new event"),
    )
    date = EDTFFormField(label=gettext_lazy("It took place on"), required=False)
    mode = forms.ChoiceField(label=gettext_lazy("How"), choices=[("", "—"), *Mode.choices], required=False)
    new_date = EDTFFormField(label=gettext_lazy("Postponed to"), required=False)
    source_url = forms.URLField(
        label=gettext_lazy("Address of the source"), required=False, max_length=600, assume_scheme="https"
    )
    source_title = forms.CharField(label=gettext_lazy("Title of the source"), required=False, max_length=400)
    source_publisher = forms.CharField(label=gettext_lazy("Publisher"), required=False, max_length=200)
    source_language = forms.RegexField(
        r"^[a-z]{2,3}$",
        label=gettext_lazy("Language of the source"),
        required=False,
        help_text=gettext_lazy("ISO code: uk, en, de, pl …"),
    )
    source_grade = forms.ChoiceField(
        label=gettext_lazy("Grade"),
        choices=_grades,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why, or how it is known"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, announcement: Milestone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.announcement = announcement
        types = _SIGNED if announcement.type in _SIGNED else {announcement.type}
        events = Milestone.objects.filter(
            partnership=announcement.partnership, type__in=types, stage=Stage.HAPPENED, fulfils=None
        )
        event = self.fields["event"]
        assert isinstance(event, forms.ModelChoiceField)
        event.queryset = events.in_order()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        what = cleaned.get("what")
        if what == TOOK_PLACE and not cleaned.get("event"):
            self._check_past(cleaned.get("date") or "")
            if "source_url" not in self.errors and not cleaned.get("source_url"):
                self.add_error("source_url", _("Name the source that says so."))
        if what in (Outcome.POSTPONED, Outcome.CANCELLED, Outcome.NOT_KNOWN) and not cleaned.get("reason"):
            self.add_error("reason", _("Say why, or how it is known."))
        if what == Outcome.POSTPONED and cleaned.get("new_date") and not cleaned.get("source_url"):
            self.add_error("source_url", _("Name the source of the new day."))
        if cleaned.get("source_url") and self._known_source() is None:
            for name in ("source_title", "source_grade"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("The register does not know this source yet: describe it."))
        return cleaned

    def evidence(self) -> Evidence | None:
        """Who says so, read today; a source that is not known yet is made."""
        url = self.cleaned_data["source_url"]
        if not url:
            return None
        source = self._known_source() or Source.objects.create(
            slug=_free_slug(page_slug(url) or "source"),
            title=self.cleaned_data["source_title"],
            publisher=self.cleaned_data["source_publisher"],
            language=self.cleaned_data["source_language"],
            grade=self.cleaned_data["source_grade"],
            url=url,
            read_on=timezone.localdate(),
        )
        return Evidence(source, url, timezone.localdate())

    def _check_past(self, date: str) -> None:
        earliest = PartialDate.parse(date).earliest if date else None
        if earliest is not None and earliest > timezone.localdate():
            self.add_error("date", _("This day has not come yet, so nothing can have happened on it."))

    def _known_source(self) -> Source | None:
        return Source.objects.filter(url=self.cleaned_data["source_url"]).order_by("pk").first()


def _free_slug(wanted: str) -> str:
    taken = set(Source.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
