"""Decisions on facts about which sources differ: which statement the register follows from now on, and why.

A ruling on a date lets the milestone follow the chosen statement; on a kind it sets the kind as listed (or
that of the milestone), on a legal kind that of the agreement. A year from which a relation is counted stands
in no column: there the ruling itself is the record. What stood before is kept, and put back when a ruling is
taken back.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, override

from accounts.models import User
from core.history import attributed
from core.languages import LocalText, current_language
from partnerships.enums import Fact, Kind, LegalKind
from partnerships.histories import DECISION
from partnerships.models import Agreement, Difference, Milestone, Partnership, Ruling, Statement
from partnerships.refusals import refused_in_words

_CODES: dict[str, type[models.TextChoices]] = {Fact.KIND: Kind, Fact.LEGAL_KIND: LegalKind}


class StandardReason(models.TextChoices):
    """Reasons that come up again and again; stored as codes, so that each reader has their own language."""

    STRONGER = "stronger", gettext_lazy("Its source is stronger.")
    DOCUMENT = "document", gettext_lazy("The document itself says so.")
    PARTY = "party", gettext_lazy("A party to it confirmed this to the registrar.")
    CORRECTED = "corrected", gettext_lazy("A later report corrects the other one.")
    MISTAKE = "mistake", gettext_lazy("The other value is an evident slip: another event, day or partner.")


class DecidedMeanwhile(Exception):
    """Somebody else decided the difference, or its values changed, after the page was opened."""


def reason_of(ruling: Ruling) -> LocalText:
    """The reason in the page's language where it is a standard one, else as the registrar wrote it."""
    wanted = current_language()
    if ruling.reason in StandardReason.values:
        return LocalText(str(StandardReason(ruling.reason).label), wanted, wanted)
    written_in = "uk" if any("а" <= letter <= "ґ" for letter in ruling.reason.lower()) else "en"
    return LocalText(ruling.reason, written_in, wanted)


def decide(
    difference: Difference,
    statement: Statement,
    reason: str,
    user: User | AnonymousUser | None,
    seen: list[str] | None = None,
) -> Ruling:
    """Follow the statement, because of `reason` (a `StandardReason` or words).

    :param seen: the values that the registrar weighed, where they may have changed since.
    :raises DecidedMeanwhile: there is a decision already, the values are others, or the difference is gone.
    :raises ValidationError: no reason, a statement of something else, or a date that the life-line refuses.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError({"reason": _("A decision says why.")})
    with attributed(user, _why(reason)), refused_in_words():
        partnership = _locked(difference.partnership_id)
        current = Difference.objects.select_for_update().filter(pk=difference.pk).first()
        if (
            current is None
            or current.decided
            or (seen is not None and sorted(seen) != sorted(current.values))
        ):
            raise DecidedMeanwhile
        if not _is_of(statement, current):
            raise ValidationError(_("This statement is not one of those that differ."))
        codes = _CODES.get(current.fact)
        if codes is not None and statement.value not in codes.values:
            raise ValidationError(_("The register has no code for this value, so it cannot follow it."))
        earlier = Ruling.objects.filter(**_topic(current)).first()
        ruling = earlier or Ruling(**_topic(current), before=_standing(partnership, current))
        ruling.follows, ruling.values, ruling.reason = statement, current.values, reason[:500]
        ruling.decided_by = user if isinstance(user, User) else None
        ruling.decided_at = timezone.now()
        ruling.save()
        _follow(partnership, current, statement)
    return ruling


def take_back(ruling: Ruling, user: User | AnonymousUser | None) -> None:
    """Put back what stood before, as far as nobody has changed it since, and remove the ruling.

    :raises DecidedMeanwhile: it was taken back or changed by somebody else.
    :raises ValidationError: the life-line refuses the date that stood before.
    """
    with attributed(user, gettext_noop("A decision on a difference is taken back")), refused_in_words():
        partnership = _locked(ruling.partnership_id)
        current = Ruling.objects.select_for_update().filter(pk=ruling.pk).select_related("follows").first()
        if current is None or current.follows_id != ruling.follows_id:
            raise DecidedMeanwhile
        _put_back(partnership, current)
        current.delete()


def _why(reason: str) -> str:
    """The reason as the history keeps it: our own words in no language, so that each reader has theirs."""
    if reason in StandardReason.values:
        with override(None):
            reason = str(StandardReason(reason).label)
    return DECISION % {"reason": reason}


def _locked(pk: int) -> Partnership:
    """Whoever decides about the same record at the same time waits here."""
    return Partnership.objects.select_for_update(no_key=True).get(pk=pk)


def _topic(about: Difference | Ruling) -> dict[str, Any]:
    return {
        "partnership_id": about.partnership_id,
        "milestone_id": about.milestone_id,
        "agreement_id": about.agreement_id,
        "fact": about.fact,
    }


def _is_of(statement: Statement, difference: Difference) -> bool:
    return statement.value in difference.values and (
        (statement.partnership_id, statement.milestone_id, statement.fact)
        == (difference.partnership_id, difference.milestone_id, difference.fact)
        and (statement.milestone_id is not None or statement.agreement_id == difference.agreement_id)
    )


def _agreement_of(about: Difference | Ruling) -> Agreement | None:
    return about.agreement or (about.milestone.agreement if about.milestone else None)


def _standing(partnership: Partnership, about: Difference | Ruling) -> dict[str, Any]:
    """What the register holds of the fact now."""
    milestone, agreement = about.milestone, _agreement_of(about)
    if about.fact == Fact.DATE and milestone is not None:
        return {"follows": milestone.follows_id, "date": milestone.date}
    if about.fact == Fact.KIND:
        return {"kind": milestone.kind} if milestone else {"listed_kind": partnership.listed_kind}
    if about.fact == Fact.LEGAL_KIND and agreement is not None:
        return {"legal_kind": agreement.legal_kind}
    return {}


def _follow(partnership: Partnership, about: Difference | Ruling, statement: Statement) -> None:
    milestone, agreement = about.milestone, _agreement_of(about)
    if about.fact == Fact.DATE and milestone is not None:
        Milestone.objects.filter(pk=milestone.pk).update(follows=statement)
    elif about.fact == Fact.KIND:
        _set_kind(partnership, milestone, statement.value)
    elif about.fact == Fact.LEGAL_KIND and agreement is not None:
        Agreement.objects.filter(pk=agreement.pk).update(legal_kind=statement.value)


def _set_kind(partnership: Partnership, milestone: Milestone | None, kind: str) -> None:
    if milestone is not None:
        Milestone.objects.filter(pk=milestone.pk).update(kind=kind)
    else:
        Partnership.objects.filter(pk=partnership.pk).update(listed_kind=kind)


def _put_back(partnership: Partnership, ruling: Ruling) -> None:
    """Only what the ruling set: what a person has written since stays."""
    now, before, value = _standing(partnership, ruling), ruling.before, ruling.follows.value
    milestone, agreement = ruling.milestone, _agreement_of(ruling)
    if milestone is not None and now.get("follows", 0) == ruling.follows_id:
        # The statement that counted before may be gone; then the day alone is put back.
        statement = Statement.objects.filter(
            pk=before.get("follows"), milestone=milestone, fact=Fact.DATE
        ).first()
        dates = {} if statement else {"date": before.get("date", milestone.date)}
        Milestone.objects.filter(pk=milestone.pk).update(follows=statement, **dates)
    elif "kind" in before and now.get("kind") == value:
        _set_kind(partnership, milestone, before["kind"])
    elif "listed_kind" in before and now.get("listed_kind") == value:
        _set_kind(partnership, None, before["listed_kind"])
    elif "legal_kind" in before and agreement is not None and now.get("legal_kind") == value:
        Agreement.objects.filter(pk=agreement.pk).update(legal_kind=before["legal_kind"])
