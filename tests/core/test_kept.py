"""Kept values hold while nothing has changed, and never longer."""

from collections.abc import Iterator
from itertools import count

import pytest
from django.db import connection
from django.test import override_settings

from core.kept import Kept, data_state
from partnerships.models import Programme


@pytest.fixture(autouse=True)
def keeping() -> Iterator[None]:
    with override_settings(KEEP_PAGES=True):
        yield


@pytest.mark.django_db
def test_value_is_made_once_while_nothing_changes() -> None:
    kept, numbers = Kept(), count(1)
    assert [kept.value("key", lambda: next(numbers)) for _time in range(3)] == [1, 1, 1]
    assert next(numbers) == 2


@pytest.mark.django_db
def test_each_key_has_its_own_value() -> None:
    kept = Kept()
    assert [kept.value(key, key.upper) for key in ("uk", "en", "uk")] == ["UK", "EN", "UK"]


@pytest.mark.django_db
def test_value_is_made_anew_after_a_change() -> None:
    """Inside the one transaction of a test the first change gives it a number, which the snapshot shows."""
    kept = Kept()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            assert kept.value("made", lambda: 1) == 1
            # Another visitor's transaction that writes and ends.
            cursor.execute("CREATE TEMPORARY TABLE change (n int)")
            assert kept.value("made", lambda: 2) == 2
            cursor.execute("INSERT INTO change VALUES (1)")
            assert kept.value("made", lambda: 3) == 3
    finally:
        other.close()


@pytest.mark.django_db
def test_state_stays_while_others_only_read() -> None:
    state = data_state()
    list(Programme.objects.all())
    assert data_state() == state
