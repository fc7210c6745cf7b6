"""Kept values hold while nothing has changed, and never longer."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from core.kept import Kept, data_state, state_of_values
from partnerships.models import Programme


@pytest.fixture(autouse=True)
def keeping() -> Iterator[None]:
    with override_settings(KEEP_VALUES=True):
        yield


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests write into other databases of the same cluster, which moves the snapshot."""
    monkeypatch.setattr("core.kept.data_state", lambda: "1:1:")


def test_value_is_made_once_while_nothing_changes(quiet: None) -> None:
    kept, numbers = Kept(), count(1)
    assert [kept.value("key", lambda: next(numbers)) for _time in range(3)] == [1, 1, 1]
    assert next(numbers) == 2


def test_each_key_has_its_own_value(quiet: None) -> None:
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
    def seen() -> tuple[str, str]:
        before = data_state()
        list(Programme.objects.all())
        return before, data_state()

    # Somebody may write into another database just then, but not a hundred times.
    assert any(before == after for before, after in (seen() for _time in range(100)))


def test_missing_values_are_made_together_and_the_others_found(quiet: None) -> None:
    kept, asked = Kept(), []

    def make(keys: list[int]) -> dict[int, int]:
        asked.append(keys)
        return {key: key * 10 for key in keys}

    assert kept.values([1, 2], make) == {1: 10, 2: 20}
    assert kept.values([3, 2, 1], make) == {1: 10, 2: 20, 3: 30}
    assert asked == [[1, 2], [3]]


def test_value_that_nobody_asked_for_the_longest_gives_way(quiet: None) -> None:
    kept, made = Kept(most=2), []

    def ask(key: str) -> str:
        def make() -> str:
            made.append(key)
            return key

        return kept.value(key, make)

    for key in ("a", "b", "a", "c", "a", "b"):
        assert ask(key) == key
    assert made == ["a", "b", "c", "b"]


@pytest.mark.django_db
def test_one_state_serves_several_values_with_one_query(django_assert_num_queries: Any) -> None:
    kept = Kept()
    with django_assert_num_queries(1):
        state = state_of_values()
        assert [kept.value(key, key.upper, state=state) for key in ("a", "b", "a")] == ["A", "B", "A"]


@pytest.mark.django_db
def test_value_made_while_somebody_writes_is_not_found_afterwards() -> None:
    kept = Kept()
    early = state_of_values()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE change (n int)")
        assert kept.value("key", lambda: "made late", state=early) == "made late"
        assert kept.value("key", lambda: "anew") == "anew"
    finally:
        other.close()


@pytest.mark.django_db
def test_nothing_is_kept_where_that_is_switched_off() -> None:
    kept, numbers = Kept(), count(1)
    with override_settings(KEEP_VALUES=False):
        assert [kept.value("key", lambda: next(numbers)) for _time in range(2)] == [1, 2]


@pytest.mark.django_db
def test_connection_that_was_cut_is_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    other = connection.copy()
    monkeypatch.setattr("core.kept.connection", other)
    try:
        data_state()
        cut = other.connection.info.backend_pid
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [cut])
        assert data_state()
        assert other.connection.info.backend_pid != cut
    finally:
        other.close()


@pytest.mark.django_db
def test_state_is_asked_and_the_connection_checked_by_one_query(monkeypatch: pytest.MonkeyPatch) -> None:
    other = connection.copy()
    monkeypatch.setattr("core.kept.connection", other)
    try:
        data_state()
        # As at the beginning of a request.
        vars(other).update(health_check_enabled=True, health_check_done=False)
        monkeypatch.setattr(other, "is_usable", lambda: pytest.fail("asked twice"))
        with CaptureQueriesContext(other) as captured:
            data_state()
        assert len(captured) == 1
    finally:
        other.close()
