"""What registrars do with a whole record: read its history, merge it, withdraw it and bring it back."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.roles import sync_roles
from partnerships.models import Partnership
from places.models import Place
from tests.factories.partnerships import PartnershipFactory
from tests.factories.places import HromadaFactory, PlaceNameFactory
from tests.partnerships.record_forms import fields_of, save

pytestmark = pytest.mark.django_db


def test_history_of_a_record_names_the_person_to_registrars(registrar: Client) -> None:
    record = PartnershipFactory(signed=True)
    save(registrar, record, fields_of(registrar, record), why_en="Old friends")
    text = registrar.get(reverse("admin:partnerships_partnership_history", args=[record.pk])).content.decode()
    assert "registrar@example.org" in text
    assert "Old friends" in text


def test_history_of_a_place_tells_its_names_also_those_that_are_gone(registrar: Client) -> None:
    place = HromadaFactory(name_uk="Нова")
    name = PlaceNameFactory(place=place, text="Старосілля")
    Place.objects.filter(pk=place.pk).update(population=1234)
    name.delete()
    text = registrar.get(reverse("admin:places_place_history", args=[place.pk])).content.decode()
    for told in ("1234", "Старосілля", "removed"):
        assert told in text


@pytest.mark.parametrize("name", ["history", "withdraw"])
def test_editor_and_stranger_do_not_withdraw_and_officer_reads_no_names(client: Client, name: str) -> None:
    sync_roles()
    record = PartnershipFactory()
    address = reverse(f"admin:partnerships_partnership_{name}", args=[record.pk])
    assert client.get(address).status_code == 302
    user = User.objects.create_user("editor@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.EDITOR))
    client.force_login(user)
    assert client.get(address).status_code == (200 if name == "history" else 403)


def test_two_records_are_merged_after_both_were_seen(registrar: Client) -> None:
    kept = PartnershipFactory(signed=True)
    merged = PartnershipFactory(ua=kept.ukrainian_parties[0].place, foreign=kept.foreign_parties[0].place)
    asked = f"?kept={kept.number}&merged={merged.number}"
    address = reverse("admin:partnerships_partnership_merge") + asked
    page = registrar.get(address).content.decode()
    assert str(kept.number) in page
    assert registrar.post(address, {"reason": ""}).status_code == 200
    assert Partnership.objects.get(pk=merged.pk).merged_into is None
    assert registrar.post(address, {"reason": "one relation"}).status_code == 302
    assert Partnership.objects.get(pk=merged.pk).merged_into == kept
    # What was merged is written where it went.
    form = reverse("admin:partnerships_partnership_change", args=[merged.pk])
    assert registrar.get(form).status_code == 200
    assert registrar.post(form, {}).status_code == 403


def test_doubt_is_set_aside_only_by_saying_so(registrar: Client) -> None:
    kept, merged = PartnershipFactory(), PartnershipFactory()
    asked = f"?kept={kept.number}&merged={merged.number}"
    address = reverse("admin:partnerships_partnership_merge") + asked
    refused = registrar.post(address, {"reason": "one relation"})
    assert (refused.status_code, "one relation" in refused.content.decode()) == (200, True)
    fields = {"reason": "one relation", "in_spite_of_doubts": "on"}
    assert registrar.post(address, fields).status_code == 302


@pytest.mark.parametrize("asked", ["?kept=1&merged=999999", "?kept=x&merged=-1", "?kept=9999999999&merged=1"])
def test_numbers_of_no_record_are_named(registrar: Client, asked: str) -> None:
    answer = registrar.get(reverse("admin:partnerships_partnership_merge") + asked)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


def test_editor_merges_nothing(client: Client) -> None:
    sync_roles()
    user = User.objects.create_user("editor@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.EDITOR))
    client.force_login(user)
    kept, merged = PartnershipFactory(), PartnershipFactory()
    asked = f"?kept={kept.number}&merged={merged.number}"
    address = reverse("admin:partnerships_partnership_merge") + asked
    assert client.get(address).status_code == 403
    assert client.post(address, {"reason": "x", "in_spite_of_doubts": "on"}).status_code == 403
    assert not Partnership.objects.exclude(merged_into=None).exists()


def test_record_is_withdrawn_with_a_reason_and_brought_back(registrar: Client) -> None:
    record = PartnershipFactory(signed=True)
    address = reverse("admin:partnerships_partnership_withdraw", args=[record.pk])
    assert registrar.post(address, {"because_uk": " ", "because_en": ""}).status_code == 200
    assert registrar.post(address, {"because_uk": "Помилка", "because_en": ""}).status_code == 302
    record.refresh_from_db()
    assert (record.visibility, record.withdrawn_because_uk) == ("withdrawn", "Помилка")
    assert registrar.get(address).status_code == 200
    assert registrar.post(address, {"reason": "it was right"}).status_code == 302
    record.refresh_from_db()
    assert record.visibility == "published"


def test_form_cannot_withdraw_past_the_page_that_asks_why(registrar: Client) -> None:
    record = PartnershipFactory(signed=True)
    status, _text = save(registrar, record, fields_of(registrar, record), visibility="withdrawn")
    assert status == 200
    record.refresh_from_db()
    assert record.visibility == "published"
