"""The history of a record: who changed what, when and why, with that of the records merged into it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import BigIntegerField, Func, Max, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.enums import Role
from accounts.models import User
from core.edtf import in_words
from core.journal import Names, Row, Step, Telling, Words, foreign, own, steps_of
from core.languages import LocalText
from core.models import AuditEntry
from partnerships.enums import Fact, Kind, LegalKind, MilestoneType, Stage
from partnerships.loading import hands
from partnerships.models import (
    Act,
    Agreement,
    Body,
    ImportBatch,
    Milestone,
    Partnership,
    Party,
    Programme,
    Ruling,
    Source,
    SourceRow,
    Statement,
)
from places.loading.hands import REASON as PLACES_SHIPPED
from places.models import Place

#: Reasons under which the loading commands write.
SHIPPED = {hands.REASON, PLACES_SHIPPED}
#: The reason of a decision between sources; kept in the words of the code and translated when it is read.
DECISION = gettext_noop("Decision on a difference: %(reason)s")
STEPS_A_PAGE = (25, 50, 100)
#: Of one page: an import may write a thousand rows of one record in one go.
MOST_ENTRIES = 1000
#: Columns that the database derives from others: they change by themselves, so nobody changed them.
DERIVED = frozenset(
    {
        "status",
        "status_date",
        "status_earliest",
        "status_latest",
        "kind",
        "evidence",
        "number",
        "created_at",
        "updated_at",
    }
)


def _record_title(row: Row, words: Words) -> LocalText:
    return own(_("No. %(number)s") % {"number": row.get("number")})


def _party_title(row: Row, words: Words) -> LocalText:
    if row.get("place_id"):
        return words.name(Place, row["place_id"])
    return words.name(Body, row.get("body_id"))


def _milestone_title(row: Row, words: Words) -> LocalText:
    labels = (dict(MilestoneType.choices), dict(Stage.choices))
    what = {"event": labels[0].get(row.get("type", ""), ""), "stage": labels[1].get(row.get("stage", ""), "")}
    return own(_("%(event)s (%(stage)s)") % what)


def _agreement_title(row: Row, words: Words) -> LocalText:
    return foreign(str(row.get("title", "")), str(row.get("title_language", "")))


def _statement_title(row: Row, words: Words) -> LocalText:
    what = {
        "fact": dict(Fact.choices).get(row.get("fact", ""), ""),
        "source": words.name(Source, row.get("source_id")),
    }
    return own(_("“%(source)s” on: %(fact)s") % what)


def _ruling_title(row: Row, words: Words) -> LocalText:
    return own(dict(Fact.choices).get(row.get("fact", ""), ""))


def _row_title(row: Row, words: Words) -> LocalText:
    what = {"line": row.get("line"), "source": words.name(Source, row.get("source_id"))}
    return own(_("line %(line)s of “%(source)s”") % what)


def _say_statement(column: str, value: Any, row: Row, words: Words) -> LocalText | None:
    return said_value(str(row.get("fact", "")), str(value)) if column == "value" and value else None


def _say_ruling(column: str, value: Any, row: Row, words: Words) -> LocalText | None:
    if column != "values" or not isinstance(value, list):
        return None
    return own("; ".join(said_value(str(row.get("fact", "")), str(said)).text for said in value))


def _say_agreement(column: str, value: Any, row: Row, words: Words) -> LocalText | None:
    """What stands in an agreement is in the language of its title, as far as anybody knows."""
    if column in ("title", "sphere", "term") and value:
        return foreign(str(value), str(row.get("title_language", "")))
    return None


def said_value(fact: str, value: str) -> LocalText:
    """The value of a statement in words."""
    if fact in (Fact.DATE, Fact.SINCE):
        return own(in_words(value))
    labels = {Fact.KIND.value: dict(Kind.choices), Fact.LEGAL_KIND.value: dict(LegalKind.choices)}
    known = labels.get(fact, {}).get(value)
    return own(known) if known is not None else foreign(value)


PUBLIC = (
    Telling(Partnership, _record_title, DERIVED),
    Telling(Party, _party_title, frozenset({"partnership_id", "position"})),
    Telling(Milestone, _milestone_title, frozenset({"partnership_id", "date_earliest", "date_latest"})),
    Telling(Agreement, _agreement_title, frozenset({"partnership_id"}), _say_agreement),
    Telling(Statement, _statement_title, frozenset({"partnership_id", "source_id"}), _say_statement),
    Telling(
        Ruling,
        _ruling_title,
        frozenset({"partnership_id", "before", "decided_by_id", "decided_at"}),
        _say_ruling,
    ),
)
#: What a withdrawn record still says of itself; what it said of others counts no longer.
OF_WITHDRAWN = (
    Telling(
        Partnership,
        _record_title,
        frozenset(str(field.column) for field in Partnership._meta.concrete_fields)
        - {"visibility", "merged_into_id", "withdrawn_because_uk", "withdrawn_because_en"},
    ),
)
#: Cells of source rows may hold names and addresses of persons: registrars alone read them.
FOR_REGISTRARS = (
    *PUBLIC,
    Telling(
        SourceRow,
        _row_title,
        frozenset({"partnership_id", "cells", "reading", "proposals", "candidates", "likeness"})
        | {"decided_by_id", "decided_at"},
    ),
)


def _places(keys: set[int]) -> Names:
    places = Place.objects.with_context().in_bulk(keys)
    return {key: place.short_name() for key, place in places.items()}


def _bodies(keys: set[int]) -> Names:
    return {key: body.name() for key, body in Body.objects.in_bulk(keys).items()}


def _sources(keys: set[int]) -> Names:
    found = Source.objects.in_bulk(keys)
    return {key: foreign(source.title, source.language) for key, source in found.items()}


def _programmes(keys: set[int]) -> Names:
    return {key: programme.name() for key, programme in Programme.objects.in_bulk(keys).items()}


def _acts(keys: set[int]) -> Names:
    acts = Act.objects.select_related("body").in_bulk(keys)
    return {key: own(str(act)) for key, act in acts.items()}


def _milestones(keys: set[int]) -> Names:
    return {key: own(str(milestone)) for key, milestone in Milestone.objects.in_bulk(keys).items()}


def _agreements(keys: set[int]) -> Names:
    found = Agreement.objects.in_bulk(keys)
    return {key: foreign(agreement.title, agreement.title_language) for key, agreement in found.items()}


def _statements(keys: set[int]) -> Names:
    found = Statement.objects.select_related("source").in_bulk(keys)
    return {
        key: own(f"{said_value(statement.fact, statement.value)} – {statement.source.title}")
        for key, statement in found.items()
    }


def _records(keys: set[int]) -> Names:
    numbers = Partnership.objects.filter(pk__in=keys).values_list("pk", "number")
    return {key: own(_("No. %(number)s") % {"number": number}) for key, number in numbers}


LOADERS = {
    Place: _places,
    Body: _bodies,
    Source: _sources,
    Programme: _programmes,
    Act: _acts,
    Milestone: _milestones,
    Agreement: _agreements,
    Statement: _statements,
    Partnership: _records,
}


class _PartnershipId(Func):
    """Which record a row belongs to; written as the index `audit_by_partnership` has it."""

    template = "(coalesce(after, before) ->> 'partnership_id')::bigint"
    output_field = BigIntegerField()
    arity = 0


class _Told(Func):
    """Whether an entry of the record itself changed more than what the database derives."""

    template = (
        "(before IS NULL OR after IS NULL"
        " OR before - ARRAY[{columns}] IS DISTINCT FROM after - ARRAY[{columns}])"
    ).format(columns=", ".join(f"'{column}'" for column in sorted(DERIVED)))
    output_field = models.BooleanField()
    arity = 0


def entries_of(record: Partnership, tellings: Sequence[Telling] = PUBLIC) -> QuerySet[AuditEntry]:
    """All that was written about a record and about those merged into it."""
    keys = [record.pk, *record.merged_from.values_list("pk", flat=True)]
    parts = [telling.table for telling in tellings if telling.model is not Partnership]
    of_record = Q(table_name=Partnership._meta.db_table, row_id__in=keys) & Q(_Told())
    of_parts = Q(partnership__in=keys, table__in=parts)
    # The few rows of a record are found by its key; an index by table would bring all that a table ever held.
    return AuditEntry.objects.alias(partnership=_PartnershipId(), table=Lower("table_name")).filter(
        of_record | of_parts
    )


def transactions_of(entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry, int]:
    """The transactions that wrote these entries, the latest first."""
    return (
        entries.order_by()
        .values("transaction_id")
        .annotate(last=Max("pk"))
        .order_by("-last")
        .values_list("transaction_id", flat=True)
    )


@dataclass(frozen=True, slots=True)
class RecordStep:
    """A step with who made it, in words."""

    step: Step
    who: str
    why: str


def record_steps(
    entries: QuerySet[AuditEntry],
    transactions: Iterable[int],
    tellings: Sequence[Telling] = PUBLIC,
    *,
    names_persons: bool = False,
) -> list[RecordStep]:
    """What these transactions changed, the latest first; with `names_persons` it says which person.

    Serves the history of other things as well, told by `tellings` of their own.
    """
    wanted = list(transactions)
    words = Words({telling.table: telling for telling in tellings}, LOADERS)
    found = list(entries.filter(transaction_id__in=wanted).order_by("-pk")[:MOST_ENTRIES])
    steps = steps_of(found, words)
    people = authors({step.user_id for step in steps if step.user_id}, names_persons=names_persons)
    files = _files({step.transaction_id for step in steps})
    return [RecordStep(step, _who(step, people, files), why(step.reason)) for step in steps]


def authors(keys: set[int], *, names_persons: bool) -> Mapping[int, str]:
    """Who these accounts are: to the public the role alone."""
    if not keys:
        return {}
    users = User.objects.prefetch_related("groups").in_bulk(keys)
    return {key: _author(user, names_persons) for key, user in users.items()}


def _author(user: User, names_persons: bool) -> str:
    held = {group.name for group in user.groups.all()}
    role = next((str(role.label) for role in (Role.REGISTRAR, Role.EDITOR, Role.OFFICER) if role in held), "")
    role = role or (_("administrator") if user.is_superuser else _("account without a role"))
    return f"{user} ({role})" if names_persons else role


def _files(transactions: set[int]) -> dict[int, str]:
    """Names of imported files by the transactions that wrote their rows."""
    if not transactions:
        return {}
    batches = ImportBatch.objects.filter(transactions__overlap=sorted(transactions))
    return {number: batch.file_name for batch in batches for number in batch.transactions}


def _who(step: Step, people: Mapping[int, str], files: Mapping[int, str]) -> str:
    person = people.get(step.user_id, _("an account that is gone")) if step.user_id else ""
    if step.transaction_id in files:
        said = _("import of the file “%(file)s”") % {"file": files[step.transaction_id]}
        return f"{said}, {person}" if person else said
    if person:
        return person
    return _("loading of the shipped tables") if step.reason in SHIPPED else _("the system")


def why(reason: str) -> str:
    """The reason that somebody gave; a page of the admin is none. Sentences of our own are translated."""
    if not reason or reason.startswith("/") or reason in SHIPPED:
        return ""
    told = reason.removeprefix(DECISION % {"reason": ""})
    if told and told != reason:
        return _(DECISION) % {"reason": _(told)}
    return _(reason)
