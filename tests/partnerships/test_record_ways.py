"""What leads from a record: acts that it shares, sources that are gone, and records that no longer stand."""

import datetime as dt

import pytest
from django.test import Client

from core.history import attributed
from partnerships.models import Partnership
from tests.factories.partnerships import (
    ActFactory,
    MilestoneFactory,
    PartnershipFactory,
    SourceFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db


def page(client: Client, record: Partnership) -> str:
    answer = client.get(f"/en/partnerships/{record.number}-{record.slug}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def merge(record: Partnership, into: Partnership) -> None:
    record.visibility, record.merged_into = "withdrawn", into
    record.save()


# --- One act behind several records -----------------------------------------------------------------------


def test_act_leads_to_the_other_records_behind_which_it_stands(client: Client, pair: Partnership) -> None:
    act = ActFactory(number="879")
    for record in (pair, other := PartnershipFactory(), hidden := PartnershipFactory(draft=True)):
        MilestoneFactory(partnership=record, type="approval", act=act, date="2025-05-19")
    shown = page(client, pair)
    assert f'The same act also stands behind: <a href="/en/partnerships/{other.number}/">' in shown
    assert f"/partnerships/{hidden.number}/" not in shown
    assert client.get(f"/en/partnerships/{other.number}/").status_code == 301


def test_order_behind_a_hundred_records_names_a_few_and_counts_the_rest(
    client: Client, pair: Partnership
) -> None:
    act = ActFactory()
    MilestoneFactory(partnership=pair, type="approval", act=act, date="2025-05-19")
    for _record in range(14):
        MilestoneFactory(partnership=PartnershipFactory(), type="approval", act=act, date="2025-05-19")
    assert "and 2 more records" in page(client, pair)


def test_announcement_and_what_carried_it_out_lead_to_each_other(client: Client, pair: Partnership) -> None:
    announced = MilestoneFactory(partnership=pair, announced=True, date="2023-02-21")
    signing = MilestoneFactory(partnership=pair, date="2023-02-22", fulfils=announced)
    shown = page(client, pair)
    assert f'Took place: <a href="#life-{signing.pk}">22 February 2023</a>' in shown
    assert f'Announced before: <a href="#life-{announced.pk}">21 February 2023</a>' in shown
    assert f'id="life-{signing.pk}"' in shown
    assert f'id="life-{announced.pk}"' in shown


# --- Evidence on demand -----------------------------------------------------------------------------------


def test_each_fact_opens_to_who_says_it_and_under_which_licence(client: Client, pair: Partnership) -> None:
    source = SourceFactory(
        title="Gazette",
        licence="CC BY 4.0",
        url="https://gazette.example/",
        archived_url="https://archive.example/g",
    )
    StatementFactory(milestone=pair.milestones.get(), source=source, read_on=dt.date(2026, 10, 3))
    shown = page(client, pair)
    facts = shown.split('<details class="fact"')[1:]
    about = next(fact for fact in facts if "Gazette" in fact)
    for words in (
        "official act or register" if source.grade == "A" else "Evidence C",
        "Read on 3 October 2026.",
        "CC BY 4.0",
        'href="https://gazette.example/"',
        'href="https://archive.example/g"',
    ):
        assert words in about
    assert "<summary>" in about


def test_dead_source_says_so_and_leads_to_the_archive(client: Client, pair: Partnership) -> None:
    source = SourceFactory(
        url="https://gone.example/", archived_url="https://archive.example/g", gone_on=dt.date(2026, 11, 2)
    )
    StatementFactory(milestone=pair.milestones.get(), source=source, read_on=dt.date(2025, 1, 5))
    shown = page(client, pair)
    assert "The address no longer answers (seen on 2 November 2026)." in shown
    assert "Read on 5 January 2025." in shown
    assert 'href="https://archive.example/g"' in shown
    assert 'href="https://gone.example/"' not in shown


# --- Records that no longer stand -------------------------------------------------------------------------


def test_withdrawn_record_says_why_and_when(client: Client) -> None:
    record = PartnershipFactory(signed=True)
    with attributed(None, "found twice"):
        record.visibility = "withdrawn"
        record.withdrawn_because_en = "Two sources meant another town of this name. <b>"
        record.save()
    record.why_en = "edited later"
    record.save()
    shown = page(client, record)
    today = dt.datetime.now(dt.UTC)
    assert "withdrawn from the register on " in shown
    assert str(today.year) in shown
    assert "Two sources meant another town of this name. &lt;b&gt;" in shown
    assert "1 March 2023" not in shown


def test_withdrawn_record_without_a_reason_says_that_none_is_recorded(client: Client) -> None:
    assert "No reason is recorded." in page(client, PartnershipFactory(withdrawn=True))


def test_reason_in_the_other_language_is_marked(client: Client) -> None:
    record = PartnershipFactory(withdrawn=True, withdrawn_because_uk="Помилка джерела.")
    assert '<span lang="uk">Помилка джерела.</span>' in page(client, record)


@pytest.mark.parametrize("tail", ["/", "-x/", "-x/extract.pdf"])
def test_merged_record_leads_for_good_to_the_one_that_it_was_merged_into(
    client: Client, pair: Partnership, tail: str
) -> None:
    first, second = PartnershipFactory(), PartnershipFactory()
    merge(second, pair)
    merge(first, second)
    answer = client.get(f"/en/partnerships/{first.number}{tail}")
    assert answer.status_code == 301
    expected = f"/en/partnerships/{pair.number}-{pair.slug}/"
    assert answer.headers["Location"] == expected + ("extract.pdf" if "extract" in tail else "")


def test_merged_record_leads_on_under_its_right_name_and_its_stable_address(
    client: Client, pair: Partnership
) -> None:
    record = PartnershipFactory()
    merge(record, pair)
    right = f"/en/partnerships/{record.number}-{record.slug}/"
    assert client.get(right).headers["Location"] == f"/en/partnerships/{pair.number}-{pair.slug}/"
    answer = client.get(f"/id/partnership/{record.number}", headers={"accept-language": "en"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/en/partnerships/{pair.number}-{pair.slug}/"
    assert answer.status_code == 200


def test_records_merged_in_a_circle_say_that_they_are_withdrawn(client: Client) -> None:
    """No form makes one; a page must not turn in it for ever."""
    first, second = PartnershipFactory(), PartnershipFactory()
    merge(first, second)
    merge(second, first)
    assert "withdrawn from the register" in page(client, first)
