"""Pages of places: what they show of register and news, where codes lead, how many queries they take."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import NewsItem, NewsPlace
from places.models import Place
from tests.factories.partnerships import PartnershipFactory, many_partnerships
from tests.factories.places import (
    CityDistrictFactory,
    CountryFactory,
    ForeignPlaceFactory,
    HromadaFactory,
    OblastFactory,
    PlaceCodeFactory,
    PlaceNameFactory,
    RaionFactory,
    SettlementFactory,
    SpecialCityFactory,
    katottg,
)
from tests.known import known

pytestmark = pytest.mark.django_db

LANGUAGES = ("uk", "en")


def page(client: Client, place: Place | None, language: str = "uk", query: str = "") -> str:
    assert place is not None
    address = re.sub(r"^/../", f"/{language}/", place.get_absolute_url())
    answer = client.get(address + query)
    assert answer.status_code == 200, address
    return answer.content.decode()


def shown(html: str) -> str:
    """The text of a page without marks and runs of spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def queries_of(client: Client, place: Place | None) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page(client, place)
    return len(queries)


@pytest.fixture
def hromada() -> Place:
    place: Place = HromadaFactory(
        city=True,
        with_centre=True,
        centre_settlement__name_uk="Тестополь",
        centre_settlement__name_en="Testopol",
        population=12345,
        population_year=2022,
    )
    place.refresh_from_db()
    return place


@pytest.mark.parametrize("language", LANGUAGES)
def test_hromada_shows_its_profile_and_relations_when_it_has_some(
    client: Client, hromada: Place, language: str
) -> None:
    PartnershipFactory(ua=hromada, foreign__name_own="Musterburg", decided=True)
    PlaceNameFactory(place=hromada, text="Старопіль")
    text = shown(page(client, hromada, language))
    centre = {"uk": "Тестополь", "en": "Testopol"}[language]
    for expected in (centre, "Musterburg", "Старопіль", known(hromada.katottg), "2022", "48.5000, 33.5000"):
        assert expected in text
    assert re.search(r"12\D345", text)


def test_announced_relation_is_marked_as_not_yet_done(client: Client, hromada: Place) -> None:
    PartnershipFactory(ua=hromada, announced=True)
    html = page(client, hromada, "en")
    assert "badge-announced" in html
    assert "announced for 20 December 2026" in shown(html)


def test_draft_and_withdrawn_relations_are_nowhere_on_the_pages(client: Client, hromada: Place) -> None:
    foreign = ForeignPlaceFactory(name_own="Canarystadt")
    PartnershipFactory(ua=hromada, foreign=foreign, draft=True)
    PartnershipFactory(ua=hromada, foreign=foreign, withdrawn=True)
    for place in (hromada, hromada.oblast, hromada.parent, hromada.country, foreign.country):
        assert "Canarystadt" not in page(client, place)
    assert "badge" not in page(client, foreign)


def test_spellings_of_data_sets_are_not_shown_as_names(client: Client, hromada: Place) -> None:
    PlaceNameFactory(place=hromada, text="Testopolj", kind="other_spelling")
    assert "Testopolj" not in page(client, hromada)


def test_settlements_stand_in_ukrainian_alphabetical_order(client: Client, hromada: Place) -> None:
    for name in ("Їжакове", "Ґрунтове", "Яблунівка", "Гайове", "Іванове", "Дубове"):
        SettlementFactory(parent=hromada, name_uk=name)
    text = shown(page(client, hromada)).rsplit("settlements of the hromada", 1)[-1]
    names = ("Гайове", "Ґрунтове", "Дубове", "Іванове", "Їжакове", "Тестополь", "Яблунівка")
    positions = [page(client, hromada).rindex(name) for name in names]
    assert positions == sorted(positions), text


def test_settlement_leads_to_its_hromada(client: Client, hromada: Place) -> None:
    answer = client.get(SettlementFactory(parent=hromada).get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, hromada.get_absolute_url())


def test_city_district_leads_to_its_city_or_to_the_hromada_of_its_city(
    client: Client, hromada: Place
) -> None:
    city = SpecialCityFactory()
    for parent, target in ((city, city), (hromada.centre, hromada)):
        answer = client.get(CityDistrictFactory(parent=parent).get_absolute_url())
        assert (answer.status_code, answer["Location"]) == (301, target.get_absolute_url())


def test_settlement_without_a_hromada_leads_to_its_oblast(client: Client) -> None:
    oblast = OblastFactory()
    answer = client.get(SettlementFactory(parent=oblast).get_absolute_url())
    assert answer["Location"] == oblast.get_absolute_url()


def test_former_code_redirects_to_the_place(client: Client, hromada: Place) -> None:
    code = PlaceCodeFactory(place=hromada)
    answer = client.get(f"/uk/places/ua/{code.value}/")
    assert (answer.status_code, answer["Location"]) == (301, hromada.get_absolute_url())


@pytest.mark.parametrize(
    "address",
    [f"ua/{katottg(404)}/", "zz/", "de/nowhere/", "ua/musterstadt/", "ua/UA12/", "de/Musterstadt/"],
)
def test_unknown_place_is_not_found(client: Client, address: str) -> None:
    ForeignPlaceFactory(slug="musterstadt")
    CountryFactory(ukraine=True)
    assert client.get(f"/uk/places/{address}").status_code == 404


def test_oblast_lists_hromadas_with_relations_before_the_others(client: Client) -> None:
    raion = RaionFactory()
    HromadaFactory(parent=raion, name_uk="Авангардна")
    connected = HromadaFactory(parent=raion, name_uk="Яблунівська")
    PartnershipFactory(ua=connected)
    html = page(client, raion.parent, "en")
    assert "1 hromada of 2 has partnerships" in shown(html)
    names = {"uk": html}["uk"]
    assert names.index(connected.get_absolute_url()[3:]) < names.index("1 without a known partnership")


def test_hromadas_of_one_name_in_an_oblast_are_told_apart_by_their_raion(client: Client) -> None:
    oblast = OblastFactory()
    for raion in (
        RaionFactory(parent=oblast, name_uk="Північний"),
        RaionFactory(parent=oblast, name_uk="Південний"),
    ):
        HromadaFactory(parent=raion, name_uk="Миколаївська")
    text = shown(page(client, oblast))
    assert "Північний" in text
    assert "Південний" in text


def test_namesake_shows_raion_and_oblast(client: Client) -> None:
    first, _second = HromadaFactory(name_uk="Миколаївська"), HromadaFactory(name_uk="Миколаївська")
    text = shown(page(client, first))
    head = text[: text.index("UA99")]
    assert str(known(first.parent).full_name("uk")) in head
    assert str(known(first.oblast).full_name("uk")) in head


def test_area_pages_show_the_relations_of_what_lies_in_them(client: Client, hromada: Place) -> None:
    PartnershipFactory(ua=hromada, foreign__name_own="Musterburg")
    for place in (hromada.parent, hromada.oblast, hromada.country):
        assert "Musterburg" in page(client, place)


def test_foreign_place_shows_both_names_and_its_relations(client: Client, hromada: Place) -> None:
    foreign = ForeignPlaceFactory(name_own="Musterburg", name_uk="Мустербург", region_name="Musterland")
    PartnershipFactory(ua=hromada, foreign=foreign)
    html = page(client, foreign)
    assert "<h1>Мустербург</h1>" in html
    assert '<dd lang="de">Musterburg</dd>' in html
    for expected in ("Musterland", "Німеччина", "Тестополь"):
        assert expected in html


def test_own_name_is_marked_with_its_language_when_the_ukrainian_one_is_unknown(client: Client) -> None:
    assert '<h1 lang="de">Musterburg</h1>' in page(client, ForeignPlaceFactory(name_own="Musterburg"))


def test_country_groups_relations_by_place_in_alphabetical_order(client: Client) -> None:
    for name, name_uk in (("Zwickau", "Абердорф"), ("Bonn", ""), ("Aachen", "")):
        foreign = ForeignPlaceFactory(name_own=name, name_uk=name_uk)
        PartnershipFactory(foreign=foreign)
        PartnershipFactory(foreign=foreign)
    ForeignPlaceFactory(name_own="Ohnepartner")
    html = page(client, foreign.country)
    groups = [shown(heading) for heading in re.findall(r"<h2><a.*?</h2>", html)]
    assert [heading.split()[0] for heading in groups] == ["Aachen", "Bonn", "Абердорф"]
    assert html.count('class="record"') == 6
    assert "Ohnepartner" not in html


def test_relations_come_by_fifty_and_the_next_page_has_the_rest(client: Client, hromada: Place) -> None:
    many_partnerships(60, [hromada], [ForeignPlaceFactory(), ForeignPlaceFactory()])
    for place in (hromada, hromada.oblast, CountryFactory(germany=True)):
        assert page(client, place).count('class="record"') == 50
        assert page(client, place, query="?page=2").count('class="record"') == 10


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=-1", "?page=abc", "?page=999999999999999999999", "?page=%00"]
)
def test_senseless_page_number_gives_a_message_and_no_error(
    client: Client, hromada: Place, query: str
) -> None:
    assert "message-warning" in page(client, hromada, query=query)


def test_public_news_about_the_place_is_shown_and_a_draft_is_not(client: Client, hromada: Place) -> None:
    for title, state in (("Видима новина", "published"), ("Прихована новина", "draft")):
        item = NewsItem.objects.create(
            slug=f"item-{state}", title_uk=title, state=state, publish_at=timezone.now()
        )
        NewsPlace.objects.create(item=item, place=hromada)
    for place in (hromada, hromada.oblast):
        html = page(client, place)
        assert "Видима новина" in html
        assert "Прихована новина" not in html


def test_crimea_and_sevastopol_are_shown_as_ukraine(client: Client) -> None:
    crimea = OblastFactory(katottg="UA01" + "9" * 15, name_uk="Автономна Республіка Крим")
    hromada = HromadaFactory(
        parent__parent=crimea, katottg="UA0199" + "0" * 13, latitude=45.0, longitude=34.1
    )
    sevastopol = SpecialCityFactory(name_uk="Севастополь", latitude=44.61, longitude=33.52)
    for place in (crimea, hromada, sevastopol):
        text = shown(page(client, place))
        assert "Україна" in text
        assert place.get_absolute_url().startswith("/uk/places/ua/")
    assert "Автономна Республіка Крим" in shown(page(client, hromada))
    text = shown(page(client, crimea.country))
    assert "Автономна Республіка Крим" in text
    assert "Севастополь" in text
