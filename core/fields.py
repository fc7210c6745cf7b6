"""Model fields that several apps share: dates with precision and names in alphabetical order."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.edtf import InvalidDate, PartialDate, in_words
from core.typed_dates import parse_date


def validate_edtf(value: str) -> None:
    """:raises ValidationError: with what may be written instead."""
    try:
        PartialDate.parse(value)
    except InvalidDate as error:
        raise refused_date(error) from error


def refused_date(error: InvalidDate) -> ValidationError:
    """What a form says of a text that is no date."""
    return ValidationError(error.explanation(), code="invalid_date")


class EDTFField(models.CharField):
    """Text of a date in EDTF (see `core.edtf`), empty where nothing is known. Reads typed dates."""

    default_validators = [validate_edtf]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        """EDTF of what was typed.

        :raises ValidationError: it is no date.
        """
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return parse_date(value)
        except InvalidDate as error:
            raise refused_date(error) from error

    def get_prep_value(self, value: Any) -> Any:
        """What is written or looked for past all forms goes to the database as it is, which knows dates."""
        return models.Field.get_prep_value(self, value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": EDTFFormField} | kwargs)


class _Typed(str):
    """Text that somebody typed, which is not put into words."""


class EDTFFormField(forms.CharField):
    """A date as people type it, in words or numbers; what was typed stays in the field if it is refused."""

    def __init__(self, **kwargs: Any) -> None:
        # EDTF is short, and what people write is not: «приблизно з 1 по 3 травня 2023 року».
        kwargs["max_length"] = 100
        kwargs["help_text"] = kwargs.get("help_text") or _(
            "As far as it is known: 9 February 2023, 09.02.2023, 02.2023, 2023, about 2019, 2019–2021, "
            "since 2019."
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        try:
            return parse_date(typed)
        except InvalidDate as error:
            raise refused_date(error) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed stays as it was typed while the form is not saved."""
        return _Typed(data) if isinstance(data, str) else data

    def prepare_value(self, value: Any) -> Any:
        """A stored date in words."""
        if isinstance(value, _Typed) or not isinstance(value, str):
            return value
        return in_words(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return parse_date(data or "") != (initial or "")
        except InvalidDate:
            return True


def edtf_valid(*fields: str, name: str) -> models.CheckConstraint:
    """A constraint that the named EDTF columns hold dates. A day that does not exist is refused as well:
    making the date raises an error in the database."""
    condition = models.Q()
    for field in fields:
        condition &= models.Q(EdtfIsValid(models.F(field)))
    return models.CheckConstraint(
        condition=condition, name=name, violation_error_message=_("This is not a date.")
    )


class EdtfIsValid(models.Func):
    function = "core_edtf_is_valid"
    output_field = models.BooleanField()
    arity = 1


class EdtfEarliest(models.Func):
    """First day that an EDTF text may mean, in SQL."""

    function = "core_edtf_earliest"
    output_field = models.DateField()
    arity = 1


class EdtfLatest(models.Func):
    """Last day that an EDTF text may mean, in SQL."""

    function = "core_edtf_latest"
    output_field = models.DateField()
    arity = 1


class SortKey(models.Func):
    """Text by which names sort as the Ukrainian alphabet does: ґ after г, є after е, і and ї after и."""

    function = "core_sort_key"
    output_field = models.TextField(db_collation="C")
    arity = 1


def edtf_earliest(field: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=EdtfEarliest(field), output_field=models.DateField(null=True), db_persist=True
    )


def edtf_latest(field: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=EdtfLatest(field), output_field=models.DateField(null=True), db_persist=True
    )


def sort_key(field: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=SortKey(field), output_field=models.TextField(db_collation="C"), db_persist=True
    )


def one_of(field: str, choices: type[models.TextChoices], *, name: str) -> models.CheckConstraint:
    """A constraint that a column holds one of its codes, whoever writes it."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": list(choices.values)}),
        name=name,
        violation_error_message=_("This is not one of the codes."),
    )
