"""Finding things: by name, by word, despite mistakes, and never what is not public."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from places.models import Place
from search.engine import find, load
from search.indexing import rebuild, reindex
from search.models import SearchEntry
from tests.factories.partnerships import PartnershipFactory
from tests.factories.places import ForeignPlaceFactory, HromadaFactory, PlaceNameFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hromada() -> Place:
    hromada = HromadaFactory(
        name_uk="Вигадана",
        name_en="Vyhadana",
        city=True,
        with_centre=True,
        centre_settlement__name_uk="Вигаданий Ріг",
    )
    PlaceNameFactory(place=hromada, text="Колишнє Містечко")
    return hromada


def titles(query: str) -> list[str]:
    return [result.title for result in load(find(query).references)]


def index() -> None:
    for _step in rebuild():
        pass


@pytest.mark.parametrize(
    "query", ["Вигаданий Ріг", "вигаданого рогу", "Колишнє Містечко", "колишнього містечка"]
)
def test_place_is_found_by_its_names_in_any_case(hromada: Place, query: str) -> None:
    index()
    assert ("place", hromada.pk) in find(query).references


def test_place_is_found_by_its_code(hromada: Place) -> None:
    index()
    assert find(str(hromada.katottg)).references[0] == ("place", hromada.pk)


def test_misspelt_name_is_found() -> None:
    place = ForeignPlaceFactory(name_own="Musterhausen an der Test")
    index()
    assert ("place", place.pk) in find("Musterhaussen").references


def test_name_typed_in_the_other_layout_is_found_and_said(hromada: Place) -> None:
    index()
    found = find("dbuflfybq")  # «вигаданий» on an English keyboard
    assert ("place", hromada.pk) in found.references
    assert found.instead == "вигаданий"


def test_exact_name_comes_before_a_name_that_contains_it() -> None:
    longer = ForeignPlaceFactory(name_own="Teststadt am Wasser", population=900_000)
    exact = ForeignPlaceFactory(name_own="Teststadt", population=100)
    index()
    found = find("Teststadt").references
    assert found.index(("place", exact.pk)) < found.index(("place", longer.pk))


def test_draft_is_not_indexed_and_a_withdrawn_record_drops_out() -> None:
    record = PartnershipFactory(signed=True)
    draft = PartnershipFactory(draft=True)
    index()
    assert SearchEntry.objects.filter(type="partnership", object_id=record.pk).exists()
    assert not SearchEntry.objects.filter(type="partnership", object_id=draft.pk).exists()
    type(record).objects.filter(pk=record.pk).update(visibility="withdrawn")
    assert load([("partnership", record.pk)]) == []
    reindex(record)
    assert not SearchEntry.objects.filter(type="partnership", object_id=record.pk).exists()


def test_rebuilding_twice_gives_the_same_index(hromada: Place) -> None:
    index()
    first = set(SearchEntry.objects.values_list("type", "object_id", "language", "names_text"))
    index()
    assert set(SearchEntry.objects.values_list("type", "object_id", "language", "names_text")) == first


def test_results_cost_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        ForeignPlaceFactory(name_own=f"Gleichstadt {number}")
    index()
    with django_assert_max_num_queries(6):
        answer = client.get(reverse("search"), {"q": "Gleichstadt"})
    assert answer.status_code == 200
    assert len(answer.context["results"]) == 12


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "'",
        '"',
        "&|!():*",
        "\\",
        "%",
        "<script>alert(1)</script>",
        "a" * 10_000,
        "\0",
        "´`’",
        "() & ()",
    ],
)
def test_no_query_breaks_the_page(client: Client, query: str) -> None:
    index()
    answer = client.get(reverse("search"), {"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_too_long_query_is_refused_beside_the_field_and_kept(client: Client) -> None:
    answer = client.get(reverse("search"), {"q": "довгий " * 100})
    assert answer.context["form"].errors["q"]
    assert "довгий" in answer.content.decode()


def test_unknown_kind_is_named_and_the_query_still_works(client: Client) -> None:
    ForeignPlaceFactory(name_own="Findstadt")
    index()
    answer = client.get(reverse("search"), {"q": "Findstadt", "type": "nonsense"})
    assert "nonsense" in answer.content.decode()
    assert [result.title for result in answer.context["results"]] == ["Findstadt"]
