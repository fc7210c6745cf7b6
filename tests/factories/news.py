"""Made-up announcements with what they are about."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import factory
from django.utils import timezone

from news.enums import State
from news.models import NewsItem, NewsNote, NewsPartnership, NewsPlace, ReusableNote, Tag
from partnerships.models import Partnership
from places.models import Place

KYIV_WINTER = dt.timezone(dt.timedelta(hours=2))


class TagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tag

    slug = factory.Sequence(lambda n: f"tag-{n}")
    name_uk = factory.Sequence(lambda n: f"мітка {n}")
    name_en = factory.Sequence(lambda n: f"tag {n}")


class ReusableNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReusableNote

    slug = factory.Sequence(lambda n: f"note-{n}")
    title_uk = factory.Sequence(lambda n: f"Примітка {n}")
    title_en = factory.Sequence(lambda n: f"Note {n}")
    body_uk = "<p>Текст примітки.</p>"
    body_en = "<p>Text of the note.</p>"


class NewsItemFactory(factory.django.DjangoModelFactory):
    """A published item in both languages; traits take away what it lacks. `places`, `partnerships`, `notes`
    and `tags` are linked in the order given."""

    class Meta:
        model = NewsItem
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(state=State.DRAFT)
        scheduled = factory.Trait(
            publish_at=factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=30))
        )
        english_only = factory.Trait(title_uk=None, lead_uk=None, body_uk=None, original_language="en")
        ukrainian_only = factory.Trait(title_en=None, lead_en=None, body_en=None)
        title_only = factory.Trait(lead_uk=None, lead_en=None, body_uk=None, body_en=None)

    slug = factory.Sequence(lambda n: f"item-{n}")
    title_uk = factory.Sequence(lambda n: f"Заголовок {n}")
    title_en = factory.Sequence(lambda n: f"Headline {n}")
    lead_uk = "Стислий вступ."
    lead_en = "A short lead."
    body_uk = "<p>Український текст.</p>"
    body_en = "<p>English text.</p>"
    state = State.PUBLISHED
    publish_at = dt.datetime(2024, 3, 5, 12, tzinfo=KYIV_WINTER)
    source_title = "Made-up source"
    source_url = "https://source.example/item"

    @factory.post_generation
    def tags(self, create: bool, extracted: Iterable[Tag] | None, **kwargs: Any) -> None:
        self.tags.set(extracted or [])

    @factory.post_generation
    def places(self, create: bool, extracted: Iterable[Place] | None, **kwargs: Any) -> None:
        for position, place in enumerate(extracted or []):
            NewsPlace.objects.create(item=self, place=place, position=position)

    @factory.post_generation
    def partnerships(self, create: bool, extracted: Iterable[Partnership] | None, **kwargs: Any) -> None:
        for position, partnership in enumerate(extracted or []):
            NewsPartnership.objects.create(item=self, partnership=partnership, position=position)

    @factory.post_generation
    def notes(self, create: bool, extracted: Iterable[ReusableNote] | None, **kwargs: Any) -> None:
        for position, note in enumerate(extracted or []):
            NewsNote.objects.create(item=self, note=note, position=position)
