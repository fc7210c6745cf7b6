"""The register's list is what its function says of every record, by whatever path something was written."""

import random
from typing import Any

import pytest
from django.db import connection, transaction

from partnerships.models import Agreement, Listing, Partnership, Party
from places.models import Place
from tests.factories.partnerships import (
    AgreementFactory,
    BodyFactory,
    MilestoneFactory,
    PartnershipFactory,
    PartyFactory,
    ProgrammeFactory,
    StatementFactory,
)
from tests.factories.places import CountryFactory, ForeignPlaceFactory, HromadaFactory, SettlementFactory
from tests.known import known

pytestmark = pytest.mark.django_db


def listing(record: Partnership) -> Listing:
    return Listing.objects.get(pk=record.pk)


def rows() -> dict[int, dict[str, Any]]:
    return {row["partnership_id"]: dict(row) for row in Listing.objects.values()}


def made_anew() -> dict[int, dict[str, Any]]:
    """The list as it is after every record was listed afresh."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM partnerships_listing")
        cursor.execute("SELECT partnerships_list(array_agg(id)) FROM partnerships_partnership")
    return rows()


def test_row_holds_units_countries_and_keys_of_the_parties(pair: Partnership, kryvyi_rih: Place) -> None:
    row, raion = listing(pair), known(kryvyi_rih.parent)
    assert (row.oblasts, row.raions, row.hromadas) == ([raion.parent_id], [raion.pk], [kryvyi_rih.pk])
    assert row.countries == ["DE"]
    assert (row.name_en, row.country_en) == ("kryvyi rih", "germany")
    assert (row.status, row.kind, row.evidence, row.status_date) == (
        "decided",
        "solidarity",
        "B",
        "2023-02-09",
    )


def test_settlement_lies_in_its_hromada_and_raion(kryvyi_rih: Place) -> None:
    row = listing(PartnershipFactory(ua=SettlementFactory(parent=kryvyi_rih)))
    assert (row.hromadas, row.raions) == ([kryvyi_rih.pk], [kryvyi_rih.parent_id])


def test_party_without_a_place_has_the_name_of_its_body(pair: Partnership) -> None:
    body = BodyFactory(name_uk="Ялтинська рада", name_en="")
    pair.parties.filter(side="ua").update(body=body, place=None)
    row = listing(pair)
    assert row.oblasts == []
    assert row.name_uk == row.name_en != ""
    body.name_uk = "Арцизька рада"
    body.save()
    assert known(listing(pair).name_uk) < known(row.name_uk)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("UPDATE places_place SET name_en = 'Zzz', name_uk = 'Яяя' WHERE id = %(centre)s", "name_en"),
        ("UPDATE places_place SET name_en = 'Zzz' WHERE iso2 = 'DE'", "country_en"),
        ("UPDATE places_place SET parent_id = %(other_raion)s WHERE id = %(hromada)s", "raions"),
        ("UPDATE places_place SET parent_id = %(other_oblast)s WHERE id = %(raion)s", "oblasts"),
        ("UPDATE partnerships_party SET place_id = %(other)s WHERE side = 'ua'", "hromadas"),
        ("UPDATE partnerships_partnership SET visibility = 'draft'", "visibility"),
        ("UPDATE partnerships_partnership SET listed_kind = 'friendship'", "kind"),
        ("UPDATE partnerships_milestone SET type = 'signing'", "status"),
        ("UPDATE partnerships_statement SET grade = 'A'", "evidence"),
        ("DELETE FROM partnerships_statement", "evidence"),
    ],
)
def test_raw_sql_that_changes_what_a_row_stands_on_changes_the_row(
    pair: Partnership, kryvyi_rih: Place, change: str, column: str
) -> None:
    other = HromadaFactory()
    before = getattr(listing(pair), column)
    keys = {
        "hromada": kryvyi_rih.pk,
        "centre": kryvyi_rih.centre_id,
        "raion": kryvyi_rih.parent_id,
        "other": other.pk,
        "other_raion": other.parent_id,
        "other_oblast": other.oblast_id,
    }
    with connection.cursor() as cursor:
        if "SET parent_id = %(other_oblast)s" in change:
            cursor.execute(
                "UPDATE places_place SET oblast_id = %(other_oblast)s WHERE id = %(hromada)s", keys
            )
        cursor.execute(change, keys)
    assert getattr(listing(pair), column) != before
    assert rows() == made_anew()


def test_deleted_record_leaves_the_list(pair: Partnership, other: Partnership) -> None:
    pair.delete()
    assert set(rows()) == {other.pk}


def test_list_is_as_if_made_anew_after_a_hundred_random_changes(kryvyi_rih: Place, duisburg: Place) -> None:
    chance = random.Random(7)
    countries = [CountryFactory() for _ in range(3)]
    programme = ProgrammeFactory()
    records = [PartnershipFactory(foreign__country=chance.choice(countries)) for _ in range(4)]

    def change(record: Partnership) -> None:
        match chance.randrange(9):
            case 0:
                PartyFactory(partnership=record, place=HromadaFactory())
            case 1:
                PartyFactory(partnership=record, foreign=True, place__country=chance.choice(countries))
            case 2:
                AgreementFactory(partnership=record, legal_kind=chance.choice(["transborder", "unknown"]))
            case 3:
                Agreement.objects.filter(partnership=record).delete()
            case 4:
                MilestoneFactory(partnership=record, date=chance.choice(["2020", "2021-05", ""]))
            case 5:
                StatementFactory(partnership=record, source__grade=chance.choice("ABCDE"))
            case 6:
                Partnership.objects.filter(pk=record.pk).update(programme=programme, visibility="withdrawn")
            case 7:
                extra = Party.objects.filter(partnership=record, side="ua").order_by("-pk")
                if extra.count() > 1:
                    known(extra.first()).delete()
            case 8:
                Place.objects.filter(pk=chance.choice([c.pk for c in countries])).update(
                    name_uk=f"Країна {chance.random()}"
                )

    for _ in range(100):
        change(chance.choice(records))
    assert rows() == made_anew()


def test_place_that_nobody_is_a_party_for_changes_nothing(pair: Partnership) -> None:
    before = rows()
    ForeignPlaceFactory(name_own="Bonn").delete()
    assert rows() == before
