"""The extract of a record: what it says, how it is served, and that nothing in a name breaks it."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from partnerships.dossier import dossier
from partnerships.extract import extract
from partnerships.models import Partnership
from tests.factories.partnerships import (
    ActFactory,
    AgreementFactory,
    BodyFactory,
    MilestoneFactory,
    PartnershipFactory,
    PartyFactory,
    SourceFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)
ADDRESS = "https://portal.example/id/partnership/1"


def words(record: Partnership, language: str = "en", day: dt.date | None = None) -> dict[str, Any]:
    record = Partnership.objects.with_parties().get(pk=record.pk)
    with override(language):
        return extract(dossier(record, day), ADDRESS, TODAY)


def get(client: Client, record: Partnership, language: str = "en", query: str = "") -> Any:
    return client.get(f"/{language}/partnerships/{record.number}-{record.slug}/extract.pdf{query}")


# --- What it says -----------------------------------------------------------------------------------------


def test_extract_names_state_parties_codes_and_sources(pair: Partnership) -> None:
    source = SourceFactory(title="Gazette", licence="CC BY 4.0", grade="A", read_on=dt.date(2026, 10, 3))
    StatementFactory(milestone=pair.milestones.get(), source=source)
    AgreementFactory(partnership=pair, title="Угода", legal_kind="transborder", registration_number="17")
    said = words(pair)
    text = json.dumps(said, ensure_ascii=False)
    place = pair.ukrainian_parties[0].place
    assert place is not None
    for part in (
        f"No. {pair.number}",
        "Decided · Solidarity partnership",
        "State on 24 November 2026",
        f"KATOTTG code {place.katottg}",
        "Country code DE",
        "9 February 2023",
        "Gazette",
        "Read on 3 October 2026.",
        "Licence: CC BY 4.0",
        "transborder",
        "17",
        "Made on 24 November 2026",
        "It is no document of an official register",
        ADDRESS,
    ):
        assert part in text, part
    assert {one["grade"] for fact in said["evidence"] for one in fact["said"]} == {"A", "B"}


def test_extract_of_a_past_day_speaks_of_that_day() -> None:
    said = words(PartnershipFactory(signed=True), day=dt.date(2023, 2, 15))
    assert said["state_head"] == "State on 15 February 2023"
    assert said["state"].startswith("Decided")
    assert [row["words"][0] for row in said["life"]] == ["happened", "later than that day"]


def test_extract_tells_what_is_announced_from_what_happened(pair: Partnership) -> None:
    MilestoneFactory(partnership=pair, announced=True, date="2023-05")
    MilestoneFactory(partnership=pair, type="talks", date="")
    rows = [(row["date"], row["words"][0], row["planned"]) for row in words(pair)["life"]]
    assert rows == [
        ("9 February 2023", "happened", False),
        ("May 2023", "announced, not confirmed", True),
        ("date not known", "happened", False),
    ]


def test_own_name_of_a_partner_is_marked_with_its_language(pair: Partnership) -> None:
    foreign = words(pair, "uk")["parties"][1]
    assert foreign["name"] == ("Дуйсбург", "")
    assert foreign["own"] == ("Duisburg", "de")


# --- The paper --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["uk", "en"])
def test_paper_is_shown_in_the_browser_under_a_name_that_says_what_it_is(
    client: Client, pair: Partnership, language: str
) -> None:
    answer = get(client, pair, language)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith(f'inline; filename="partnership-{pair.number}-')
    assert answer.headers["Content-Disposition"].endswith(f'-{language}.pdf"')
    assert answer.content.startswith(b"%PDF-")
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert get(client, pair, language).content == answer.content


def test_page_of_the_record_links_to_its_extract_of_the_same_day(client: Client, pair: Partnership) -> None:
    address = f"/en/partnerships/{pair.number}-{pair.slug}/"
    assert f'href="{address}extract.pdf"' in client.get(address).content.decode()
    past = client.get(address, {"as_of": "2023-03-01"}).content.decode()
    assert f'href="{address}extract.pdf?as_of=2023-03-01"' in past


def test_names_that_look_like_markup_do_not_break_the_paper(client: Client, pair: Partnership) -> None:
    payload = '#panic("x") \\ $y$ "q" <l> @r = *b* 京都'
    milestone = MilestoneFactory(
        partnership=pair,
        type="upgrade",
        date="2024",
        body=BodyFactory(name_uk=payload, name_en=payload),
        act=ActFactory(title=payload),
    )
    StatementFactory(
        milestone=milestone, source__title=payload, source__licence=payload, source__language="x!"
    )
    StatementFactory(partnership=pair, fact="note", value=payload)
    AgreementFactory(partnership=pair, title=payload, term=payload, title_language="?", languages=["zz"])
    PartyFactory(
        partnership=pair,
        foreign=True,
        place__name_uk=payload,
        place__name_en=payload,
        place__name_own=payload,
        place__own_language="q1",
    )
    for language in ("uk", "en"):
        answer = get(client, Partnership.objects.with_parties().get(pk=pair.pk), language)
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF-")


def test_draft_has_no_extract_and_a_withdrawn_record_says_that_it_is_one(client: Client) -> None:
    draft, withdrawn = PartnershipFactory(draft=True), PartnershipFactory(withdrawn=True)
    assert get(client, draft).status_code == 404
    answer = get(client, withdrawn)
    assert (answer.status_code, answer.headers["Location"]) == (302, withdrawn_address(withdrawn))


def withdrawn_address(record: Partnership) -> str:
    return f"/en/partnerships/{record.number}-{record.slug}/"


def test_another_slug_leads_to_the_right_address(client: Client, pair: Partnership) -> None:
    answer = client.get(f"/en/partnerships/{pair.number}-old/extract.pdf")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/en/partnerships/{pair.number}-{pair.slug}/extract.pdf"


def test_day_that_means_nothing_gives_the_extract_of_today(client: Client, pair: Partnership) -> None:
    assert get(client, pair, query="?as_of=2023-02-31").content == get(client, pair).content


@pytest.mark.parametrize("milestones", [1, 20])
def test_extract_costs_the_same_queries_whatever_the_record_holds(
    client: Client, pair: Partnership, milestones: int
) -> None:
    for n in range(milestones):
        milestone = MilestoneFactory(
            partnership=pair, date=str(2000 + n), body=BodyFactory(), act=ActFactory()
        )
        StatementFactory(milestone=milestone)
        AgreementFactory(partnership=pair)
        PartyFactory(partnership=pair, foreign=True)
    pair = Partnership.objects.with_parties().get(pk=pair.pk)
    get(client, pair)
    with CaptureQueriesContext(connection) as captured:
        assert get(client, pair).status_code == 200
    assert len(captured) == 9


@override_settings(KEEP_VALUES=True)
def test_extract_is_set_once_while_nothing_changes(
    client: Client, pair: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the address has something to it by which the page itself is another one."""
    monkeypatch.setattr("core.kept.data_state", lambda: "1:1:")
    papers: list[str] = []

    def typeset(template: str, data: dict[str, Any], day: dt.date) -> bytes:
        papers.append(data["lang"])
        return b"%PDF-"

    monkeypatch.setattr("partnerships.views.extract.typeset", typeset)
    for query in ("", "?utm=1", "?utm=2"):
        assert get(client, pair, query=query).status_code == 200
    assert papers == ["en"]
    get(client, pair, "uk")
    assert papers == ["en", "uk"]
