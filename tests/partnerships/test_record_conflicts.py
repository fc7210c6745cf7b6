"""Two registrars at one record: the second is told, sees both versions, loses nothing."""

import re

import pytest
from django.test import Client

from accounts.models import User
from core.history import attributed
from partnerships.models import Partnership
from tests.factories.partnerships import MilestoneFactory, PartnershipFactory
from tests.partnerships.record_forms import fields_of, save, typed_in

pytestmark = pytest.mark.django_db


def test_second_registrar_is_told_and_sees_both_versions_and_loses_nothing(registrar: Client) -> None:
    record = PartnershipFactory(signed=True, why_en="As it was", why_uk="Як було")
    fields = fields_of(registrar, record)
    with attributed(User.objects.create_user("other@example.org", full_name="Other Person"), "they wrote"):
        Partnership.objects.filter(pk=record.pk).update(why_en="As they say")
    status, text = save(registrar, record, fields, why_en="As I say", why_uk="Як я кажу")
    assert status == 200
    for shown in ("Other Person", "they wrote", "As it was", "As they say", "As I say", "Як я кажу"):
        assert shown in text
    assert typed_in(text)["why_en"].strip() == "As I say"
    record.refresh_from_db()
    assert (record.why_en, record.why_uk) == ("As they say", "Як було")


def test_who_has_seen_both_versions_may_save_over_the_other(registrar: Client) -> None:
    record = PartnershipFactory(signed=True, why_en="As it was")
    fields = fields_of(registrar, record)
    Partnership.objects.filter(pk=record.pk).update(why_en="As they say")
    _status, text = save(registrar, record, fields, why_en="As I say")
    over = re.findall(r'name="over_version" value="(\d+)"', text)[0]
    assert save(registrar, record, typed_in(text), over_version=over)[0] == 302
    record.refresh_from_db()
    assert record.why_en == "As I say"


def test_who_saves_over_a_version_undoes_nothing_that_stands_elsewhere(registrar: Client) -> None:
    """What the second one had not touched is the first one's in the form from then on."""
    record = PartnershipFactory(line=(("signing", "happened", "2023"),), why_en="As it was")
    fields = fields_of(registrar, record)
    record.milestones.update(date="2023-05-04", note_en="Seen in the archive")
    status, text = save(registrar, record, fields, why_en="As I say")
    assert status == 200
    assert "4 May 2023" in text
    over = re.findall(r'name="over_version" value="(\d+)"', text)[0]
    assert save(registrar, record, typed_in(text), over_version=over)[0] == 302
    record.refresh_from_db()
    milestone = record.milestones.get()
    assert (record.why_en, milestone.date, milestone.note_en) == (
        "As I say",
        "2023-05-04",
        "Seen in the archive",
    )


def test_third_change_after_both_versions_were_seen_is_told_again(registrar: Client) -> None:
    record = PartnershipFactory(signed=True, why_en="As it was")
    fields = fields_of(registrar, record)
    Partnership.objects.filter(pk=record.pk).update(why_en="As they say")
    _status, text = save(registrar, record, fields, why_en="As I say")
    over = re.findall(r'name="over_version" value="(\d+)"', text)[0]
    Partnership.objects.filter(pk=record.pk).update(why_en="As a third one says")
    status, text = save(registrar, record, typed_in(text), over_version=over)
    assert status == 200
    assert "As a third one says" in text


@pytest.mark.parametrize("removed", [False, True])
def test_row_that_came_or_went_meanwhile_is_named(registrar: Client, removed: bool) -> None:
    record = PartnershipFactory(line=(("decision", "happened", "2023"),))
    fields = fields_of(registrar, record)
    if removed:
        record.milestones.all().delete()
    else:
        MilestoneFactory(partnership=record, type="renewal", date="2024")
    status, text = save(registrar, record, fields, why_en="As I say")
    assert status == 200
    assert ("decision (happened)" if removed else "renewal (happened)") in text
    changes = {"milestones-0-DELETE": "on"} if removed else {}
    over = re.findall(r'name="over_version" value="(\d+)"', text)[0]
    assert save(registrar, record, fields, over_version=over, why_en="As I say", **changes)[0] == 302
    assert record.milestones.count() == (0 if removed else 2)


def test_values_of_another_registrar_are_shown_as_text(registrar: Client) -> None:
    record = PartnershipFactory(signed=True)
    fields = fields_of(registrar, record)
    with attributed(
        User.objects.create_user("x@example.org", full_name="<script>a()</script>"), "<img src=x>"
    ):
        Partnership.objects.filter(pk=record.pk).update(why_en="<script>alert(1)</script>")
    _status, text = save(registrar, record, fields, why_en="<b>mine</b>")
    assert "<script>a" not in text
    assert "<img src=x" not in text
    assert "<b>mine" not in text
