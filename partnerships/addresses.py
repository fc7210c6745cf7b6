"""Where a record stands: by its number, after a merger, and under its stable address."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse

from partnerships.models import Partnership


def record_numbered(number: int) -> Partnership:
    """A withdrawn record keeps its address; a draft has none yet.

    :raises Http404: there is no such record.
    """
    records = Partnership.objects.addressable()
    return get_object_or_404(records.select_related("programme").with_parties(), number=number)


def merged_into(record: Partnership) -> Partnership | None:
    """The record that it was merged into, and that one again; none where it stands for itself."""
    seen = {record.pk}
    target = record.merged_into_id
    found = None
    while target is not None and target not in seen:
        seen.add(target)
        found = Partnership.objects.addressable().with_parties().filter(pk=target).first()
        target = found.merged_into_id if found else None
    # In a circle nothing stands: then each says that it is withdrawn.
    return None if target is not None else found


def extract_address(record: Partnership) -> str:
    return reverse("partnerships:extract", args=[record.number, record.slug])


def stable_address(record: Partnership) -> str:
    return f"{settings.SITE_URL}/id/partnership/{record.number}"
