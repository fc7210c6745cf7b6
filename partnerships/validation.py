"""What forms check before the database would refuse it, in words that a person understands."""

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, ModelForm
from django.utils.translation import gettext as _

from partnerships.enums import Side
from partnerships.models import Partnership, Party


class PartyFormSet(BaseInlineFormSet[Party, Partnership, ModelForm[Party]]):
    """The parties of one partnership: at least one a side, each on the side of its country."""

    def clean(self) -> None:
        super().clean()
        sides = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", None)
            if not data or data.get("DELETE"):
                continue
            side, place = data.get("side"), data.get("place")
            if place is not None and side and place.is_ukrainian != (side == Side.UKRAINIAN):
                form.add_error(
                    "side",
                    _("“%(place)s” lies in the other side's country.") % {"place": place.short_name()},
                )
            sides.add(side)
        if not any(self.errors) and not {Side.UKRAINIAN, Side.FOREIGN} <= sides:
            raise ValidationError(_("A partnership needs at least one Ukrainian and one foreign party."))
