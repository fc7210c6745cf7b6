"""Nothing of the register that is kept in memory is ever stale, private or in another language."""

from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, override_settings

from partnerships.models import Partnership
from partnerships.rows import row_of
from places.models import Place
from tests.factories.partnerships import (
    BodyFactory,
    MilestoneFactory,
    PartnershipFactory,
    PartyFactory,
    ProgrammeFactory,
)
from tests.factories.places import HromadaFactory

pytestmark = pytest.mark.django_db
ADDRESSES = ("/uk/partnerships/", "/en/partnerships/?sort=name", "/uk/partnerships/?as_of=2023-02-20")


@pytest.fixture(autouse=True)
def keeping(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each request sees another state of the data, as after a change somewhere; so what is found again is
    found by the versions of its own rows. (A test's own changes do not move the state.)"""
    numbers, mark = count(), uuid4()
    monkeypatch.setattr("core.kept.data_state", lambda: f"{mark}:{next(numbers)}")
    with override_settings(KEEP_VALUES=True):
        yield


def pages(client: Client) -> list[str]:
    return [client.get(address).content.decode() for address in ADDRESSES]


def pages_made_anew(client: Client) -> list[str]:
    with override_settings(KEEP_VALUES=False):
        return pages(client)


CHANGES = {
    "a record is withdrawn": "UPDATE partnerships_partnership "
    "SET visibility = 'withdrawn' WHERE id = %(pair)s",
    "a record is a draft again": "UPDATE partnerships_partnership "
    "SET visibility = 'draft' WHERE id = %(pair)s",
    "its kind": "UPDATE partnerships_partnership SET listed_kind = 'friendship' WHERE id = %(pair)s",
    "its programme": "UPDATE partnerships_partnership SET programme_id = %(programme)s WHERE id = %(pair)s",
    "its date": "UPDATE partnerships_milestone "
    "SET date = '2023-01', follows_id = NULL WHERE partnership_id = %(pair)s",
    "its step": "UPDATE partnerships_milestone SET type = 'approval' WHERE partnership_id = %(pair)s",
    "its evidence": "UPDATE partnerships_statement SET grade = 'A' WHERE partnership_id = %(pair)s",
    "its place": "UPDATE partnerships_party SET place_id = %(other)s WHERE place_id = %(hromada)s",
    "who is first": "UPDATE partnerships_party SET position = 9 - position WHERE partnership_id = %(pair)s",
    "name of a hromada": "UPDATE places_place SET name_uk = 'Нова', name_en = 'New' WHERE id = %(hromada)s",
    "name of its centre": "UPDATE places_place SET name_uk = 'Новий', name_en = 'New' WHERE id = %(centre)s",
    "name of its raion": "UPDATE places_place SET name_uk = 'Новий', name_en = 'New' WHERE id = %(raion)s",
    "name of its oblast": "UPDATE places_place SET name_uk = 'Нова', name_en = 'New' WHERE id = %(oblast)s",
    "name of a country": "UPDATE places_place SET name_uk = 'Край', name_en = 'Land' WHERE iso2 = 'DE'",
    "region of a town": "UPDATE places_place SET region_name = 'Land' WHERE id = %(town)s",
    "own language of a town": "UPDATE places_place SET own_language = 'nl' WHERE id = %(town)s",
    "a namesake": "UPDATE places_place SET has_namesakes = NOT has_namesakes WHERE id = %(centre)s",
    "name of a body": "UPDATE partnerships_body "
    "SET name_uk = 'Рада', name_en = 'Council' WHERE id = %(body)s",
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_shows_at_once_on_every_page_that_was_kept(
    client: Client, pair: Partnership, other: Partnership, kryvyi_rih: Place, duisburg: Place, change: str
) -> None:
    body, programme = BodyFactory(), ProgrammeFactory()
    PartyFactory(partnership=pair, place=None, body=body, position=1)
    MilestoneFactory(partnership=other, announced=True, date="2023-02-20")
    before = pages(client)
    assert pages(client) == before
    with connection.cursor() as cursor:
        keys = {
            "pair": pair.pk,
            "other": HromadaFactory().pk,
            "programme": programme.pk,
            "hromada": kryvyi_rih.pk,
            "centre": kryvyi_rih.centre_id,
            "raion": kryvyi_rih.parent_id,
            "oblast": kryvyi_rih.oblast_id,
            "town": duisburg.pk,
            "body": body.pk,
        }
        cursor.execute(CHANGES[change], keys)
    assert pages(client) == pages_made_anew(client)


def test_announcement_and_its_fulfilment_show_at_once(client: Client, pair: Partnership) -> None:
    pages(client)
    announced = MilestoneFactory(partnership=pair, announced=True, date="2023-03-20")
    assert "announced for 20 March 2023, not confirmed" in pages(client)[1]
    MilestoneFactory(partnership=pair, date="2023-03-20", fulfils=announced)
    assert "announced for 20 March" not in pages(client)[1]
    assert pages(client) == pages_made_anew(client)


def test_record_that_a_hidden_one_became_shows_with_its_count(client: Client, pair: Partnership) -> None:
    secret = PartnershipFactory(draft=True, ua__name_uk="Канаркове")
    assert not any("Канаркове" in page for page in pages(client))
    Partnership.objects.filter(pk=secret.pk).update(visibility="published")
    assert "Канаркове" in pages(client)[0]
    Partnership.objects.filter(pk=secret.pk).update(visibility="draft")
    assert not any("Канаркове" in page for page in pages(client))


def test_languages_do_not_mix_whatever_was_kept_first(client: Client, pair: Partnership) -> None:
    for _time in range(2):
        ukrainian = client.get("/uk/partnerships/").content.decode()
        english = client.get("/en/partnerships/").content.decode()
        assert "Дуйсбург" in ukrainian
        assert "Duisburg" in english
        assert "Дуйсбург" not in english
        assert "/en/partnerships/" in english


def test_unchanged_rows_are_found_again_after_a_change_elsewhere(
    client: Client, pair: Partnership, other: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages(client)
    made: list[int] = []

    def noted(partnership: Partnership, *args: Any) -> Any:
        made.append(partnership.pk)
        return row_of(partnership, *args)

    monkeypatch.setattr("partnerships.templatetags.register.row_of", noted)
    Partnership.objects.filter(pk=other.pk).update(listed_kind="friendship")
    pages(client)
    assert set(made) == {other.pk}
