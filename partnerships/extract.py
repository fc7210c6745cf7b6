"""The extract of a record (витяг) in words: everything that its paper says, ready to be set.

The template `templates/partnerships/extract.typ` has no words of its own: all stand here, in the active
language.
"""

import datetime as dt
import html
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.edtf import in_words
from core.languages import LocalText, current_language
from documents.qr_codes import qr_svg
from partnerships.dossier import Dossier
from partnerships.enums import Grade, LegalKind
from partnerships.evidence import Said
from partnerships.life_drawing import LifeMark
from partnerships.lifeline_words import language_name, summary
from partnerships.models import Agreement, Party

#: What Typst takes for the language of a text.
_LANGUAGE = re.compile(r"[a-z]{2,3}")
#: A text and the language it is in; empty where that is the language of the paper.
Text = tuple[str, str]


def extract(known: Dossier, address: str, today: dt.date) -> dict[str, Any]:
    """What the paper says. Values are texts, pairs of text and language, and lists of them.

    :param address: the stable address of the record, also in the QR code.
    """
    record, language = known.record, current_language()
    site = settings.SITE_NAME[language]
    made = _written(today)
    return {
        "lang": language,
        "title": _("Extract from the register: %(record)s") % {"record": str(record)},
        "kicker": _("Extract from the register of partnerships"),
        "number": _("No. %(number)s") % {"number": record.number},
        "site": site,
        "pair": record.title,
        "state_head": _("State on %(day)s") % {"day": _written(known.day or today)},
        "state": _state(known),
        "state_words": _sentences(known, today),
        "parties_head": _("Parties"),
        "parties": [_party(party) for party in record.parties.all()],
        "life_head": _("Milestones"),
        "life_columns": [_("Date"), _("Event"), _("What is known")],
        "life": [_mark(mark) for mark in _marks(known)],
        "agreements_head": _("Agreements"),
        "agreements": [_agreement(known, agreement) for agreement in known.agreements],
        "evidence_head": _("How it is known"),
        "evidence_columns": [_("Fact"), _("What the source says"), _("Source"), _("Grade")],
        "evidence": list(_evidence(known)),
        "grades": [f"{grade}: {grade.label}" for grade in Grade],
        "nothing": _("Nothing is recorded."),
        "notes": [
            _("This is an information extract of the portal “%(site)s”, made on %(day)s from public sources.")
            % {"site": site, "day": made},
            _(
                "It is no document of an official register: the official register of agreements is kept by "
                "the ministry."
            ),
            _("A date is written no more precisely than it is known."),
        ],
        "made": _("Made on %(day)s") % {"day": made},
        "address": address,
        "qr": qr_svg(address),
        "qr_words": _("QR code: %(address)s") % {"address": address},
        "qr_hint": _("The record as it is known today"),
        "page_of": _("Page {page} of {pages}"),
    }


def _state(known: Dossier) -> str:
    then, record = known.then, known.record
    if then is None:
        return f"{capfirst(record.get_status_display())} · {capfirst(record.get_kind_display())}"
    return " · ".join(capfirst(label) for label in (then.status_label, then.kind_label) if label)


def _sentences(known: Dossier, today: dt.date) -> list[str]:
    if known.then is not None:
        return [
            *known.then.sentences,
            _("This is how the record stood on that day, by what is known today."),
        ]
    return [_plain(sentence) for sentence in summary(known.record, known.milestones, today)]


def _party(party: Party) -> dict[str, Any]:
    place, name = party.place, party.name()
    codes: list[str] = []
    notes = []
    if place is not None:
        if place.katottg:
            codes.append(_("KATOTTG code %(code)s") % {"code": place.katottg})
        else:
            codes.append(_("Country code %(code)s") % {"code": place.country_id})
        notes.append(place.whereabouts())
        if str(place.full_name()) != name.text:
            notes.insert(0, str(place.full_name()))
    if party.awaits_confirmation:
        notes.append(_("not confirmed by this party yet"))
    if party.left:
        notes.append(_("no longer a party, %(date)s") % {"date": in_words(party.left)})
    own = place.name_own if place is not None and place.name_own != name.text else ""
    return {
        "side": capfirst(party.get_side_display()),
        "name": _text(name),
        "own": (own, _other(place.own_language)) if place is not None and own else None,
        "body": _text(party.body.name()) if place is not None and party.body is not None else None,
        "codes": codes,
        "notes": list(filter(None, notes)),
    }


def _marks(known: Dossier) -> Iterator[LifeMark]:
    line = known.line
    if line is not None:
        yield from (mark for mark in (*line.marks, *line.undated) if mark.point.stage != "none")


def _mark(mark: LifeMark) -> dict[str, Any]:
    point = mark.point
    words = [_standing_of(mark), point.detail]
    if point.kind:
        words.append(_("From then on: %(kind)s") % {"kind": point.kind})
    words += [
        _("Then called %(then)s, today %(today)s.") % {"then": then.text, "today": today.text}
        for then, today in point.names
    ]
    return {
        "date": point.date_text or _("date not known"),
        "event": point.label,
        "planned": point.stage == "announced",
        "words": [word for word in words if word],
    }


def _standing_of(mark: LifeMark) -> str:
    point = mark.point
    if point.since == "later":
        return _("announced later") if point.stage == "announced" else _("later than that day")
    if point.since:
        return _("possibly announced by then") if point.stage == "announced" else _("possibly by then")
    return {
        "done": _("happened"),
        "kept": _("announced and kept"),
        "planned": _("announced, not confirmed"),
        "failed": _("announced and postponed") if point.postponed else _("announced and cancelled"),
    }[mark.look]


def _agreement(known: Dossier, agreement: Agreement) -> dict[str, Any]:
    signing = known.signing_of(agreement)
    facts: list[tuple[str, Text]] = []
    if signing is not None and signing.date:
        facts.append((capfirst(signing.get_type_display()), (signing.date_text, "")))
    if agreement.legal_kind != LegalKind.UNKNOWN:
        facts.append((_("Kind of cooperation by law"), (agreement.get_legal_kind_display(), "")))
    if agreement.registration_number:
        facts.append((_("Number in the official register"), (agreement.registration_number, "")))
    if agreement.term:
        facts.append((_("Term as written"), (agreement.term, agreement.title_language)))
    if agreement.ends_on:
        facts.append((_("Ends"), (in_words(agreement.ends_on), "")))
    if agreement.languages:
        facts.append((_("Languages"), (", ".join(map(language_name, agreement.languages)), "")))
    return {
        "title": (agreement.title, _other(agreement.title_language)),
        "facts": [(label, (text, _other(lang))) for label, (text, lang) in facts],
    }


def _evidence(known: Dossier) -> Iterator[dict[str, Any]]:
    for fact in known.facts:
        remarks = []
        if fact.difference is not None:
            remarks.append(_("Sources disagree."))
        if fact.ruling is not None and fact.decided_because:
            remarks.append(
                _("Decided by a registrar on %(day)s:") % {"day": _written(fact.ruling.decided_at.date())}
                + f" {fact.decided_because}"
            )
        yield {"fact": fact.label, "remarks": remarks, "said": [_said(said) for said in fact.said]}


def _said(said: Said) -> dict[str, Any]:
    source = said.source
    notes = []
    if said.read_on:
        notes.append(_("Read on %(day)s.") % {"day": _written(said.read_on)})
    if source.gone_on:
        notes.append(
            _("The address no longer answers (seen on %(day)s).") % {"day": _written(source.gone_on)}
        )
    if source.licence:
        notes.append(_("Licence: %(licence)s") % {"licence": source.licence})
    return {
        "words": (said.words or "–", _other(said.lang)),
        "source": (source.title, _other(source.language)),
        "publisher": source.publisher,
        "notes": notes,
        "address": said.address,
        "grade": said.grade,
    }


def _text(name: LocalText) -> Text:
    return name.text, _other(name.lang)


def _other(lang: str) -> str:
    """The language where it is known and not that of the paper."""
    known = _LANGUAGE.fullmatch(lang) and lang not in ("und", current_language())
    return lang if known else ""


def _plain(sentence: str) -> str:
    """A sentence of the page without its element for the language of a name."""
    return html.unescape(strip_tags(sentence))


def _written(day: dt.date) -> str:
    return date_format(day, "j E Y")
