"""Loading tables of partnerships: what is not certain makes no record and stays visible."""

from pathlib import Path

import pytest

from partnerships.enums import RowOutcome
from partnerships.models import Partnership, SourceRow
from places.models import Place
from tests.factories.places import katottg
from tests.factories.register_tables import (
    CITY,
    NAMESAKE,
    RAION,
    SINGLE,
    Tables,
    only_partnership,
    places_of_tables,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(db: None) -> dict[str, Place]:
    return places_of_tables()


@pytest.fixture
def tables(places: dict[str, Place], tmp_path: Path) -> Tables:
    return Tables(tmp_path)


def outcomes() -> list[tuple[str, str]]:
    """Outcome and reason of every row, in the order of sources and lines."""
    return list(SourceRow.objects.order_by("source__slug", "line").values_list("outcome", "reason"))


def test_a_hope_makes_no_record_when_it_is_all_that_the_source_says(tables: Tables) -> None:
    tables.pair(status="hoped")
    report = tables.load()
    assert not Partnership.objects.exists()
    assert report.count(RowOutcome.REFUSED) == 1


def test_the_register_row_is_doubtful_when_its_title_names_the_namesake_in_another_oblast(
    tables: Tables,
) -> None:
    title = "Угода про співпрацю та партнерство між Миколаївською міською радою,Львівської області (Україна) "
    for partner in ("Гміною Устрики Долішні", "Гміною Щебрешин"):
        tables.agreement(
            ua_katottg=CITY,
            ua_text="Миколаївська міська",
            ua_oblast="Миколаївська область",
            title=f"{title}та {partner}",
            foreign_iso2="PL",
            foreign_text="м.Щебрешин",
        )
    tables.load()
    rows = SourceRow.objects.all()
    assert [row.outcome for row in rows] == [RowOutcome.DOUBTFUL] * 2
    assert [row.candidates for row in rows] == [[NAMESAKE]] * 2
    assert not Partnership.objects.exists()


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("Угода між Миколаївською міською радою Львівської області та містом Мустерштадт", RowOutcome.NEW),
        ("Угода між Миколаївською міською радою (Україна) та містом Мустерштадт", RowOutcome.DOUBTFUL),
        ("Угода про партнерство", RowOutcome.DOUBTFUL),
    ],
)
def test_a_name_that_two_hromadas_bear_is_certain_only_when_the_title_says_which(
    tables: Tables, title: str, outcome: str
) -> None:
    tables.agreement(ua_katottg=NAMESAKE, ua_text="Миколаївська міська", title=title)
    tables.load()
    row = SourceRow.objects.get()
    assert row.outcome == outcome
    if outcome == RowOutcome.DOUBTFUL:
        assert set(row.candidates) == {CITY, NAMESAKE}


@pytest.mark.parametrize(
    ("title", "partner"),
    [
        ("Угода між Одинцівською міською радою (Україна) і містом Інше (Польща)", "Мустерштадтський повіт"),
        ("Угода між Одинцівською міською радою (Україна) і мерією Мустерштадт", "Мустерштадтський повіт"),
        ("Угода між Одинцівською міською радою та Гміною Інша (Польща), область Мустерштадт", "Мустерштадт"),
        ("Угода між Союзом українців та Одинцівською міською радою, м. Мустерштадт", "Мустерштадт"),
        ("Угода між сектором 4 міста Мустерштадт та м. Одинцеве (Україна)", "Мустерштадт"),
    ],
)
def test_the_register_row_is_doubtful_when_title_and_cell_name_different_partners(
    tables: Tables, title: str, partner: str
) -> None:
    tables.agreement(title=title, foreign_text=partner)
    tables.load()
    assert SourceRow.objects.get().outcome == RowOutcome.DOUBTFUL
    assert not Partnership.objects.exists()


@pytest.mark.parametrize(
    ("cells", "candidates"),
    [
        ({"ua_text": "Інше"}, [SINGLE]),
        ({"ua_oblast": "Mykolaivska"}, [SINGLE]),
        ({"ua_katottg": katottg(777)}, [SINGLE]),
        ({"ua_katottg": "", "ua_text": "Миколаїв", "ua_oblast": ""}, [CITY, NAMESAKE]),
        ({"ua_source_text": "Odynzewe (Rajon)"}, [RAION, SINGLE]),
        ({"foreign_text": "Nirgendwo"}, []),
        ({"foreign_iso2": "FR"}, []),
    ],
)
def test_a_pair_is_doubtful_when_code_name_oblast_or_partner_do_not_agree(
    tables: Tables, cells: dict[str, str], candidates: list[str]
) -> None:
    tables.pair(**cells)
    tables.load()
    row = SourceRow.objects.get()
    assert row.outcome == RowOutcome.DOUBTFUL
    assert sorted(row.candidates) == sorted(candidates)
    assert row.reason
    assert not Partnership.objects.exists()


def test_a_raion_is_certain_without_a_code_only_when_the_oblast_is_named(
    tables: Tables, places: dict[str, Place]
) -> None:
    raion = {"ua_katottg": "", "ua_text": "Стрийський район"}
    tables.pair(**raion)
    tables.pair(**raion, ua_oblast="", foreign_iso2="PL", foreign_text="Szczebrzeszyn")
    tables.load()
    assert [outcome for outcome, _reason in outcomes()] == [RowOutcome.NEW, RowOutcome.DOUBTFUL]
    assert only_partnership().ukrainian_parties[0].place == places["raion"]


def test_a_district_is_never_taken_for_the_town_of_its_name(tables: Tables, places: dict[str, Place]) -> None:
    tables.spellings += "list,DE,Musterstadt (Landkreis),de/lk\n"
    tables.pair(foreign_text="Musterstadt (Landkreis)")
    tables.pair(foreign_text="Musterstadt")
    tables.load()
    partners = [one.foreign_parties[0].place for one in Partnership.objects.with_parties()]
    assert partners == [places["district"], places["town"]]
