"""What forms check before the database would refuse it, in words that a person understands."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, ModelForm
from django.utils import timezone
from django.utils.translation import gettext as _

from core.edtf import InvalidDate, PartialDate
from partnerships.enums import MilestoneType, Side, Stage
from partnerships.models import Body, Milestone, Partnership, Party
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


#: An event, the field that is wrong, and what is wrong with it.
Fault = tuple[Milestone, str, str]


class MilestoneFormSet(BaseInlineFormSet[Milestone, Partnership, ModelForm[Milestone]]):
    """The events of one partnership as one life: what the database would refuse is told beside its field."""

    def clean(self) -> None:
        super().clean()
        forms = [form for form in self.forms if not self._should_delete_form(form)]  # type: ignore[attr-defined]
        by_event = {id(form.instance): form for form in forms if getattr(form, "cleaned_data", None)}
        for form in by_event.values():
            if form.instance.follows_id and "date" in form.changed_data:
                form.add_error("date", _("The date follows a statement: change it there, or decide anew."))
        events = [form.instance for form in by_event.values()]
        for event, field, words in faults(events, today=timezone.localdate()):
            form = by_event[id(event)]
            if not form.errors.get(field):
                form.add_error(field, words)


class MilestoneForm(ModelForm[Milestone]):
    """One event, checked with the others of its partnership."""

    class Meta:
        model = Milestone
        fields = "__all__"  # noqa: DJ007  the admin's fieldsets say which

    def _post_clean(self) -> None:
        # The event holds the new values only after Django has written them into it.
        super()._post_clean()  # type: ignore[misc]
        event = self.instance
        others = (
            list(Milestone.objects.filter(partnership=event.partnership_id).exclude(pk=event.pk))
            if event.partnership_id
            else []
        )
        for wrong, field, words in faults([event, *others], today=timezone.localdate()):
            # An event that was wrong before is told at the one that somebody changes now.
            shown = field if wrong is event and field in self.fields else None
            if shown is None or not self.errors.get(shown):
                self.add_error(shown, words)


def faults(events: Sequence[Milestone], *, today: dt.date) -> Iterator[Fault]:
    """What cannot be true of the events of one partnership; as the database sees it (migration 0003)."""
    for event in events:
        date, announced = _days(event.date), _days(event.announced_on)
        if event.stage == Stage.HAPPENED and date.earliest and date.earliest > today:
            yield (
                event,
                "date",
                _("What lies in the future has not happened yet: record it as announced."),
            )
        if announced.earliest and announced.earliest > today:
            yield event, "announced_on", _("An announcement was made today at the latest.")
    yield from _ends_too_early(events)
    yield from _fulfilled_too_early(events)


def _ends_too_early(events: Sequence[Milestone]) -> Iterator[Fault]:
    beginnings = [
        event
        for event in events
        if event.stage == Stage.HAPPENED
        and event.type in (MilestoneType.SIGNING, MilestoneType.UPGRADE, MilestoneType.RENEWAL)
    ]
    days = [_days(event.date).earliest for event in beginnings]
    known = [day for day in days if day is not None]
    # A beginning of no known day, or one that tells of an earlier one, leaves everything possible.
    if not known or len(known) < len(days) or any(event.type != "signing" for event in beginnings):
        return
    for event in events:
        latest = _days(event.date).latest
        if (
            event.type == MilestoneType.END
            and event.stage == Stage.HAPPENED
            and latest
            and latest < min(known)
        ):
            yield event, "date", _("The relation would end before it was signed.")


def _fulfilled_too_early(events: Sequence[Milestone]) -> Iterator[Fault]:
    by_key = {event.pk: event for event in events if event.pk}
    for event in events:
        announcement = by_key.get(event.fulfils_id or 0)
        if announcement is None:
            continue
        latest, made = _days(event.date).latest, _days(announcement.announced_on).earliest
        if latest and made and latest < made:
            yield event, "date", _("The event would have taken place before it was announced.")


class _Unknown:
    earliest = latest = None


def _days(edtf: str) -> PartialDate | type[_Unknown]:
    try:
        return PartialDate.parse(edtf) if edtf else _Unknown
    except InvalidDate:
        return _Unknown  # the field says so itself
