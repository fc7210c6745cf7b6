"""Two records of one relation become one: what moves, what is kept once, what is refused, what leads on."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test import Client
from django.utils.translation import override

from core.models import AuditEntry
from news.models import NewsPartnership
from partnerships.merging import merge_partnerships, plan, references
from partnerships.models import (
    Agreement,
    Difference,
    Milestone,
    Partnership,
    Party,
    Ruling,
    SourceRow,
    Standing,
    Statement,
)
from partnerships.withdrawing import bring_back, withdraw
from places.models import Place
from search.engine import find
from search.indexing import reindex
from tests.factories.news import NewsItemFactory
from tests.factories.partnerships import (
    AgreementFactory,
    BodyFactory,
    MilestoneFactory,
    PartnershipFactory,
    PartyFactory,
    SourceFactory,
    SourceRowFactory,
    StatementFactory,
)
from tests.factories.places import ForeignPlaceFactory, HromadaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(kryvyi_rih: Place, duisburg: Place) -> Partnership:
    return PartnershipFactory(ua=kryvyi_rih, foreign=duisburg)


@pytest.fixture
def merged(kryvyi_rih: Place, duisburg: Place) -> Partnership:
    return PartnershipFactory(ua=kryvyi_rih, foreign=duisburg)


def merge(kept: Partnership, merged: Partnership, **options: bool) -> None:
    merge_partnerships(kept, merged, None, "one relation", **options)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    kept.refresh_from_db()
    merged.refresh_from_db()


def rows_of(record: Partnership, model: type[models.Model]) -> int:
    return model._default_manager.filter(partnership=record).count()


def test_what_is_known_of_the_one_moves_to_the_other(kept: Partnership, merged: Partnership) -> None:
    agreement = AgreementFactory(partnership=merged)
    announced = MilestoneFactory(partnership=merged, announced=True, date="2023-02-21")
    milestone = MilestoneFactory(
        partnership=merged, date="2023-02-21", agreement=agreement, fulfils=announced
    )
    statement = StatementFactory(milestone=milestone, agreement=agreement, value="2023-02-22")
    Milestone.objects.filter(pk=milestone.pk).update(follows=statement)
    of_pair = StatementFactory(partnership=merged)
    row = SourceRowFactory(partnership=merged)
    merge(kept, merged)
    milestone.refresh_from_db()
    assert (milestone.partnership, milestone.agreement, milestone.fulfils) == (kept, agreement, announced)
    assert (milestone.follows, milestone.date) == (statement, "2023-02-22")
    assert set(kept.statements.all()) == {statement, of_pair}
    assert kept.source_rows.get() == row
    assert (kept.status, kept.status_date) == ("signed", "2023-02-22")
    for model in (Agreement, Milestone, Statement, SourceRow):
        assert rows_of(merged, model) == 0
    assert (merged.visibility, merged.merged_into, merged.status) == ("withdrawn", kept, "unknown")
    assert rows_of(merged, Party) == 2


def test_statement_that_both_hold_is_kept_once_with_the_better_grade(
    kept: Partnership, merged: Partnership
) -> None:
    source = SourceFactory()
    stays = StatementFactory(partnership=kept, source=source, fact="since", value="2019", grade="E")
    StatementFactory(
        partnership=merged, source=source, fact="since", value="2019", grade="B", url="https://x.ua/"
    )
    merge(kept, merged)
    assert kept.statements.get() == stays
    stays.refresh_from_db()
    assert (stays.grade, stays.url, kept.evidence) == ("B", "https://x.ua/", "B")


def test_event_and_agreement_that_both_hold_are_kept_once_with_the_statements_on_both(
    kept: Partnership, merged: Partnership
) -> None:
    mine = MilestoneFactory(
        partnership=kept, mode="online", agreement=AgreementFactory(partnership=kept, title="Угода")
    )
    said = StatementFactory(milestone=mine, agreement=mine.agreement)
    theirs = MilestoneFactory(
        partnership=merged, agreement=AgreementFactory(partnership=merged, title="Угода")
    )
    same = StatementFactory(milestone=theirs, agreement=theirs.agreement, source=said.source)
    new = StatementFactory(milestone=theirs, agreement=theirs.agreement)
    Milestone.objects.filter(pk=theirs.pk).update(follows=same)
    merge(kept, merged)
    assert kept.milestones.get() == mine
    assert kept.agreements.get() == mine.agreement
    assert set(mine.statements.all()) == {said, new}
    assert set(Statement.objects.values_list("agreement", flat=True)) == {mine.agreement_id}


def test_announcement_that_both_hold_is_fulfilled_once(kept: Partnership, merged: Partnership) -> None:
    for record in (kept, merged):
        announced = MilestoneFactory(partnership=record, announced=True, date="2023-02-21")
        MilestoneFactory(partnership=record, date="2023-02-21", fulfils=announced)
    merge(kept, merged)
    assert sorted(kept.milestones.values_list("stage", flat=True)) == ["announced", "happened"]


@pytest.mark.parametrize(
    "differs", [{"date": "2023-03"}, {"kind": "project"}, {"type": "decision"}, {"note_uk": "x"}]
)
def test_events_that_differ_in_what_they_say_both_stay(
    kept: Partnership, merged: Partnership, differs: dict[str, str]
) -> None:
    MilestoneFactory(partnership=kept)
    MilestoneFactory(partnership=merged, **differs)
    merge(kept, merged)
    assert kept.milestones.count() == 2


def test_party_that_only_the_merged_record_has_is_added(kept: Partnership, merged: Partnership) -> None:
    party = PartyFactory(partnership=merged, joined="2024")
    body = Party.objects.create(partnership=merged, side="foreign", body=BodyFactory())
    assert set(plan(kept, merged).parties) == {party, body}
    merge(kept, merged)
    added = kept.parties.order_by("-pk")[:2]
    assert {(one.place_id, one.body_id) for one in added} == {(party.place_id, None), (None, body.body_id)}
    assert {one.joined for one in added} == {"2024", ""}
    assert kept.parties.count() == 4


def test_ruling_moves_with_the_difference_that_it_decides(kept: Partnership, merged: Partnership) -> None:
    one = StatementFactory(partnership=merged, fact="since", value="2019")
    StatementFactory(partnership=merged, fact="since", value="2021")
    ruling = Ruling.objects.create(
        partnership=merged, fact="since", follows=one, values=["2019", "2021"], reason="its own site"
    )
    merge(kept, merged)
    moved = Ruling.objects.get()
    assert (moved.partnership, moved.follows, moved.reason) == (kept, one, "its own site")
    assert moved.decided_at == ruling.decided_at
    assert Difference.objects.get().decided is True


def test_ruling_of_the_record_that_stays_comes_first(kept: Partnership, merged: Partnership) -> None:
    for record, value in ((kept, "2019"), (merged, "2021")):
        follows = StatementFactory(partnership=record, fact="since", value=value)
        Ruling.objects.create(partnership=record, fact="since", follows=follows, values=[value], reason=value)
    merge(kept, merged)
    assert Ruling.objects.get().reason == "2019"
    # Another value came in that nobody weighed.
    assert Difference.objects.get().decided is False


def test_news_about_the_merged_record_is_about_the_other(kept: Partnership, merged: Partnership) -> None:
    of_both, of_one = NewsItemFactory(), NewsItemFactory()
    for item, record in ((of_both, kept), (of_both, merged), (of_one, merged)):
        NewsPartnership.objects.create(item=item, partnership=record)
    merge(kept, merged)
    assert set(NewsPartnership.objects.values_list("item", "partnership")) == {
        (of_both.pk, kept.pk),
        (of_one.pk, kept.pk),
    }


def test_what_was_merged_into_the_merged_record_leads_to_the_last(
    kept: Partnership, merged: Partnership
) -> None:
    first = PartnershipFactory(ua=merged.ukrainian_parties[0].place, foreign=merged.foreign_parties[0].place)
    merge(merged, first)
    merge(kept, merged)
    first.refresh_from_db()
    assert first.merged_into == kept


def test_texts_that_only_the_merged_record_has_are_taken_over(kept: Partnership, merged: Partnership) -> None:
    Partnership.objects.filter(pk=kept.pk).update(why_en="Ours", listed_kind="unknown")
    Partnership.objects.filter(pk=merged.pk).update(why_en="Theirs", why_uk="Їхнє", listed_kind="friendship")
    kept.refresh_from_db()
    merge(kept, merged)
    assert (kept.why_en, kept.why_uk, kept.kind) == ("Ours", "Їхнє", "friendship")


def test_every_table_that_leads_to_a_record_has_its_place_in_merging() -> None:
    """A new table of the register has to say what becomes of its rows."""
    derived = {Standing, Difference} | {
        relation.related_model
        for relation in Partnership._meta.related_objects
        if relation.related_model.__name__ == "Listing"
    }
    moved = {Party, Agreement, Milestone, Statement, Ruling, SourceRow, Partnership}
    others = {model for model, _column in references()}
    leading = {
        relation.related_model
        for relation in Partnership._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
    }
    assert leading == derived | moved | others
    assert NewsPartnership in others


# --- Refusals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
@pytest.mark.parametrize("which", [0, 1])
def test_draft_or_withdrawn_record_is_not_merged(
    kept: Partnership, merged: Partnership, state: str, which: int
) -> None:
    Partnership.objects.filter(pk=(kept, merged)[which].pk).update(visibility=state)
    with pytest.raises(ValidationError):
        merge(kept, merged)


def test_record_is_merged_neither_with_itself_nor_twice(kept: Partnership, merged: Partnership) -> None:
    with pytest.raises(ValidationError, match=r"itself|самим"):
        merge(kept, kept)
    merge(kept, merged)
    for pair in ((kept, merged), (merged, kept)):
        with pytest.raises(ValidationError):
            merge(*pair)


def test_records_of_different_places_are_merged_only_in_spite_of_doubts(kept: Partnership) -> None:
    other = PartnershipFactory(ua=kept.ukrainian_parties[0].place, signed=True)
    with override("en"):
        (doubt,) = plan(kept, other).doubts
        assert doubt == "The two have no foreign party in common."
        with pytest.raises(ValidationError, match="no foreign party in common"):
            merge(kept, other)
        assert rows_of(other, Milestone) == 2
        merge(kept, other, in_spite_of_doubts=True)
    assert kept.parties.count() == 3


def test_lives_that_cannot_be_one_are_refused_in_words_and_nothing_moves(
    kept: Partnership, merged: Partnership
) -> None:
    MilestoneFactory(partnership=kept, type="end", date="2019")
    MilestoneFactory(partnership=merged, date="2023")
    with override("en"), pytest.raises(ValidationError, match="before it was signed"):
        merge_partnerships(kept, merged, None, "one relation")
    assert rows_of(merged, Milestone) == 1
    assert Partnership.objects.get(pk=merged.pk).merged_into is None


# --- What remains -----------------------------------------------------------------------------------------


def test_number_of_the_merged_record_leads_to_the_other(
    client: Client, kept: Partnership, merged: Partnership
) -> None:
    merge(kept, merged)
    for address in (f"/uk/partnerships/{merged.number}/", f"/uk/partnerships/{merged.number}-{merged.slug}/"):
        answer = client.get(address)
        assert answer.status_code == 301
        assert f"/partnerships/{kept.number}-" in answer.headers["Location"]


def test_history_says_who_merged_and_why(kept: Partnership, merged: Partnership) -> None:
    merge(kept, merged)
    entry = AuditEntry.objects.filter(table_name="partnerships_partnership", row_id=merged.pk).latest("pk")
    assert entry.after is not None
    assert (entry.reason, entry.after["merged_into_id"]) == ("one relation", kept.pk)


def test_search_finds_the_record_that_stays(kept: Partnership, merged: Partnership) -> None:
    reindex(kept, merged)
    merge(kept, merged)
    found = find("Дуйсбург").references
    assert ("partnership", kept.pk) in found
    assert ("partnership", merged.pk) not in found


# --- Withdrawing ------------------------------------------------------------------------------------------


def test_withdrawn_record_says_why_and_can_be_brought_back(client: Client, kept: Partnership) -> None:
    reindex(kept)
    withdraw(kept, None, because_uk="Записано помилково", because_en="")
    kept.refresh_from_db()
    assert "Записано помилково" in client.get(kept.get_absolute_url()).content.decode()
    assert ("partnership", kept.pk) not in find("Дуйсбург").references
    bring_back(kept, None, "it was right after all")
    kept.refresh_from_db()
    assert (kept.visibility, kept.withdrawn_because_uk) == ("published", "")
    assert ("partnership", kept.pk) in find("Дуйсбург").references


def test_record_is_not_withdrawn_without_a_reason_or_twice(kept: Partnership) -> None:
    with pytest.raises(ValidationError):
        withdraw(kept, None, because_uk=" ", because_en="")
    withdraw(kept, None, because_uk="", because_en="By mistake")
    with pytest.raises(ValidationError):
        withdraw(kept, None, because_uk="", because_en="Again")


def test_merged_record_is_not_brought_back(kept: Partnership, merged: Partnership) -> None:
    merge(kept, merged)
    with pytest.raises(ValidationError):
        bring_back(merged, None, "no")


def test_places_of_the_fixtures_are_one_pair(kept: Partnership, merged: Partnership) -> None:
    assert plan(kept, merged).obstacles == plan(kept, merged).doubts == []
    stranger = PartnershipFactory(ua=HromadaFactory(), foreign=ForeignPlaceFactory())
    assert len(plan(kept, stranger).doubts) == 2
