"""Reporting an error: nothing typed is lost, programs are held off, the registrar sees what it is about."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.models import ErrorReport
from tests.factories.partnerships import PartnershipFactory

pytestmark = pytest.mark.django_db

WORDS = "Підписання відбулося, про це пише сайт міста."


@pytest.fixture(autouse=True)
def _counts_from_zero() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_report_is_kept_with_the_record_the_page_and_the_language(client: Client) -> None:
    record = PartnershipFactory()
    page = settings.SITE_URL + record.get_absolute_url()
    asked = client.get(f"/uk/contact/?about=partnership:{record.number}", headers={"referer": page})
    assert str(record) in asked.content.decode()
    form = asked.context["form"]
    answer = client.post(
        "/uk/contact/", {"about": form["about"].value(), "page": form["page"].value(), "message": WORDS}
    )
    assert answer.status_code == 302
    report = ErrorReport.objects.get()
    assert (report.about, report.message, report.language) == (f"partnership:{record.number}", WORDS, "uk")
    assert report.page == record.get_absolute_url()


def test_page_of_another_site_is_not_taken_for_ours(client: Client) -> None:
    asked = client.get("/uk/contact/", headers={"referer": "https://evil.example/uk/"})
    assert asked.context["form"]["page"].value() == ""


def test_what_a_program_fills_in_is_answered_and_not_kept(client: Client) -> None:
    answer = client.post("/uk/contact/", {"message": WORDS, "website": "https://spam.example/"})
    assert answer.status_code == 302
    assert not ErrorReport.objects.exists()


def test_wrong_input_is_told_beside_the_field_and_kept(client: Client) -> None:
    answer = client.post("/uk/contact/", {"message": "ні", "email": "nobody"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"message", "email"}
    assert 'value="nobody"' in text
    assert not ErrorReport.objects.exists()


def test_flood_from_one_address_is_held_off_and_the_words_stay(client: Client) -> None:
    for _time in range(30):
        assert client.post("/uk/contact/", {"message": WORDS}).status_code == 302
    answer = client.post("/uk/contact/", {"message": WORDS})
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert ErrorReport.objects.count() == 30


def test_form_speaks_of_no_record_that_is_not_public(client: Client) -> None:
    hidden = PartnershipFactory(draft=True)
    text = client.get(reverse("contact"), {"about": f"partnership:{hidden.number}"}).content.decode()
    assert str(hidden) not in text
