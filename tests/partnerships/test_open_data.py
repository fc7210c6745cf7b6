"""The page of the data sets names the sources of what is in them, and of nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.enums import Visibility
from tests.factories.partnerships import PartnershipFactory, SourceFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("hidden", [Visibility.DRAFT, Visibility.WITHDRAWN])
def test_source_of_hidden_records_alone_is_not_named(client: Client, hidden: Visibility) -> None:
    both, secret = SourceFactory(title="An open list"), SourceFactory(title="Zanzibarcanary")
    StatementFactory(partnership=PartnershipFactory(), source=both)
    draft = PartnershipFactory(visibility=hidden)
    for source in (both, secret):
        StatementFactory(partnership=draft, source=source)
    page = client.get(reverse("open_data")).content.decode()
    assert page.count("An open list") == 1
    assert "Zanzibarcanary" not in page
