"""What search holds of the cards that hold today."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.languages import LANGUAGES
from core.registry import IndexedText, Kind, register
from seeking.models import SeekingCard
from seeking.querysets import SeekingCardQuerySet


def public() -> SeekingCardQuerySet:
    return SeekingCard.objects.public(timezone.localdate()).with_hromada()


def addressable() -> SeekingCardQuerySet:
    return SeekingCard.objects.addressable().with_hromada()


def next_lapse() -> dt.datetime | None:
    """Midnight after the first day on which a card ends."""
    last_day = public().order_by("valid_until").values_list("valid_until", flat=True).first()
    if last_day is None:
        return None
    return timezone.make_aware(dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time()))


def texts(card: SeekingCard) -> Iterator[IndexedText]:
    for language in LANGUAGES:
        with override(language):
            body = [str(text) for text in (card.profile, card.offers, card.seeks) if text]
            yield IndexedText(
                language=language,
                title=str(card),
                context=card.hromada.whereabouts(),
                keywords=" ".join([str(card.hromada.full_name()), *card.topic_labels]),
                body="\n".join(body),
            )


register(
    Kind(
        type="seeking",
        label=_("Hromadas that seek a partner"),
        model=SeekingCard,
        public=public,
        addressable=addressable,
        next_change=next_lapse,
        texts=texts,
        order=30,
    )
)
