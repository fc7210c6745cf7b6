"""What the form of a place checks before the database would refuse it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from places.models import Place

OFFICE = ("office_uk", "office_en", "office_email", "office_phone")


class PlaceForm(forms.ModelForm[Place]):
    """A place as registrars write it."""

    class Meta:
        model = Place
        fields = "__all__"  # noqa: DJ007  the admin's fieldsets say which

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        self._check_country()
        self._check_office()
        return self.cleaned_data

    def _check_country(self) -> None:
        """A party stands on the side of its place's country, so a party's place stays on its side of the
        border."""
        country = self.cleaned_data.get("country")
        if country is None or self.instance.pk is None or "country" not in self.changed_data:
            return
        before = Place.objects.values_list("country", flat=True).get(pk=self.instance.pk)
        if (before == "UA") != (country.iso2 == "UA") and self.instance.parties.exists():
            self.add_error(
                "country",
                _(
                    "The place is a party of partnerships, on the side of its country, so it cannot move "
                    "across the border of Ukraine. Make another place and change the partnerships."
                ),
            )

    def _check_office(self) -> None:
        """A contact that nobody checked helps nobody: it goes with the day on which somebody did."""
        checked = self.cleaned_data.get("office_checked_on")
        if checked is not None and checked > timezone.localdate():
            self.add_error("office_checked_on", _("This day is still to come."))
        if checked is None and any(self.cleaned_data.get(name) for name in OFFICE):
            self.add_error("office_checked_on", _("Say on which day the contact was checked."))
