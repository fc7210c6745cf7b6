"""The places that small files name, beside the factories' own."""

import pytest

from places.models import Place
from tests.factories.register_tables import places_of_tables


@pytest.fixture
def places(db: None) -> dict[str, Place]:
    return places_of_tables()
