"""Taking back what a batch, or a decision on a row, wrote: all of it, except what somebody has changed since.

Records that nothing else speaks for are withdrawn: their numbers stay, and their pages say why.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core.history import attributed
from core.undo import Kept, Span, inserted, put_back
from partnerships.enums import BatchStatus, Fact, Visibility
from partnerships.importing.batches import CHUNK, close_span, open_span
from partnerships.importing.turns import take_turn
from partnerships.loading.hands import touched
from partnerships.loading.life_line import strength
from partnerships.models import Agreement, ImportBatch, Milestone, Partnership, Ruling, Statement

#: Columns that the database writes by itself.
DERIVED_OF_RECORD = (
    *("kind", "status", "status_date", "status_earliest", "status_latest", "evidence", "updated_at"),
)
_BECAUSE = "withdrawn_because_{language}"


class NotAccepted(Exception):
    """There is nothing to take back: the batch is not accepted, or was taken back meanwhile."""


@dataclass
class Reverted:
    """What was taken back, and what was left, with why."""

    statements: int = 0
    withdrawn: list[int] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    #: Stretches of the history that this work is about: no person wrote in them.
    machine: tuple[Span, ...] = ()


def revert(batch: ImportBatch, user: User | None, reason: str = "") -> Reverted:
    """Take a batch back, in one transaction. Accepting it again brings its records back.

    :raises NotAccepted: see there.
    """
    with override("uk"):
        told = _("The import of the file “%(file)s” is taken back") % {"file": batch.file_name}
        with attributed(user, f"{told}: {reason}" if reason else told):
            take_turn()
            current = ImportBatch.objects.select_for_update().get(pk=batch.pk)
            if current.status != BatchStatus.ACCEPTED:
                raise NotAccepted
            wrote = [Span.from_json(span) for span in current.spans if not span["undone"]]
            current.spans = [{**span, "undone": True} for span in current.spans]
            own = open_span(current)
            because = {language: _because(current.file_name, language) for language in ("uk", "en")}
            result = take_back(wrote, because, own)
            current.rows.exclude(partnership=None).update(partnership=None, span=None)
            close_span(current, own, undone=True)
            current.status, current.reverted_at = BatchStatus.REVERTED, timezone.now()
            current.reverted_by = user
            current.save()
    return result


def _because(file_name: str, language: str) -> str:
    with override(language):
        return _("The import “%(file)s”, the only source of this record, was taken back.") % {
            "file": file_name
        }


def take_back(wrote: Sequence[Span], because: dict[str, str], own: Span) -> Reverted:
    """Undo what stretches of the history wrote. The caller holds the turn and closes its own stretch.

    :param because: why records without other evidence are withdrawn, by language.
    :param own: the stretch of this very work, open at its end.
    """
    result = Reverted(machine=(*wrote, own))
    for model, derived in ((Partnership, DERIVED_OF_RECORD), (Agreement, ()), (Milestone, ())):
        _restored, kept = put_back(model, wrote, derived)
        result.kept += _in_words(model, kept)
    bare = _remove_statements(wrote, result)
    milestones = {*inserted(Milestone, wrote), *bare.milestones}
    for chunk in _chunks(_removable(Milestone, milestones, result, statements=None, fulfilled_by=None)):
        Milestone.objects.filter(pk__in=chunk).delete()
    _follow_what_is_left(bare.unfollowed, result)
    agreements = {*inserted(Agreement, wrote), *bare.agreements}
    for chunk in _chunks(_removable(Agreement, agreements, result, statements=None, milestones=None)):
        Agreement.objects.filter(pk__in=chunk).delete()
    _withdraw({*inserted(Partnership, wrote), *bare.records}, because, result)
    return result


@dataclass
class _Bare:
    """What statements that are gone were about: an earlier work may have made it, and nothing may be left."""

    records: set[int] = field(default_factory=set)
    milestones: set[int] = field(default_factory=set)
    agreements: set[int] = field(default_factory=set)
    #: Milestones that followed one of them.
    unfollowed: set[int] = field(default_factory=set)


def _remove_statements(wrote: Sequence[Span], result: Reverted) -> _Bare:
    """Delete the statements, but those that a person changed or a decision follows."""
    bare = _Bare()
    for chunk in _chunks(inserted(Statement, wrote)):
        found = Statement.objects.filter(pk__in=chunk).select_related("partnership", "milestone")
        ruled = set(Ruling.objects.filter(follows__in=chunk).values_list("follows", flat=True))
        by_hand = touched(Statement, chunk, but_for=result.machine)
        for statement in found:
            if statement.pk in by_hand | ruled:
                told = {"number": statement.partnership.number, "statement": statement}
                words = _("No. %(number)s: the statement “%(statement)s” stays, a person has changed it.")
                if statement.pk in ruled:
                    words = _("No. %(number)s: the statement “%(statement)s” stays, a decision follows it.")
                result.kept.append(words % told)
            else:
                bare.records.add(statement.partnership_id)
                bare.milestones |= {statement.milestone_id or 0}
                bare.agreements |= {statement.agreement_id or 0, _agreement_of(statement)}
                result.statements += 1
        going = set(chunk) - by_hand - ruled
        bare.unfollowed |= set(Milestone.objects.filter(follows__in=going).values_list("pk", flat=True))
        Statement.objects.filter(pk__in=going).delete()
    return bare


def _agreement_of(statement: Statement) -> int:
    return (statement.milestone.agreement_id or 0) if statement.milestone else 0


def _removable(
    model: type[Milestone] | type[Agreement], keys: Iterable[int], result: Reverted, **alone: None
) -> Iterator[int]:
    """Those of the rows to which nothing else belongs and which no person has made or changed."""
    for chunk in _chunks(sorted(keys)):
        by_hand = touched(model, chunk, but_for=result.machine)
        rows = model._default_manager.filter(pk__in=chunk, **alone).select_related("partnership")
        for row in rows:
            if row.pk in by_hand:
                told = {"number": row.partnership.number, "thing": row}
                words = _("No. %(number)s: “%(thing)s” stays, a person has changed it.")
                result.kept.append(words % told)
            else:
                yield row.pk


def _follow_what_is_left(lost: Iterable[int], result: Reverted) -> None:
    """Let events that followed a statement which is gone follow the strongest that is left, or none."""
    for chunk in _chunks(lost):
        milestones = Milestone.objects.filter(pk__in=chunk, follows=None)
        dated = Statement.objects.filter(milestone__in=milestones, fact=Fact.DATE)
        best: dict[int, Statement] = {}
        for statement in dated.order_by("pk"):
            assert statement.milestone_id is not None
            known = best.get(statement.milestone_id)
            if known is None or _strength(statement) < _strength(known):
                best[statement.milestone_id] = statement
        by_hand = touched(Milestone, chunk, but_for=result.machine)
        for milestone in milestones:
            if milestone.pk not in by_hand:
                date = {} if milestone.pk in best else {"date": ""}
                Milestone.objects.filter(pk=milestone.pk).update(follows=best.get(milestone.pk), **date)


def _strength(statement: Statement) -> tuple[str, int]:
    return strength(statement.grade, statement.value)


def _withdraw(keys: Iterable[int], because: dict[str, str], result: Reverted) -> None:
    """Withdraw those of the records for which nothing speaks any more."""
    texts = {_BECAUSE.format(language=language): text for language, text in because.items()}
    for chunk in _chunks(sorted(keys)):
        empty = Partnership.objects.filter(
            *(
                ~Exists(model._default_manager.filter(partnership=OuterRef("pk")))
                for model in (Statement, Milestone, Agreement)
            ),
            pk__in=chunk,
            merged_into=None,
        )
        by_hand = touched(Partnership, chunk, DERIVED_OF_RECORD, but_for=result.machine)
        for record in empty.filter(~Q(visibility=Visibility.WITHDRAWN)):
            if record.pk in by_hand:
                words = _("No. %(number)s stays, a person has changed the record.")
                result.kept.append(words % {"number": record.number})
            else:
                result.withdrawn.append(record.number)
        going = Partnership.objects.filter(number__in=result.withdrawn, pk__in=chunk)
        going.update(visibility=Visibility.WITHDRAWN, **texts)


def _in_words(
    model: type[Partnership] | type[Milestone] | type[Agreement], kept: Iterable[Kept]
) -> Iterator[str]:
    for one in kept:
        row = model._default_manager.filter(pk=one.row_id).first()
        if row is None:
            continue
        record = row if isinstance(row, Partnership) else row.partnership
        names = [str(_field(model, column).verbose_name) for column in one.columns]
        told = {"number": record.number, "columns": ", ".join(names)}
        yield _("No. %(number)s: somebody has changed since: %(columns)s.") % told


def _field(
    model: type[Partnership] | type[Milestone] | type[Agreement], column: str
) -> models.Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if field.column == column)


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    every = list(keys)
    for start in range(0, len(every), CHUNK):
        yield every[start : start + CHUNK]
