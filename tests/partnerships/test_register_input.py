"""What the register answers when an address makes no sense or means harm."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from partnerships.facets import FACETS
from partnerships.filters import PartnershipFilter
from partnerships.models import Partnership

pytestmark = pytest.mark.django_db
PAYLOAD = '"><img src=x onerror=alert(1)>'


def listed(client: Client, **params: Any) -> list[int]:
    answer = client.get(f"/en/partnerships/?{urlencode(params, doseq=True)}")
    assert answer.status_code == 200
    return [record.number for record in answer.context["page_obj"].object_list]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("oblast", "UA1"),
        ("oblast", "UA00000000000000000"),
        ("raion", "nonsense"),
        ("hromada", "UA' OR 1=1"),
        ("country", "XX"),
        ("country", "Germany"),
        ("country", "UA"),
        ("kind", "zzz"),
        ("status", "SIGNED"),
        ("evidence", "F"),
        ("legal_kind", "legal"),
        ("programme", "none-such"),
        ("year_from", "0"),
        ("year_from", "-5"),
        ("year_to", "99999"),
        ("year_to", "abc"),
        ("year_to", "２０２３"),
        ("sort", "password"),
    ],
)
def test_unknown_value_is_named_and_left_out_and_the_rest_works(
    client: Client, pair: Partnership, other: Partnership, name: str, value: str
) -> None:
    answer = client.get(
        "/en/partnerships/", {name: value, "evidence": ["B", value] if name == "evidence" else "B"}
    )
    assert answer.status_code == 200
    assert [record.number for record in answer.context["page_obj"].object_list] == [pair.number]
    assert any(value in message for message in answer.context["frame"].messages[name])
    assert f"“{value}”".replace("'", "&#x27;") in answer.content.decode()


def test_known_values_beside_an_unknown_one_still_count(
    client: Client, pair: Partnership, other: Partnership
) -> None:
    assert listed(client, status=["decided", "nonsense"]) == [pair.number]


def test_text_of_10000_characters_is_cut_with_a_message(client: Client, pair: Partnership) -> None:
    answer = client.get("/en/partnerships/", {"q": "Кривий " + "х" * 10_000})
    assert answer.status_code == 200
    assert answer.context["frame"].messages["q"] == [
        "The text was too long; the first 200 characters are used."
    ]
    assert "х" * 201 not in answer.content.decode()


def test_nul_byte_is_left_out_with_a_message(client: Client, pair: Partnership) -> None:
    answer = client.get("/en/partnerships/?q=Кри%00вий%00&kind=%00&country=DE%00&page=%00&year_from=%00")
    assert answer.status_code == 200
    assert answer.context["frame"].messages["q"]


def test_word_typed_again_and_single_letters_cost_nothing(client: Client, pair: Partnership) -> None:
    answer = client.get("/en/partnerships/", {"q": "ріг " * 40 + "і в а"})
    assert [record.number for record in answer.context["page_obj"].object_list] == [pair.number]
    assert "q" not in answer.context["frame"].messages


def test_words_beyond_the_eighth_are_left_out_with_a_message(client: Client, pair: Partnership) -> None:
    answer = client.get("/en/partnerships/", {"q": "кр ри ив ви ий рі іг крив криви кривий"})
    assert [record.number for record in answer.context["page_obj"].object_list] == [pair.number]
    assert answer.context["frame"].messages["q"] == ["Only the first 8 words are looked for."]


def test_hundreds_of_unknown_values_are_named_shortly(client: Client, pair: Partnership) -> None:
    answer = client.get("/en/partnerships/", {"kind": [f"unknown-{n}" * 50 for n in range(500)]})
    assert answer.status_code == 200
    assert "unknown-7" not in answer.context["frame"].messages["kind"][0]
    assert len(answer.context["frame"].messages["kind"][0]) < 400


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("77", "There is no page 77"),
        ("9" * 5000, "There is no page 999"),
        ("abc", "“abc” is not a page number"),
        ("0", "“0” is not a page number"),
        ("-1", "“-1” is not a page number"),
        ("1.5", "“1.5” is not a page number"),
        ("٣", "“٣” is not a page number"),
    ],
)
def test_page_that_does_not_exist_shows_the_nearest_with_a_message(
    client: Client, pair: Partnership, page: str, message: str
) -> None:
    answer = client.get("/en/partnerships/", {"page": page})
    assert answer.status_code == 200
    assert [row.number for row in answer.context["page_obj"]] == [pair.number]
    assert message in answer.content.decode()


def test_period_that_ends_before_it_begins_says_so(client: Client, pair: Partnership) -> None:
    answer = client.get("/en/partnerships/?year_from=2024&year_to=2020")
    assert "ends before it begins" in answer.content.decode()


# --- Attack cases 4, 5 and 12 -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "created_by__password__startswith=p",
        "parties__place__name_uk__contains=Крив",
        "statements__source__title__icontains=x",
        "filings__officer__email__contains=%40",
        "status__in=signed",
        "visibility=draft",
        "_connector=OR&status__ne=signed",
        "country__regex=.*",
        "pk=1",
    ],
)
def test_lookup_that_is_not_declared_changes_nothing(
    client: Client, pair: Partnership, other: Partnership, query: str
) -> None:
    plain = client.get("/en/partnerships/").context
    asked = client.get(f"/en/partnerships/?{query}").context
    assert list(asked["page_obj"]) == list(plain["page_obj"])
    assert asked["frame"].facets == plain["frame"].facets


@pytest.mark.parametrize(
    "value",
    [
        "name; SELECT pg_sleep(9)",
        "number) UNION SELECT 1--",
        "parties__place__name_uk",
        "-parties",
        "?",
        '"number"',
        "number\x00",
        "number,date",
        "--number",
        "-?",
        "created_at",
    ],
)
def test_sort_is_one_of_a_list_or_left_out(
    client: Client, pair: Partnership, other: Partnership, value: str
) -> None:
    assert listed(client, sort=value) == listed(client)


@pytest.mark.parametrize("name", FACETS)
@pytest.mark.parametrize("value", ["') OR 1=1 --", "'; SELECT pg_sleep(9); --", "%s", "%(x)s", "{0}", "$$"])
def test_sql_in_a_facet_is_a_value_that_nobody_knows(
    client: Client, pair: Partnership, other: Partnership, name: str, value: str
) -> None:
    answer = client.get("/en/partnerships/", {name: value})
    assert answer.status_code == 200
    assert answer.context["page_obj"].paginator.count == 2
    assert answer.context["frame"].messages[name]


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("name", [*PartnershipFilter.base_filters, "page", "per_page", "as_of", "anything"])
def test_markup_in_a_parameter_is_only_text(
    client: Client, pair: Partnership, language: str, name: str
) -> None:
    page = client.get(f"/{language}/partnerships/", {name: PAYLOAD}).content.decode()
    assert PAYLOAD not in page
    assert "<img" not in page
