"""What the database keeps whole across rows, whoever writes by whatever path."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from partnerships.models import Milestone, Partnership, Statement
from search.engine import find
from search.indexing import rebuild
from tests.factories.partnerships import (
    AgreementFactory,
    MilestoneFactory,
    PartnershipFactory,
    StatementFactory,
)
from tests.factories.places import ForeignPlaceFactory

pytestmark = pytest.mark.django_db


def test_value_written_into_a_derived_column_is_put_right_at_once() -> None:
    record = PartnershipFactory(signed=True)
    derived = ("status", "kind", "status_date", "evidence")
    before = Partnership.objects.filter(pk=record.pk).values(*derived).get()
    Partnership.objects.filter(pk=record.pk).update(
        status="ended", kind="contact", status_date="1990", evidence="E"
    )
    assert Partnership.objects.filter(pk=record.pk).values(*derived).get() == before


def test_number_of_a_record_never_changes() -> None:
    record = PartnershipFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        Partnership.objects.filter(pk=record.pk).update(number=999_999)


def test_statement_belongs_to_the_partnership_of_its_milestone() -> None:
    milestone, other = MilestoneFactory(), PartnershipFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        StatementFactory(milestone=milestone, partnership=other)
    statement = StatementFactory(milestone=milestone)
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(partnership=other)


def test_statement_belongs_to_the_partnership_of_its_agreement() -> None:
    agreement, other = AgreementFactory(), PartnershipFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        StatementFactory(agreement=agreement, partnership=other)


def test_followed_statement_keeps_its_milestone_and_fact() -> None:
    milestone = MilestoneFactory(date="2023-02-09")
    statement = StatementFactory(milestone=milestone)
    Milestone.objects.filter(pk=milestone.pk).update(follows=statement)
    other = MilestoneFactory(partnership=milestone.partnership)
    for change in ({"milestone": other}, {"fact": "note"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Statement.objects.filter(pk=statement.pk).update(**change)


def test_milestone_that_moves_takes_its_statements_along() -> None:
    milestone, other = MilestoneFactory(), PartnershipFactory()
    statement = StatementFactory(milestone=milestone)
    Milestone.objects.filter(pk=milestone.pk).update(partnership=other)
    statement.refresh_from_db()
    assert statement.partnership_id == other.pk


def test_event_fulfils_only_an_announcement_of_its_own_partnership() -> None:
    foreign = MilestoneFactory(announced=True)
    happened = MilestoneFactory()
    for fulfils in (foreign, happened):
        with pytest.raises(DatabaseError), transaction.atomic():
            MilestoneFactory(partnership=happened.partnership, fulfils=fulfils)


@pytest.mark.parametrize("table", ["partnerships_party", "partnerships_statement", "places_placename"])
def test_table_with_a_history_is_not_emptied(table: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(("column", "value"), [("visibility", "publishd"), ("visibility", "")])
def test_code_that_does_not_exist_is_refused(column: str, value: str) -> None:
    record = PartnershipFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        Partnership.objects.filter(pk=record.pk).update(**{column: value})


def test_record_hidden_past_the_admin_does_not_show_in_the_number_of_results() -> None:
    record = PartnershipFactory(foreign=ForeignPlaceFactory(name_own="Verschwundenburg"))
    for _step in rebuild():
        pass
    assert ("partnership", record.pk) in find("Verschwundenburg").references
    Partnership.objects.filter(pk=record.pk).update(visibility="draft")
    assert ("partnership", record.pk) not in find("Verschwundenburg").references


def test_address_with_two_slashes_gives_no_link_to_another_host(client: Client) -> None:
    answer = client.get("/", PATH_INFO="//evil.example/uk/news/")
    assert answer.status_code == 404
    assert '="//evil' not in answer.content.decode()
