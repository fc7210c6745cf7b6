"""Merging two records of one relation: what was known of the one moves to the other, and its number leads on.

Nothing that a source says is lost: what both records hold alike is kept once, and the history keeps the rest.
The merged record keeps its row and its parties.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from core.history import attributed
from core.references import references_to, repoint
from partnerships.enums import Kind, LegalKind, Outcome, Side, Visibility
from partnerships.models import Agreement, Milestone, Partnership, Party, Ruling, SourceRow, Statement
from partnerships.refusals import refused_in_words
from search.indexing import reindex


@dataclass(frozen=True)
class MergePlan:
    """What merging two records would do, or has done."""

    kept: Partnership
    merged: Partnership
    obstacles: list[str]
    #: Doubts that a registrar may set aside.
    doubts: list[str]
    #: Parties that only the merged record has; the other gets them too.
    parties: list[Party]
    #: How many rows move, by what they are called.
    moving: list[tuple[str, int]] = field(default_factory=list)


def plan(kept: Partnership, merged: Partnership) -> MergePlan:
    moving = [
        (str(model._meta.verbose_name_plural), count)
        for model, column in _tables_that_move()
        if (count := model._base_manager.filter(**{column: merged.pk}).count())
    ]
    return MergePlan(
        kept, merged, _obstacles(kept, merged), _doubts(kept, merged), _missing_parties(kept, merged), moving
    )


def merge_partnerships(
    kept: Partnership,
    merged: Partnership,
    user: AbstractBaseUser | AnonymousUser | None,
    reason: str,
    *,
    in_spite_of_doubts: bool = False,
) -> MergePlan:
    """Merge `merged` into `kept` and tell what was done.

    :raises ValidationError: why the two cannot become one; then nothing has changed.
    """
    with attributed(user, reason), refused_in_words():
        rows = Partnership.objects.filter(pk__in=[kept.pk, merged.pk]).order_by("pk").select_for_update()
        locked = {record.pk: record for record in rows}
        kept, merged = locked[kept.pk], locked[merged.pk]
        done = plan(kept, merged)
        refused = done.obstacles or ([] if in_spite_of_doubts else done.doubts)
        if refused:
            raise ValidationError(refused)
        _move(done)
        merged.merged_into, merged.visibility = kept, Visibility.WITHDRAWN
        merged.save(update_fields=["merged_into", "visibility", "updated_at"])
        reindex(kept, merged)
    return done


def _obstacles(kept: Partnership, merged: Partnership) -> list[str]:
    if kept.pk == merged.pk:
        return [_("A record cannot be merged with itself.")]
    found = []
    for record in (kept, merged):
        number = {"number": record.number}
        if record.merged_into is not None:
            found.append(
                _("No. %(number)s was merged into No. %(other)s already.")
                % {"number": record.number, "other": record.merged_into.number}
            )
        elif record.visibility == Visibility.WITHDRAWN:
            found.append(_("No. %(number)s is withdrawn; bring it back first.") % number)
        elif record.visibility == Visibility.DRAFT:
            found.append(_("No. %(number)s is a draft; publish it or delete it.") % number)
    return found


def _doubts(kept: Partnership, merged: Partnership) -> list[str]:
    """Two records of one relation have a party in common on each side."""
    words = {
        Side.UKRAINIAN: _("The two have no Ukrainian party in common."),
        Side.FOREIGN: _("The two have no foreign party in common."),
    }
    return [said for side, said in words.items() if not _keys(kept, side) & _keys(merged, side)]


def _keys(record: Partnership, side: str) -> set[tuple[int | None, int | None]]:
    return {_who(party) for party in record.parties.all() if party.side == side}


def _who(party: Party) -> tuple[int | None, int | None]:
    """By whom a party is told from others: its place, or its body where it stands for none."""
    return (party.place_id, None) if party.place_id else (None, party.body_id)


def _missing_parties(kept: Partnership, merged: Partnership) -> list[Party]:
    known = {_who(party) for party in kept.parties.all()}
    return [party for party in merged.parties.all() if _who(party) not in known]


def _tables_that_move() -> Iterator[tuple[type[models.Model], str]]:
    """Agreements, events, statements …, and whatever tables of other apps lead to a record."""
    own = (Agreement, Milestone, Statement, Ruling, SourceRow)
    yield from ((model, "partnership_id") for model in own)
    yield from references()


def references() -> Iterator[tuple[type[models.Model], str]]:
    """Each model of another app that refers to a record, with the column that does."""
    return references_to(Partnership, outside="partnerships")


def _move(done: MergePlan) -> None:
    kept, merged = done.kept, done.merged
    _add_parties(kept, done.parties)
    # Rulings stand on statements, and statements on events and agreements: those come first.
    rulings = list(Ruling.objects.filter(partnership=merged).order_by("pk"))
    Ruling.objects.filter(partnership=merged).delete()
    agreements = _like_agreements(kept, merged)
    events = _like_events(kept, merged, agreements)
    Agreement.objects.filter(partnership=merged).update(partnership=kept)
    _move_events(kept, merged)
    same = _move_statements(kept, merged)
    same |= _fold(agreements, events)
    _move_rulings(kept, rulings, agreements, events, same)
    SourceRow.objects.filter(partnership=merged).update(partnership=kept)
    Partnership.objects.filter(merged_into=merged).update(merged_into=kept)
    _fill_texts(kept, merged)
    for model, column in references():
        repoint(model, column, old=merged.pk, new=kept.pk)


def _add_parties(kept: Partnership, parties: list[Party]) -> None:
    last = max((party.position for party in kept.parties.all()), default=0)
    for position, party in enumerate(parties, start=last + 1):
        Party.objects.create(
            partnership=kept,
            side=party.side,
            place_id=party.place_id,
            body_id=party.body_id,
            joined=party.joined,
            left=party.left,
            awaits_confirmation=party.awaits_confirmation,
            position=position,
        )


#: Of two events or agreements that agree in all that the one to go says, the other stays.
_EVENT_FACTS = ("mode", "kind", "body_id", "act_id", "announced_on", "note_uk", "note_en")
_AGREEMENT_FACTS = ("registration_number", "languages", "sphere", "term", "ends_on")


def _agree(stays: models.Model, goes: models.Model, columns: tuple[str, ...]) -> bool:
    return all(getattr(goes, column) in ("", None, [], getattr(stays, column)) for column in columns)


def _like_agreements(kept: Partnership, merged: Partnership) -> dict[int, int]:
    """Agreements of `merged` that `kept` has already, each with its like."""
    alike = {}
    for agreement in merged.agreements.order_by("pk"):
        for mine in kept.agreements.order_by("pk"):
            same_kind = agreement.legal_kind in (LegalKind.UNKNOWN, mine.legal_kind)
            if mine.title == agreement.title and same_kind and _agree(mine, agreement, _AGREEMENT_FACTS):
                alike[agreement.pk] = mine.pk
                break
    return alike


def _like_events(kept: Partnership, merged: Partnership, agreements: dict[int, int]) -> dict[int, int]:
    """Events of `merged` that `kept` has already, each with its like."""
    alike: dict[int, int] = {}
    # Announcements come first: what fulfils one is compared by it.
    for event in merged.milestones.order_by("stage", "pk"):
        agreement = agreements.get(event.agreement_id or 0, event.agreement_id)
        fulfils = alike.get(event.fulfils_id or 0, event.fulfils_id)
        for mine in kept.milestones.order_by("pk"):
            if (
                (mine.type, mine.stage, mine.date) == (event.type, event.stage, event.date)
                and (mine.outcome == event.outcome or event.outcome == Outcome.NOT_KNOWN)
                and _agree(mine, event, _EVENT_FACTS)
                and agreement in (None, mine.agreement_id)
                and fulfils in (None, mine.fulfils_id)
            ):
                alike[event.pk] = mine.pk
                break
    return alike


def _move_events(kept: Partnership, merged: Partnership) -> None:
    """Events with what is said of them, which comes along by itself."""
    # What fulfils an announcement is of the same record at every moment.
    fulfilling = dict(merged.milestones.exclude(fulfils=None).values_list("pk", "fulfils_id"))
    Milestone.objects.filter(pk__in=fulfilling).update(fulfils=None)
    Milestone.objects.filter(partnership=merged).update(partnership=kept)
    for pk, announcement in fulfilling.items():
        Milestone.objects.filter(pk=pk).update(fulfils=announcement)


def _move_statements(kept: Partnership, merged: Partnership) -> dict[int, int]:
    """What is said of the relation as a whole.

    :returns: statements that were taken away, each with the one that says the same.
    """
    moved = [(statement, {"partnership": kept}) for statement in Statement.objects.filter(partnership=merged)]
    return _without_repeating(moved)


def _fold(agreements: dict[int, int], events: dict[int, int]) -> dict[int, int]:
    """Leave one of two events or agreements that are alike, with the statements about both.

    :returns: statements that were taken away, each with the one that says the same.
    """
    Milestone.objects.filter(pk__in=events).update(follows=None)
    concerned = Statement.objects.filter(Q(milestone__in=events) | Q(agreement__in=agreements))
    moved = [
        (
            statement,
            {
                "milestone_id": events.get(statement.milestone_id or 0, statement.milestone_id),
                "agreement_id": agreements.get(statement.agreement_id or 0, statement.agreement_id),
            },
        )
        for statement in concerned
    ]
    same = _without_repeating(moved)
    for gone, stays in events.items():
        Milestone.objects.filter(fulfils=gone).update(fulfils=stays)
    for gone, stays in agreements.items():
        Milestone.objects.filter(agreement=gone).update(agreement=stays)
    # Those that happened go before the announcements that they fulfil.
    for event in Milestone.objects.filter(pk__in=events).order_by("-stage", "pk"):
        event.delete()
    Agreement.objects.filter(pk__in=agreements).delete()
    return same


def _without_repeating(moved: list[tuple[Statement, dict[str, Any]]]) -> dict[int, int]:
    """Write what changes in each statement, and take away one that then says what another says already."""
    same = {}
    for statement, changes in moved:
        for column, value in changes.items():
            setattr(statement, column, value)
        twin = (
            Statement.objects.filter(
                source=statement.source_id,
                partnership=statement.partnership_id,
                milestone=statement.milestone_id,
                agreement=statement.agreement_id,
                fact=statement.fact,
                value=statement.value,
            )
            .exclude(pk=statement.pk)
            .first()
        )
        if twin is None:
            statement.save(update_fields=["partnership", "milestone", "agreement"])
            continue
        same[statement.pk] = twin.pk
        _strengthen(twin, statement)
        statement.delete()
    return same


def _strengthen(stays: Statement, goes: Statement) -> None:
    """Of two records of one statement the better grade, the later reading and the address count."""
    stays.grade = min(stays.grade, goes.grade)
    stays.url = stays.url or goes.url
    stays.read_on = max(filter(None, (stays.read_on, goes.read_on)), default=None)
    stays.save(update_fields=["grade", "url", "read_on"])


def _move_rulings(
    kept: Partnership,
    rulings: list[Ruling],
    agreements: dict[int, int],
    events: dict[int, int],
    same: dict[int, int],
) -> None:
    """Decisions hold for the record that stays, unless it has one of its own on the same fact."""
    for ruling in rulings:
        topic: dict[str, Any] = {
            "partnership": kept,
            "milestone_id": events.get(ruling.milestone_id or 0, ruling.milestone_id),
            "agreement_id": agreements.get(ruling.agreement_id or 0, ruling.agreement_id),
            "fact": ruling.fact,
        }
        if Ruling.objects.filter(**topic).exists():
            continue
        decided_at = ruling.decided_at
        fresh = Ruling.objects.create(
            **topic,
            follows_id=same.get(ruling.follows_id, ruling.follows_id),
            values=ruling.values,
            before=ruling.before,
            reason=ruling.reason,
            decided_by_id=ruling.decided_by_id,
        )
        Ruling.objects.filter(pk=fresh.pk).update(decided_at=decided_at)


def _fill_texts(kept: Partnership, merged: Partnership) -> None:
    """What only the merged record says of itself."""
    taken = [
        column
        for column in ("why_uk", "why_en", "programme_id")
        if getattr(merged, column) and not getattr(kept, column)
    ]
    if kept.listed_kind == Kind.UNKNOWN and merged.listed_kind != Kind.UNKNOWN:
        taken.append("listed_kind")
    if taken:
        Partnership.objects.filter(pk=kept.pk).update(**{column: getattr(merged, column) for column in taken})
