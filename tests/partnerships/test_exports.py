"""Exports hold exactly the selection of the page, in forms that no program mistakes for something else."""

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import openpyxl
import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from partnerships.exporting.columns import COLUMNS, OF_ROWS
from partnerships.exporting.spreadsheets import escaped, unescaped
from partnerships.models import Partnership, Statement
from partnerships.views import export as views
from places.models import Place
from tests.factories.partnerships import (
    AgreementFactory,
    BodyFactory,
    MilestoneFactory,
    PartnershipFactory,
    PartyFactory,
    ProgrammeFactory,
    SourceFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db
FORMS = ("csv", "xlsx", "json", "geojson")
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"
FORMULAS = ("=1+1", "+380441234567", "-2", "@SUM(A1)", "\t=x", "'=x", "#N/A")


@pytest.fixture(autouse=True)
def _free_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test client that reads no export to its end would keep its place for the tests after it."""
    monkeypatch.setattr(views, "_places", BoundedSemaphore(views.AT_ONCE))


def body(client: Client, form: str, query: str = "") -> bytes:
    answer = client.get(f"/en/partnerships/export.{form}{query}")
    assert answer.status_code == 200
    return whole(answer)


def whole(answer: Any) -> bytes:
    """An answer that streams, read to its end."""
    return b"".join(answer.streaming_content)


def csv_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def xlsx_rows(data: bytes) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def numbers(client: Client, form: str, query: str = "") -> list[int]:
    data = body(client, form, query)
    match form:
        case "csv":
            return [int(row["number"]) for row in csv_rows(data)]
        case "xlsx":
            return [row["number"] for row in xlsx_rows(data)]
        case "json":
            return [row["number"] for row in json.loads(data)["records"]]
    return [feature["properties"]["number"] for feature in json.loads(data)["features"]]


@pytest.mark.parametrize("form", FORMS)
def test_export_holds_the_selection_of_the_page_in_its_order(client: Client, form: str) -> None:
    for status in ("signing", "decision", "signing"):
        PartnershipFactory(line=((status, "happened", "2023-02-09"),))
    query = "?status=signed&sort=-number"
    page = client.get(f"/en/partnerships/{query}")
    shown = [row.number for row in page.context["page_obj"].object_list]
    assert len(shown) == 2
    assert numbers(client, form, query) == shown


@pytest.mark.parametrize("form", FORMS)
def test_hidden_records_are_in_no_export(client: Client, form: str) -> None:
    shown = PartnershipFactory()
    for visibility in ("draft", "withdrawn"):
        hidden = PartnershipFactory(visibility=visibility)
        place = hidden.parties.filter(side="foreign").get().place
        assert place is not None
        Place.objects.filter(pk=place.pk).update(name_en="Canaryville")
    data = body(client, form)
    assert b"Canaryville" not in data
    assert numbers(client, form) == [shown.number]


@pytest.mark.parametrize("form", FORMS)
def test_export_of_nothing_is_a_whole_file(client: Client, form: str) -> None:
    assert numbers(client, form, "?status=ended") == []


def test_export_as_of_a_day_says_what_held_then(client: Client) -> None:
    record = PartnershipFactory(
        line=(("decision", "happened", "2023-02-09"), ("signing", "happened", "2024"))
    )
    PartnershipFactory(line=(("signing", "happened", "2025-05-01"),))
    (row,) = csv_rows(body(client, "csv", "?as_of=2024-06-30"))
    assert row["number"] == str(record.number)
    assert (row["status"], row["possibly"], row["status_date"]) == ("signed", "true", "2024")
    assert (row["status_earliest"], row["status_latest"]) == ("2024-01-01", "2024-12-31")
    assert row["as_of"] == "2024-06-30"
    head = json.loads(body(client, "json", "?as_of=2023-03-01"))
    assert head["as_of"] == "2023-03-01"
    assert [(one["status"], one["possibly"]) for one in head["records"]] == [("decided", False)]


def name_foreign(record: Partnership, name: str) -> None:
    place = record.parties.filter(side="foreign").get().place
    assert place is not None
    Place.objects.filter(pk=place.pk).update(name_uk=name, name_en=name, name_own=name)


@pytest.mark.parametrize("name", FORMULAS)
def test_no_text_becomes_a_formula(client: Client, name: str) -> None:
    name_foreign(PartnershipFactory(), name)
    (row,) = csv_rows(body(client, "csv"))
    cell = row["foreign_name_en"]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unescaped(cell) == name
    sheet = openpyxl.load_workbook(io.BytesIO(body(client, "xlsx"))).active
    place = next(number for number, cell in enumerate(sheet[1]) if cell.value == "foreign_name_en")
    written = sheet[2][place]
    assert written.data_type == "s"
    assert written.value == name


@given(st.text(max_size=12) | st.sampled_from(FORMULAS))
def test_taking_the_mark_away_gives_every_text_back(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_row_names_its_sources_and_their_licences(client: Client) -> None:
    record = PartnershipFactory()
    Statement.objects.filter(partnership=record).delete()
    source = SourceFactory(slug="wikipedia-lists", licence="CC BY-SA 4.0")
    StatementFactory(partnership=record, source=source)
    (row,) = csv_rows(body(client, "csv"))
    assert (row["sources"], row["licences"]) == ("wikipedia-lists", "CC BY-SA 4.0")


def test_licences_stand_beside_their_sources_whatever_they_hold(client: Client) -> None:
    record = PartnershipFactory()
    Statement.objects.filter(partnership=record).delete()
    for slug, licence in (
        ("one", "CC BY 4.0; upstream: none"),
        ("two", ""),
        ("three", "CC BY 4.0; upstream: none"),
    ):
        StatementFactory(partnership=record, source=SourceFactory(slug=slug, licence=licence))
    (row,) = csv_rows(body(client, "csv"))
    sides = dict(zip(row["sources"].split(" | "), row["licences"].split(" | "), strict=True))
    assert sides == {"one": "CC BY 4.0; upstream: none", "two": "", "three": "CC BY 4.0; upstream: none"}


def test_geojson_draws_a_pair_from_the_ukrainian_to_the_foreign_place(client: Client) -> None:
    record = PartnershipFactory()
    for side, lat, lon in (("ua", 47.9, 33.4), ("foreign", 51.4, 6.8)):
        place = record.parties.filter(side=side).get().place
        assert place is not None
        Place.objects.filter(pk=place.pk).update(latitude=lat, longitude=lon)
    (feature,) = json.loads(body(client, "geojson"))["features"]
    assert feature["geometry"] == {"type": "LineString", "coordinates": [[33.4, 47.9], [6.8, 51.4]]}


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_a_stretch_of_records_costs_the_same_queries_whatever_its_length(client: Client, form: str) -> None:
    def queries(number: int) -> int:
        PartnershipFactory.create_batch(number)
        with CaptureQueriesContext(connection) as seen:
            body(client, form)
        return len(seen)

    first = queries(2)
    assert queries(8) == first
    assert first <= 8


@pytest.mark.parametrize(
    "query",
    [
        "?sort=number';SELECT pg_sleep(9)--",
        "?parties__place__name_uk__startswith=x&created_by__password__startswith=p",
        "?status=signed'&as_of=%00&fields=password&page=99&per_page=1",
    ],
)
def test_undeclared_and_nonsensical_parameters_change_nothing(client: Client, query: str) -> None:
    record = PartnershipFactory()
    assert numbers(client, "csv", query) == [record.number]


def test_head_tells_name_and_type_without_reading_records(client: Client) -> None:
    PartnershipFactory()
    answer = client.head("/uk/partnerships/export.xlsx?as_of=2023-03-01")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="partnerships-2023-03-01.xlsx"'
    assert not answer.cookies
    assert client.post("/uk/partnerships/export.csv").status_code == 405


def test_places_for_exports_are_given_back_and_a_full_house_says_so(client: Client) -> None:
    PartnershipFactory()
    for _time in range(views.AT_ONCE * 3):
        body(client, "csv")
    waiting = [client.get("/en/partnerships/export.csv") for _place in range(views.AT_ONCE)]
    refused = client.get("/en/partnerships/export.csv")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    for answer in waiting:
        assert whole(answer)
    body(client, "csv")


def test_page_document_and_code_have_the_same_dictionary(client: Client) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    page = client.get("/en/open-data/").content.decode()
    rows = [line.split("|")[1].strip(" `") for line in document.splitlines() if line.startswith("| `")]
    assert rows == [column.code for column in COLUMNS]
    for column in COLUMNS:
        assert str(column.meaning) in document
        assert f"<code>{column.code}</code>" in page


def test_every_form_says_the_same(client: Client, pair: Partnership) -> None:
    PartyFactory(partnership=pair, foreign=True, position=1, place__name_own="Bonn")
    (told,) = json.loads(body(client, "json"))["records"]
    (feature,) = json.loads(body(client, "geojson"))["features"]
    assert list(told) == list(OF_ROWS)
    assert feature["properties"] == told
    (line,), (cells,) = csv_rows(body(client, "csv")), xlsx_rows(body(client, "xlsx"))
    for code, value in told.items():
        text = " | ".join(value) if isinstance(value, list) else "" if value is None else str(value)
        assert line[code] == (text.lower() if isinstance(value, bool) else text), code
        assert str("" if cells[code] is None else cells[code]) == text, code


def test_row_tells_of_all_parties_side_by_side(
    client: Client, pair: Partnership, kryvyi_rih: Place, duisburg: Place
) -> None:
    PartyFactory(partnership=pair, foreign=True, position=1, place__name_own="Bonn", place__slug="bonn")
    PartyFactory(
        partnership=pair, position=1, place=None, body=BodyFactory(name_uk="Рада", name_en="Council")
    )
    pair.programme = ProgrammeFactory(slug="network")
    pair.save()
    (row,) = json.loads(body(client, "json"))["records"]
    assert (row["ua_name_uk"], row["ua_name_en"]) == (["Кривий Ріг", "Рада"], ["Kryvyi Rih", "Council"])
    assert row["ua_katottg"] == [kryvyi_rih.katottg, ""]
    assert row["ua_oblast_en"] == ["Dnipropetrovska oblast", ""]
    assert row["foreign_name_uk"][0] == "Дуйсбург"
    assert row["foreign_place"] == ["de/duisburg", "de/bonn"]
    assert row["foreign_country"] == ["DE", "DE"]
    assert (row["programme"], row["evidence"], row["legal_kinds"]) == ("network", "B", [])


def test_agreements_of_a_past_day_are_those_signed_by_then(client: Client) -> None:
    record = PartnershipFactory(decided=True)
    for title, day in (("First", "2023-03-01"), ("Later", "2024-01-01")):
        MilestoneFactory(
            partnership=record, date=day, agreement=AgreementFactory(partnership=record, title=title)
        )

    def agreements(query: str) -> list[str]:
        (row,) = json.loads(body(client, "json", query))["records"]
        return list(row["agreements"])

    assert agreements("?as_of=2023-02-20") == []
    assert agreements("?as_of=2023-06-01") == ["First"]
    assert agreements("") == ["First", "Later"]


def test_workbook_holds_no_formula_and_no_sign_that_it_cannot_hold(client: Client) -> None:
    record = PartnershipFactory()
    for title in ("a\x07b\ufffec", "=1+1", "<f>x</f>", "line\r\nline"):
        AgreementFactory(partnership=record, title=title)
    data = body(client, "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()
    (row,) = xlsx_rows(data)
    assert row["agreements"].startswith("abc | =1+1 | <f>x</f> | line")


def test_file_is_compressed_where_the_visitor_takes_it(client: Client, pair: Partnership) -> None:
    answer = client.get("/uk/partnerships/export.csv", HTTP_ACCEPT_ENCODING="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(whole(answer)).decode("utf-8-sig").startswith("number,")


def test_visitor_who_goes_away_gives_the_place_back(
    client: Client, pair: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Closing an answer ends its request, which would close the connection of the test's transaction.
    monkeypatch.setattr(connections["default"], "close_if_unusable_or_obsolete", lambda: None)
    for _time in range(views.AT_ONCE + 1):
        client.get("/uk/partnerships/export.json").close()
        half_read: Any = client.get("/uk/partnerships/export.json")
        next(iter(half_read.streaming_content))
        half_read.close()
    assert numbers(client, "json") == [pair.number]


def test_json_names_what_was_left_out(client: Client, pair: Partnership) -> None:
    told = json.loads(body(client, "json", "?country=DE&country=XX"))
    assert "“XX”" in told["left_out"]["country"][0]
    assert told["address"].endswith("/en/partnerships/?country=DE&country=XX")


def test_source_of_hidden_records_only_is_not_listed(client: Client, pair: Partnership) -> None:
    StatementFactory(partnership=pair, source__title="Open list")
    assert "Open list" in client.get("/en/open-data/").content.decode()
    Partnership.objects.filter(pk=pair.pk).update(visibility="draft")
    assert "Open list" not in client.get("/en/open-data/").content.decode()
