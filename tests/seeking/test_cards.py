"""Cards on public pages: what holds is shown, what lapsed or was taken back says so, drafts do not exist."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import AuditEntry
from seeking.models import SeekingCard
from tests.factories.partnerships import PartnershipFactory, PartyFactory
from tests.factories.places import CountryFactory, HromadaFactory, OblastFactory, RaionFactory
from tests.factories.seeking import SeekingCardFactory

pytestmark = pytest.mark.django_db
LIST = "/en/seeking/"


def test_list_shows_cards_that_hold_and_no_others(client: Client) -> None:
    shown = SeekingCardFactory(seeks_en="canary-shown")
    SeekingCardFactory(seeks_en="canary-lapsed", lapsed=True)
    SeekingCardFactory(seeks_en="canary-back", taken_back=True)
    SeekingCardFactory(seeks_en="canary-draft", draft=True)
    page = client.get(LIST).content.decode()
    assert "canary-shown" in page
    assert f"/en/seeking/{shown.pk}/" in page
    assert "1 hromada seeks a partner" in page
    assert not [name for name in ("canary-lapsed", "canary-back", "canary-draft") if name in page]


def test_card_holds_through_its_last_day_and_not_the_day_after() -> None:
    today = timezone.localdate()
    card = SeekingCardFactory(published_on=today, valid_until=today)
    assert card in SeekingCard.objects.public(today)
    assert card not in SeekingCard.objects.public(today + dt.timedelta(days=1))


def test_lapsed_card_keeps_its_address_and_says_nothing_but_that(client: Client) -> None:
    card = SeekingCardFactory(seeks_en="canary-seeks", contact_email="canary@example.org", lapsed=True)
    answer = client.get(f"/en/seeking/{card.pk}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "was not renewed" in page
    assert "canary" not in page
    assert "noindex" in page


def test_draft_has_no_page(client: Client) -> None:
    assert client.get(f"/en/seeking/{SeekingCardFactory(draft=True).pk}/").status_code == 404


def test_english_page_shows_ukrainian_text_marked_where_there_is_no_english(client: Client) -> None:
    card = SeekingCardFactory(profile_uk="Громада на річці", profile_en="")
    page = client.get(f"/en/seeking/{card.pk}/").content.decode()
    assert '<section lang="uk">' in page
    assert "Громада на річці" in page


def test_card_shows_the_public_partnerships_of_its_hromada(client: Client) -> None:
    card = SeekingCardFactory()
    record = PartnershipFactory()
    PartyFactory(partnership=record, place=card.hromada, side="ua")
    hidden = PartnershipFactory(visibility="draft")
    PartyFactory(partnership=hidden, place=card.hromada, side="ua")
    page = client.get(f"/en/seeking/{card.pk}/").content.decode()
    assert record.get_absolute_url() in page
    assert hidden.get_absolute_url() not in page


@pytest.fixture
def three() -> dict[str, SeekingCard]:
    east, west = OblastFactory(), OblastFactory()
    CountryFactory(germany=True)
    CountryFactory(poland=True)
    return {
        "schools": SeekingCardFactory(
            hromada=HromadaFactory(parent=RaionFactory(parent=east)), topics=["education"], countries=["DE"]
        ),
        "energy": SeekingCardFactory(
            hromada=HromadaFactory(parent=RaionFactory(parent=east)), topics=["energy"], languages=["pl"]
        ),
        "both": SeekingCardFactory(
            hromada=HromadaFactory(parent=RaionFactory(parent=west)),
            topics=["energy", "education"],
            countries=["PL"],
        ),
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("topic=energy", {"energy", "both"}),
        ("topic=energy&topic=education", {"schools", "energy", "both"}),
        ("language=pl", {"energy"}),
        # A card that names no country welcomes all.
        ("country=DE", {"schools", "energy"}),
        ("country=de&topic=education", {"schools"}),
        ("topic=nonsense", {"schools", "energy", "both"}),
    ],
)
def test_filters_join_by_or_within_and_by_and_between(
    client: Client, three: dict[str, SeekingCard], query: str, expected: set[str]
) -> None:
    answer = client.get(f"{LIST}?{query}")
    assert set(answer.context["page_obj"].object_list) == {three[name] for name in expected}


def test_oblast_narrows_and_facets_leave_their_own_selection_out(
    client: Client, three: dict[str, SeekingCard]
) -> None:
    oblast = three["both"].hromada.oblast
    assert oblast is not None
    answer = client.get(f"{LIST}?oblast={oblast.katottg}")
    assert list(answer.context["page_obj"].object_list) == [three["both"]]
    facets = {facet.name: facet for facet in answer.context["facets"]}
    assert sorted(option.count for option in facets["oblast"].options) == [1, 2]
    assert {option.value: option.count for option in facets["topic"].options} == {"energy": 1, "education": 1}


def test_unknown_values_are_named_and_left_out(client: Client, three: dict[str, SeekingCard]) -> None:
    page = client.get(f"{LIST}?topic=<script>&sort=password&oblast=UA1&page=99").content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>" not in page.replace("<script src", "")
    assert "There is no page 99" in page


@pytest.mark.parametrize("number", [3, 30])
def test_list_takes_the_same_queries_however_many_cards(client: Client, number: int) -> None:
    SeekingCardFactory.create_batch(number)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(f"{LIST}?per_page=50")
    assert len(queries) == 5


def test_feed_lists_what_the_filters_ask_for(client: Client, three: dict[str, SeekingCard]) -> None:
    feed = client.get("/en/seeking/feed/?language=pl").content.decode()
    assert f"/en/seeking/{three['energy'].pk}/" in feed
    assert f"/en/seeking/{three['schools'].pk}/" not in feed
    assert "language=pl" in feed


def broken(**values: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SeekingCard.objects.filter(pk=SeekingCardFactory().pk).update(**values)


def test_database_refuses_cards_that_cannot_be() -> None:
    broken(contact_email="")
    broken(seeks_uk="", seeks_en="")
    broken(profile_uk="", profile_en="")
    broken(valid_until=None)
    broken(valid_until=dt.date(2020, 1, 1))
    broken(state="sold")
    card = SeekingCardFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        SeekingCardFactory(hromada=card.hromada)


def test_every_change_of_a_card_is_in_the_history() -> None:
    card = SeekingCardFactory()
    SeekingCard.objects.filter(pk=card.pk).update(seeks_en="something else")
    entry = AuditEntry.objects.filter(table_name="seeking_seekingcard", row_id=card.pk).first()
    assert entry is not None
    assert entry.after is not None
    assert entry.operation == "update"
    assert entry.after["seeks_en"] == "something else"
