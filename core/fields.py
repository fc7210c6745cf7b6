"""Model fields that several apps share: dates with precision and names in alphabetical order."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.edtf import InvalidDate, PartialDate


def validate_edtf(value: str) -> None:
    """:raises ValidationError: with what may be written instead."""
    try:
        PartialDate.parse(value)
    except InvalidDate as error:
        raise ValidationError(
            _("“%(value)s” is not a date. Write 2023-02-09, 2023-02 or 2023, as far as it is known."),
            code="invalid_date",
            params={"value": value},
        ) from error


#: A day as people write it: 09.02.2023.
DAY_WITH_DOTS = re.compile(r"^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*$")


class EDTFField(models.CharField):
    """Text of a date in EDTF (see `core.edtf`), empty where nothing is known. Reads a day typed with dots."""

    default_validators = [validate_edtf]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        typed = DAY_WITH_DOTS.match(value) if isinstance(value, str) else None
        if typed:
            day, month, year = typed.groups()
            return f"{year}-{int(month):02d}-{int(day):02d}"
        return super().to_python(value)


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
