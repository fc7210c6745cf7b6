"""The page of one record: how far it has come, who says so, and what nobody has confirmed."""

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from news.models import NewsItem, NewsPartnership
from partnerships.models import Partnership
from tests.factories.partnerships import (
    ActFactory,
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

#: record, parties, milestones, differences, agreements, statements, standings, dated names, acts, news
BUDGET = 10
UNCONFIRMED = "No source read so far says whether it took place."


def address(record: Partnership, language: str = "en") -> str:
    return f"/{language}/partnerships/{record.number}-{record.slug}/"


def page(client: Client, record: Partnership, language: str = "en") -> str:
    answer = client.get(address(record, language))
    assert answer.status_code == 200
    return str(answer.content.decode())


def summary(client: Client, record: Partnership) -> str:
    return " ".join(client.get(address(record)).context["summary"])


# --- Addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("tail", ["", "-old-name", "-x"])
def test_number_with_another_slug_leads_to_the_right_address(
    client: Client, pair: Partnership, language: str, tail: str
) -> None:
    answer = client.get(f"/{language}/partnerships/{pair.number}{tail}/?next=//evil.example")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/{language}/partnerships/{pair.number}-kryvyi-rih-duisburg/"


def test_draft_has_no_page(client: Client) -> None:
    draft = PartnershipFactory(draft=True)
    assert client.get(address(draft)).status_code == 404
    assert client.get(f"/uk/partnerships/{draft.number}/").status_code == 404


def test_withdrawn_record_keeps_its_address_and_says_so(client: Client) -> None:
    record = PartnershipFactory(withdrawn=True, signed=True, grade="B", why_en="Secret reasons")
    shown = page(client, record)
    assert "withdrawn from the register" in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert "Secret reasons" not in shown
    assert "1 March 2023" not in shown


@pytest.mark.parametrize("path", ["999999", "999999-x", "99999999999999999999-x", "0-x"])
def test_unknown_number_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/uk/partnerships/{path}/").status_code == 404


def test_page_sets_no_cookie(client: Client, pair: Partnership) -> None:
    answer = client.get(address(pair))
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


# --- How far it has come ----------------------------------------------------------------------------------


def test_decision_and_unconfirmed_signing_are_told_apart(client: Client, pair: Partnership) -> None:
    decision = pair.milestones.get()
    decision.body = BodyFactory(name_en="Council of Duisburg")
    decision.save()
    MilestoneFactory(partnership=pair, announced=True, date="2023-02-21", mode="online")
    assert summary(client, pair) == (
        "Decision, Council of Duisburg: 9 February 2023. "
        f"Signing announced for 21 February 2023 (online). {UNCONFIRMED}"
    )
    pair.refresh_from_db()
    assert pair.status == "decided"
    assert "announced, not confirmed" in page(client, pair)


def test_announcement_that_was_kept_leaves_no_doubt(client: Client, pair: Partnership) -> None:
    announced = MilestoneFactory(partnership=pair, announced=True, date="2023-02-21")
    MilestoneFactory(partnership=pair, date="2023-02-22", fulfils=announced)
    assert summary(client, pair) == "Signing: 22 February 2023."
    assert "announced, not confirmed" not in page(client, pair)


def test_announcement_of_a_day_to_come_is_not_doubted_yet(client: Client, pair: Partnership) -> None:
    MilestoneFactory(partnership=pair, announced=True, date="2099-05")
    assert summary(client, pair).endswith("Signing announced for May 2099.")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("cancelled", "Announced for 2023 and cancelled: signing."),
        ("postponed", "Announced for 2023 and postponed: signing."),
    ],
)
def test_announcement_that_failed_is_told_with_its_outcome(
    client: Client, pair: Partnership, outcome: str, words: str
) -> None:
    MilestoneFactory(partnership=pair, announced=True, date="2023", outcome=outcome)
    assert summary(client, pair).endswith(words)
    assert UNCONFIRMED not in summary(client, pair)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ((), "Sources list these partners; none of them says how far the relation has come."),
        ((("signing", "happened", ""),), "Signed; the sources do not say when."),
        ((("approval", "happened", "2023-01"),), "Approval by the ministry: January 2023."),
        ((("signing", "happened", "2019"), ("end", "happened", "2021")), "End: 2021."),
        ((("signing", "announced", ""),), f"Announced, without a day: signing. {UNCONFIRMED}"),
        (
            (("signing", "happened", "2022"), ("upgrade", "happened", "2024-08-28")),
            "Upgrade of the relation: 28 August 2024.",
        ),
    ],
)
def test_summary_says_what_the_status_follows_from(
    client: Client, line: Sequence[tuple[str, str, str]], words: str
) -> None:
    assert summary(client, PartnershipFactory(line=line)) == words


def test_every_status_and_type_has_its_words_in_both_languages(client: Client) -> None:
    from partnerships.enums import MilestoneType
    from partnerships.lifeline_words import ANNOUNCED, HAPPENED

    assert set(HAPPENED) == set(ANNOUNCED) == set(MilestoneType)
    for type_ in MilestoneType:
        for date in ("2023-02-09", ""):
            record = PartnershipFactory(line=((type_, "happened", date), (type_, "announced", date)))
            for language in ("uk", "en"):
                assert "%(" not in page(client, record, language)


def test_life_line_holds_every_milestone_and_links_to_its_evidence(client: Client, pair: Partnership) -> None:
    decision = pair.milestones.get()
    unproven = MilestoneFactory(partnership=pair, type="appeal", date="2022-10")
    line = client.get(address(pair)).context["line"]
    assert [(mark.point.label, mark.look) for mark in line.marks] == [
        ("Appeal", "done"),
        ("Decision", "done"),
        ("Registration", "none"),
    ]
    assert [mark.point.href for mark in line.marks] == ["", f"#milestone-{decision.pk}", ""]
    shown = page(client, pair)
    assert f'id="milestone-{decision.pk}"' in shown
    assert f'id="milestone-{unproven.pk}"' in shown
    assert "no source is recorded for this yet" in shown


# --- Evidence ---------------------------------------------------------------------------------------------


def test_evidence_shows_who_says_what_and_marks_contradictions(client: Client, pair: Partnership) -> None:
    decision = pair.milestones.get()
    source = SourceFactory(title="Gazette", publisher="Gazette Ltd", licence="All rights reserved", grade="D")
    StatementFactory(milestone=decision, value="2023-02-13", source=source, read_on=dt.date(2026, 10, 3))
    shown = page(client, pair)
    assert "sources disagree" in shown
    for words in (
        "Gazette",
        "13 February 2023",
        "Gazette Ltd",
        "Read on 3 October 2026.",
        "All rights reserved",
    ):
        assert words in shown
    assert 'id="evidence"' in shown


def test_less_precise_date_that_agrees_is_not_marked(client: Client, pair: Partnership) -> None:
    StatementFactory(milestone=pair.milestones.get(), value="2023")
    assert "sources disagree" not in page(client, pair)


def test_codes_in_statements_are_shown_in_words(client: Client, pair: Partnership) -> None:
    StatementFactory(partnership=pair, fact="kind", value="friendship")
    StatementFactory(partnership=pair, fact="since", value="1998")
    StatementFactory(partnership=pair, fact="legal_kind", value="transborder")
    words = [said.words for fact in client.get(address(pair)).context["facts"] for said in fact.said]
    assert words == ["friendship", "transborder", "1998", "9 February 2023"]


@pytest.mark.parametrize(
    "bad", ["javascript:alert(1)", "data:text/html,x", "\tjavascript:alert(1)", "//evil.example"]
)
def test_address_that_is_no_page_is_not_linked(client: Client, pair: Partnership, bad: str) -> None:
    StatementFactory(partnership=pair, source__url=bad, source__title="Odd source")
    shown = page(client, pair)
    assert "Odd source" in shown
    assert f'href="{escape(bad)}"' not in shown


# --- The rest of the record -------------------------------------------------------------------------------


def test_agreement_act_programme_and_note_are_shown(client: Client, pair: Partnership) -> None:
    pair.programme = ProgrammeFactory(name_en="Partnership network")
    pair.save()
    AgreementFactory(
        partnership=pair, title="Угода", legal_kind="transnational", languages=["uk", "de"], term="5 років"
    )
    MilestoneFactory(partnership=pair, act=ActFactory(number="42-VIII"), note_uk="Примітка", date="2023-04")
    shown = page(client, pair)
    for words in ('<h3 lang="uk">Угода</h3>', "transnational", "Ukrainian, German", "5 років", "42-VIII"):
        assert words in shown
    assert "Partnership network" in shown
    assert '<span lang="uk">Примітка</span>' in shown


def test_text_in_the_other_language_says_so(client: Client, pair: Partnership) -> None:
    pair.why_uk = "Обидва міста плавлять сталь."
    pair.save()
    shown = page(client, pair, "en")
    assert '<div class="prose" lang="uk">' in shown
    assert "in Ukrainian only" in shown
    assert 'class="prose" lang' not in page(client, pair, "uk")


def test_party_that_has_not_confirmed_is_named(client: Client, pair: Partnership) -> None:
    PartyFactory(
        partnership=pair, place__name_uk="Мовчазна", place__name_en="Movchazna", awaits_confirmation=True
    )
    assert "Not confirmed by Movchazna" in page(client, pair)


def test_name_of_a_foreign_place_stands_beside_its_own(client: Client, pair: Partnership) -> None:
    shown = page(client, pair, "uk")
    assert "Дуйсбург" in shown
    assert '<span lang="de">Duisburg</span>' in shown


def test_only_public_news_about_the_record_are_listed(client: Client, pair: Partnership) -> None:
    hour = dt.timedelta(hours=1)
    for slug, state, at in (
        ("shown", "published", timezone.now() - hour),
        ("drafted", "draft", timezone.now() - hour),
        ("scheduled", "published", timezone.now() + hour),
    ):
        item = NewsItem.objects.create(slug=slug, title_en=f"Title {slug}", state=state, publish_at=at)
        NewsPartnership.objects.create(item=item, partnership=pair)
    shown = page(client, pair)
    assert "Title shown" in shown
    assert "Title drafted" not in shown
    assert "Title scheduled" not in shown


def test_record_can_be_cited_and_an_error_reported(client: Client, pair: Partnership) -> None:
    shown = page(client, pair)
    assert f"/id/partnership/{pair.number}" in shown
    assert f"/en/contact/?about=partnership%3A{pair.number}" in shown


def test_markup_in_stored_texts_is_only_text(client: Client, pair: Partnership) -> None:
    payload = "<img src=x onerror=alert(1)>"
    milestone = MilestoneFactory(
        partnership=pair,
        type="upgrade",
        date="2024",
        body=BodyFactory(name_uk=payload, name_en=payload),
        note_en=payload,
    )
    StatementFactory(
        milestone=milestone, source__title=payload, source__publisher=payload, source__licence=payload
    )
    StatementFactory(partnership=pair, fact="note", value=payload)
    AgreementFactory(partnership=pair, title=payload, sphere=payload, term=payload)
    PartyFactory(partnership=pair, place__name_uk=payload, place__name_en=payload, awaits_confirmation=True)
    pair.why_en = payload
    pair.save()
    for language in ("uk", "en"):
        assert "<img" not in page(client, pair, language)
        assert "<img" not in client.get(f"/{language}/partnerships/").content.decode()


# --- Cost -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("milestones", [2, 20])
def test_page_costs_the_same_whatever_the_record_holds(
    client: Client, pair: Partnership, milestones: int
) -> None:
    for n in range(milestones):
        milestone = MilestoneFactory(
            partnership=pair, date=str(2000 + n), body=BodyFactory(), act=ActFactory(), announced=bool(n % 2)
        )
        StatementFactory(milestone=milestone)
        AgreementFactory(partnership=pair)
        PartyFactory(partnership=pair, foreign=True)
        item = NewsItem.objects.create(slug=f"n-{n}", title_uk="Новина", state="published")
        NewsPartnership.objects.create(item=item, partnership=pair)
    pair = Partnership.objects.with_parties().get(pk=pair.pk)
    client.get(address(pair))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address(pair)).status_code == 200
    assert len(captured) == BUDGET


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Values are kept, and nobody else on the server moves the state of the data."""
    monkeypatch.setattr("core.kept.data_state", lambda: "1:1:")
    with override_settings(KEEP_VALUES=True):
        yield


@pytest.mark.usefixtures("keeping")
def test_kept_record_asks_for_its_news_only_and_shows_those_that_the_clock_made_public(
    client: Client, pair: Partnership
) -> None:
    where, before = address(pair), page(client, pair)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(where).content.decode() == before
    assert len(captured) == 1
    item = NewsItem.objects.create(slug="fresh", title_en="Fresh from the clock", state="published")
    NewsPartnership.objects.create(item=item, partnership=pair)
    assert "Fresh from the clock" in page(client, pair)


@pytest.mark.usefixtures("keeping")
def test_kept_record_is_in_the_language_and_of_the_day_that_were_asked_for(
    client: Client, pair: Partnership
) -> None:
    page(client, pair, "uk")
    page(client, pair, "en")
    assert "Дуйсбург" in page(client, pair, "uk")
    assert "Дуйсбург" not in page(client, pair, "en")
    client.get(address(pair), {"as_of": "2023-03-01"})
    assert "as it stood on" not in page(client, pair)
    assert "names no day" in client.get(address(pair), {"as_of": "xyz"}).content.decode()
    assert "names no day" not in page(client, pair)
