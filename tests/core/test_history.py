"""Every change of a register table leaves its trace, and the trace cannot be changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from core.history import attributed
from core.models import AuditEntry
from partnerships.models import Programme
from tests.known import known

pytestmark = pytest.mark.django_db


def entries_of(programme_id: int) -> list[AuditEntry]:
    return list(
        AuditEntry.objects.filter(table_name="partnerships_programme", row_id=programme_id).order_by("id")
    )


@pytest.fixture
def programme() -> Programme:
    return Programme.objects.create(slug="test-net", name_uk="Тестова мережа", name_en="Test network")


def test_insert_update_and_delete_each_leave_an_entry(programme: Programme) -> None:
    pk = programme.pk
    programme.name_en = "Renamed"
    programme.save()
    programme.delete()
    made, changed, deleted = entries_of(pk)
    assert (made.operation, made.before) == ("insert", None)
    assert (known(changed.before)["name_en"], known(changed.after)["name_en"]) == ("Test network", "Renamed")
    assert (deleted.operation, deleted.after) == ("delete", None)


def test_bulk_update_past_the_models_leaves_entries(programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(name_en="Quietly renamed")
    assert known(entries_of(programme.pk)[-1].after)["name_en"] == "Quietly renamed"


def test_update_that_changes_nothing_leaves_no_entry(programme: Programme) -> None:
    before = len(entries_of(programme.pk))
    programme.save()
    assert len(entries_of(programme.pk)) == before


def test_entry_names_user_and_reason_of_the_transaction(programme: Programme) -> None:
    user = User.objects.create_user("registrar@example.org")
    with attributed(user, reason="wrong name"):
        Programme.objects.filter(pk=programme.pk).update(name_uk="Інша")
    entry = entries_of(programme.pk)[-1]
    assert (entry.user_id, entry.reason) == (user.pk, "wrong name")


def test_entry_without_attribution_names_the_database_role(programme: Programme) -> None:
    entry = entries_of(programme.pk)[0]
    assert entry.user_id is None
    assert entry.db_role == connection.get_connection_params()["user"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET reason = 'changed'",
        "DELETE FROM core_auditentry",
        "TRUNCATE core_auditentry",
    ],
)
def test_history_refuses_to_be_rewritten(programme: Programme, statement: str) -> None:
    before = entries_of(programme.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert entries_of(programme.pk) == before
