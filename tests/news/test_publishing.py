"""When an item may be published, and what publishing does."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.enums import State
from news.models import NewsItem
from news.publishing import problems, publish, standing, take_back
from tests.factories.news import NewsItemFactory

pytestmark = pytest.mark.django_db

BARE = {f"{name}_{code}": None for name in ("title", "lead", "body") for code in ("uk", "en")}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title_uk": "Н", "body_uk": "<p>т</p>"}, set()),
        ({"title_en": "N", "body_en": "<p>t</p>"}, set()),
        ({"title_uk": "Н", "title_en": "N", "body_uk": "<p>т</p>"}, set()),
        ({"title_uk": "Н", "source_url": "https://source.example/"}, set()),
        ({"title_uk": "Н"}, {"body_uk"}),
        ({"title_en": "N"}, {"body_en"}),
        ({"body_uk": "<p>т</p>"}, {"title_uk"}),
        ({"title_uk": "Н", "body_en": "<p>t</p>"}, {"title_en"}),
        ({}, {"title_uk", "body_uk"}),
        ({"source_url": "https://source.example/"}, {"title_uk"}),
        ({"title_uk": "Н", "body_uk": "<p>т</p>", "publish_at": None}, {"publish_at"}),
    ],
)
def test_problems_name_the_fields_that_are_missing(fields: dict[str, object], wrong: set[str]) -> None:
    item = NewsItem(**{**BARE, **fields})
    assert {name for name, _sentence in problems(item)} == wrong


def test_publishing_keeps_the_time_set_when_none_is_given() -> None:
    item = NewsItemFactory(draft=True)
    set_time = item.publish_at
    publish(item)
    item.refresh_from_db()
    assert item.is_public
    assert item.publish_at == set_time


def test_publishing_now_sets_the_time() -> None:
    item, now = NewsItemFactory(draft=True, scheduled=True), timezone.now()
    publish(item, at=now)
    item.refresh_from_db()
    assert (item.publish_at, item.is_public) == (now, True)


def test_publishing_is_refused_when_something_is_missing() -> None:
    item = NewsItemFactory(draft=True, title_only=True, source_url="")
    with pytest.raises(ValidationError):
        publish(item)
    item.refresh_from_db()
    assert item.state == State.DRAFT


def test_item_taken_back_is_a_draft() -> None:
    item = NewsItemFactory()
    take_back(item)
    assert not NewsItem.objects.public().exists()


def test_standing_tells_draft_scheduled_and_published() -> None:
    later = timezone.make_aware(dt.datetime(2099, 1, 2, 3, 4))
    said = [standing(NewsItemFactory(draft=True)), standing(NewsItemFactory(publish_at=later))]
    assert said[0] == State.DRAFT.label
    assert "02.01.2099 03:04" in said[1]
    assert standing(NewsItemFactory()) == State.PUBLISHED.label
