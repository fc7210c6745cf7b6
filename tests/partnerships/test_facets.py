"""Counts beside the choices, and what the page costs."""

import random
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from partnerships.facets import FACETS, Facet, count, facets
from partnerships.filters import PartnershipFilter
from partnerships.models import Listing, Partnership
from places.models import Place
from tests.factories.partnerships import (
    AgreementFactory,
    MilestoneFactory,
    PartnershipFactory,
    PartyFactory,
    ProgrammeFactory,
    StatementFactory,
    many_partnerships,
)
from tests.factories.places import (
    CountryFactory,
    ForeignPlaceFactory,
    HromadaFactory,
    OblastFactory,
    RaionFactory,
)
from tests.known import known

pytestmark = pytest.mark.django_db

#: programmes, counts and total, order and words of the facets' places, keys of the page, records, parties,
#: announcements
BUDGET = 8
#: … and the places that the address names
BUDGET_WITH_PLACES = 9


def shown(query: str, language: str = "en") -> dict[str, Facet]:
    with override(language):
        asked = PartnershipFilter(QueryDict(query), queryset=Listing.objects.public())
        return {facet.name: facet for facet in facets(asked, count(asked))}


def counts_of(facet: Facet) -> dict[str, int]:
    return {option.value: option.count for option in facet.options + facet.rest}


def test_facet_leaves_its_own_selection_out(pair: Partnership, other: Partnership) -> None:
    found = shown("country=PL")
    assert counts_of(found["country"]) == {"DE": 1, "PL": 1}
    assert counts_of(found["status"]) == {"signed": 1}
    both = shown("country=PL&status=decided")
    assert counts_of(both["country"]) == {"DE": 1, "PL": 0}
    assert counts_of(both["status"]) == {"signed": 1, "decided": 0}


def test_selected_choice_stays_with_nothing_behind_it(pair: Partnership, other: Partnership) -> None:
    found = shown("country=PL&q=Дуйсбург")
    option = {option.value: option for option in found["country"].options}["PL"]
    assert (option.count, option.selected, option.label) == (0, True, "Poland")


def test_record_counts_once_under_each_of_its_countries_and_oblasts(pair: Partnership) -> None:
    PartyFactory(partnership=pair, foreign=True)
    PartyFactory(partnership=pair, foreign=True, place__country=CountryFactory(poland=True))
    second = PartyFactory(partnership=pair)
    for _ in range(2):
        AgreementFactory(partnership=pair, legal_kind="transborder")
    found = shown("")
    assert counts_of(found["country"]) == {"DE": 1, "PL": 1}
    assert set(counts_of(found["oblast"]).values()) == {1}
    oblast = known(known(second.place).oblast)
    assert known(oblast.katottg) in counts_of(found["oblast"])
    assert counts_of(found["legal_kind"]) == {"transborder": 1}


def test_choices_are_sorted_by_count_then_by_the_alphabet_of_the_page() -> None:
    for name in ("Індія", "Ґвінея", "Єгипет", "Гана", "Японія", "Еквадор"):
        PartnershipFactory(foreign__country=CountryFactory(name_uk=name))
    PartnershipFactory(foreign__country=Place.objects.get(name_uk="Японія"))
    labels = [option.label for option in shown("", "uk")["country"].options]
    assert labels == ["Японія", "Гана", "Ґвінея", "Еквадор", "Єгипет", "Індія"]


def test_evidence_and_status_keep_their_own_order() -> None:
    for grade, trait in (("E", "ended"), ("A", "decided"), ("E", "signed")):
        PartnershipFactory(grade=grade, **{trait: True})
    found = shown("")
    assert list(counts_of(found["evidence"])) == ["A", "E"]
    assert list(counts_of(found["status"])) == ["decided", "signed", "ended"]


def test_rare_choices_wait_in_the_rest_and_selected_ones_do_not(client: Client) -> None:
    countries = [CountryFactory() for _ in range(12)]
    for country in countries:
        PartnershipFactory(foreign__country=country)
    found = shown("")["country"]
    assert (len(found.options), len(found.rest)) == (8, 4)
    chosen = found.rest[-1].value
    again = shown(f"country={chosen}")["country"]
    assert chosen in {option.value for option in again.options if option.selected}
    assert "4 more" in client.get("/en/partnerships/").content.decode()


def _some_register(chance: random.Random) -> None:
    oblasts = [OblastFactory() for _ in range(3)]
    ua = [HromadaFactory(parent=RaionFactory(parent=oblast)) for oblast in oblasts for _ in range(2)]
    foreign = [ForeignPlaceFactory(country=CountryFactory()) for _ in range(4)]
    programme = ProgrammeFactory()
    for record in many_partnerships(60, ua, foreign):
        if chance.random() < 0.3:
            AgreementFactory(partnership=record, legal_kind=chance.choice(["transborder", "transnational"]))
        if chance.random() < 0.3:
            PartyFactory(partnership=record, foreign=True, place__country=chance.choice(foreign).country)
        if chance.random() < 0.5:
            StatementFactory(partnership=record, source__grade=chance.choice("ABCDE"))
        if chance.random() < 0.3:
            Partnership.objects.filter(pk=record.pk).update(programme=programme)


def test_each_count_is_what_choosing_it_alone_would_list() -> None:
    """Whatever is selected: a facet's figure is the number of records found with that value in its place."""
    chance = random.Random(3)
    _some_register(chance)
    for _ in range(12):
        selection: dict[str, list[str]] = {}
        # Raions are told inside oblasts.
        plain = shown(_query({"oblast": list(counts_of(shown("")["oblast"]))}))
        for name in chance.sample(FACETS, 3):
            values = list(counts_of(plain[name]))
            selection[name] = chance.sample(values, min(len(values), chance.randint(1, 2)))
        found = shown(_query(selection))
        for name, facet in found.items():
            for value, number in counts_of(facet).items():
                assert number == _asked({**selection, name: [value]}).qs.count(), (selection, name, value)
        asked = _asked(selection)
        assert count(asked).total == asked.qs.count()


def _query(selection: dict[str, list[str]]) -> str:
    address = QueryDict(mutable=True)
    for name, values in selection.items():
        address.setlist(name, values)
    return address.urlencode()


def _asked(selection: dict[str, list[str]]) -> PartnershipFilter:
    return PartnershipFilter(QueryDict(_query(selection)), queryset=Listing.objects.public())


def _queries(client: Client, address: str) -> list[dict[str, Any]]:
    client.get(address)  # content types, time zone: once a connection
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return captured.captured_queries


def test_page_with_all_facets_costs_the_same_at_25_and_at_5000_rows(client: Client) -> None:
    oblasts = [OblastFactory() for _ in range(12)]
    ua = [HromadaFactory(parent=RaionFactory(parent=oblast)) for oblast in oblasts]
    foreign = [ForeignPlaceFactory(country=CountryFactory()) for _ in range(15)]
    many_partnerships(25, ua, foreign)
    ProgrammeFactory()
    narrowed = (
        f"/uk/partnerships/?country={foreign[0].country_id}&oblast={oblasts[0].katottg}&year_from=2020&q=зр"
    )
    addresses = {
        "/uk/partnerships/": BUDGET,
        "/en/partnerships/?sort=name": BUDGET,
        narrowed: BUDGET_WITH_PLACES,
    }
    for address, budget in addresses.items():
        assert len(_queries(client, address)) == budget
    many_partnerships(4975, ua, foreign)
    with connection.cursor() as cursor:
        # As autovacuum does within a minute of such a load; nobody should wait for it here.
        cursor.execute("ANALYZE partnerships_partnership, partnerships_party, partnerships_milestone")
    for record in Partnership.objects.order_by("-number")[:40]:
        MilestoneFactory(partnership=record, announced=True, date="2023-01-01")
    assert client.get("/uk/partnerships/").context["page_obj"].paginator.count == 5000
    for address, budget in addresses.items():
        assert len(_queries(client, address)) == budget


def test_all_counts_and_the_total_come_from_one_query(pair: Partnership) -> None:
    asked = _asked({"country": ["DE"], "status": ["decided"]})
    assert asked.values
    with CaptureQueriesContext(connection) as captured:
        count(asked)
    assert len(captured) == 1


def test_page_of_a_list_that_somebody_has_opened_costs_no_query_but_for_the_state(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KEEP_VALUES = True
    state = str(uuid4())  # of no other test
    monkeypatch.setattr("core.kept.data_state", lambda: state)
    many_partnerships(60, [HromadaFactory()], [ForeignPlaceFactory()])
    for address in ("/uk/partnerships/?country=DE&page=2", "/uk/partnerships/?country=DE"):
        client.get(address)
    assert len(_queries(client, "/uk/partnerships/?country=DE&page=2&undeclared=1")) == 0


def test_counts_read_no_table_but_the_list(pair: Partnership) -> None:
    """A join could be planned badly by statistics of yesterday; a pass over one table cannot."""
    with CaptureQueriesContext(connection) as captured:
        count(_asked({"country": ["DE"], "status": ["decided"], "oblast": ["UA12000000000090473"]}))
    tables = set(re.findall(r'"(partnerships_\w+|places_\w+)"', captured[-1]["sql"]))
    assert tables == {"partnerships_listing"}
