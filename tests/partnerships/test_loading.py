"""Loading tables of partnerships: rows become statements of their sources, pairs become records."""

from pathlib import Path

import pytest

from partnerships.enums import Fact, RowOutcome
from partnerships.models import Milestone, SourceRow, Statement
from places.models import Place
from tests.factories.partnerships import PartnershipFactory
from tests.factories.places import ForeignPlaceFactory
from tests.factories.register_tables import SINGLE, Tables, milestones, only_partnership, places_of_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(db: None) -> dict[str, Place]:
    return places_of_tables()


@pytest.fixture
def tables(places: dict[str, Place], tmp_path: Path) -> Tables:
    return Tables(tmp_path)


def test_rows_of_several_sources_make_one_public_partnership_when_they_name_the_same_pair(
    tables: Tables, places: dict[str, Place]
) -> None:
    tables.pair(kind="partnership", source="open-list")
    tables.on_map(foreign_text="Мустерштадт")
    tables.agreement(foreign_text="місто Мустерштадт", signed_on="2019-08-25")
    report = tables.load()
    made = only_partnership()
    assert [party.place for party in made.parties.all()] == [places["single"], places["town"]]
    assert (made.visibility, made.status, made.kind, made.evidence) == (
        "published",
        "registered",
        "partnership",
        "A",
    )
    assert set(made.statements.values_list("source__slug", flat=True)) == {
        "open-list",
        "ministry-map",
        "agreements-register",
    }
    assert (report.count(RowOutcome.NEW), report.count(RowOutcome.MATCHED)) == (1, 2)


def test_an_event_without_a_day_is_stated_without_one_when_the_source_gives_none(tables: Tables) -> None:
    tables.pair(status="signed", source="town-page")
    tables.load()
    signing = Milestone.objects.get()
    assert (signing.type, signing.stage, signing.date, signing.follows) == ("signing", "happened", "", None)
    said = signing.statements.get()
    assert (said.fact, said.value, said.grade) == (Fact.STATUS, "signed", "B")
    assert only_partnership().status == "signed"


def test_an_announced_signing_stays_announced_when_nobody_reports_it(tables: Tables) -> None:
    tables.pair(status="decided", decided_on="2023-02-09", announced_for="2023-02-21", mode="online")
    tables.load()
    made = only_partnership()
    assert milestones(made) == [
        ("decision", "happened", "2023-02-09"),
        ("signing", "announced", "2023-02-21"),
    ]
    assert (made.status, made.status_date) == ("decided", "2023-02-09")
    assert made.milestones.get(type="signing").mode == "online"


def test_talks_are_no_relation_when_the_source_names_only_an_intention(tables: Tables) -> None:
    tables.pair(status="talks", kind="memorandum")
    tables.load()
    made = only_partnership()
    assert milestones(made) == [("talks", "happened", "")]
    assert made.status == "unknown"
    assert not made.statements.filter(fact=Fact.PAIR).exists()


def test_joint_partners_stand_in_one_record_when_a_cell_names_them_together(
    tables: Tables, places: dict[str, Place]
) -> None:
    second = ForeignPlaceFactory(slug="beispielhausen")
    tables.spellings += "list,DE,Musterstadt und Beispielhausen,de/musterstadt\n"
    tables.spellings += "list,DE,Musterstadt und Beispielhausen,de/beispielhausen\n"
    tables.pair(foreign_text="Musterstadt und Beispielhausen")
    tables.load()
    assert [party.place for party in only_partnership().foreign_parties] == [places["town"], second]


def test_two_days_of_one_event_stay_both_and_the_stronger_source_is_followed(tables: Tables) -> None:
    tables.pair(status="signed", signed_on="2019-08-26", source="town-page")
    tables.pair(status="signed", signed_on="2019-08", source="paper")
    tables.agreement(signed_on="2019-08-25")
    tables.load()
    signing = Milestone.objects.get(type="signing")
    assert signing.follows is not None
    assert (signing.date, signing.follows.source.slug) == ("2019-08-25", "agreements-register")
    assert set(signing.statements.values_list("value", flat=True)) == {"2019-08-26", "2019-08", "2019-08-25"}


def test_days_far_apart_are_two_signings(tables: Tables) -> None:
    tables.pair(status="signed", signed_on="2009", source="paper")
    tables.pair(status="signed", signed_on="2019-08-25", source="town-page")
    tables.load()
    assert milestones(only_partnership()) == [
        ("signing", "happened", "2009"),
        ("signing", "happened", "2019-08-25"),
    ]


def test_one_agreement_is_made_when_the_register_lists_it_twice(tables: Tables) -> None:
    tables.agreement(title="Договір про співробітництво", signed_on="2009", legal_kind="транскордонне")
    tables.agreement(title="Договір", signed_on="2009")
    tables.agreement(title="Інша угода", signed_on="2015-03-01", term="5 років")
    tables.load()
    agreements = only_partnership().agreements.values_list("title", "legal_kind", "term")
    assert set(agreements) == {
        ("Договір про співробітництво", "transborder", ""),
        ("Інша угода", "unknown", "5 років"),
    }
    assert Milestone.objects.filter(type="signing").count() == 2
    assert Milestone.objects.filter(type="registration", date="").count() == 2


def test_the_kind_is_that_of_the_strongest_source_when_sources_differ(tables: Tables) -> None:
    tables.pair(kind="partnership", source="open-list")
    tables.pair(kind="solidarity", source="town-page")
    tables.load()
    assert only_partnership().listed_kind == "solidarity"
    assert set(Statement.objects.filter(fact=Fact.KIND).values_list("value", flat=True)) == {
        "partnership",
        "solidarity",
    }


def test_a_row_joins_the_registrars_record_when_it_has_the_same_parties(
    tables: Tables, places: dict[str, Place]
) -> None:
    made = PartnershipFactory(ua=places["single"], foreign=places["town"], decided=True, draft=True)
    tables.pair(status="decided", decided_on="2023-02-09")
    tables.load()
    assert SourceRow.objects.get().partnership == made
    known = only_partnership()
    assert known == made
    assert known.visibility == "draft"
    assert known.milestones.count() == 1


def test_a_hand_checked_record_has_its_body_kind_and_text(tables: Tables) -> None:
    tables.curated = f"""
[[body]]
key = "council"
kind = "council"
place = "de/musterstadt"
name_en = "Musterstadt Council"

[[programme]]
slug = "network"
name_uk = "Мережа"
name_en = "Network"
sources = ["open-list"]

[[partnership]]
id = 1
ukrainian = "{SINGLE}"
foreign = "de/musterstadt"
why_en = "Both have a river."

  [[partnership.milestone]]
  type = "decision"
  date = "2023-02-09"
  body = "council"
  kind = "solidarity"
  says = [{{ source = "paper", grade = "B" }}]
"""
    tables.pair(source="open-list")
    tables.load()
    made = only_partnership()
    assert (made.why_en, made.kind, made.evidence) == ("Both have a river.", "solidarity", "B")
    assert made.programme is not None
    assert made.programme.slug == "network"
    decision = made.milestones.get()
    assert decision.body is not None
    assert decision.body.name_en == "Musterstadt Council"
    assert tables.load().changes == 0
