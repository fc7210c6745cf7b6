"""Made-up announcements with what they are about."""

import datetime as dt
from collections.abc import Iterable

import factory
from django.utils import timezone

from news.enums import State
from news.models import NewsItem, NewsNote, NewsPartnership, NewsPlace, ReusableNote, Tag
from partnerships.models import Partnership
from places.models import Place
from tests.factories.base import ModelFactory

KYIV_WINTER = dt.timezone(dt.timedelta(hours=2))


class TagFactory(ModelFactory[Tag]):
    class Meta:
        model = Tag

    slug = factory.Sequence(lambda n: f"tag-{n}")
    name_uk = factory.Sequence(lambda n: f"мітка {n}")
    name_en = factory.Sequence(lambda n: f"tag {n}")


class ReusableNoteFactory(ModelFactory[ReusableNote]):
    class Meta:
        model = ReusableNote

    slug = factory.Sequence(lambda n: f"note-{n}")
    title_uk = factory.Sequence(lambda n: f"Примітка {n}")
    title_en = factory.Sequence(lambda n: f"Note {n}")
    body_uk = "<p>Текст примітки.</p>"
    body_en = "<p>Text of the note.</p>"


def _link_tags(item: NewsItem, create: bool, given: Iterable[Tag] | None) -> None:
    item.tags.set(given or [])


def _link_places(item: NewsItem, create: bool, given: Iterable[Place] | None) -> None:
    for position, place in enumerate(given or []):
        NewsPlace.objects.create(item=item, place=place, position=position)


def _link_partnerships(item: NewsItem, create: bool, given: Iterable[Partnership] | None) -> None:
    for position, partnership in enumerate(given or []):
        NewsPartnership.objects.create(item=item, partnership=partnership, position=position)


def _link_notes(item: NewsItem, create: bool, given: Iterable[ReusableNote] | None) -> None:
    for position, note in enumerate(given or []):
        NewsNote.objects.create(item=item, note=note, position=position)


class NewsItemFactory(ModelFactory[NewsItem]):
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
    tags = factory.PostGeneration(_link_tags)
    places = factory.PostGeneration(_link_places)
    partnerships = factory.PostGeneration(_link_partnerships)
    notes = factory.PostGeneration(_link_notes)
