"""Codes of the register. They stand in addresses, exports and the API and never change their meaning."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Visibility(models.TextChoices):
    """Whether the public sees the record; never mixed with its status."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Side(models.TextChoices):
    UKRAINIAN = "ua", _("Ukrainian side")
    FOREIGN = "foreign", _("foreign side")


class Kind(models.TextChoices):
    """What the partners call their relation."""

    PARTNERSHIP = "partnership", _("partnership (twinning)")
    SOLIDARITY = "solidarity", _("solidarity partnership")
    FRIENDSHIP = "friendship", _("friendship")
    PROJECT = "project", _("project partnership")
    CONTACT = "contact", _("contact")
    COOPERATION = "cooperation", _("cooperation agreement")
    MEMORANDUM = "memorandum", _("memorandum")
    UNKNOWN = "unknown", pgettext_lazy("kind of relation", "kind unknown")


class LegalKind(models.TextChoices):
    """Kinds of cooperation in the Law of Ukraine 3668-IX."""

    INTERTERRITORIAL = "interterritorial", _("interterritorial")
    TRANSBORDER = "transborder", _("transborder")
    TRANSNATIONAL = "transnational", _("transnational")
    UNKNOWN = "unknown", pgettext_lazy("legal kind", "legal kind unknown")


class Status(models.TextChoices):
    """The furthest that a relation has come on a day (SQL function `partnerships_status_on`)."""

    ANNOUNCED = "announced", pgettext_lazy("status", "announced")
    APPROVED = "approved", pgettext_lazy("status", "approved by the ministry")
    DECIDED = "decided", pgettext_lazy("status", "decided")
    SIGNED = "signed", pgettext_lazy("status", "signed")
    REGISTERED = "registered", pgettext_lazy("status", "registered")
    SUSPENDED = "suspended", pgettext_lazy("status", "suspended")
    ENDED = "ended", pgettext_lazy("status", "ended")
    UNKNOWN = "unknown", pgettext_lazy("status", "listed, status unknown")


class MilestoneType(models.TextChoices):
    APPEAL = "appeal", _("appeal")
    TALKS = "talks", _("talks")
    APPROVAL = "approval", _("ministry's approval")
    DECISION = "decision", _("decision")
    SIGNING = "signing", _("signing")
    REGISTRATION = "registration", _("registration")
    UPGRADE = "upgrade", _("upgrade")
    RENEWAL = "renewal", _("renewal")
    CHANGE = "change", _("change")
    SUSPENSION = "suspension", _("suspension")
    END = "end", _("end")


class Stage(models.TextChoices):
    ANNOUNCED = "announced", pgettext_lazy("stage of an event", "announced")
    HAPPENED = "happened", pgettext_lazy("stage of an event", "happened")


class Outcome(models.TextChoices):
    """How an announcement ended."""

    NOT_KNOWN = "not_known", _("nothing known")
    KEPT = "kept", _("kept")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")


class Grade(models.TextChoices):
    """How strong a source's word is, from the official act down to open lists."""

    A = "A", _("official act or register")
    B = "B", _("own site of a party")
    C = "C", _("list or portal of a state or an association")
    D = "D", _("media")
    E = "E", _("open list without evidence")


class Fact(models.TextChoices):
    """What a statement is about."""

    PAIR = "pair", _("the relation exists")
    KIND = "kind", _("kind of relation")
    STATUS = "status", _("status")
    DATE = "date", _("date of an event")
    SINCE = "since", _("year from which it is counted")
    LEGAL_KIND = "legal_kind", _("legal kind")
    TERM = "term", _("term")
    TITLE = "title", _("title of the agreement")
    NOTE = "note", _("remark")


class BodyKind(models.TextChoices):
    COUNCIL = "council", _("council")
    OBLAST_COUNCIL = "oblast_council", _("oblast council")
    RAION_COUNCIL = "raion_council", _("raion council")
    EXECUTIVE = "executive", _("executive body")
    MILITARY_ADMINISTRATION = "military_administration", _("military administration")
    STATE_ADMINISTRATION = "state_administration", _("state administration")
    MINISTRY = "ministry", _("ministry")
    ASSOCIATION = "association", _("association")
    REGIONAL = "regional", _("regional authority")
    HEAD_OF_STATE = "head_of_state", _("head of state")
    OTHER = "other", _("other body")


class RowOutcome(models.TextChoices):
    """What became of a row of a source table."""

    MATCHED = "matched", _("belongs to a known partnership")
    NEW = "new", _("made a new partnership")
    DOUBTFUL = "doubtful", _("doubtful")
    REFUSED = "refused", _("refused")


class BatchStatus(models.TextChoices):
    """How far an import of a file has come."""

    TRIED = "tried", pgettext_lazy("batch", "tried, not accepted")
    ACCEPTED = "accepted", pgettext_lazy("batch", "accepted")
    REVERTED = "reverted", pgettext_lazy("batch", "reverted")


class BatchTask(models.TextChoices):
    """What may be done with a batch, in the background."""

    READ = "read", pgettext_lazy("batch", "reading and matching")
    ACCEPT = "accept", pgettext_lazy("batch", "accepting")
    REVERT = "revert", pgettext_lazy("batch", "reverting")


class TableShape(models.TextChoices):
    """What an imported table is like."""

    REGISTER = "register", _("official register of agreements")
    MAP = "map", _("ministry's map")
    PAIRS = "pairs", _("list of pairs")


class RowDecision(models.TextChoices):
    """What a person decided about a doubtful row."""

    NONE = "", pgettext_lazy("decision", "none yet")
    ACCEPTED = "accepted", pgettext_lazy("decision", "accepted")
    REFUSED = "refused", pgettext_lazy("decision", "refused")
