"""Who a foreign party is by the text of its cell."""

from typing import Any

import pytest

from partnerships.importing.reading.foreign_party import AboutForeign, read_foreign
from partnerships.importing.reading.pieces import parties_in
from partnerships.importing.rows import PartyReading


def parties(cell: str, **about: Any) -> list[PartyReading]:
    return [read_foreign(piece, AboutForeign(**about)) for piece in parties_in(cell)]


CELLS: list[tuple[str, tuple[str, ...], dict[str, str]]] = [
    ("Ліверпуль", ("Ліверпуль",), {"unit": "", "country": ""}),
    ("м.Устрики Долішні", ("Устрики Долішні",), {"unit": "city"}),
    ("Гміна Загір&#39;я", ("Загір'я",), {"unit": "municipality"}),
    ("Го́жув-Великопо́льський", ("Гожув-Великопольський",), {}),
    ("Яcси", ("Ясси",), {}),
    ("Кöln", ("Köln",), {}),
    ("ґміна і місто Ніско", ("Ніско",), {"unit": "municipality"}),
    ("к.  Сучевіца", ("Сучевіца",), {"unit": "municipality"}),
    ("Obec Cifer", ("Cifer",), {"unit": "municipality"}),
    ("Gmina Jasło", ("Jasło",), {"unit": "municipality"}),
    ("Dębica (rural gmina)", ("Dębica",), {"unit": "municipality"}),
    ("Hambergen, Samtgemeinde", ("Hambergen",), {"unit": "municipality"}),
    ("Borken (Landkreis)", ("Borken",), {"unit": "region"}),
    ("Município de Braga", ("Braga",), {"unit": "municipality"}),
    ("Commune de Lyon", ("Lyon",), {"unit": "municipality"}),
    ("Stadt Bonn", ("Bonn",), {"unit": "city"}),
    ("City of Bonn", ("Bonn",), {"unit": "city"}),
    ("Отвоцький повіт", ("Отвоцький повіт", "Отвоцький"), {"unit": "region"}),
    ("Підкарпатське воєводство", ("Підкарпатське воєводство",), {"unit": "region"}),
    ("Повіт Тулча", ("Повіт Тулча", "Тулча"), {"unit": "region"}),
    ("Тулча, жудець", ("Тулча",), {"unit": "region"}),
    ("Младост, Варна", ("Младост",), {"region": "Варна"}),
    ("Easton, Connecticut", ("Easton",), {"region": "Connecticut", "country": ""}),
    ("Atlanta, Georgia", ("Atlanta",), {"region": "Georgia", "country": ""}),
    ("Bonn, Germany", ("Bonn",), {"country": "DE"}),
    ("Duisburg (DE)", ("Duisburg",), {"country": "DE"}),
    ("Подгориця – Чорногорія", ("Подгориця",), {"country": "ME"}),
    ("Муніципалітет Гавловіце, \nЧеська Республіка", ("Гавловіце",), {"country": "CZ"}),
    ("Місто Графенвьорт,\nРеспубліака Австрія", ("Графенвьорт",), {"country": "AT", "region": ""}),
    (
        "Гміна Глуськ Люблінського воєводства (Республіка Польща)",
        ("Глуськ",),
        {"country": "PL", "region": "Люблінського воєводства"},
    ),
    ("Гміна Пухачув, Ленчинського повіту", ("Пухачув",), {"region": "Ленчинського повіту"}),
    ("Комуна\nАпа (повіт Сату Маре)\nАдреса: вул. Прінчіпале, 132", ("Апа",), {"region": "повіт Сату Маре"}),
    (
        "Міська рада комуни Штюка, \nАдреса:\nвул. Прінчіпале, 42\nіндекс: 307400",
        ("Штюка",),
        {"unit": "municipality", "body_kind": "council"},
    ),
    (
        "Регіон Овернь-Рона-Альпи, Муніципалітет Марсії-ле-Шатель",
        ("Марсії-ле-Шатель",),
        {"unit": "municipality"},
    ),
    ("Яловенський\nрайон", ("Яловенський район",), {"unit": "region"}),
    ("магістрат міста Оберурзель", ("Оберурзель",), {"body_kind": "executive", "unit": "city"}),
    ("Кельн (Köln)", ("Кельн", "Köln"), {}),
    ("Pesterzsébet (Budapest)", ("Pesterzsébet",), {"region": "Budapest"}),
    ("Brighton and Hove", ("Brighton and Hove",), {}),
    ("Biel/Bienne", ("Biel/Bienne", "Biel"), {}),
]


@pytest.mark.parametrize(("cell", "names", "facts"), CELLS, ids=[cell[:40] for cell, _names, _facts in CELLS])
def test_cell_says_who_the_party_is(cell: str, names: tuple[str, ...], facts: dict[str, str]) -> None:
    (party,) = parties(cell)
    assert party.names[: len(names)] == names
    assert {name: getattr(party, name) for name in facts} == facts


def test_name_in_brackets_of_the_same_language_is_no_other_name() -> None:
    """A district's city in brackets would else be the partner."""
    assert parties("Pesterzsébet (Budapest)")[0].names == ("Pesterzsébet",)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Люблін; Вроцлав", ["Люблін", "Вроцлав"]),
        ("Люблін\nВроцлав", ["Люблін", "Вроцлав"]),
        (
            "Нарбонна та Великий Нарбонн, \n(Імʼя Прізвище,\nміський   голова)",
            ["Нарбонна", "Великий Нарбонн"],
        ),
        (
            "Metzingen, Bad Urach, Dettingen an der Erms (Viereckpartnerschaft)",
            ["Metzingen", "Bad Urach", "Dettingen an der Erms"],
        ),
        ("м. Штефан Воде,            с. Волінтір, с. Копчак", ["Штефан Воде", "Волінтір", "Копчак"]),
    ],
)
def test_cell_may_hold_several_parties(cell: str, names: list[str]) -> None:
    assert [party.names[0] for party in parties(cell)] == names


def test_parties_of_two_states_have_each_its_own() -> None:
    cell = "Гміни Россош, Яблонь, Вішніце Республіки Польща та Страдеч Республіки Беларусь"
    found = [(party.names[0], party.unit, party.country) for party in parties(cell)]
    assert found == [
        ("Россош", "municipality", ""),
        ("Яблонь", "municipality", ""),
        ("Вішніце", "municipality", "PL"),
        ("Страдеч", "municipality", "BY"),
    ]


def test_state_of_the_row_is_that_of_its_party() -> None:
    assert parties("Варна", country="BG", region="x")[0].country == "BG"
    assert parties("Батумі, Georgia", country="GE")[0].country == "GE"
    assert parties("Atlanta, Georgia", country="US")[0].country == "US"
