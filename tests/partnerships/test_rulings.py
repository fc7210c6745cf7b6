"""Decisions on differences: what the register follows, what is put back, and what two people at once see."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts.models import User
from core.models import AuditEntry
from partnerships.enums import Fact
from partnerships.histories import why
from partnerships.models import Difference, Milestone, Partnership, Ruling, Statement
from partnerships.rulings import DecidedMeanwhile, decide, take_back
from tests.factories.partnerships import (
    AgreementFactory,
    MilestoneFactory,
    SourceFactory,
    StatementFactory,
)
from tests.factories.register_tables import Tables, only_partnership, places_of_tables

pytestmark = pytest.mark.django_db


def fresh(milestone: Milestone) -> tuple[str, int | None]:
    milestone.refresh_from_db()
    return milestone.date, milestone.follows_id


# --- What the register follows ----------------------------------------------------------------------------


def test_date_follows_the_chosen_statement_and_goes_back(
    difference: Difference, milestone: Milestone, weaker: Statement, user: User
) -> None:
    before = fresh(milestone)
    ruling = decide(difference, weaker, "document", user)
    assert fresh(milestone) == ("2023-02-13", weaker.pk)
    assert Partnership.objects.get().status_date == "2023-02-13"
    difference.refresh_from_db()
    assert difference.decided
    take_back(ruling, user)
    assert fresh(milestone) == before
    assert not Ruling.objects.exists()
    difference.refresh_from_db()
    assert not difference.decided


def test_date_that_followed_nothing_is_put_back_as_it_was(
    difference: Difference, milestone: Milestone, weaker: Statement
) -> None:
    Milestone.objects.update(follows=None, date="2023-02")
    take_back(decide(difference, weaker, "document", None), None)
    assert fresh(milestone) == ("2023-02", None)


def test_kind_becomes_the_kind_as_listed_and_goes_back(other: Partnership) -> None:
    Partnership.objects.update(listed_kind="friendship")
    for kind in ("friendship", "contact"):
        StatementFactory(partnership=other, fact=Fact.KIND, value=kind)
    ruling = decide(Difference.objects.get(), Statement.objects.get(value="contact"), "party", None)
    other.refresh_from_db()
    assert (other.listed_kind, other.kind) == ("contact", "contact")
    take_back(ruling, None)
    other.refresh_from_db()
    assert (other.listed_kind, other.kind) == ("friendship", "friendship")


def test_legal_kind_becomes_that_of_the_agreement_and_goes_back(other: Partnership) -> None:
    agreement = AgreementFactory(partnership=other, legal_kind="transborder")
    for kind in ("transborder", "transnational"):
        StatementFactory(partnership=other, agreement=agreement, fact=Fact.LEGAL_KIND, value=kind)
    ruling = decide(Difference.objects.get(), Statement.objects.get(value="transnational"), "document", None)
    agreement.refresh_from_db()
    assert agreement.legal_kind == "transnational"
    take_back(ruling, None)
    agreement.refresh_from_db()
    assert agreement.legal_kind == "transborder"


def test_year_of_counting_is_decided_by_the_ruling_alone(other: Partnership) -> None:
    for year in ("1998", "1999"):
        StatementFactory(partnership=other, fact=Fact.SINCE, value=year)
    before = Partnership.objects.values().get()
    decide(Difference.objects.get(), Statement.objects.get(value="1999"), "party", None)
    assert Difference.objects.get().decided
    assert Partnership.objects.values().get() == before


def test_value_without_a_code_cannot_be_followed(other: Partnership) -> None:
    agreement = AgreementFactory(partnership=other)
    for kind in ("transborder", "транскордонне, міжтериторіальне"):
        StatementFactory(partnership=other, agreement=agreement, fact=Fact.LEGAL_KIND, value=kind)
    odd = Statement.objects.get(value__startswith="транс")
    with pytest.raises(ValidationError):
        decide(Difference.objects.get(), odd, "document", None)
    assert not Ruling.objects.exists()


def test_further_value_opens_the_decision_again_and_it_can_be_decided_anew(
    difference: Difference, milestone: Milestone, weaker: Statement, user: User
) -> None:
    before = fresh(milestone)
    decide(difference, weaker, "document", user)
    third = StatementFactory(milestone=milestone, value="2023-02-20", source=SourceFactory(grade="D"))
    difference.refresh_from_db()
    assert not difference.decided
    assert fresh(milestone)[0] == "2023-02-13"
    ruling = decide(difference, third, "corrected", user)
    assert Ruling.objects.count() == 1
    take_back(ruling, user)
    assert fresh(milestone) == before


def test_source_that_repeats_a_weighed_value_opens_nothing(
    difference: Difference, milestone: Milestone, weaker: Statement
) -> None:
    decide(difference, weaker, "document", None)
    StatementFactory(milestone=milestone, value="2023-02-09", source=SourceFactory(grade="E"))
    difference.refresh_from_db()
    assert difference.decided


# --- What is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_decision_without_a_reason_is_refused(difference: Difference, weaker: Statement, reason: str) -> None:
    with pytest.raises(ValidationError):
        decide(difference, weaker, reason, None)
    assert not Ruling.objects.exists()


def test_statement_of_something_else_is_refused(difference: Difference, other: Partnership) -> None:
    with pytest.raises(ValidationError):
        decide(difference, known_statement(other), "document", None)


def known_statement(record: Partnership) -> Statement:
    statement = record.statements.first()
    assert statement is not None
    return statement


def test_database_refuses_a_ruling_that_follows_a_statement_of_something_else(
    pair: Partnership, other: Partnership, milestone: Milestone
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Ruling.objects.create(
            partnership=pair,
            milestone=milestone,
            fact=Fact.DATE,
            follows=known_statement(other),
            values=["2023-02-09"],
            reason="document",
        )


def test_date_that_the_life_line_refuses_changes_nothing(pair: Partnership) -> None:
    end = MilestoneFactory(partnership=pair, type="end", date="2024-01-01")
    MilestoneFactory(partnership=pair, type="signing", date="2023-05-05")
    end.follows = StatementFactory(milestone=end)
    end.save()
    early = StatementFactory(milestone=end, value="2020-01-01", source=SourceFactory(grade="D"))
    with pytest.raises(ValidationError) as refused:
        decide(Difference.objects.get(), early, "document", None)
    assert refused.value.code == "milestone_ends_after_signing"
    assert fresh(end)[0] == "2024-01-01"
    assert not Ruling.objects.exists()


def test_second_decision_is_refused_and_the_first_stays(
    difference: Difference, milestone: Milestone, weaker: Statement, user: User
) -> None:
    decide(difference, weaker, "document", user)
    with pytest.raises(DecidedMeanwhile):
        decide(difference, milestone.statements.get(value="2023-02-09"), "stronger", None)
    assert fresh(milestone)[0] == "2023-02-13"


def test_values_that_changed_since_the_page_was_opened_are_not_decided(
    difference: Difference, milestone: Milestone, weaker: Statement
) -> None:
    seen = list(difference.values)
    StatementFactory(milestone=milestone, value="2023-02-20", source=SourceFactory(grade="D"))
    with pytest.raises(DecidedMeanwhile):
        decide(difference, weaker, "document", None, seen=seen)


def test_what_a_person_wrote_after_the_ruling_stays_when_it_is_taken_back(
    difference: Difference, milestone: Milestone, weaker: Statement
) -> None:
    ruling = decide(difference, weaker, "document", None)
    Milestone.objects.update(follows=None, date="2023-03-01")
    take_back(ruling, None)
    assert fresh(milestone) == ("2023-03-01", None)


def test_decision_taken_back_twice_is_told(difference: Difference, weaker: Statement) -> None:
    ruling = decide(difference, weaker, "document", None)
    take_back(Ruling.objects.get(), None)
    with pytest.raises(DecidedMeanwhile):
        take_back(ruling, None)


def test_history_names_who_decided_and_why(
    difference: Difference, milestone: Milestone, weaker: Statement, user: User
) -> None:
    ruling = decide(difference, weaker, "У протоколі стоїть 13 лютого", user)
    take_back(ruling, user)
    changes = AuditEntry.objects.filter(
        table_name="partnerships_milestone", row_id=milestone.pk, user_id=user.pk
    )
    made, taken_back = changes.order_by("id")
    assert "У протоколі стоїть 13 лютого" in made.reason
    assert taken_back.reason != made.reason
    operations = AuditEntry.objects.filter(table_name="partnerships_ruling").order_by("id")
    assert list(operations.values_list("operation", "user_id")) == [("insert", user.pk), ("delete", user.pk)]


@pytest.mark.parametrize("decided_in", ["uk", "en"])
@pytest.mark.parametrize(
    ("read_in", "words"),
    [
        ("uk", "Рішення щодо розбіжності: Так сказано в самому документі."),
        ("en", "Decision on a difference: The document itself says so."),
    ],
)
def test_reason_in_the_history_has_the_language_of_its_reader(
    difference: Difference, weaker: Statement, user: User, decided_in: str, read_in: str, words: str
) -> None:
    with override(decided_in):
        decide(difference, weaker, "document", user)
    kept = AuditEntry.objects.get(table_name="partnerships_ruling").reason
    with override(read_in):
        assert why(kept) == words


# --- The loader -------------------------------------------------------------------------------------------


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    places_of_tables()
    made = Tables(tmp_path)
    made.pair(source="town-page", status="signed", signed_on="2023-05-06", kind="friendship")
    made.pair(source="paper", status="signed", signed_on="2023-05-09", kind="contact")
    made.load()
    return made


def test_loading_again_undoes_no_ruling(tables: Tables) -> None:
    for difference in Difference.objects.all():
        weaker = Statement.objects.get(fact=difference.fact, source__slug="paper")
        decide(difference, weaker, "document", None)
    assert tables.load().changes == 0
    record = only_partnership()
    assert [milestone.date for milestone in record.milestones.all()] == ["2023-05-09"]
    assert (record.listed_kind, record.kind) == ("contact", "contact")
    assert Ruling.objects.count() == Difference.objects.filter(decided=True).count() == 2


def test_new_row_from_a_stronger_source_opens_the_ruling_but_does_not_undo_it(tables: Tables) -> None:
    for difference in Difference.objects.all():
        weaker = Statement.objects.get(fact=difference.fact, source__slug="paper")
        decide(difference, weaker, "document", None)
    tables.agreement(signed_on="2023-05-12")
    tables.pair(source="agreements-register", kind="memorandum")
    tables.load()
    record = only_partnership()
    signing = record.milestones.get(type="signing")
    assert signing.date == "2023-05-09"
    assert record.listed_kind == "contact"
    assert not Difference.objects.filter(decided=True).exists()
    assert Ruling.objects.count() == 2


def test_source_that_corrects_itself_opens_the_ruling_again(tables: Tables) -> None:
    difference = Difference.objects.get(fact=Fact.DATE)
    decide(difference, Statement.objects.get(value="2023-05-09"), "document", None)
    tables.rows["pairs.csv"][1]["signed_on"] = "2023-05-08"
    tables.load()
    difference.refresh_from_db()
    assert sorted(difference.values) == ["2023-05-06", "2023-05-08"]
    assert not difference.decided
