"""Two records of one place become one: what moves, what leads on, what is refused."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from accounts.models import User
from core.models import AuditEntry
from partnerships.loading.foreign import ForeignPlaces
from partnerships.loading.verdicts import Found
from partnerships.models import Partnership, Party
from partnerships.place_merging import merge_places, plan
from places.enums import CodeScheme, Level, NameKind
from places.loading.run import load
from places.models import Place, PlaceCode
from search.engine import find
from search.indexing import reindex
from tests.factories.news import NewsItemFactory
from tests.factories.partnerships import BodyFactory, PartnershipFactory, StatementFactory
from tests.factories.places import (
    CityDistrictFactory,
    CountryFactory,
    ForeignPlaceFactory,
    HromadaFactory,
    PlaceCodeFactory,
    PlaceNameFactory,
    SettlementFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def kept() -> Place:
    return ForeignPlaceFactory(name_own="Köln", name_uk="Кельн", slug="koln", population=None)


@pytest.fixture
def merged() -> Place:
    return ForeignPlaceFactory(name_own="Cöln", name_uk="Кьольн", slug="coeln", population=1_000_000)


def merge(kept: Place, merged: Place) -> None:
    merge_places(kept, merged, None, "one town")
    kept.refresh_from_db()
    merged.refresh_from_db()


def test_relations_names_codes_and_facts_move_and_statements_stay(kept: Place, merged: Place) -> None:
    record = PartnershipFactory(foreign=merged, signed=True)
    statement = StatementFactory(partnership=record, milestone=None, fact="pair", value="Cöln")
    body = BodyFactory(place=merged)
    PlaceNameFactory(place=merged, text="Colonia")
    PlaceCodeFactory(place=merged, scheme=CodeScheme.GEONAMES, value="42")
    merge(kept, merged)
    assert [party.place for party in record.foreign_parties] == [kept]
    statement.refresh_from_db()
    body.refresh_from_db()
    assert (statement.value, statement.partnership) == ("Cöln", record)
    assert body.place == kept
    assert {"Colonia", "Cöln", "Кьольн"} <= set(kept.other_names.values_list("text", flat=True))
    assert kept.codes.filter(scheme=CodeScheme.GEONAMES, value="42").exists()
    assert (kept.population, kept.name_uk) == (1_000_000, "Кельн")
    assert (merged.abolished, merged.merged_into) == (True, kept)


def test_fact_of_the_place_that_stays_is_not_overwritten(kept: Place, merged: Place) -> None:
    Place.objects.filter(pk=kept.pk).update(population=5)
    merge(kept, merged)
    assert kept.population == 5


def test_dates_of_a_name_that_both_bear_are_not_lost(kept: Place, merged: Place) -> None:
    PlaceNameFactory(place=kept, text="Colonia", language="la", kind=NameKind.HISTORICAL, valid_to="")
    PlaceNameFactory(place=merged, text="Colonia", language="la", kind=NameKind.HISTORICAL, valid_to="0900")
    merge(kept, merged)
    assert [name.valid_to for name in kept.other_names.filter(text="Colonia")] == ["0900"]


def test_place_that_was_a_party_beside_the_other_leaves_one_party_with_what_both_said(
    kept: Place, merged: Place
) -> None:
    record = PartnershipFactory(foreign=kept)
    body = BodyFactory(place=merged)
    Party.objects.create(partnership=record, side="foreign", place=merged, body=body, joined="2023")
    assert plan(kept, merged).of_both == [record]
    merge(kept, merged)
    party = Party.objects.get(partnership=record, side="foreign")
    assert (party.place, party.body, party.joined) == (kept, body, "2023")


def test_records_that_become_the_same_pair_are_told(kept: Place, merged: Place) -> None:
    hromada = HromadaFactory()
    first, second = (
        PartnershipFactory(ua=hromada, foreign=kept),
        PartnershipFactory(ua=hromada, foreign=merged),
    )
    PartnershipFactory(foreign=merged)
    PartnershipFactory(ua=hromada, foreign=merged, withdrawn=True)
    assert plan(kept, merged).same_pairs == [(first, second)]
    assert merge_places(kept, merged, None, "one town").same_pairs == [(first, second)]


def test_records_of_the_same_pair_become_one_where_that_is_asked_for(kept: Place, merged: Place) -> None:
    hromada = HromadaFactory()
    first = PartnershipFactory(ua=hromada, foreign=kept)
    second = PartnershipFactory(ua=hromada, foreign=merged)
    draft = PartnershipFactory(ua=hromada, foreign=merged, draft=True)
    done = merge_places(kept, merged, None, "one town", and_records=True)
    assert done.same_pairs == [(first, draft)]
    second.refresh_from_db()
    draft.refresh_from_db()
    assert (second.merged_into, draft.merged_into) == (first, None)


def test_old_addresses_lead_to_the_place_that_stays(client: Client, kept: Place, merged: Place) -> None:
    third = ForeignPlaceFactory(slug="third")
    merge(merged, third)
    merge(kept, merged)
    for slug in ("coeln", "third"):
        answer = client.get(f"/uk/places/de/{slug}/")
        assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url())
    answer = client.get(f"/id/place/{merged.pk}", follow=True)
    assert answer.redirect_chain[-1][0].endswith("/places/de/koln/")


def test_search_finds_one_place_by_the_names_of_both(kept: Place, merged: Place) -> None:
    reindex(kept, merged)
    merge(kept, merged)
    for name in ("Cöln", "Кьольн", "Köln"):
        assert find(name, "place").references == [("place", kept.pk)]


def test_news_and_cards_of_the_place_move_with_it(kept: Place, merged: Place) -> None:
    item = NewsItemFactory()
    item.place_links.create(place=merged)
    both = NewsItemFactory()
    for place in (kept, merged):
        both.place_links.create(place=place)
    assert dict(plan(kept, merged).others)[str(item.place_links.model._meta.verbose_name_plural)] == 2
    merge(kept, merged)
    assert [link.place for link in item.place_links.all()] == [kept]
    assert [link.place for link in both.place_links.all()] == [kept]


def test_abolished_hromada_gives_its_code_and_what_lies_in_it(client: Client) -> None:
    kept, merged = HromadaFactory(), HromadaFactory(abolished=True)
    village = SettlementFactory(parent=merged)
    district = CityDistrictFactory(parent=village)
    merge(kept, merged)
    village.refresh_from_db()
    district.refresh_from_db()
    assert (village.parent, village.oblast, district.oblast) == (kept, kept.oblast, kept.oblast)
    assert PlaceCode.objects.filter(place=kept, scheme=CodeScheme.KATOTTG, value=merged.katottg).exists()
    answer = client.get(f"/uk/places/ua/{merged.katottg}/")
    assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url())


def test_history_says_who_merged_and_why(kept: Place, merged: Place) -> None:
    user = User.objects.create_user("someone@example.org")
    PartnershipFactory(foreign=merged)
    merge_places(kept, merged, user, "the same town")
    entries = AuditEntry.objects.filter(reason="the same town")
    assert set(entries.values_list("user_id", flat=True)) == {user.pk}
    assert {"places_place", "places_placename", "partnerships_party"} <= set(
        entries.values_list("table_name", flat=True)
    )
    before = entries.get(table_name="partnerships_party").before
    assert before is not None
    assert before["place_id"] == merged.pk


def test_shipped_tables_loaded_again_do_not_bring_the_merged_place_back() -> None:
    load()
    kept, merged = (
        Place.objects.get(country__iso2="DE", slug="koln"),
        Place.objects.get(country__iso2="DE", slug="duisburg"),
    )
    merge(kept, merged)
    names, codes = list(kept.other_names.order_by("pk").values()), list(kept.codes.order_by("pk").values())
    report = load()
    assert not report.refusals
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert merged.merged_into == kept
    assert list(kept.other_names.order_by("pk").values()) == names
    assert list(kept.codes.order_by("pk").values()) == codes
    assert not merged.other_names.exists()
    assert not merged.codes.exists()


def test_spelling_that_sources_settled_for_the_merged_place_means_the_one_that_stays(tmp_path: Path) -> None:
    kept, merged = ForeignPlaceFactory(slug="koln"), ForeignPlaceFactory(slug="coeln")
    merge(kept, merged)
    tables = {
        "source_spellings.csv": "iso2,text,key\nDE,Кольонія,de/coeln\n",
        "unresolved_foreign.csv": "iso2,text,reason\n",
    }
    for name, text in tables.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    places = ForeignPlaces.load(tmp_path)
    assert places.find("DE", "Кольонія") == Found((kept.pk,))


def _itself() -> tuple[Place, Place]:
    place = ForeignPlaceFactory()
    return place, place


def _of_two_countries() -> tuple[Place, Place]:
    return ForeignPlaceFactory(), ForeignPlaceFactory(country=CountryFactory(poland=True))


def _with_two_codes() -> tuple[Place, Place]:
    return HromadaFactory(), HromadaFactory()


def _of_two_levels() -> tuple[Place, Place]:
    return ForeignPlaceFactory(), ForeignPlaceFactory(level=Level.REGION)


def _merged_before() -> tuple[Place, Place]:
    first, second, third = (ForeignPlaceFactory() for _n in range(3))
    merge(first, second)
    return third, second


def _into_a_merged_one() -> tuple[Place, Place]:
    """Would close a circle."""
    first, second = ForeignPlaceFactory(), ForeignPlaceFactory()
    merge(first, second)
    return second, first


def _into_an_abolished_one() -> tuple[Place, Place]:
    return ForeignPlaceFactory(abolished=True), ForeignPlaceFactory()


def _countries() -> tuple[Place, Place]:
    return CountryFactory(germany=True), CountryFactory(poland=True)


def _one_in_the_other() -> tuple[Place, Place]:
    outer = SettlementFactory()
    return outer, SettlementFactory(parent=outer, abolished=True)


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (_itself, "with itself"),
        (_of_two_countries, "different countries"),
        (_with_two_codes, "KATOTTG code of its own"),
        (_of_two_levels, "recorded as"),
        (_merged_before, "already"),
        (_into_a_merged_one, "already"),
        (_into_an_abolished_one, "no longer exists"),
        (_countries, "countries are not merged"),
        (_one_in_the_other, "lies in the other"),
    ],
)
def test_merging_is_refused_with_its_reason_and_changes_nothing(
    case: Callable[[], tuple[Place, Place]], reason: str
) -> None:
    kept, merged = case()
    before = list(Place.objects.order_by("pk").values())
    with pytest.raises(ValidationError, match=reason), transaction.atomic():
        merge_places(kept, merged, None, "a try")
    assert list(Place.objects.order_by("pk").values()) == before


# --- In the admin -----------------------------------------------------------------------------------------


def test_no_partnership_is_lost(kept: Place, merged: Place) -> None:
    for place in (kept, merged, merged):
        PartnershipFactory(foreign=place)
    before = set(Partnership.objects.values_list("pk", flat=True))
    merge(kept, merged)
    assert set(Partnership.objects.with_party(place=kept).values_list("pk", flat=True)) == before
