"""Taking a record out of the register with a reason that everybody reads, and bringing it back."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.history import attributed
from partnerships.enums import Visibility
from partnerships.models import Partnership
from search.indexing import reindex

User = AbstractBaseUser | AnonymousUser | None


def withdraw(record: Partnership, user: User, *, because_uk: str, because_en: str) -> None:
    """The record keeps its number and its address, which says why it no longer counts.

    :raises ValidationError: no reason in either language, or it is not published.
    """
    because_uk, because_en = because_uk.strip(), because_en.strip()
    if not because_uk and not because_en:
        raise ValidationError(_("Say in at least one language why the record is withdrawn."))
    with attributed(user, because_uk or because_en):
        current = _locked(record)
        if current.visibility != Visibility.PUBLISHED:
            raise ValidationError(_("Only a published record is withdrawn."))
        current.visibility = Visibility.WITHDRAWN
        current.withdrawn_because_uk, current.withdrawn_because_en = because_uk, because_en
        current.save(
            update_fields=["visibility", "withdrawn_because_uk", "withdrawn_because_en", "updated_at"]
        )
        reindex(current)


def bring_back(record: Partnership, user: User, reason: str) -> None:
    """Publish a withdrawn record again.

    :raises ValidationError: it is not withdrawn, or stays merged into another one.
    """
    with attributed(user, reason):
        current = _locked(record)
        if current.merged_into_id is not None:
            raise ValidationError(_("The record was merged into another one and leads there."))
        if current.visibility != Visibility.WITHDRAWN:
            raise ValidationError(_("Only a withdrawn record is brought back."))
        current.visibility = Visibility.PUBLISHED
        current.withdrawn_because_uk = current.withdrawn_because_en = ""
        current.save(
            update_fields=["visibility", "withdrawn_because_uk", "withdrawn_because_en", "updated_at"]
        )
        reindex(current)


def _locked(record: Partnership) -> Partnership:
    return Partnership.objects.select_for_update(of=("self",)).get(pk=record.pk)
