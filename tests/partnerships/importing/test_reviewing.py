"""The review of doubtful rows: decided by registrars, written at once, taken back; proof against forgery."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import AuditEntry
from partnerships.enums import RowDecision, RowOutcome
from partnerships.importing.deciding import DecidedMeanwhile, undo
from partnerships.importing.reverting import revert
from partnerships.models import ImportBatch, Partnership, SourceRow, Statement
from places.models import Place
from tests.factories.partnerships import PartnershipFactory
from tests.factories.places import ForeignPlaceFactory
from tests.factories.register_tables import CITY, NAMESAKE, SINGLE, Tables
from tests.partnerships.importing.desk import REVIEW, decide, take_back
from tests.partnerships.importing.fakes import DOUBTFUL, accept, write_csv
from tests.partnerships.importing.register_state import register_state

pytestmark = pytest.mark.django_db


def test_the_page_shows_the_row_its_doubt_and_candidates_that_can_be_told_apart(
    client: Client, registrar: User, row: SourceRow, places: dict[str, Place]
) -> None:
    PartnershipFactory(ua=places["namesake"], foreign=places["pole"])
    text = client.get(reverse(REVIEW)).content.decode()
    assert "Миколаївська громада" in text
    assert row.reason in text
    assert CITY in text
    assert NAMESAKE in text
    assert "Львівська" in text
    assert "Миколаївська" in text
    assert "Щебрешин" in text
    assert text.count('type="radio"') == 3


def test_a_decision_writes_statements_at_once_under_the_registrars_name(
    client: Client, registrar: User, row: SourceRow, places: dict[str, Place]
) -> None:
    answer = decide(client, row, **{"party-0": places["namesake"].pk, "reason": "The archive of the town"})
    assert answer.status_code == 302
    row.refresh_from_db()
    made = Partnership.objects.get(source_rows=row)
    assert [party.place for party in made.parties.all()] == [places["namesake"], places["town"]]
    assert set(made.statements.values_list("fact", "source")) == {
        ("pair", row.source_id),
        ("date", row.source_id),
    }
    assert (row.outcome, row.decision, row.decided_by) == (RowOutcome.NEW, RowDecision.ACCEPTED, registrar)
    assert (row.decided_ua, row.decided_foreign) == (places["namesake"], places["town"])
    entry = AuditEntry.objects.filter(table_name="partnerships_statement").latest("id")
    assert entry.user_id == registrar.pk
    assert "The archive of the town" in entry.reason


def test_candidates_stay_with_the_row_after_the_decision(
    client: Client, registrar: User, row: SourceRow, places: dict[str, Place]
) -> None:
    before = [one["candidates"] for one in row.proposals]
    decide(client, row, **{"party-0": places["namesake"].pk})
    row.refresh_from_db()
    assert [one["candidates"] for one in row.proposals if "candidates" in one] == before
    assert set(row.candidates) == {CITY, NAMESAKE}


def test_a_decision_on_a_shipped_row_writes_and_the_loader_leaves_it_alone(
    client: Client, registrar: User, shipped: SourceRow, places: dict[str, Place], tmp_path: Path
) -> None:
    decide(client, shipped, **{"party-0": places["city"].pk})
    made = Partnership.objects.get()
    assert made.status == "signed"
    tables = Tables(tmp_path)
    tables.pair(ua_katottg="", ua_text="Миколаїв", ua_oblast="", status="signed", signed_on="2020")
    before = register_state()
    report = tables.load()
    assert (report.kept, register_state()) == (1, before)
    shipped.refresh_from_db()
    assert shipped.partnership == made


def test_another_place_may_be_named_by_its_code_or_address(
    client: Client, registrar: User, row: SourceRow, places: dict[str, Place]
) -> None:
    decide(client, row, **{"codes-0": SINGLE, "codes-1": "/uk/places/pl/szczebrzeszyn/"})
    row.refresh_from_db()
    assert (row.decided_ua, row.decided_foreign) == (places["single"], places["pole"])


def test_several_codes_make_joint_partners(
    client: Client, registrar: User, row: SourceRow, places: dict[str, Place]
) -> None:
    other = ForeignPlaceFactory(slug="beispielhausen")
    decide(client, row, **{"party-0": places["city"].pk, "codes-1": "de/musterstadt de/beispielhausen"})
    made = Partnership.objects.get(source_rows=row)
    assert [party.place for party in made.parties.all()] == [places["city"], places["town"], other]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"party-0": "999999"},
        {"codes-0": "UA00000000000000000"},
        {"codes-0": "de/musterstadt"},
        {"codes-0": "' OR 1=1 --"},
        {"party-0": "x" * 5000},
    ],
)
def test_a_place_that_is_none_is_refused_beside_its_field_and_nothing_is_lost(
    client: Client, registrar: User, row: SourceRow, fields: dict[str, str]
) -> None:
    before = register_state()
    answer = decide(client, row, **fields, reason="typed before")
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert "typed before" in answer.content.decode()
    assert register_state() == before


def test_a_row_is_refused_with_a_reason_and_not_without(
    client: Client, registrar: User, row: SourceRow
) -> None:
    assert decide(client, row, action="refuse").status_code == 200
    row.refresh_from_db()
    assert row.decision == RowDecision.NONE
    decide(client, row, action="refuse", reason="A village of that name, not the hromada")
    row.refresh_from_db()
    assert (row.outcome, row.decision) == (RowOutcome.REFUSED, RowDecision.REFUSED)
    assert row.reason == "A village of that name, not the hromada"
    assert not Statement.objects.filter(partnership__source_rows=row).exists()


def test_one_decision_settles_all_identical_rows_if_asked(
    client: Client, registrar: User, tmp_path: Path, places: dict[str, Place]
) -> None:
    others = [(*DOUBTFUL[:4], year, "") for year in ("2019", "2020", "2021")]
    accept(write_csv(tmp_path / "list.csv", *others, (*DOUBTFUL[:2], "Szczebrzeszyn", "PL", "", "")))
    first = SourceRow.objects.get(line=2)
    text = client.get(f"{reverse(REVIEW)}?row={first.pk}").content.decode()
    assert 'name="with_alike"' in text
    decide(client, first, **{"party-0": places["city"].pk, "with_alike": "on"})
    assert SourceRow.objects.filter(decision=RowDecision.ACCEPTED).count() == 3
    assert SourceRow.objects.undecided().count() == 1
    assert Partnership.objects.count() == 1
    take_back(client, first)
    assert SourceRow.objects.undecided().count() == 4


def test_a_decision_is_taken_back_with_all_it_wrote(
    client: Client, registrar: User, row: SourceRow, places: dict[str, Place]
) -> None:
    before, reason = register_state(without_withdrawn=True), row.reason
    decide(client, row, **{"party-0": places["namesake"].pk})
    assert register_state(without_withdrawn=True) != before
    take_back(client, row)
    assert register_state(without_withdrawn=True) == before
    row.refresh_from_db()
    assert (row.outcome, row.reason, row.decision) == (RowOutcome.DOUBTFUL, reason, RowDecision.NONE)
    assert row.partnership is None
    decide(client, row, **{"party-0": places["namesake"].pk})
    made = Partnership.objects.get(source_rows=row)
    assert (made.visibility, Partnership.objects.count()) == ("published", 2)


def test_a_decision_on_a_shipped_row_is_taken_back_and_made_anew(
    client: Client, registrar: User, shipped: SourceRow, places: dict[str, Place]
) -> None:
    before, reason = register_state(without_withdrawn=True), shipped.reason
    decide(client, shipped, **{"party-0": places["city"].pk})
    take_back(client, shipped)
    assert register_state(without_withdrawn=True) == before
    shipped.refresh_from_db()
    assert (shipped.outcome, shipped.reason) == (RowOutcome.DOUBTFUL, reason)
    assert "decision" in Partnership.objects.get().withdrawn_because_en
    decide(client, shipped, **{"party-0": places["city"].pk})
    assert (Partnership.objects.get().visibility, Partnership.objects.get().status) == ("published", "signed")


def test_taking_back_leaves_what_a_person_has_changed_since(
    client: Client, registrar: User, shipped: SourceRow, places: dict[str, Place]
) -> None:
    decide(client, shipped, **{"party-0": places["city"].pk})
    Statement.objects.filter(fact="date").update(value="2021")
    shown = client.get(take_back(client, shipped).headers["Location"]).content.decode()
    assert list(Statement.objects.values_list("value", flat=True)) == ["2021"]
    assert (
        f"No. {Partnership.objects.get().number}" in shown or f"№ {Partnership.objects.get().number}" in shown
    )


def test_taking_a_refusal_back_lets_the_row_wait_again(
    client: Client, registrar: User, row: SourceRow
) -> None:
    decide(client, row, action="refuse", reason="No")
    take_back(client, row)
    row.refresh_from_db()
    assert (row.outcome, row.decision) == (RowOutcome.DOUBTFUL, RowDecision.NONE)


def test_taking_the_import_back_takes_its_decisions_along(
    client: Client, registrar: User, row: SourceRow, places: dict[str, Place], tmp_path: Path
) -> None:
    decide(client, row, **{"party-0": places["namesake"].pk})
    batch = ImportBatch.objects.get()
    revert(batch, registrar)
    assert not Statement.objects.exists()
    row.refresh_from_db()
    assert (row.decision, row.partnership) == (RowDecision.ACCEPTED, None)
    accept(tmp_path / "list.csv")
    row.refresh_from_db()
    assert row.partnership is not None
    assert row.partnership.parties.filter(place=places["namesake"]).exists()


def test_the_second_of_two_registrars_is_told_and_nothing_is_overwritten(
    client: Client, registrar: User, row: SourceRow, places: dict[str, Place]
) -> None:
    decide(client, row, **{"party-0": places["namesake"].pk})
    answer = decide(client, row, **{"party-0": places["city"].pk})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.decided_ua == places["namesake"]
    shown = client.get(answer.headers["Location"]).content.decode()
    assert registrar.email in shown or str(registrar) in shown


def test_of_several_records_of_the_places_the_registrar_chooses(
    client: Client, registrar: User, row: SourceRow, places: dict[str, Place]
) -> None:
    one, other = (PartnershipFactory(ua=places["city"], foreign=places["town"]) for _n in range(2))
    answer = decide(client, row, **{"party-0": places["city"].pk})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'value="{other.pk}"' in text
    decide(client, row, **{"party-0": places["city"].pk, "record": other.pk, "asked": [one.pk, other.pk]})
    row.refresh_from_db()
    assert row.partnership == other


def test_a_decision_before_acceptance_writes_when_the_import_is_accepted(
    client: Client, registrar: User, places: dict[str, Place], row: SourceRow, tmp_path: Path
) -> None:
    revert(ImportBatch.objects.get(), None)
    decide(client, row, **{"party-0": places["namesake"].pk})
    assert not Statement.objects.exists()
    accept(tmp_path / "list.csv")
    row.refresh_from_db()
    assert row.partnership is not None
    assert row.partnership.statements.exists()


def test_rows_that_were_decided_by_nobody_have_nothing_to_take_back(registrar: User, row: SourceRow) -> None:
    with pytest.raises(DecidedMeanwhile):
        undo(row, registrar)
