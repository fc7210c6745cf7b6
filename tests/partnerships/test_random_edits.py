"""Whatever is written by whatever path, what the database keeps equals what its functions say."""

import random
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest
from django.db import IntegrityError, connection, models, transaction

from partnerships.enums import Fact, Grade, Kind, LegalKind, MilestoneType, Outcome, Stage, Status
from partnerships.models import (
    Agreement,
    Difference,
    Milestone,
    Partnership,
    Party,
    Ruling,
    Source,
    Standing,
    Statement,
)
from tests.factories.partnerships import PartnershipFactory, SourceFactory
from tests.factories.places import ForeignPlaceFactory, HromadaFactory

pytestmark = pytest.mark.django_db

T = TypeVar("T", bound=models.Model)
EDITS = 1000
DATES = [
    "",
    "2018",
    "2020",
    "2022-05",
    "2023-02-09",
    "2024/2025",
    "2021-06~",
    "2019/..",
    "../2017",
    "2026-11",
]
PLANNED = [*DATES, "2099", "2027-03-01"]

#: What is kept, and what the functions say, compared row by row.
STORED_AND_SAID = {
    "status": (
        "SELECT id, status, kind, status_date, evidence FROM partnerships_partnership",
        """
        SELECT p.id, standing.status, partnerships_kind_on(p.id, today.day), coalesce(m.date, ''),
            coalesce((SELECT min(grade) FROM partnerships_statement WHERE partnership_id = p.id), '')
        FROM partnerships_partnership p
        CROSS JOIN (SELECT (now() AT TIME ZONE 'Europe/Kyiv')::date) AS today (day)
        CROSS JOIN LATERAL partnerships_standing_on(p.id, today.day) AS standing
        LEFT JOIN partnerships_milestone m ON m.id = standing.milestone
        """,
    ),
    "standings": (
        "SELECT partnership_id, days, status, status_date, kind, possibly FROM partnerships_standing",
        """
        SELECT p.id, s.days, s.status, s.status_date, s.kind, s.possibly
        FROM partnerships_partnership p CROSS JOIN LATERAL partnerships_standings(p.id) AS s
        """,
    ),
    "differences": (
        """
        SELECT partnership_id, milestone_id, agreement_id, fact, values, decided
        FROM partnerships_difference
        """,
        """
        SELECT p.id, d.milestone_id, d.agreement_id, d.fact, d.said, EXISTS (
            SELECT 1 FROM partnerships_ruling r
            WHERE r.partnership_id = p.id AND r.values @> d.said
                AND (r.milestone_id, r.agreement_id, r.fact::text)
                    IS NOT DISTINCT FROM (d.milestone_id, d.agreement_id, d.fact)
        )
        FROM partnerships_partnership p CROSS JOIN LATERAL partnerships_differing(p.id) AS d
        """,
    ),
}


def sql(text: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


class Clerk:
    """Writes at random, by the ORM, in bulk and by raw SQL."""

    def __init__(self, seed: int, records: Sequence[Partnership], sources: Sequence[Source]) -> None:
        self.chance = random.Random(seed)
        self.records, self.sources = records, sources
        self.hromadas = [HromadaFactory() for _ in range(5)]
        self.towns = [ForeignPlaceFactory() for _ in range(5)]

    def edit(self) -> None:
        writes: list[Callable[[Partnership], None]] = [
            self.add_milestone,
            self.add_milestone,
            self.add_many,
            self.change_milestone,
            self.change_by_sql,
            self.move_milestone,
            self.remove_milestone,
            self.add_statement,
            self.add_statement,
            self.change_statement,
            self.remove_statement,
            self.follow,
            self.change_party,
            self.change_record,
            self.spoil_derived,
            self.write_agreement,
            self.rule,
        ]
        self.chance.choice(writes)(self.chance.choice(self.records))

    def one_of(self, rows: models.QuerySet[T]) -> T | None:
        found = list(rows.order_by("pk"))
        return self.chance.choice(found) if found else None

    def milestone(self, record: Partnership) -> Milestone:
        stage = self.chance.choice(Stage.values)
        announced = stage == Stage.ANNOUNCED
        return Milestone(
            partnership=record,
            type=self.chance.choice(MilestoneType.values),
            stage=stage,
            date=self.chance.choice(PLANNED if announced else DATES),
            kind=self.chance.choice(["", "", *Kind.values]),
            announced_on=self.chance.choice(DATES) if announced else "",
            outcome=self.chance.choice(Outcome.values) if announced else Outcome.NOT_KNOWN,
        )

    def add_milestone(self, record: Partnership) -> None:
        self.milestone(record).save()

    def add_many(self, record: Partnership) -> None:
        Milestone.objects.bulk_create([self.milestone(one) for one in self.chance.sample(self.records, 3)])

    def change_milestone(self, record: Partnership) -> None:
        changes = {"date": self.chance.choice(DATES), "type": self.chance.choice(MilestoneType.values)}
        record.milestones.filter(stage=Stage.HAPPENED).update(**changes)

    def change_by_sql(self, record: Partnership) -> None:
        sql(
            "UPDATE partnerships_milestone SET kind = %s, date = %s WHERE id IN ("
            "SELECT id FROM partnerships_milestone WHERE partnership_id = %s ORDER BY id LIMIT 1)",
            self.chance.choice(Kind.values),
            self.chance.choice(DATES),
            record.pk,
        )

    def move_milestone(self, record: Partnership) -> None:
        milestone = record.milestones.order_by("pk").first()
        if milestone is not None:
            milestone.partnership = self.chance.choice(self.records)
            milestone.save()

    def remove_milestone(self, record: Partnership) -> None:
        keys = list(record.milestones.order_by("pk").values_list("pk", flat=True))
        if len(keys) > 3:
            record.milestones.filter(pk=self.chance.choice(keys)).delete()

    def add_statement(self, record: Partnership) -> None:
        fact = self.chance.choice([Fact.DATE, Fact.SINCE, Fact.KIND, Fact.LEGAL_KIND, Fact.NOTE])
        milestone = self.one_of(record.milestones.all()) if fact == Fact.DATE else None
        values = {Fact.KIND: Kind.values, Fact.LEGAL_KIND: LegalKind.values, Fact.NOTE: ["a", "b"]}
        Statement.objects.create(
            partnership=record,
            source=self.chance.choice(self.sources),
            milestone=milestone,
            agreement=record.agreements.first() if fact == Fact.LEGAL_KIND else None,
            fact=fact,
            value=self.chance.choice(values.get(fact, DATES)),
            grade=self.chance.choice(Grade.values),
        )

    def change_statement(self, record: Partnership) -> None:
        record.statements.filter(fact__in=[Fact.DATE, Fact.SINCE], grade__gt="B").update(
            value=self.chance.choice(DATES), grade=self.chance.choice(Grade.values)
        )

    def remove_statement(self, record: Partnership) -> None:
        sql(
            "DELETE FROM partnerships_statement s WHERE partnership_id = %s AND grade = %s"
            " AND NOT EXISTS (SELECT 1 FROM partnerships_milestone WHERE follows_id = s.id)"
            " AND NOT EXISTS (SELECT 1 FROM partnerships_ruling WHERE follows_id = s.id)",
            record.pk,
            self.chance.choice(Grade.values),
        )

    def follow(self, record: Partnership) -> None:
        statement = self.one_of(record.statements.filter(fact=Fact.DATE))
        if statement is not None and statement.milestone_id is not None:
            Milestone.objects.filter(pk=statement.milestone_id).update(follows=statement)

    def change_party(self, record: Partnership) -> None:
        side, places = self.chance.choice([("ua", self.hromadas), ("foreign", self.towns)])
        if self.chance.random() < 0.5:
            Party.objects.create(partnership=record, side=side, place=self.chance.choice(places))
        else:
            record.parties.filter(side=side).order_by("pk").last().delete()  # type: ignore[union-attr]

    def change_record(self, record: Partnership) -> None:
        Partnership.objects.filter(pk__gte=record.pk).update(listed_kind=self.chance.choice(Kind.values))

    def spoil_derived(self, record: Partnership) -> None:
        sql(
            "UPDATE partnerships_partnership SET status = %s, kind = 'contact', evidence = 'E' WHERE id = %s",
            self.chance.choice(Status.values),
            record.pk,
        )

    def write_agreement(self, record: Partnership) -> None:
        agreement = record.agreements.first() or Agreement(partnership=record, title="Угода")
        agreement.legal_kind = self.chance.choice(LegalKind.values)
        agreement.save()

    def rule(self, record: Partnership) -> None:
        difference = self.one_of(Difference.objects.filter(partnership=record))
        if difference is None:
            return
        topic = {
            "partnership": record,
            "milestone": difference.milestone,
            "agreement": difference.agreement,
            "fact": difference.fact,
        }
        if self.chance.random() < 0.3:
            Ruling.objects.filter(**topic).delete()
        else:
            follows = Statement.objects.filter(**topic)[0]
            Ruling.objects.create(**topic, follows=follows, values=difference.values, reason="x")


def test_what_is_kept_equals_what_the_functions_say_after_a_thousand_random_edits() -> None:
    """Edits that the constraints refuse do not count among the thousand."""
    records = [PartnershipFactory() for _ in range(20)]
    clerk = Clerk(7, records, [SourceFactory() for _ in range(4)])
    done = refused = 0
    while done < EDITS:
        try:
            with transaction.atomic():
                clerk.edit()
                sql("SET CONSTRAINTS ALL IMMEDIATE")
                sql("SET CONSTRAINTS ALL DEFERRED")
            done += 1
        except IntegrityError:
            refused += 1
    for name, (stored, said) in STORED_AND_SAID.items():
        with connection.cursor() as cursor:
            cursor.execute(f"({stored} EXCEPT ALL {said}) UNION ALL ({said} EXCEPT ALL {stored})")
            assert cursor.fetchall() == [], name
    # The edits were worth it: each status came about, sources differ, and somebody decided.
    assert len(set(Partnership.objects.values_list("status", flat=True))) >= 4
    assert len(set(Standing.objects.values_list("status", flat=True))) >= 6
    assert set(Difference.objects.values_list("decided", flat=True)) == {True, False}
    assert refused < EDITS
