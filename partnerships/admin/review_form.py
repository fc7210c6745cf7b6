"""The form in which a registrar says what a doubtful row means."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.importing import reviewing
from partnerships.importing.deciding import Meant
from partnerships.importing.reviewing import PartyAsked, Sheet
from partnerships.models import Partnership, SourceRow
from places.models import Place

LONGEST_CODES = 400


class ReviewForm(forms.Form):
    """For each party one of the candidates or another place; and, if asked, which of several records."""

    #: For what the whole of a row says beside its parties.
    reason = forms.CharField(
        label=gettext_lazy("Remark, or why it is refused"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    with_alike = forms.BooleanField(label=gettext_lazy("The same for all identical rows"), required=False)

    def __init__(self, *args: Any, sheet: Sheet, records: list[Partnership] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        #: What is wrong with the reason of a refusal.
        self.reason_errors: list[str] = []
        for party in sheet.parties:
            self._add_party(party)
        if records is not None:
            choices = [(str(record.pk), str(record)) for record in records]
            self.fields["record"] = forms.ChoiceField(
                label=_("Which record is meant?"),
                choices=[*choices, ("0", _("none of them: a record of its own"))],
                widget=forms.RadioSelect,
                required=False,
            )

    def _add_party(self, party: PartyAsked) -> None:
        choices = [(str(option.place.pk), str(option.place)) for option in party.options]
        initial = next((str(option.place.pk) for option in party.options if option.chosen), None)
        self.fields[f"party-{party.index}"] = forms.ChoiceField(
            choices=choices, required=False, initial=initial
        )
        field = SourceRow._meta.get_field("decided_ua" if party.is_ukrainian else "decided_foreign")
        places = Place.objects.ukrainian() if party.is_ukrainian else Place.objects.foreign()
        widget = AutocompleteSelect(field, admin.site)
        self.fields[f"other-{party.index}"] = forms.ModelChoiceField(
            places.current(), label=_("Another place"), required=False, widget=widget
        )
        self.fields[f"codes-{party.index}"] = forms.CharField(
            label=_("or its code or address"),
            help_text=_("UA… or de/duisburg; several separated by spaces, where the cell names several."),
            required=False,
            max_length=LONGEST_CODES,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for party in self.sheet.parties:
            cleaned[f"meant-{party.index}"] = self._meant_by(party, cleaned)
        return cleaned

    def _meant_by(self, party: PartyAsked, cleaned: dict[str, Any]) -> tuple[int, ...]:
        """What was typed counts before what was searched, and that before the candidates."""
        if codes := (cleaned.get(f"codes-{party.index}") or "").split():
            return tuple(self._place(party, code) for code in codes)
        if other := cleaned.get(f"other-{party.index}"):
            return (other.pk,)
        chosen = cleaned.get(f"party-{party.index}")
        if not chosen and not self.errors.get(f"party-{party.index}"):
            self.add_error(f"party-{party.index}", _("Choose a place, or name another one."))
        return (int(chosen),) if chosen else ()

    def _place(self, party: PartyAsked, code: str) -> int:
        place = reviewing.place_of_code(code)
        told = {"code": code[:60]}
        if place is None:
            self.add_error(f"codes-{party.index}", _("No place has the code or address “%(code)s”.") % told)
            return 0
        if place.is_ukrainian != party.is_ukrainian:
            elsewhere = _("“%(code)s” is not on this side of the row.")
            self.add_error(f"codes-{party.index}", elsewhere % told)
        return place.pk

    @property
    def meant(self) -> Meant:
        record = self.cleaned_data.get("record")
        parties = tuple(self.cleaned_data[f"meant-{party.index}"] for party in self.sheet.parties)
        sides = tuple(party.side for party in self.sheet.parties)
        return Meant(parties, sides, int(record) if record else None)

    def rows_of_parties(self) -> list[dict[str, Any]]:
        """Each party with its three fields, for the page."""
        return [
            {
                "party": party,
                "choice": self[f"party-{party.index}"],
                "other": self[f"other-{party.index}"],
                "codes": self[f"codes-{party.index}"],
                "chosen": str(self[f"party-{party.index}"].value() or ""),
            }
            for party in self.sheet.parties
        ]
