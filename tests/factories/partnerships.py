"""Made-up records of the register. Status, kind and evidence are never set here: the database derives them
from milestones and statements, and each record is read back after its creation."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import factory
from django.db import connection, transaction

from partnerships.enums import BodyKind, Fact, Grade, Kind, MilestoneType, Side, Stage, Visibility
from partnerships.models import (
    Act,
    Agreement,
    Body,
    Milestone,
    Partnership,
    Party,
    Programme,
    Source,
    SourceRow,
    Statement,
)
from places.models import Place
from tests.factories.base import ModelFactory
from tests.factories.places import ForeignPlaceFactory, HromadaFactory


class BodyFactory(ModelFactory[Body]):
    class Meta:
        model = Body

    name_uk = factory.Sequence(lambda n: f"Тестова рада {n}")
    name_en = factory.Sequence(lambda n: f"Test council {n}")
    kind = BodyKind.COUNCIL


class ProgrammeFactory(ModelFactory[Programme]):
    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"programme-{n}")
    name_uk = factory.Sequence(lambda n: f"Програма {n}")
    name_en = factory.Sequence(lambda n: f"Programme {n}")


class PartyFactory(ModelFactory[Party]):
    """A party of an existing partnership; `foreign=True` for the other side."""

    class Meta:
        model = Party

    class Params:
        foreign = factory.Trait(side=Side.FOREIGN, place=factory.SubFactory(ForeignPlaceFactory))

    side = Side.UKRAINIAN
    place = factory.SubFactory(HromadaFactory)


class MilestoneFactory(ModelFactory[Milestone]):
    class Meta:
        model = Milestone

    class Params:
        announced = factory.Trait(stage=Stage.ANNOUNCED)

    partnership = factory.SubFactory("tests.factories.partnerships.PartnershipFactory")
    type = MilestoneType.SIGNING
    stage = Stage.HAPPENED
    date = "2023-02-09"


class SourceFactory(ModelFactory[Source]):
    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    title = factory.Sequence(lambda n: f"Source {n}")
    language = "en"
    publisher = "Test publisher"
    url = factory.Sequence(lambda n: f"https://source-{n}.example/")
    licence = "CC BY 4.0"
    read_on = dt.date(2026, 11, 1)
    grade = Grade.C


class StatementFactory(ModelFactory[Statement]):
    """What a source says; about a milestone with `milestone=…`, then of the same partnership."""

    class Meta:
        model = Statement

    source = factory.SubFactory(SourceFactory)
    partnership = factory.Maybe(
        "milestone",
        yes_declaration=factory.SelfAttribute("milestone.partnership"),
        no_declaration=factory.SubFactory("tests.factories.partnerships.PartnershipFactory"),
    )
    milestone = None
    fact = factory.Maybe("milestone", yes_declaration=Fact.DATE, no_declaration=Fact.PAIR)
    value = factory.Maybe(
        "milestone", yes_declaration=factory.SelfAttribute("milestone.date"), no_declaration=""
    )
    grade = factory.SelfAttribute("source.grade")


class AgreementFactory(ModelFactory[Agreement]):
    class Meta:
        model = Agreement

    partnership = factory.SubFactory("tests.factories.partnerships.PartnershipFactory")
    title = factory.Sequence(lambda n: f"Угода про партнерство {n}")


class ActFactory(ModelFactory[Act]):
    class Meta:
        model = Act

    body = factory.SubFactory(BodyFactory)
    number = factory.Sequence(lambda n: f"{n}-VIII")
    date = "2023-02-09"


class SourceRowFactory(ModelFactory[SourceRow]):
    class Meta:
        model = SourceRow

    source = factory.SubFactory(SourceFactory)
    line = factory.Sequence(lambda n: n)
    cells = factory.LazyFunction(lambda: {"partner": "Musterstadt"})
    outcome = "new"


class PartnershipFactory(ModelFactory[Partnership]):
    """A published record with one party on each side.

    `ua` and `foreign` are its places (made where not given), traits put milestones under it, each with the
    statement that it follows from; `grade` is that statement's grade.
    """

    class Meta:
        model = Partnership

    class Params:
        draft = factory.Trait(visibility=Visibility.DRAFT)
        withdrawn = factory.Trait(visibility=Visibility.WITHDRAWN)
        announced = factory.Trait(line=(("signing", "announced", "2026-12-20"),))
        approved = factory.Trait(line=(("approval", "happened", "2023-01-15"),))
        decided = factory.Trait(line=(("decision", "happened", "2023-02-09"),))
        signed = factory.Trait(
            line=(("decision", "happened", "2023-02-09"), ("signing", "happened", "2023-03-01"))
        )
        registered = factory.Trait(
            line=(("signing", "happened", "2023-03-01"), ("registration", "happened", "2023-04-12"))
        )
        suspended = factory.Trait(
            line=(("signing", "happened", "2023-03-01"), ("suspension", "happened", "2024-05-01"))
        )
        ended = factory.Trait(line=(("signing", "happened", "2023-03-01"), ("end", "happened", "2025-06-30")))

    ua = factory.SubFactory(HromadaFactory)
    foreign = factory.SubFactory(ForeignPlaceFactory)
    line: tuple[tuple[str, str, str], ...] = ()
    grade = ""
    visibility = Visibility.PUBLISHED
    listed_kind = Kind.PARTNERSHIP

    @classmethod
    def _create(cls, model_class: type[Partnership], *args: Any, **kwargs: Any) -> Partnership:
        line, grade = kwargs.pop("line"), kwargs.pop("grade")
        ua, foreign = kwargs.pop("ua"), kwargs.pop("foreign")
        with transaction.atomic():  # parties on both sides by commit
            partnership: Partnership = super()._create(model_class, *args, **kwargs)
            Party.objects.create(partnership=partnership, side=Side.UKRAINIAN, place=ua)
            Party.objects.create(partnership=partnership, side=Side.FOREIGN, place=foreign)
            for type_, stage, date in line:
                milestone = MilestoneFactory(partnership=partnership, type=type_, stage=stage, date=date)
                if grade:
                    StatementFactory(milestone=milestone, source__grade=grade)
        partnership.refresh_from_db()
        return partnership


#: From so many records on, plans made for empty tables take minutes.
ENOUGH_TO_COUNT = 30


def many_partnerships(
    count: int, ua: Sequence[Place], foreign: Sequence[Place], years: Sequence[int] = (2022, 2023, 2024)
) -> list[Partnership]:
    """Published records in bulk, a few statements for any number: parties, years and types of milestones are
    dealt out in turn over the given places."""
    types = (MilestoneType.DECISION, MilestoneType.SIGNING, MilestoneType.REGISTRATION)
    kinds = (Kind.PARTNERSHIP, Kind.SOLIDARITY, Kind.FRIENDSHIP)
    with transaction.atomic():
        records = Partnership.objects.bulk_create(
            Partnership(visibility=Visibility.PUBLISHED, listed_kind=kinds[n % 3]) for n in range(count)
        )
        Party.objects.bulk_create(
            Party(partnership=record, side=side, place=places[n % len(places)])
            for n, record in enumerate(records)
            for side, places in ((Side.UKRAINIAN, ua), (Side.FOREIGN, foreign))
        )
        Milestone.objects.bulk_create(
            Milestone(partnership=record, type=types[n % 3], date=str(years[n % len(years)]))
            for n, record in enumerate(records)
        )
    if count >= ENOUGH_TO_COUNT:
        with connection.cursor() as cursor:
            # Else the planner takes the tables for empty, as they are between tests, and joins them by loops.
            cursor.execute(
                "ANALYZE places_place, partnerships_partnership, partnerships_party, partnerships_milestone, "
                "partnerships_standing, partnerships_listing"
            )
    return records
