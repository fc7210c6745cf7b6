"""A record as the row of a list."""

from django import template
from django.utils import timezone

from partnerships.models import Partnership
from partnerships.rows import Row, row_of

register = template.Library()


@register.filter
def as_row(partnership: Partnership) -> Row:
    """`{% with row=partnership|as_row %}`: all that its row says, in the page's language."""
    return row_of(partnership, timezone.localdate())
