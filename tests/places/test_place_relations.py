"""What pages of places tell of relations: groups, years, other days, and where to look next."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.models import Partnership
from partnerships.nearby import Sharing, around
from places.models import Place
from portal.place_pages.years import years_of
from tests.factories.partnerships import MilestoneFactory, PartnershipFactory, many_partnerships
from tests.factories.places import (
    CountryFactory,
    ForeignPlaceFactory,
    HromadaFactory,
    RaionFactory,
    SettlementFactory,
    SpecialCityFactory,
)
from tests.known import known
from tests.places.test_place_pages import page, queries_of, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def hromada() -> Place:
    return HromadaFactory(with_centre=True)


def sharing(place: Place) -> list[Sharing]:
    return list(around(place, neighbours=0, sharing=6).sharing)


def headings(html: str) -> list[str]:
    return [shown(found) for found in re.findall(r'<h2 id="relations-.*?</h2>', html, re.DOTALL)]


# --- Groups -----------------------------------------------------------------------------------------------


def test_current_announced_and_past_stand_apart_with_their_counts(client: Client, hromada: Place) -> None:
    for line in (
        {"signed": True},
        {"decided": True},
        {},
        {"announced": True},
        {"ended": True},
        {"suspended": True},
    ):
        PartnershipFactory(ua=hromada, **line)
    html = page(client, hromada, "en")
    assert headings(html) == [
        "Current partnerships 3",
        "Announced partnerships 1",
        "Ended or suspended partnerships 2",
    ]
    assert "6 partnerships in the register · 3 current · 1 announced · 2 ended or suspended" in shown(html)


def test_group_that_goes_on_over_pages_tells_its_whole_count(client: Client, hromada: Place) -> None:
    many_partnerships(60, [hromada], [ForeignPlaceFactory()])
    PartnershipFactory(ua=hromada, ended=True)
    assert headings(page(client, hromada, "en", "?page=1")) == ["Current partnerships 60"]
    second = page(client, hromada, "en", "?page=2")
    assert headings(second) == ["Current partnerships 60", "Ended or suspended partnerships 1"]
    assert second.count('class="record"') == 11


def test_relation_of_a_settlement_stands_on_the_page_of_its_hromada(client: Client, hromada: Place) -> None:
    PartnershipFactory(ua=SettlementFactory(parent=hromada), foreign__name_own="Musterburg")
    assert "Musterburg" in page(client, hromada)


# --- Another day ------------------------------------------------------------------------------------------


def test_page_of_a_past_day_shows_what_held_then(client: Client, hromada: Place) -> None:
    PartnershipFactory(ua=hromada, foreign__name_own="Altstadt", ended=True)  # signed 2023-03-01, ended 2025
    PartnershipFactory(
        ua=hromada, foreign__name_own="Neustadt", line=(("signing", "happened", "2025-01-15"),)
    )
    for place in (hromada, hromada.parent, hromada.oblast, hromada.country, CountryFactory(germany=True)):
        html = page(client, place, "en", "?as_of=2024-06-01")
        assert "1 June 2024" in html
        assert "Altstadt" in html
        assert "Neustadt" not in html
    assert headings(page(client, hromada, "en", "?as_of=2024-06-01")) == ["Current partnerships 1"]


def test_pages_of_a_past_day_lead_to_each_other(client: Client, hromada: Place) -> None:
    many_partnerships(60, [hromada], [ForeignPlaceFactory()], years=(2020,))
    html = page(client, hromada, "en", "?as_of=2024-06-01")
    assert 'href="?as_of=2024-06-01&amp;page=2"' in html
    assert page(client, hromada, "en", "?as_of=2024-06-01&page=2").count('class="record"') == 10


@pytest.mark.parametrize(
    "typed", ["2999-01-01", "31.02.2023", "never", "%00", "<script>", "2023-13", "9" * 500]
)
def test_day_that_is_none_is_named_and_left_out(client: Client, hromada: Place, typed: str) -> None:
    PartnershipFactory(ua=hromada, foreign__name_own="Altstadt")
    for place in (hromada, hromada.oblast, CountryFactory(germany=True)):
        html = page(client, place, "en", f"?as_of={typed}")
        assert "Altstadt" in html
        assert "<script>" not in html
        assert "message-warning" in html or typed == "%00"


# --- Years ------------------------------------------------------------------------------------------------


def test_years_count_what_was_in_force_at_the_end_of_each(hromada: Place) -> None:
    for line in (
        (("signing", "happened", "2020-05-01"),),
        (("signing", "happened", "2021"), ("end", "happened", "2023-02-01")),
        (("signing", "happened", "2022-03"), ("suspension", "happened", "2022-06-01")),
        (("signing", "announced", "2026-12-01"),),
        (),
    ):
        PartnershipFactory(ua=hromada, line=line)
    years = known(years_of(Partnership.objects.public().of_place(hromada), until=dt.date(2024, 12, 31)))
    assert {bar.year: bar.count for bar in years.bars} == {2020: 1, 2021: 2, 2022: 2, 2023: 1, 2024: 1}
    assert years.undated == 1


def test_bars_and_table_say_the_same(client: Client, hromada: Place) -> None:
    many_partnerships(7, [hromada], [ForeignPlaceFactory()], years=(2019, 2021))
    html = page(client, hromada, "en")
    figure = html[html.index('<figure class="years">') :].partition("</figure>")[0]
    rows = re.findall(r'<th scope="row">(\d+)</th><td class="number">(\d+)</td>', figure)
    assert rows[:3] == [("2019", "4"), ("2020", "4"), ("2021", "7")]
    assert figure.count("<rect") == len(rows)
    assert 'role="img"' in figure


def test_place_with_relations_of_no_known_date_has_no_picture(client: Client, hromada: Place) -> None:
    PartnershipFactory(ua=hromada)
    assert '<figure class="years">' not in page(client, hromada)


# --- Where to look next -----------------------------------------------------------------------------------


def test_nearest_hromadas_with_partners_come_first_with_their_distance(client: Client) -> None:
    here = HromadaFactory(latitude=48.0, longitude=33.0)
    # A degree of latitude is 111 km; by the centre of a hromada without a point of its own.
    near = HromadaFactory(latitude=48.2, longitude=33.0, name_en="Nearby")
    nearer = HromadaFactory(
        latitude=None,
        longitude=None,
        with_centre=True,
        centre_settlement__latitude=48.1,
        centre_settlement__longitude=33.0,
        centre_settlement__name_en="Nearer",
    )
    far = HromadaFactory(latitude=50.0, longitude=33.0, name_en="Faraway")
    lonely = HromadaFactory(latitude=48.01, longitude=33.0, name_en="Lonely")
    over = HromadaFactory(latitude=48.02, longitude=33.0, name_en="Overandout")
    hidden = HromadaFactory(latitude=48.03, longitude=33.0, name_en="Hiddenone")
    for place in (near, nearer, far):
        PartnershipFactory(ua=place)
    PartnershipFactory(ua=over, ended=True)
    PartnershipFactory(ua=hidden, draft=True)
    text = shown(page(client, here, "en"))
    around = text[text.index("Neighbours with partners") :]
    assert around.index("Nearer 11 km") < around.index("Nearby 22 km")
    for other in (far, lonely, over, hidden):
        assert other.name_en not in around


def test_hromada_without_a_point_is_beside_those_of_its_raion(client: Client) -> None:
    raion = RaionFactory()
    here = HromadaFactory(parent=raion, latitude=None, longitude=None)
    beside = HromadaFactory(parent=raion, latitude=None, longitude=None, name_en="Beside")
    PartnershipFactory(ua=beside)
    assert "Beside" in shown(page(client, here, "en"))


def test_foreign_place_shows_places_of_its_country_nearby(client: Client) -> None:
    here = ForeignPlaceFactory(latitude=51.0, longitude=7.0)
    near = ForeignPlaceFactory(latitude=51.1, longitude=7.0, name_own="Nahstadt")
    abroad = ForeignPlaceFactory(
        latitude=51.0, longitude=7.1, name_own="Fremdstadt", country=CountryFactory(poland=True)
    )
    for place in (near, abroad):
        PartnershipFactory(foreign=place)
    text = shown(page(client, here, "en"))
    assert "Nahstadt 11 km" in text
    assert "Fremdstadt" not in text


def test_who_shares_partners_is_told_with_the_partners_in_common(client: Client, hromada: Place) -> None:
    first, second, other = (ForeignPlaceFactory() for _n in range(3))
    close, loose, apart = (HromadaFactory() for _n in range(3))
    for ua, foreign in (
        (hromada, first),
        (hromada, second),
        (close, first),
        (close, second),
        (loose, second),
        (apart, other),
    ):
        PartnershipFactory(ua=ua, foreign=foreign)
    shared = sharing(hromada)
    assert [(one.place, one.shared) for one in shared] == [(close, 2), (loose, 1)]
    assert shared[1].through == (second,)
    assert sharing(other) == []
    assert [one.place for one in sharing(first)] == [second]
    text = shown(page(client, hromada, "en"))
    assert str(second.name("en")) in text[text.index("Who shares its partners") :]


@pytest.mark.parametrize("trait", ["draft", "withdrawn", "ended", "suspended"])
def test_relations_that_are_hidden_or_over_share_nothing(hromada: Place, trait: str) -> None:
    common = ForeignPlaceFactory()
    PartnershipFactory(ua=hromada, foreign=common)
    PartnershipFactory(ua=HromadaFactory(), foreign=common, **{trait: True})
    assert sharing(hromada) == []


def test_long_list_of_who_shares_partners_is_shown_on_demand(client: Client, hromada: Place) -> None:
    common = ForeignPlaceFactory()
    PartnershipFactory(ua=hromada, foreign=common)
    for _n in range(8):
        PartnershipFactory(foreign=common)
    html = page(client, hromada, "en")
    assert 'href="?sharing=all#place-sharing"' in html
    assert "All 8" in shown(html)
    assert page(client, hromada, "en", "?sharing=all").count("partner in common") == 8


# --- Bounds -----------------------------------------------------------------------------------------------


def test_pages_take_the_same_few_queries_for_five_relations_and_for_five_hundred(client: Client) -> None:
    raion = RaionFactory()
    hromadas = [HromadaFactory(parent=raion, with_centre=True) for _n in range(8)]
    foreign = [ForeignPlaceFactory() for _n in range(8)]
    city = SpecialCityFactory(latitude=50.4, longitude=30.5)
    PartnershipFactory(ua=city, foreign=foreign[0])
    many_partnerships(5, hromadas, foreign)
    pages = {
        "hromada": (hromadas[0], 12),
        "city": (city, 12),
        "foreign": (foreign[0], 11),
        "raion": (raion, 9),
        "oblast": (raion.parent, 9),
        "ukraine": (raion.country, 10),
        "country": (foreign[0].country, 11),
    }
    budgets = {name: budget for name, (_place, budget) in pages.items()}
    assert {name: queries_of(client, place) for name, (place, _budget) in pages.items()} == budgets
    many_partnerships(500, hromadas, foreign)
    assert {name: queries_of(client, place) for name, (place, _budget) in pages.items()} == budgets


def test_page_of_a_past_day_takes_no_more_queries_for_more_relations(client: Client) -> None:
    raion = RaionFactory()
    hromadas, foreign = (
        [HromadaFactory(parent=raion) for _n in range(4)],
        [ForeignPlaceFactory() for _n in range(4)],
    )

    def queries() -> list[int]:
        counts = []
        for place in (hromadas[0], raion, foreign[0], foreign[0].country):
            with CaptureQueriesContext(connection) as captured:
                page(client, place, "uk", "?as_of=2024-12-31")
            counts.append(len(captured))
        return counts

    many_partnerships(5, hromadas, foreign, years=(2020,))
    few = queries()
    many_partnerships(200, hromadas, foreign, years=(2019, 2021))
    assert queries() == few


def test_country_page_holds_each_relation_of_each_place_once(client: Client) -> None:
    foreign = [ForeignPlaceFactory(name_own=f"Ort {letter}") for letter in "CAB"]
    many_partnerships(130, [HromadaFactory()], foreign)
    MilestoneFactory(partnership=Partnership.objects.order_by("number")[0], type="end", date="2025")
    numbers = []
    for number in (1, 2, 3):
        html = page(client, foreign[0].country, "en", f"?page={number}")
        numbers += re.findall(r'<a class="pair" href="/en/partnerships/(\d+)-', html)
    assert len(numbers) == len(set(numbers)) == 130
