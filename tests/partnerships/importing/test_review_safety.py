"""The review withstands forged requests, names that are code, strange addresses, and many rows."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from accounts.models import User
from core.models import AuditEntry
from partnerships.enums import RowDecision, RowOutcome
from partnerships.models import SourceRow
from places.models import Place
from tests.partnerships.importing.desk import REVIEW, decide, staff, take_back
from tests.partnerships.importing.fakes import accept, write_csv
from tests.partnerships.importing.register_state import register_state

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query", ["", "?row=999999", "?row=x", "?batch=999999", "?source=1;drop", "?row=1&row=2"]
)
def test_the_page_answers_whatever_the_address_says(client: Client, registrar: User, query: str) -> None:
    assert client.get(reverse(REVIEW) + query).status_code == 200


def test_an_editor_and_forged_requests_change_nothing(
    client: Client, row: SourceRow, places: dict[str, Place]
) -> None:
    client.force_login(staff(Role.EDITOR))
    before = (register_state(), AuditEntry.objects.filter(table_name="partnerships_sourcerow").count())
    assert decide(client, row, **{"party-0": places["city"].pk}).status_code == 403
    assert take_back(client, row).status_code == 403
    assert client.get(reverse(REVIEW)).status_code == 403
    client.logout()
    assert decide(client, row, **{"party-0": places["city"].pk}).status_code == 302
    after = (register_state(), AuditEntry.objects.filter(table_name="partnerships_sourcerow").count())
    assert after == before


def test_a_decision_needs_the_token_of_the_form(
    registrar: User, row: SourceRow, places: dict[str, Place]
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(registrar)
    assert decide(strict, row, **{"party-0": places["city"].pk}).status_code == 403


@pytest.mark.parametrize("action", ["accept", "refuse"])
def test_nothing_is_decided_while_an_import_is_written(
    client: Client,
    registrar: User,
    row: SourceRow,
    places: dict[str, Place],
    monkeypatch: pytest.MonkeyPatch,
    action: str,
) -> None:
    """An acceptance reads its rows long before it writes them: a decision between the two would be lost."""
    # The lock itself is held by this test, which has accepted the row's import.
    monkeypatch.setattr("partnerships.importing.turns._LOCK", "SELECT {function}(4711)")
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(4711)")
        fields = {"action": action, "party-0": places["city"].pk, "reason": "No such thing."}
        answer = decide(client, row, **fields)
    finally:
        beside.close()
    assert "No such thing." in answer.content.decode()
    row.refresh_from_db()
    assert (row.outcome, row.decision) == (RowOutcome.DOUBTFUL, RowDecision.NONE)


def test_columns_of_a_row_are_not_changed_past_the_review(
    client: Client, registrar: User, row: SourceRow
) -> None:
    address = reverse("admin:partnerships_sourcerow_change", args=[row.pk])
    client.post(address, {"outcome": "matched", "decision": "accepted", "partnership": "1"})
    row.refresh_from_db()
    assert (row.outcome, row.decision) == (RowOutcome.DOUBTFUL, RowDecision.NONE)


def test_names_in_cells_stay_text(
    client: Client, registrar: User, tmp_path: Path, places: dict[str, Place]
) -> None:
    payload = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    path = write_csv(
        tmp_path / "list.csv", (f"Миколаївська громада {payload}", payload, payload, "DE", "", payload)
    )
    accept(path, title=f"A list {payload}")
    row = SourceRow.objects.get()
    for address in (
        reverse(REVIEW),
        reverse("admin:partnerships_sourcerow_changelist"),
        reverse("admin:partnerships_sourcerow_change", args=[row.pk]),
        reverse("admin:partnerships_importbatch_change", args=[row.batch_id]),
        reverse("admin:partnerships_importbatch_changelist"),
        reverse("admin:partnerships_importbatch_revert", args=[row.batch_id]),
    ):
        text = client.get(address).content.decode()
        assert "<img src=x" not in text
        assert "<script>alert" not in text


@pytest.mark.parametrize("others", [2, 30])
def test_the_page_asks_the_database_the_same_number_of_times_however_many_rows_wait(
    client: Client,
    registrar: User,
    row: SourceRow,
    others: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    SourceRow.objects.bulk_create(
        SourceRow(
            source=row.source,
            batch=row.batch,
            line=1000 + n,
            cells=row.cells,
            reading=row.reading,
            likeness=row.likeness,
            outcome="doubtful",
            reason=row.reason,
            proposals=row.proposals,
        )
        for n in range(others)
    )
    client.get(f"{reverse(REVIEW)}?row={row.pk}")
    with django_assert_num_queries(QUERIES):
        client.get(f"{reverse(REVIEW)}?row={row.pk}")


#: Session, user, rights; the row, its likes, places, partners, progress, the next row, last decisions.
QUERIES = 13
