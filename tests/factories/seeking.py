"""Made-up cards of hromadas that look for a partner."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from seeking.enums import CardState
from seeking.models import DAYS_OF_A_CARD, SeekingCard
from tests.factories.base import ModelFactory
from tests.factories.places import HromadaFactory


class SeekingCardFactory(ModelFactory[SeekingCard]):
    """A published card that holds; `draft=True`, `lapsed=True`, `taken_back=True` are the other lives."""

    class Meta:
        model = SeekingCard

    class Params:
        draft = factory.Trait(state=CardState.DRAFT, published_on=None, valid_until=None)
        lapsed = factory.Trait(
            published_on=factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=200)),
            valid_until=factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=1)),
        )
        taken_back = factory.Trait(state=CardState.WITHDRAWN)

    hromada = factory.SubFactory(HromadaFactory)
    state = CardState.PUBLISHED
    profile_uk = factory.Sequence(lambda n: f"Зразкова громада {n} на вигаданій річці")
    seeks_uk = "Шукаємо місто для обміну школярів"
    seeks_en = "We seek a town for an exchange of pupils"
    topics: Any = factory.LazyFunction(lambda: ["education", "youth"])
    languages: Any = factory.LazyFunction(lambda: ["uk", "en"])
    contact_email = factory.Sequence(lambda n: f"office{n}@example.org")
    published_on = factory.LazyFunction(timezone.localdate)
    valid_until = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=DAYS_OF_A_CARD))
