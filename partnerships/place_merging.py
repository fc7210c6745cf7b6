"""Merging two places: what relates to the one moves to the other, in one transaction that says who and why.

Statements stay as their sources made them. The merged place keeps its row, and its addresses lead on.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef

from core.history import attributed
from core.references import references_to, repoint, rows_referring
from partnerships.enums import Visibility
from partnerships.merging import merge_partnerships
from partnerships.models import Partnership, Party
from places.merging import absorb, obstacles
from places.models import Place
from search.indexing import reindex

_WITHIN = "places"


@dataclass(frozen=True)
class MergePlan:
    """What merging two places would do, or has done."""

    kept: Place
    merged: Place
    obstacles: list[str]
    #: Records whose party changes from the merged place to the other.
    moving: list[Partnership]
    #: Records that have both as parties, and would have one.
    of_both: list[Partnership]
    #: Records that would be of the same parties: the one with the lower number first.
    same_pairs: list[tuple[Partnership, Partnership]]
    #: How many other rows refer to the merged place, by what they are called.
    others: list[tuple[str, int]] = field(default_factory=list)


def plan(kept: Place, merged: Place) -> MergePlan:
    records = Partnership.objects.with_party(place=merged).with_parties().order_by("number")
    both = Exists(Party.objects.filter(partnership=OuterRef("pk"), place=kept))
    moving, of_both = list(records.exclude(both)), list(records.filter(both))
    others = [
        (str(model._meta.verbose_name_plural), count)
        for model, column in references_to(Place, outside=_WITHIN)
        if model is not Party and (count := rows_referring(model, column, merged.pk).count())
    ]
    return MergePlan(
        kept, merged, obstacles(kept, merged), moving, of_both, _same_pairs(kept, merged, records), others
    )


def merge_places(
    kept: Place,
    merged: Place,
    user: AbstractBaseUser | AnonymousUser | None,
    reason: str,
    *,
    and_records: bool = False,
) -> MergePlan:
    """Merge `merged` into `kept` and tell what was done. With `and_records` the records that become those of
    the same parties become one as well, as far as both are public; those left over stand in `same_pairs`.

    :raises ValidationError: why the two cannot become one; then nothing has changed.
    """
    with attributed(user, reason):
        locked = {
            place.pk: place
            for place in Place.objects.filter(pk__in=[kept.pk, merged.pk]).order_by("pk").select_for_update()
        }
        kept, merged = locked[kept.pk], locked[merged.pk]
        done = plan(kept, merged)
        if done.obstacles:
            raise ValidationError(done.obstacles)
        _join_parties(kept, merged)
        changed = [
            row
            for model, column in references_to(Place, outside=_WITHIN)
            for row in repoint(model, column, old=merged.pk, new=kept.pk)
        ]
        absorb(kept, merged)
        records = Partnership.objects.with_party(place=kept)
        reindex(kept, merged, *changed, *records)
        if and_records:
            left = [pair for pair in done.same_pairs if not _merge_records(*pair, user, reason)]
            done = replace(done, same_pairs=left)
    return done


def _merge_records(
    first: Partnership, second: Partnership, user: AbstractBaseUser | AnonymousUser | None, reason: str
) -> bool:
    if Visibility.DRAFT in (first.visibility, second.visibility):
        return False
    merge_partnerships(first, second, user, reason)
    return True


def _same_pairs(
    kept: Place, merged: Place, records: models.QuerySet[Partnership]
) -> list[tuple[Partnership, Partnership]]:
    """Records in force, one of each place, that have the same places as parties once the two are one."""
    by_places: dict[frozenset[int], list[Partnership]] = defaultdict(list)
    involved = Partnership.objects.with_party(place__in=[kept, merged]).with_parties()
    for record in involved.exclude(visibility=Visibility.WITHDRAWN).order_by("number"):
        places = {party.place_id for party in record.parties.all() if party.place_id is not None}
        by_places[frozenset(kept.pk if pk == merged.pk else pk for pk in places)].append(record)
    moved = {record.pk for record in records}
    return [
        (same[0], other)
        for same in by_places.values()
        for other in same[1:]
        if (same[0].pk in moved) or (other.pk in moved)
    ]


def _join_parties(kept: Place, merged: Place) -> None:
    """Where both are parties of one record, one party stays, with what only the other one said."""
    mine = Party.objects.filter(partnership=OuterRef("partnership"), place=kept)
    for party in Party.objects.filter(Exists(mine), place=merged).order_by("pk"):
        stays = Party.objects.get(partnership=party.partnership_id, place=kept)
        for column in ("body", "joined", "left"):
            setattr(stays, column, getattr(stays, column) or getattr(party, column))
        party.delete()
        stays.save()
