"""The officer's cards: written, published, renewed, taken back; never by anybody else."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.roles import sync_roles
from places.models import Place
from search.models import SearchEntry
from seeking.enums import CardState
from seeking.forms import CardForm
from seeking.models import DAYS_OF_A_CARD, SeekingCard
from tests.factories.places import HromadaFactory
from tests.factories.seeking import SeekingCardFactory

pytestmark = pytest.mark.django_db

COMPLETE = {
    "profile_uk": "Громада на річці",
    "seeks_en": "A town with a school orchestra",
    "topics": ["culture"],
    "languages": ["en"],
    "contact_email": "office@example.org",
}


@pytest.fixture
def hromada() -> Place:
    return HromadaFactory()


@pytest.fixture
def officer(hromada: Place) -> User:
    user = User.objects.create_user("officer@example.org")
    Membership.objects.create(user=user, hromada=hromada, valid_from=dt.date(2020, 1, 1))
    return user


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def test_form_calls_nothing_optional_that_publishing_asks_for(desk: Client, hromada: Place) -> None:
    address = f"/en/desk/seeking/new/{hromada.katottg}/"
    refused = desk.post(address, {"publish": ""})
    asked = set(refused.context["form"].errors)
    assert asked
    for name in asked:
        shown = render_to_string("components/field.html", {"field": refused.context["form"][name]})
        assert "(not required)" not in shown, name


def test_two_who_begin_a_card_at_once_lose_nothing(desk: Client, hromada: Place) -> None:
    address = f"/en/desk/seeking/new/{hromada.katottg}/"
    theirs = SeekingCardFactory(hromada=hromada, profile_en="Written by a colleague")
    typed = COMPLETE | {"profile_en": "Written by me"}
    told = desk.post(address, typed)
    assert told.status_code == 422
    shown = told.content.decode()
    assert "Written by a colleague" in shown
    assert "Written by me" in shown
    desk.post(address, typed | {"read_at": told.context["form"]["read_at"].value()})
    card = SeekingCard.objects.get()
    assert (card.pk, card.profile_en) == (theirs.pk, "Written by me")


def test_two_who_save_their_first_cards_in_one_moment_are_told(
    desk: Client, hromada: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other's card comes after this one was looked for, and before it is written."""
    valid = CardForm.is_valid
    theirs: list[SeekingCard] = []

    def and_then_comes_another(form: CardForm) -> bool:
        if not theirs:
            theirs.append(SeekingCardFactory(hromada=hromada, profile_en="Written by a colleague"))
        return valid(form)

    monkeypatch.setattr(CardForm, "is_valid", and_then_comes_another)
    typed = COMPLETE | {"profile_en": "Written by me"}
    told = desk.post(f"/en/desk/seeking/new/{hromada.katottg}/", typed)
    assert told.status_code == 422
    assert "Written by a colleague" in told.content.decode()
    assert "Written by me" in told.content.decode()


def test_what_somebody_saves_while_the_form_is_checked_is_not_written_over(
    desk: Client, hromada: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = SeekingCardFactory(hromada=hromada)
    valid = CardForm.is_valid

    def and_then_saves_another(form: CardForm) -> bool:
        SeekingCard.objects.filter(pk=card.pk).update(profile_en="Theirs", updated_at=timezone.now())
        return valid(form)

    monkeypatch.setattr(CardForm, "is_valid", and_then_saves_another)
    typed = COMPLETE | {"profile_en": "Mine", "read_at": card.updated_at.isoformat()}
    assert desk.post(f"/en/desk/seeking/{card.pk}/", typed).status_code == 422
    card.refresh_from_db()
    assert card.profile_en == "Theirs"


@pytest.mark.parametrize("emptied", ["topics", "languages", "contact_email"])
def test_card_that_everybody_sees_stays_complete(desk: Client, hromada: Place, emptied: str) -> None:
    card = SeekingCardFactory(hromada=hromada)
    typed = COMPLETE | {emptied: "", "profile_en": "Typed", "read_at": card.updated_at.isoformat()}
    told = desk.post(f"/en/desk/seeking/{card.pk}/", typed)
    assert told.status_code == 422
    assert set(told.context["form"].errors) == {emptied}
    assert "Typed</textarea>" in told.content.decode()


def test_officer_writes_a_draft_with_nothing_in_it_and_publishes_it_when_complete(
    desk: Client, hromada: Place
) -> None:
    desk.post(f"/en/desk/seeking/new/{hromada.katottg}/", {"save": ""})
    card = SeekingCard.objects.get(hromada=hromada)
    assert card.state == CardState.DRAFT
    address = f"/en/desk/seeking/{card.pk}/"
    refused = desk.post(
        address, {"publish": "", "profile_uk": "Громада", "read_at": card.updated_at.isoformat()}
    )
    assert refused.status_code == 422
    assert "Give an e-mail address" in refused.content.decode()
    card.refresh_from_db()
    assert (card.state, card.profile_uk) == (CardState.DRAFT, "Громада")
    desk.post(address, {"publish": "", **COMPLETE, "read_at": card.updated_at.isoformat()})
    card.refresh_from_db()
    today = timezone.localdate()
    assert card.state == CardState.PUBLISHED
    assert card.valid_until == today + dt.timedelta(days=DAYS_OF_A_CARD)
    assert SearchEntry.objects.filter(type="seeking", object_id=card.pk).exists()


def test_renewing_a_lapsed_card_shows_it_again(desk: Client, hromada: Place) -> None:
    card = SeekingCardFactory(hromada=hromada, lapsed=True)
    desk.post(f"/en/desk/seeking/{card.pk}/renew/")
    card.refresh_from_db()
    assert card.holds_on(timezone.localdate())
    assert card.renewed_on == timezone.localdate()


def test_card_taken_back_makes_room_for_a_new_one(desk: Client, hromada: Place) -> None:
    card = SeekingCardFactory(hromada=hromada)
    desk.post(f"/en/desk/seeking/{card.pk}/take-back/")
    assert "was taken back" in desk.get(f"/en/seeking/{card.pk}/").content.decode()
    assert not SearchEntry.objects.filter(type="seeking", object_id=card.pk).exists()
    assert desk.get(f"/en/desk/seeking/new/{hromada.katottg}/").status_code == 200


def test_second_who_saves_is_told_and_loses_nothing(desk: Client, hromada: Place) -> None:
    card = SeekingCardFactory(hromada=hromada)
    opened = card.updated_at.isoformat()
    SeekingCard.objects.get(pk=card.pk).save()
    SeekingCard.objects.filter(pk=card.pk).update(profile_uk="Те, що написала колега")
    address = f"/en/desk/seeking/{card.pk}/"
    typed = {**COMPLETE, "profile_uk": "Те, що написав я", "save": "", "read_at": opened}
    told = desk.post(address, typed)
    page = told.content.decode()
    assert told.status_code == 422
    assert "Somebody else saved this card" in page
    assert "Те, що написала колега" in page
    assert "Те, що написав я" in page
    card.refresh_from_db()
    assert card.profile_uk == "Те, що написала колега"
    desk.post(address, {**typed, "read_at": card.updated_at.isoformat()})
    card.refresh_from_db()
    assert card.profile_uk == "Те, що написав я"


def test_wrong_input_is_told_beside_the_field_and_stays(desk: Client, hromada: Place) -> None:
    card = SeekingCardFactory(hromada=hromada)
    typed = {**COMPLETE, "contact_email": "no address", "topics": ["war"], "countries": ["XX"], "save": ""}
    answer = desk.post(f"/en/desk/seeking/{card.pk}/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="no address"' in page
    assert "A town with a school orchestra" in page


@pytest.mark.parametrize("path", ["", "renew/", "take-back/"])
def test_officer_of_another_hromada_finds_no_card(desk: Client, path: str) -> None:
    card = SeekingCardFactory()
    address = f"/en/desk/seeking/{card.pk}/{path}"
    assert desk.post(address, COMPLETE).status_code == 404
    assert desk.get(f"/en/desk/seeking/new/{card.hromada.katottg}/").status_code == 404
    before = card.updated_at
    card.refresh_from_db()
    assert card.updated_at == before


def test_right_ends_with_the_membership(desk: Client, officer: User, hromada: Place) -> None:
    card = SeekingCardFactory(hromada=hromada)
    officer.memberships.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    assert desk.get(f"/en/desk/seeking/{card.pk}/").status_code == 404


def test_registrar_writes_for_any_hromada(client: Client, hromada: Place) -> None:
    sync_roles()
    registrar = User.objects.create_user("registrar@example.org", is_staff=True)
    registrar.groups.add(Group.objects.get(name=Role.REGISTRAR))
    client.force_login(registrar)
    client.post(f"/en/desk/seeking/new/{hromada.katottg}/", {"save": "", **COMPLETE})
    assert SeekingCard.objects.get(hromada=hromada).seeks_en == COMPLETE["seeks_en"]


def test_script_in_a_card_stays_text(desk: Client, client: Client, hromada: Place) -> None:
    card = SeekingCardFactory(
        hromada=hromada, seeks_en="<script>alert(1)</script>", contact_office="<b>x</b>"
    )
    for address in (f"/en/seeking/{card.pk}/", "/en/seeking/", f"/en/desk/seeking/{card.pk}/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>x" not in page
