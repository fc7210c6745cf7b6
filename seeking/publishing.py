"""Publishing, renewing and taking back a card. Each locks the card and judges it again."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.history import attributed
from search.indexing import reindex
from seeking.enums import CardState
from seeking.models import DAYS_OF_A_CARD, SeekingCard


class NotPossible(Exception):
    """Why a card can't be published or renewed, in sentences."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def missing(card: SeekingCard) -> Iterator[tuple[str, str]]:
    """What a card still needs before foreign towns can use it: field and sentence."""
    if not card.profile:
        yield "profile_uk", _("Say who you are, in Ukrainian or in English.")
    if not card.seeks:
        yield "seeks_uk", _("Say whom and what you seek, in Ukrainian or in English.")
    if not card.topics:
        yield "topics", _("Choose at least one topic.")
    if not card.languages:
        yield "languages", _("Choose at least one language in which you write.")
    if not card.contact_email:
        yield "contact_email", _("Give an e-mail address at which partners reach you.")


def publish(card: SeekingCard, user: User, on: dt.date) -> SeekingCard:
    """Show the card from the day on; one that is shown already is renewed.

    :raises NotPossible: with what is missing.
    """
    with attributed(user, "card published"), transaction.atomic():
        current = SeekingCard.objects.select_for_update().get(pk=card.pk)
        if current.state == CardState.WITHDRAWN:
            raise NotPossible(_("This card was taken back. Write a new one."))
        if reasons := [sentence for _field, sentence in missing(current)]:
            raise NotPossible(*reasons)
        if current.state == CardState.PUBLISHED:
            current.renewed_on = on
        else:
            current.state, current.published_on = CardState.PUBLISHED, on
        current.valid_until = on + dt.timedelta(days=DAYS_OF_A_CARD)
        current.save()
        reindex(current)
    return current


def take_back(card: SeekingCard, user: User) -> SeekingCard:
    """Show the card no longer. Its address stays and says so."""
    with attributed(user, "card taken back"), transaction.atomic():
        current = SeekingCard.objects.select_for_update().get(pk=card.pk)
        current.state = CardState.WITHDRAWN
        current.save(update_fields=["state", "updated_at"])
        reindex(current)
    return current
