"""Registrars find and correct places."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEntry
from places.models import Place
from tests.factories.places import ForeignPlaceFactory, HromadaFactory, PlaceCodeFactory, SettlementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(client: Client) -> Client:
    user = get_user_model().objects.create_superuser(email="registrar@example.org", password="x" * 20)
    client.force_login(user)
    return client


@pytest.fixture
def hromada() -> Place:
    place: Place = HromadaFactory(with_centre=True, centre_settlement__name_uk="Тестополь")
    return place


def found(client: Client, query: str) -> list[str]:
    answer = client.get(
        reverse("admin:autocomplete"),
        {"term": query, "app_label": "places", "model_name": "place", "field_name": "parent"},
    )
    return [result["text"] for result in answer.json()["results"]]


def test_place_is_found_by_name_or_code_and_a_hromada_before_its_centre(
    registrar: Client, hromada: Place
) -> None:
    code = PlaceCodeFactory(place=hromada)
    SettlementFactory(name_uk="Тестопольське", parent=hromada)
    assert found(registrar, hromada.katottg or "") == [str(hromada)]
    assert found(registrar, code.value) == [str(hromada)]
    hits = found(registrar, "Тестополь")
    assert hits[:2] == [str(hromada), str(hromada.centre)]
    assert len(set(hits)) == 3  # nobody can take one for the other


@pytest.mark.parametrize(
    "query", ["", "?q=Тесто", "?level=hromada", "?oblast=UA00", "?country=DE", "?country=zz"]
)
def test_list_opens_with_search_and_filters(registrar: Client, hromada: Place, query: str) -> None:
    ForeignPlaceFactory()
    assert registrar.get(reverse("admin:places_place_changelist") + query).status_code == 200


def test_list_takes_the_same_queries_for_few_places_and_for_many(registrar: Client, hromada: Place) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            registrar.get(reverse("admin:places_place_changelist") + "?level=settlement")
        return len(captured)

    SettlementFactory(parent=hromada)
    few = queries()
    for _n in range(10):
        SettlementFactory(parent=hromada)
    assert queries() == few


def test_change_is_saved_and_attributed(registrar: Client, hromada: Place) -> None:
    address = reverse("admin:places_place_change", args=[hromada.pk])
    page = registrar.get(address)
    assert page.status_code == 200
    form = page.context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: value for name, value in data.items() if value not in (None, "", False)}
    for prefix in ("other_names", "codes"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    data |= {"name_en": "Corrected", "population": 777}
    answer = registrar.post(address, data)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    hromada.refresh_from_db()
    assert (hromada.name_en, hromada.population) == ("Corrected", 777)
    entry = AuditEntry.objects.filter(table_name="places_place", row_id=hromada.pk).latest("pk")
    assert entry.user_id == get_user_model().objects.get().pk


def test_place_without_an_address_can_be_opened(registrar: Client) -> None:
    gone = HromadaFactory(katottg=None, abolished=True)
    assert registrar.get(reverse("admin:places_place_change", args=[gone.pk])).status_code == 200
