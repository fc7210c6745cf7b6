"""Each rule of the tables of places and partnerships is tried by raw SQL, past all of Python.

The rules are read from the database itself: checks, unique constraints and indexes, and triggers that raise.
One without an attempt below fails, and so does an attempt at a rule that is gone.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from partnerships.models import Difference, ImportBatch, Listing, Partnership, Party, Ruling
from tests.factories.partnerships import (
    ActFactory,
    AgreementFactory,
    BodyFactory,
    MilestoneFactory,
    PartnershipFactory,
    ProgrammeFactory,
    SourceFactory,
    SourceRowFactory,
    StatementFactory,
)
from tests.factories.places import ForeignPlaceFactory, HromadaFactory, PlaceCodeFactory, PlaceNameFactory
from tests.known import known

pytestmark = pytest.mark.django_db

RULES = """
    SELECT conname FROM pg_constraint
    WHERE conrelid::regclass::text ~ '^(places|partnerships)_' AND contype IN ('c', 'u', 'x')
    UNION
    SELECT indexrelid::regclass::text FROM pg_index
    WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text ~ '^(places|partnerships)_'
        AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype = 'u')
    UNION
    SELECT tgrelid::regclass::text || ' ' || tgname FROM pg_trigger
    JOIN pg_proc own ON own.oid = tgfoid
    WHERE NOT tgisinternal AND tgrelid::regclass::text ~ '^(places|partnerships)_' AND (
        own.prosrc LIKE '%RAISE EXCEPTION%' OR EXISTS (
            SELECT 1 FROM pg_proc called
            WHERE called.prosrc LIKE '%RAISE EXCEPTION%' AND own.prosrc LIKE '%' || called.proname || '(%'
        )
    )
"""

Sql = tuple[str, Sequence[Any]]


def write(row: models.Model, assignment: str, *values: Any) -> Sql:
    return f"UPDATE {row._meta.db_table} SET {assignment} WHERE id = %s", [*values, row.pk]


def again(row: models.Model, **changes: Any) -> Sql:
    """The same row once more, under another key."""
    columns = [
        str(column.column)
        for column in row._meta.concrete_fields
        if not column.primary_key and not getattr(column, "generated", False)
    ]
    taken = ", ".join("%s" if column in changes else f'"{column}"' for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    table = row._meta.db_table
    values = [changes[column] for column in columns if column in changes]
    return f"INSERT INTO {table} ({named}) SELECT {taken} FROM {table} WHERE id = %s", [*values, row.pk]


def batch() -> ImportBatch:
    return ImportBatch.objects.create(source=SourceFactory(), file_name="list.csv", shape="pairs")


def ruling() -> Ruling:
    statement = StatementFactory(fact="since", value="2019")
    return Ruling.objects.create(
        partnership=statement.partnership, fact="since", follows=statement, values=["2019"], reason="x"
    )


def difference() -> Difference:
    record = PartnershipFactory()
    for value in ("2019", "2021"):
        StatementFactory(partnership=record, fact="since", value=value)
    return Difference.objects.get(partnership=record)


def party() -> Party:
    return PartnershipFactory().parties.get(side="ua")


def followed() -> Sql:
    milestone = MilestoneFactory()
    statement = StatementFactory(milestone=milestone)
    milestone.follows = statement
    milestone.save()
    return write(statement, "fact = 'note'")


def run(task: str = "read", done: int = 0, total: int = 0) -> Sql:
    return (
        "INSERT INTO partnerships_importrun (batch_id, task, done, total, problem, started_at, seen_at)"
        " VALUES (%s, %s, %s, %s, '', now(), now())",
        [batch().pk, task, done, total],
    )


def listing(assignment: str) -> Sql:
    record = PartnershipFactory()
    return f"UPDATE {Listing._meta.db_table} SET {assignment} WHERE partnership_id = %s", [record.pk]


def fulfilled_early() -> Sql:
    announced = MilestoneFactory(announced=True, announced_on="2023-01-10")
    kept = MilestoneFactory(partnership=announced.partnership, date="2023-02", fulfils=announced)
    return write(kept, "date = '2022'")


BAD_DAY = "31.02.2023"

#: Rule → what breaks it. Triggers go by their table and the name without its hash.
ATTEMPTS: dict[str, Callable[[], Sql]] = {
    # places
    "place_ukrainian_has_katottg": lambda: write(HromadaFactory(), "katottg = 'UA12'"),
    "place_country_has_iso2": lambda: write(HromadaFactory(), "iso2 = 'QX'"),
    "place_foreign_slug": lambda: write(ForeignPlaceFactory(), "slug = %s", ForeignPlaceFactory().slug),
    "place_has_a_name": lambda: write(ForeignPlaceFactory(), "name_uk = '', name_en = '', name_own = ''"),
    "place_coordinates": lambda: write(HromadaFactory(), "latitude = 91"),
    "place_merged_is_abolished": lambda: write(
        ForeignPlaceFactory(), "merged_into_id = %s", ForeignPlaceFactory().pk
    ),
    "places_place_iso2_key": lambda: write(
        ForeignPlaceFactory(), "level = 'country', iso2 = 'DE', country_id = 'DE'"
    ),
    "places_place_katottg_key": lambda: write(HromadaFactory(), "katottg = %s", HromadaFactory().katottg),
    "places_place_population_check": lambda: write(HromadaFactory(), "population = -1"),
    "places_place_population_year_check": lambda: write(HromadaFactory(), "population_year = -1"),
    "placename_once": lambda: again(PlaceNameFactory()),
    "placename_not_empty": lambda: write(PlaceNameFactory(), "text = ''"),
    "placename_dates": lambda: write(PlaceNameFactory(), "valid_to = %s", BAD_DAY),
    "placecode_once": lambda: again(PlaceCodeFactory()),
    "placecode_not_empty": lambda: write(PlaceCodeFactory(), "value = ''"),
    "placecode_dates": lambda: write(PlaceCodeFactory(), "valid_from = %s", BAD_DAY),
    "places_place place_keeps_its_side": lambda: write(
        known(PartnershipFactory().foreign_parties[0].place),
        "country_id = 'UA', katottg = 'UA12060170000091034'",
    ),
    # partnerships and their parties
    "partnership_visibility": lambda: write(PartnershipFactory(), "visibility = 'hidden'"),
    "partnership_status_date": lambda: write(PartnershipFactory(), "status_date = '2023-1'"),
    "partnership_merged_is_withdrawn": lambda: write(
        PartnershipFactory(), "merged_into_id = %s", PartnershipFactory().pk
    ),
    "partnerships_partnership_number_check": lambda: again(PartnershipFactory(), number=-1),
    "partnerships_partnership_number_key": lambda: again(PartnershipFactory()),
    "partnerships_partnership has_both_sides": lambda: (
        again(PartnershipFactory(), number=999_999)[0],
        [999_999, Partnership.objects.latest("pk").pk],
    ),
    "partnerships_partnership number_is_for_ever": lambda: write(
        PartnershipFactory(), "number = number + 1000"
    ),
    "partnerships_party both_sides_stay": lambda: (
        "DELETE FROM partnerships_party WHERE id = %s",
        [party().pk],
    ),
    "partnerships_party side_fits_country": lambda: write(party(), "side = 'foreign'"),
    "party_place_or_body": lambda: write(party(), "place_id = NULL"),
    "party_place_once": lambda: again(party()),
    "party_dates": lambda: write(party(), "joined = %s", BAD_DAY),
    "partnerships_party_position_check": lambda: write(party(), "position = -1"),
    "body_has_a_name": lambda: write(BodyFactory(), "name_uk = '', name_en = '', name_own = ''"),
    "partnerships_programme_slug_key": lambda: again(ProgrammeFactory()),
    # their lives
    "act_date": lambda: write(ActFactory(), "date = %s", BAD_DAY),
    "act_once": lambda: again(ActFactory()),
    "agreement_dates": lambda: write(AgreementFactory(), "ends_on = %s", BAD_DAY),
    "milestone_dates": lambda: write(MilestoneFactory(announced=True), "announced_on = '2023-1'"),
    "milestone_fulfilment_happened": lambda: write(
        (event := MilestoneFactory(announced=True)),
        "fulfils_id = %s",
        MilestoneFactory(announced=True, partnership=event.partnership).pk,
    ),
    "milestone_announcement_fields": lambda: write(MilestoneFactory(), "outcome = 'kept'"),
    "partnerships_milestone today_or_earlier": lambda: write(MilestoneFactory(), "date = '2999-01-01'"),
    "partnerships_milestone runs_forward": fulfilled_early,
    "partnerships_milestone fulfils_an_announcement": lambda: write(
        MilestoneFactory(), "fulfils_id = %s", MilestoneFactory(announced=True).pk
    ),
    # evidence
    "source_grade": lambda: write(SourceFactory(), "grade = 'Z'"),
    "source_dates": lambda: write(SourceFactory(), "published_on = %s", BAD_DAY),
    "partnerships_source_slug_key": lambda: again(SourceFactory()),
    "statement_once": lambda: again(StatementFactory()),
    "statement_grade": lambda: write(StatementFactory(), "grade = 'Z'"),
    "statement_date_of_a_milestone": lambda: write(StatementFactory(), "fact = 'date'"),
    "partnerships_statement same_partnership": lambda: write(
        StatementFactory(), "milestone_id = %s", MilestoneFactory().pk
    ),
    "partnerships_statement followed_stays": followed,
    "difference_once": lambda: again(difference()),
    "ruling_once": lambda: again(ruling()),
    "ruling_says_why": lambda: write(ruling(), "reason = ''"),
    "partnerships_ruling weighs_its_own": lambda: write(ruling(), "follows_id = %s", StatementFactory().pk),
    # imports
    "batch_status": lambda: write(batch(), "status = 'lost'"),
    "batch_shape": lambda: write(batch(), "shape = 'round'"),
    "importrun_task": lambda: run(task="dance"),
    "partnerships_importrun_done_check": lambda: run(done=-1),
    "partnerships_importrun_total_check": lambda: run(total=-1),
    "sourcerow_once": lambda: again(SourceRowFactory()),
    "sourcerow_once_in_batch": lambda: again(SourceRowFactory(batch=batch())),
    "sourcerow_says_why": lambda: write(SourceRowFactory(), "outcome = 'doubtful', reason = ''"),
    "sourcerow_decision": lambda: write(SourceRowFactory(), "decision = 'maybe'"),
    "partnerships_sourcerow_line_check": lambda: write(SourceRowFactory(), "line = -1"),
    "partnerships_listing_number_check": lambda: listing("number = -1"),
}


def rules() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(RULES)
        found = {str(name) for (name,) in cursor.fetchall()}
    plain = (re.sub(r" pgtrigger_(\w+)_[0-9a-f]{5}$", r" \1", name) for name in found)
    # Emptying a table with a history is tried for all of them below.
    return {name for name in plain if not name.endswith("no_truncate")}


def test_every_rule_of_the_tables_has_an_attempt() -> None:
    assert rules() == set(ATTEMPTS)


@pytest.mark.parametrize("rule", sorted(ATTEMPTS))
def test_what_breaks_a_rule_is_refused_by_the_database(rule: str) -> None:
    sql, values = ATTEMPTS[rule]()
    settle()
    with pytest.raises(DatabaseError) as refused, transaction.atomic():  # noqa: PT012
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            assert cursor.rowcount == 1
        settle()
    diag = getattr(refused.value.__cause__, "diag", None)
    table, _, trigger = rule.partition(" ")
    if trigger:
        assert f"pgtrigger_{trigger}_" in str(diag.context) or trigger in str(diag.context)  # type: ignore[union-attr]
    else:
        assert diag is not None
        assert diag.constraint_name == table


def settle() -> None:
    """What waits for the end of a transaction is checked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def tables_with_a_history() -> list[str]:
    from django.apps import apps

    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if any(trigger.name == "no_truncate" for trigger in getattr(model._meta, "triggers", []))
    )


def test_no_table_with_a_history_is_emptied() -> None:
    tables = tables_with_a_history()
    assert {"core_auditentry", "partnerships_party", "places_placename"} <= set(tables)
    for table in tables:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
