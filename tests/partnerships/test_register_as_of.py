"""The register as of a past day: rows, counts, words and links speak of that day, by what is known today."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from partnerships.facets import FACETS, count
from partnerships.filters import PartnershipFilter
from partnerships.models import Partnership
from places.models import Place
from tests.factories.partnerships import MilestoneFactory, PartnershipFactory
from tests.known import known

pytestmark = pytest.mark.django_db


def page(client: Client, language: str = "en", **params: Any) -> Any:
    answer = client.get(f"/{language}/partnerships/?{urlencode(params, doseq=True)}")
    assert answer.status_code == 200
    return answer


def listed(client: Client, **params: Any) -> list[int]:
    return [row.number for row in page(client, **params).context["page_obj"]]


@pytest.fixture
def signed(db: None) -> Partnership:
    """Decided on 9 February, signed on 1 March 2023."""
    return PartnershipFactory(signed=True, listed_kind="solidarity", grade="B")


def test_record_is_listed_from_the_day_on_which_it_began(client: Client, signed: Partnership) -> None:
    assert listed(client, as_of="2023-02-08") == []
    assert listed(client, as_of="2023-02-09") == [signed.number]


@pytest.mark.parametrize(
    "typed", ["2023-02-20", "20.02.2023", " 20.2.2023 ", "20 лютого 2023", "20 February 2023"]
)
def test_day_is_read_as_people_write_it(client: Client, signed: Partnership, typed: str) -> None:
    answer = page(client, as_of=typed)
    assert answer.context["frame"].day_text == "20 February 2023"
    assert 'value="2023-02-20"' in answer.content.decode()


def test_filters_and_counts_ask_what_held_then(client: Client, signed: Partnership) -> None:
    assert listed(client, as_of="2023-02-20", status="decided") == [signed.number]
    assert listed(client, as_of="2023-02-20", status="signed") == []
    assert listed(client, as_of="2023-03-01", status="signed") == [signed.number]
    found = {facet.name: facet for facet in page(client, as_of="2023-02-20").context["frame"].facets}
    assert [(option.value, option.count) for option in found["status"].options] == [("decided", 1)]


def test_years_and_order_are_those_of_the_date_that_held_then(client: Client, signed: Partnership) -> None:
    early = PartnershipFactory(line=(("decision", "happened", "2023-02-15"), ("end", "happened", "2024")))
    assert listed(client, as_of="2023-02-20", sort="-date") == [early.number, signed.number]
    assert listed(client, as_of="2023-03-05", sort="-date") == [signed.number, early.number]
    assert listed(client, as_of="2023-02-20", year_from=2024) == []


def test_kind_is_that_of_the_day(client: Client) -> None:
    record = PartnershipFactory(listed_kind="project", decided=True)
    MilestoneFactory(partnership=record, type="upgrade", date="2024-08-28", kind="partnership")
    assert listed(client, as_of="2024-01-01", kind="project") == [record.number]
    assert listed(client, as_of="2024-08-28", kind="project") == []
    assert listed(client, kind="partnership") == [record.number]


def test_inside_an_imprecise_date_the_row_says_possibly_and_is_dashed(client: Client) -> None:
    PartnershipFactory(line=(("signing", "happened", "2023"),))
    inside = page(client, as_of="2023-06-01").content.decode()
    assert '<span class="badge badge-signed badge-possibly">possibly signed</span>' in inside
    assert '<svg class="arc arc-planned"' in inside
    after = page(client, as_of="2024-06-01").content.decode()
    assert "possibly" not in after
    assert '<svg class="arc"' in after


def test_row_leads_to_the_record_on_that_day(client: Client, signed: Partnership) -> None:
    html = page(client, as_of="2023-02-20").content.decode()
    assert f'href="{signed.get_absolute_url()}?as_of=2023-02-20"'.replace("/uk/", "/en/") in html
    assert f"{signed.get_absolute_url()}?as_of=2023-02-20#evidence".replace("/uk/", "/en/") in html


def test_announcement_of_that_day_shows_its_day_and_not_what_is_open_today(client: Client) -> None:
    record = PartnershipFactory(decided=True)
    MilestoneFactory(partnership=record, announced=True, date="2030-01-01", announced_on="2025-01-01")
    assert "announced for 1 January 2030" in page(client).content.decode()
    assert "announced for 1 January 2030" not in page(client, as_of="2024-01-01").content.decode()


def test_sentence_notice_and_chip_name_the_day_and_lead_back_to_today(
    client: Client, signed: Partnership
) -> None:
    answer = page(client, as_of="2023-02-20", status="decided")
    frame = answer.context["frame"]
    assert frame.sentence == "1 partnership fits all filters, as of 20 February 2023"
    assert page(client, as_of="2023-02-20").context["frame"].sentence == (
        "1 partnership in the register, as of 20 February 2023"
    )
    html = answer.content.decode()
    assert "You see the register as of 20 February 2023, by what is known today." in html
    assert frame.today_url == "?status=decided"
    assert {chip.label: chip.url for chip in frame.chips}["as of 20 February 2023"] == "?status=decided"


def test_today_is_no_past_day(client: Client, signed: Partnership) -> None:
    today = timezone.localdate().isoformat()
    answer = page(client, as_of=today)
    assert answer.context["frame"].asked.day is None
    assert "by what is known today." not in answer.content.decode()
    assert listed(client, as_of=today) == listed(client)


@pytest.mark.parametrize(
    "value",
    [
        "31.02.2023",
        "2023-13-01",
        "2023",
        "2023-02",
        "yesterday",
        "' OR 1=1",
        "9" * 300,
        "tomorrow",
    ],
)
def test_day_that_is_none_is_named_and_left_out(client: Client, signed: Partnership, value: str) -> None:
    if value == "tomorrow":
        value = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    answer = page(client, as_of=value, status="signed")
    assert [row.number for row in answer.context["page_obj"]] == [signed.number]
    assert value[:40] in answer.context["frame"].messages["as_of"][0]
    assert "register-day-error" in answer.content.decode()


def test_hidden_record_is_in_no_past_either(client: Client, signed: Partnership) -> None:
    PartnershipFactory(signed=True, draft=True)
    PartnershipFactory(signed=True, withdrawn=True)
    answer = page(client, as_of="2024-01-01")
    assert [row.number for row in answer.context["page_obj"]] == [signed.number]
    assert answer.context["frame"].total == 1


def test_each_count_of_a_past_day_is_what_choosing_it_would_list(
    pair: Partnership, other: Partnership, signed: Partnership
) -> None:
    PartnershipFactory(line=(("signing", "happened", "2022"), ("end", "happened", "2023-02")))

    def asked(query: str) -> PartnershipFilter:
        return PartnershipFilter(QueryDict(f"as_of=2023-02-20&{query}"))

    for query in ("", "status=decided", "country=DE&status=signed", "kind=solidarity"):
        counts = count(asked(query))
        assert counts.total == asked(query).qs.count()
        for name in set(FACETS) - {"oblast", "raion", "programme"}:
            rest = "&".join(part for part in query.split("&") if not part.startswith(name))
            for value, number in counts.by_facet[name].items():
                assert number == asked(f"{rest}&{name}={value}").qs.count(), (query, name, value)


def test_raions_are_offered_where_an_oblast_is_chosen(
    client: Client, pair: Partnership, other: Partnership, kryvyi_rih: Place
) -> None:
    raion = known(kryvyi_rih.parent)
    oblast = known(known(kryvyi_rih.oblast).katottg)

    def raions(**params: Any) -> list[tuple[str, int, bool]]:
        found = {facet.name: facet for facet in page(client, **params).context["frame"].facets}
        options = found["raion"].options if "raion" in found else ()
        return [(option.value, option.count, option.selected) for option in options]

    assert raions() == []
    assert raions(oblast=oblast) == [(raion.katottg, 1, False)]
    assert raions(oblast=oblast, raion=raion.katottg) == [(raion.katottg, 1, True)]
    assert (raion.katottg, 1, True) in raions(raion=raion.katottg)
