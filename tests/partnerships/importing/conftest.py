"""The places that small files name beside the factories' own, doubtful rows, and who decides them."""

from pathlib import Path

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from partnerships.enums import RowOutcome
from partnerships.importing.matching import Matcher
from partnerships.importing.shipped import propose, without_candidates
from partnerships.models import SourceRow
from places.models import Place
from tests.factories.register_tables import Tables, places_of_tables
from tests.partnerships.importing.desk import staff
from tests.partnerships.importing.fakes import DOUBTFUL, ODYNTSEVE, accept, write_csv


@pytest.fixture
def places(db: None) -> dict[str, Place]:
    return places_of_tables()


@pytest.fixture
def registrar(client: Client) -> User:
    user = staff(Role.REGISTRAR)
    client.force_login(user)
    return user


@pytest.fixture
def row(tmp_path: Path, places: dict[str, Place]) -> SourceRow:
    """A doubtful row of an accepted import: the name alone does not say which Mykolaiv."""
    accept(write_csv(tmp_path / "list.csv", ODYNTSEVE, (*DOUBTFUL[:4], "2020", "")))
    return SourceRow.objects.get(outcome=RowOutcome.DOUBTFUL)


@pytest.fixture
def shipped(tmp_path: Path, places: dict[str, Place]) -> SourceRow:
    """A doubtful row of the shipped tables, its candidates gathered."""
    tables = Tables(tmp_path)
    tables.pair(ua_katottg="", ua_text="Миколаїв", ua_oblast="", status="signed", signed_on="2020")
    tables.load()
    propose(Matcher.load(), without_candidates())
    return SourceRow.objects.get()
