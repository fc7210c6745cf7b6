"""What the database refuses, in words: rules across rows that no form can know before it writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: Name of the constraint or of the trigger's error → what is wrong.
WORDS: dict[str, "_StrPromise"] = {
    "milestone_not_in_the_future": gettext_lazy(
        "What happened or was announced does not lie in the future: today is the last day it may have."
    ),
    "milestone_ends_after_signing": gettext_lazy(
        "The relation would end or rest before it was signed; one of the dates cannot be right."
    ),
    "milestone_fulfilled_after_announcement": gettext_lazy(
        "An announcement cannot be fulfilled before it was made; one of the dates cannot be right."
    ),
    "statement_once": gettext_lazy("This statement is already recorded."),
    "milestone_dates": gettext_lazy("This is not a date."),
}


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Run a block in a savepoint; rules that are checked at the end of a transaction are checked at its end.

    :raises ValidationError: the database refuses what the block wrote; nothing of it stays.
    """
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        rule = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        words = WORDS.get(rule) or _("The database refused this change; nothing was saved.")
        raise ValidationError(str(words), code=rule) from error
