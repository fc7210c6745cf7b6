"""The register's page: filters, order, pages, and what it says when an address makes no sense."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.enums import Kind
from partnerships.models import Partnership
from places.models import Place
from tests.factories.partnerships import (
    AgreementFactory,
    BodyFactory,
    MilestoneFactory,
    PartnershipFactory,
    PartyFactory,
    ProgrammeFactory,
)
from tests.factories.places import (
    CountryFactory,
    PlaceNameFactory,
    SettlementFactory,
)
from tests.known import known

pytestmark = pytest.mark.django_db
CANARY = "Канаркове"


def listed(client: Client, language: str = "en", **params: Any) -> list[int]:
    """Numbers of the records on the page, in their order."""
    answer = client.get(f"/{language}/partnerships/?{urlencode(params, doseq=True)}")
    assert answer.status_code == 200
    return [record.number for record in answer.context["page_obj"].object_list]


# --- Filters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("country", "DE"),
        ("country", "de"),
        ("kind", "solidarity"),
        ("status", "decided"),
        ("evidence", "B"),
        ("legal_kind", "transnational"),
        ("programme", "network"),
    ],
)
def test_filter_finds_what_fits_and_nothing_else(
    client: Client, pair: Partnership, other: Partnership, name: str, value: str
) -> None:
    AgreementFactory(partnership=pair, legal_kind="transnational")
    AgreementFactory(partnership=pair, legal_kind="transnational")
    pair.programme = ProgrammeFactory(slug="network")
    pair.save()
    assert listed(client, **{name: value}) == [pair.number]


def test_places_are_found_from_the_oblast_down(
    client: Client, pair: Partnership, other: Partnership, kryvyi_rih: Place
) -> None:
    raion = kryvyi_rih.parent
    assert raion is not None
    assert raion.parent is not None
    for name, place in (("oblast", raion.parent), ("raion", raion), ("hromada", kryvyi_rih)):
        assert listed(client, **{name: known(place.katottg)}) == [pair.number]


def test_record_of_a_settlement_is_found_under_its_hromada_and_raion(
    client: Client, kryvyi_rih: Place, other: Partnership
) -> None:
    record = PartnershipFactory(ua=SettlementFactory(parent=kryvyi_rih))
    assert kryvyi_rih.parent is not None
    assert listed(client, hromada=kryvyi_rih.katottg) == [record.number]
    assert listed(client, raion=kryvyi_rih.parent.katottg) == [record.number]


def test_values_of_a_parameter_add_and_parameters_narrow(
    client: Client, pair: Partnership, other: Partnership
) -> None:
    third = PartnershipFactory(foreign__country=CountryFactory(), signed=True)
    assert set(listed(client, country=["DE", "PL"])) == {pair.number, other.number}
    assert listed(client, country=["DE", "PL"], status=["signed", "ended"]) == [other.number]
    assert set(listed(client, status="signed")) == {other.number, third.number}


@pytest.mark.parametrize(
    ("date", "year_from", "year_to", "found"),
    [
        ("2023-02-09", 2023, 2023, True),
        ("2023-02-09", 2024, "", False),
        ("2023-02-09", "", 2022, False),
        ("2022/2024", 2024, 2030, True),
        ("2022/2024", 2000, 2022, True),
        ("2022/2024", 2025, "", False),
        ("2020/..", 2025, "", True),
        ("../2020", "", 1950, True),
        ("", 1900, "", False),
        ("", "", 2100, False),
    ],
)
def test_year_filter_asks_whether_the_range_of_the_date_reaches_it(
    client: Client, date: str, year_from: object, year_to: object, found: bool
) -> None:
    record = PartnershipFactory(line=(("signing", "happened", date),))
    expected = [record.number] if found else []
    assert listed(client, year_from=year_from, year_to=year_to) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Кривий Ріг",
        "кривий",
        "криворізька",
        "Kryvyi Rih",
        "Дуйсбург Кривий",
        "Кривий Ріг – Дуйсбург",
        "DUISBURG",
        "Дюісбург",
        "krywyj",
        "міська рада Тестового",
    ],
)
def test_text_finds_a_record_by_any_name_of_its_parties(
    client: Client, pair: Partnership, other: Partnership, duisburg: Place, kryvyi_rih: Place, text: str
) -> None:
    PlaceNameFactory(place=duisburg, text="Дюісбург")
    PlaceNameFactory(place=kryvyi_rih.centre, text="Krywyj Rih", language="de")
    body = BodyFactory(name_uk="Міська рада Тестового")
    pair.parties.filter(side="ua").update(body=body)
    assert listed(client, q=text) == [pair.number]


@pytest.mark.parametrize(
    ("own", "text"),
    [
        ("Köln", "koln"),
        ("Łódź", "lodz"),
        ("Reșița", "resita"),
        ("Saint-Étienne", "saint-etienne"),
        ("L’Aquila", "l'aquila"),
    ],
)
def test_text_is_found_whatever_its_accents_and_signs(client: Client, own: str, text: str) -> None:
    record = PartnershipFactory(foreign__name_own=own)
    PartnershipFactory()
    assert listed(client, q=text) == [record.number]


@pytest.mark.parametrize("form", ["{}", "№ {}", "№{}", "No. {}", "#{}", "  {} "])
def test_number_finds_its_own_record(client: Client, other: Partnership, form: str) -> None:
    record = PartnershipFactory()
    assert listed(client, q=form.format(record.number)) == [record.number]


@pytest.mark.parametrize("text", ["!!!", "%", "_", "\\", "кукурудза", "99999999999999999999", "'--"])
def test_text_that_names_nothing_finds_nothing(client: Client, pair: Partnership, text: str) -> None:
    assert listed(client, q=text) == []


# --- Visibility -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", ["draft", "withdrawn"])
def test_hidden_record_appears_nowhere_not_even_in_a_count(
    client: Client, pair: Partnership, hidden: str
) -> None:
    secret = PartnershipFactory(
        ua__parent__parent__name_uk=CANARY,
        foreign__country__name_uk=CANARY,
        foreign__country__iso2="XX",
        **{hidden: True},
    )
    for query in ("", "?q=" + CANARY, "?country=XX", f"?q={secret.number}"):
        answer = client.get(f"/uk/partnerships/{query}")
        assert secret.pk not in {row.pk for row in answer.context["page_obj"]}
        shown = answer.content.decode().replace(f'value="{CANARY}"', "")
        if query == "":
            assert CANARY not in shown
            assert answer.context["page_obj"].paginator.count == 1
        else:
            assert answer.context["page_obj"].paginator.count == 0


# --- Order and pages --------------------------------------------------------------------------------------


def named(name: str, date: str) -> Partnership:
    return PartnershipFactory(ua__name_uk=name, ua__name_en=name, line=(("signing", "happened", date),))


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", "Ґ Г І"),
        ("-date", "Ґ Г І"),
        ("date", "Г Ґ І"),
        ("name", "Г Ґ І"),
        ("-name", "І Ґ Г"),
        ("number", "І Г Ґ"),
        ("-number", "Ґ Г І"),
    ],
)
def test_sort_orders_records_with_unknown_dates_last(client: Client, sort: str, expected: str) -> None:
    numbers = {name: named(name, date).number for name, date in (("І", ""), ("Г", "2022"), ("Ґ", "2023-05"))}
    assert listed(client, "uk", sort=sort) == [numbers[name] for name in expected.split()]


def test_sort_by_country_and_status_ends_with_the_number(client: Client) -> None:
    poland, germany = CountryFactory(poland=True), CountryFactory(germany=True)
    made = [
        PartnershipFactory(foreign__country=country, **{trait: True})
        for country, trait in (
            (poland, "signed"),
            (germany, "signed"),
            (poland, "decided"),
            (germany, "ended"),
        )
    ]
    a, b, c, d = (record.number for record in made)
    assert listed(client, sort="country") == [b, d, a, c]
    assert listed(client, sort="-country") == [a, c, b, d]
    assert listed(client, sort="status") == [c, a, b, d]
    assert listed(client, sort="-status") == [d, a, b, c]


def test_hromada_is_sorted_by_the_name_it_is_shown_by(client: Client) -> None:
    first = PartnershipFactory(
        ua__name_uk="Яблунівська", ua__with_centre=True, ua__centre_settlement__name_uk="Аркадія"
    )
    second = PartnershipFactory(ua__name_uk="Берегова")
    assert listed(client, "uk", sort="name") == [first.number, second.number]


def test_pages_hold_25_50_or_100_rows_and_keep_the_filters(client: Client) -> None:
    for _ in range(30):
        PartnershipFactory(signed=True)
    first = client.get("/en/partnerships/?status=signed")
    assert len(first.context["page_obj"].object_list) == 25
    assert "?status=signed&amp;page=2" in first.content.decode()
    assert len(listed(client, status="signed", page=2)) == 5
    assert len(listed(client, per_page=50)) == 30


# --- Words ------------------------------------------------------------------------------------------------


def sentence(client: Client, query: str, language: str = "en") -> str:
    return str(client.get(f"/{language}/partnerships/{query}").context["frame"].sentence)


def test_sentence_says_what_is_shown(client: Client, pair: Partnership, other: Partnership) -> None:
    day = timezone.localdate()
    words = f"as of {day.day} {day:%B} {day.year}"
    assert pair.parties.get(side="ua").place is not None
    oblast = Place.objects.get(name_en="Dnipropetrovska").katottg
    assert sentence(client, "") == f"2 partnerships in the register, {words}"
    assert sentence(client, "?country=DE") == f"1 partnership with Germany, {words}"
    assert (
        sentence(client, f"?oblast={oblast}&country=DE")
        == f"1 partnership of Dnipropetrovska oblast with Germany, {words}"
    )
    assert sentence(client, "?status=signed") == f"1 partnership fits all filters, {words}"
    assert sentence(client, "?status=ended") == f"0 partnerships fit all filters, {words}"


@pytest.mark.parametrize("language", ["uk", "en"])
def test_sentence_names_places_in_the_language_of_the_page(
    client: Client, pair: Partnership, language: str
) -> None:
    expected = {"uk": "Німеччина", "en": "Germany"}[language]
    assert expected in sentence(client, "?country=DE", language)


def test_chip_takes_away_its_own_filter_only(client: Client, pair: Partnership) -> None:
    answer = client.get("/en/partnerships/?country=DE&country=PL&kind=solidarity&q=&page=3&year_from=2020")
    links = {chip.label: chip.url for chip in answer.context["frame"].chips}
    assert links["Germany"] == "?country=PL&kind=solidarity&year_from=2020"
    assert links["solidarity partnership"] == "?country=DE&country=PL&year_from=2020"
    assert links["from 2020"] == "?country=DE&country=PL&kind=solidarity"


def test_nothing_found_offers_ways_on(client: Client, pair: Partnership) -> None:
    page = client.get("/en/partnerships/?country=DE&q=kukuruza").content.decode()
    assert "No partnership fits all of this" in page
    assert page.count("?country=DE") >= 1
    assert "/en/contact/?about=register" in page


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "not confirmed: signing"), (30, "announced for"), (0, "announced for")]
)
def test_row_shows_an_announcement_that_nothing_confirms(
    client: Client, pair: Partnership, days: int, words: str
) -> None:
    day = timezone.localdate() + dt.timedelta(days=days)
    MilestoneFactory(partnership=pair, announced=True, date=day.isoformat())
    page = client.get("/en/partnerships/").content.decode()
    assert words in page
    assert ("not confirmed: signing" in page) is (days < 0)


def test_row_names_every_party_and_leads_to_the_evidence(client: Client, pair: Partnership) -> None:
    PartyFactory(partnership=pair, foreign=True, place__name_own="Bonn", place__name_uk="Бонн")
    page = client.get("/uk/partnerships/").content.decode()
    assert "Кривий Ріг" in page
    assert "Дуйсбург, Бонн" in page
    assert f'href="{pair.get_absolute_url()}#evidence"'.replace("/en/", "/uk/") in page


def test_register_is_one_page_for_search_engines_and_sets_no_cookie(
    client: Client, pair: Partnership
) -> None:
    plain = client.get("/uk/partnerships/")
    filtered = client.get("/uk/partnerships/?kind=solidarity")
    assert "noindex" not in plain.content.decode()
    assert '<meta name="robots" content="noindex, follow">' in filtered.content.decode()
    assert not plain.cookies
    assert "Cookie" not in plain.headers.get("Vary", "")
    assert Kind.SOLIDARITY.value in filtered.content.decode()


def test_record_whose_sources_tell_only_of_talks_says_so(client: Client, other: Partnership) -> None:
    talking = PartnershipFactory()
    MilestoneFactory(partnership=talking, type="talks", date="")
    shown = client.get("/en/partnerships/?status=unknown").content.decode()
    assert listed(client, status="unknown") == [talking.number]
    assert "talks reported" in shown
    talking.milestones.all().delete()
    assert "talks reported" not in client.get("/en/partnerships/?status=unknown").content.decode()
