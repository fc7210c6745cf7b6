"""What forms check before the database would refuse it, in words that a person understands."""

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, ModelForm
from django.utils.translation import gettext as _

from partnerships.enums import Side
from partnerships.models import Body, Partnership, Party
from places.models import Place


class PartyFormSet(BaseInlineFormSet[Party, Partnership, ModelForm[Party]]):
    """The parties of one partnership: at least one a side, each on the side of its country."""

    def clean(self) -> None:
        super().clean()
        sides = set()
        bodies: set[int] = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", None)
            if not data or data.get("DELETE"):
                continue
            side, place, body = data.get("side"), data.get("place"), data.get("body")
            _check_country(form, "side", side, place)
            if body is not None:
                _check_body(form, side, place, body)
                if body.pk in bodies:
                    form.add_error("body", _("This body is already a party."))
                bodies.add(body.pk)
            sides.add(side)
        if not any(self.errors) and not {Side.UKRAINIAN, Side.FOREIGN} <= sides:
            raise ValidationError(_("A partnership needs at least one Ukrainian and one foreign party."))


def _check_country(form: ModelForm[Party], field: str, side: str | None, place: Place | None) -> None:
    if place is not None and side and place.is_ukrainian != (side == Side.UKRAINIAN):
        form.add_error(
            field, _("“%(place)s” lies in the other side's country.") % {"place": place.short_name()}
        )


def _check_body(form: ModelForm[Party], side: str | None, place: Place | None, body: Body) -> None:
    """A body acts for its own place or for one in the same country."""
    if body.place is None:
        return
    if place is not None and body.place.country_id != place.country_id:
        form.add_error(
            "body",
            _("“%(body)s” is a body of another country than “%(place)s”.")
            % {"body": body.name(), "place": place.short_name()},
        )
    elif place is None:
        _check_country(form, "body", side, body.place)
