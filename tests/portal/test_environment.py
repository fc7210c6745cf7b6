"""A variable with a value that can't be meant is refused by name."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.environment import Environment, postgresql


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> Environment:
    monkeypatch.setattr(
        Environment, "ENVIRON", {"FLAG": "perhaps", "ON": "True", "NUMBER": "ten", "TEN": "10"}
    )
    return Environment()


def test_plain_values_are_read(env: Environment) -> None:
    assert env.bool("ON") is True
    assert env.bool("MISSING", default=False) is False
    assert env.int("TEN") == 10


def test_truth_value_that_is_none_is_refused(env: Environment) -> None:
    with pytest.raises(ImproperlyConfigured, match="FLAG must be true or false, not 'perhaps'"):
        env.bool("FLAG", default=False)


def test_number_that_is_none_is_refused(env: Environment) -> None:
    with pytest.raises(ImproperlyConfigured, match="NUMBER must be of type int, not 'ten'"):
        env.int("NUMBER", default=1)


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://a:secret@host/x",
        "postgres://a:secret@host:port/x",
        "postgres://a:secret@host",
        "",
    ],
)
def test_address_that_is_no_postgresql_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="must name a PostgreSQL database") as refusal:
        postgresql(url)
    assert "secret" not in str(refusal.value)


def test_address_with_a_socket_folder_keeps_it() -> None:
    database = postgresql("postgres://portal:pw@/portal?host=/run/folder")
    assert database["OPTIONS"] == {"host": "/run/folder"}
    assert database["NAME"] == "portal"
