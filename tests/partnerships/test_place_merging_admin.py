"""Merging two places in the admin: what a registrar sees, is told, and may do."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.enums import Role
from accounts.models import User
from accounts.roles import sync_roles
from core.models import AuditEntry
from places.models import Place
from tests.factories.partnerships import PartnershipFactory
from tests.factories.places import (
    CountryFactory,
    ForeignPlaceFactory,
    HromadaFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def kept() -> Place:
    return ForeignPlaceFactory(name_own="Köln", name_uk="Кельн", slug="koln", population=None)


@pytest.fixture
def merged() -> Place:
    return ForeignPlaceFactory(name_own="Cöln", name_uk="Кьольн", slug="coeln", population=1_000_000)


@pytest.fixture
def registrar(client: Client) -> Client:
    sync_roles()
    user = User.objects.create_user("registrar@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.REGISTRAR))
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def address(one: Place, other: Place | str) -> str:
    return f"{reverse('admin:places_place_merge')}?one={one.pk}&other={getattr(other, 'pk', other)}"


def test_registrar_sees_what_will_move_and_merges_with_a_reason(
    registrar: Client, kept: Place, merged: Place
) -> None:
    record = PartnershipFactory(foreign=merged)
    PartnershipFactory(foreign=kept)
    PartnershipFactory(foreign=kept)
    page = registrar.get(address(kept, merged)).content.decode()
    assert str(record) in page
    assert "1 partnership moves" in page
    answer = registrar.post(address(kept, merged), {"reason": "the same town"})
    assert answer["Location"] == reverse("admin:places_place_change", args=[kept.pk])
    assert Place.objects.get(pk=merged.pk).merged_into == kept
    assert AuditEntry.objects.filter(reason="the same town").exists()


def test_what_somebody_else_did_meanwhile_is_told_and_the_reason_stays(
    registrar: Client, kept: Place, merged: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looked at the same two places; the other one was quicker."""

    def too_late(*_args: object, **_options: object) -> None:
        raise ValidationError(["The place “Cöln” was merged into “Köln” already."])

    monkeypatch.setattr("portal.place_merging_admin.merge_places", too_late)
    page = registrar.post(address(kept, merged), {"reason": "the same town"}).content.decode()
    assert "was merged into “Köln” already" in page
    assert "the same town</textarea>" in page


def test_registrar_makes_one_record_of_two_in_the_same_step(
    registrar: Client, kept: Place, merged: Place
) -> None:
    hromada = HromadaFactory()
    first = PartnershipFactory(ua=hromada, foreign=kept)
    second = PartnershipFactory(ua=hromada, foreign=merged)
    page = registrar.get(f"{address(kept, merged)}&kept={kept.pk}").content.decode()
    assert 'name="and_records"' in page
    registrar.post(
        f"{address(kept, merged)}&kept={kept.pk}", {"reason": "the same town", "and_records": "on"}
    )
    second.refresh_from_db()
    assert second.merged_into == first


def test_the_other_one_can_stay(registrar: Client, kept: Place, merged: Place) -> None:
    registrar.post(f"{address(kept, merged)}&kept={merged.pk}", {"reason": "the same town"})
    assert Place.objects.get(pk=kept.pk).merged_into == merged


def test_merging_without_a_reason_says_so_and_changes_nothing(
    registrar: Client, kept: Place, merged: Place
) -> None:
    answer = registrar.post(address(kept, merged), {"reason": " "})
    assert "errorlist" in answer.content.decode()
    assert not Place.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize("other", ["de/coeln", " DE/coeln/ "])
def test_place_is_named_by_its_address_too(registrar: Client, kept: Place, merged: Place, other: str) -> None:
    page = registrar.get(reverse("admin:places_place_merge"), {"one": str(kept.pk), "other": other})
    assert str(merged) in page.content.decode()


@pytest.mark.parametrize("other", ["", "nowhere", "de/", "99999999999999999999", "<script>alert(1)</script>"])
def test_unknown_place_is_said_beside_the_field_and_what_was_typed_stays(
    registrar: Client, kept: Place, other: str
) -> None:
    page = registrar.get(
        reverse("admin:places_place_merge"), {"one": str(kept.pk), "other": other}
    ).content.decode()
    assert "errorlist" in page
    assert f'value="{kept.pk}"' in page
    assert "<script>alert" not in page


def test_refused_pair_is_explained_and_has_no_button(registrar: Client, kept: Place) -> None:
    abroad = ForeignPlaceFactory(country=CountryFactory(poland=True))
    page = registrar.get(address(kept, abroad)).content.decode()
    assert "different countries" in page
    assert 'name="reason"' not in page
    registrar.post(address(kept, abroad), {"reason": "forged"})
    assert not Place.objects.exclude(merged_into=None).exists()


def test_action_of_the_list_wants_two_places(registrar: Client, kept: Place, merged: Place) -> None:
    data = {"action": "merge_selected", "_selected_action": [kept.pk, merged.pk]}
    answer = registrar.post(reverse("admin:places_place_changelist"), data)
    assert answer["Location"] == address(*sorted((kept, merged), key=lambda place: place.pk))
    data["_selected_action"] = [kept.pk]
    answer = registrar.post(reverse("admin:places_place_changelist"), data, follow=True)
    assert "exactly two" in answer.content.decode()


def test_editor_merges_nothing(client: Client, kept: Place, merged: Place) -> None:
    sync_roles()
    user = User.objects.create_user("editor@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.EDITOR))
    client.force_login(user)
    assert client.get(address(kept, merged)).status_code == 403
    assert client.post(address(kept, merged), {"reason": "forged"}).status_code == 403
    assert not Place.objects.exclude(merged_into=None).exists()
