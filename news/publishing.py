"""When an item may be shown to readers, and showing it.

A draft may lack anything. What is published has a title and, in the same language, a text; or it only points
to a text elsewhere, and then it names the address.
"""

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.languages import LANGUAGES, languages_of
from news.enums import State
from news.models import NewsItem


def problems(item: NewsItem) -> Iterator[tuple[str, str]]:
    """What stands in the way of publication: the field to correct and a sentence."""
    titled, written = languages_of(item, "title"), languages_of(item, "body")
    if not titled:
        yield "title_uk", _("Write a title in at least one language.")
    if not written and not item.source_url:
        yield (
            f"body_{titled[0] if titled else LANGUAGES[0]}",
            _("Write a text, or give the address of the source that this item only points to."),
        )
    for language in written:
        if language not in titled:
            yield f"title_{language}", _("This text needs a title in its language.")
    if item.publish_at is None:
        yield "publish_at", _("Say when it is to be published.")


@transaction.atomic
def publish(item: NewsItem, at: dt.datetime | None = None) -> None:
    """Show the item to readers from `at`, or from the time that is set on it; that may be yet to come.

    :raises ValidationError: something is missing; the sentences of `problems` by field.
    """
    NewsItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if found := dict(problems(item)):
        raise ValidationError(found)
    item.state = State.PUBLISHED
    item.publish_at = at or item.publish_at
    item.save(update_fields=["state", "publish_at", "updated_at"])


@transaction.atomic
def take_back(item: NewsItem) -> None:
    """Make a draft of the item again: readers and search lose it."""
    NewsItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    item.state = State.DRAFT
    item.save(update_fields=["state", "updated_at"])


def standing(item: NewsItem) -> str:
    """Where the item stands, in words for editors."""
    if item.state == State.DRAFT:
        return str(State.DRAFT.label)
    if item.publish_at > timezone.now():
        moment = timezone.localtime(item.publish_at)
        return _("scheduled for %(moment)s") % {"moment": f"{moment:%d.%m.%Y %H:%M}"}
    return str(State.PUBLISHED.label)
