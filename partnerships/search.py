"""What search knows of a record: the names of its parties in every language and spelling, kind and status."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.languages import LANGUAGES
from core.registry import IndexedText, Kind, register
from partnerships.models import Partnership, Party


def public_partnerships() -> QuerySet[Partnership]:
    return (
        Partnership.objects.public()
        .select_related("programme")
        .with_parties()
        .prefetch_related("parties__place__other_names", "parties__place__centre__other_names")
    )


def texts(record: Partnership) -> Iterator[IndexedText]:
    """One text a language. A pair is called by its number and its two places; names that stand for one of
    them alone are keywords, so that a place's own page comes before its partnerships."""
    for language in LANGUAGES:
        with override(language):
            yield IndexedText(
                language=language,
                title=record.title,
                names=(f"№ {record.number}", f"№{record.number}", str(record)),
                context=", ".join(dict.fromkeys(_context(record))),
                keywords=" ".join(_keywords(record)),
                body=record.why_uk if language == "uk" else record.why_en,
            )


def _context(record: Partnership) -> Iterator[str]:
    yield record.get_kind_display()
    yield record.get_status_display()
    for party in record.parties.all():
        if party.place:
            yield party.place.whereabouts()


def _keywords(record: Partnership) -> Iterator[str]:
    if record.programme:
        yield str(record.programme)
    for party in record.parties.all():
        yield from dict.fromkeys(filter(None, _names(party)))


def _names(party: Party) -> Iterator[str]:
    """Every name that somebody may know the party by."""
    if party.body:
        yield from (party.body.name_uk, party.body.name_en, party.body.name_own)
    place = party.place
    if place is None:
        return
    yield str(place.full_name())
    for known in (place, place.centre):
        if known is not None:
            yield from (known.name_uk, known.name_en, known.name_own)
            yield from (other.text for other in known.other_names.all())


register(
    Kind(
        type="partnership",
        label=_("Partnerships"),
        model=Partnership,
        public=public_partnerships,
        texts=texts,
        addressable=Partnership.objects.addressable,
        identifier="number",
        order=30,
    )
)
