"""What the database refuses, in words: rules across rows that no form can know before it writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.apps import apps
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
    "partnership_has_both_sides": gettext_lazy(
        "A partnership needs at least one Ukrainian and one foreign party."
    ),
    "party_side_fits_country": gettext_lazy("A party stands on the side of its place's country."),
    "statement_same_partnership": gettext_lazy("A statement and what it is about belong to one partnership."),
    "statement_followed_stays": gettext_lazy(
        "A milestone follows this statement: only its value can change."
    ),
    "milestone_fulfils_announcement": gettext_lazy(
        "An event fulfils an announcement of its own partnership."
    ),
    "ruling_weighs_its_own": gettext_lazy("A decision follows a statement of the fact that it decides."),
}


def words_of(rule: str) -> str:
    """What is wrong when the rule of this name is broken; a sentence for all where nobody said more."""
    if rule in WORDS:
        return str(WORDS[rule])
    for model in apps.get_app_config("partnerships").get_models():
        for constraint in model._meta.constraints:
            said = constraint.violation_error_message
            if constraint.name == rule and said != constraint.default_violation_error_message:
                return str(said)
    return _("The database refused this change; nothing was saved.")


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
        raise ValidationError(words_of(rule), code=rule) from error
