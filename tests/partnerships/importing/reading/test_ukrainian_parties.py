"""Who a Ukrainian party is by the text of its cell: name, kind of unit, oblast, raion, body."""

from typing import Any

import pytest

from partnerships.importing.reading.pieces import parties_in
from partnerships.importing.reading.ukrainian_party import AboutUkrainian, code_in, read_ukrainian
from partnerships.importing.rows import PartyReading


def parties(cell: str, **about: Any) -> list[PartyReading]:
    return [read_ukrainian(piece, AboutUkrainian(**about)) for piece in parties_in(cell)]


#: Cell, names with which the reading begins, and what else it says.
CELLS: list[tuple[str, tuple[str, ...], dict[str, str]]] = [
    ("Кривий Ріг", ("Кривий Ріг",), {"unit": ""}),
    ("Криви́й Ріг", ("Кривий Ріг",), {}),
    ("Кривий\nРіг", ("Кривий Ріг",), {}),
    ("Кривий&nbsp;Ріг", ("Кривий Ріг",), {}),
    ("м.Київ", ("Київ",), {"unit": "city"}),
    ("смт Люблинець", ("Люблинець",), {"unit": "settlement"}),
    ("село Солонка", ("Солонка",), {"unit": "village"}),
    ("Миколаївська міська територіальна громада", ("Миколаївська",), {"unit": "city"}),
    ("Верховинська селищна рада", ("Верховинська",), {"unit": "settlement", "body_kind": "council"}),
    ("Хустська ОТГ", ("Хустська",), {"unit": "hromada"}),
    ("Хустська МТГ", ("Хустська",), {"unit": "city"}),
    ("Садова сільська ТГ", ("Садова",), {"unit": "village"}),
    ("Миколаївська громада Львівської області", ("Миколаївська",), {"oblast": "Львівська область"}),
    ("Миколаївською міською радою Львівської обл.", ("Миколаївська",), {"oblast": "Львівська область"}),
    ("Миколаїв (Львівська область)", ("Миколаїв",), {"oblast": "Львівська область"}),
    ("Черкаська область, м. Умань", ("Умань",), {"oblast": "Черкаська область", "unit": "city"}),
    ("Умань, Черкаська обл., Україна", ("Умань",), {"oblast": "Черкаська область"}),
    ("Тростянецька громада Сумщини", ("Тростянецька",), {"oblast": "Сумщина"}),
    ("Lviv Oblast, Mykolaiv", ("Mykolaiv",), {"oblast": "Lviv Oblast", "unit": ""}),
    ("Mykolaivska hromada (Lviv region)", ("Mykolaivska",), {"oblast": "Lviv Oblast", "unit": "hromada"}),
    (
        "Верховинська селищна рада Верховинського району Івано-Франківської області",
        ("Верховинська",),
        {"raion": "Верховинський", "oblast": "Івано-Франківська область", "unit": "settlement"},
    ),
    ("Калуський район", ("Калуський",), {"unit": "raion"}),
    ("Nikopolskyi raion", ("Nikopolskyi",), {"unit": "raion"}),
    ("Schytomyr, Rajon", ("Schytomyr",), {"unit": "raion"}),
    ("Львівська область", ("Львівська",), {"unit": "oblast", "oblast": ""}),
    ("Lviv Oblast", ("Lviv",), {"unit": "oblast"}),
    ("Odessa (Oblast)", ("Odessa",), {"unit": "oblast"}),
    (
        "Івано-Франківська обласна рада",
        ("Івано-Франківська",),
        {"unit": "oblast", "body_kind": "oblast_council"},
    ),
    (
        "Ivano-Frankivsk Regional Council",
        ("Ivano-Frankivsk",),
        {"unit": "oblast", "body_kind": "oblast_council"},
    ),
    (
        "Одеська ОДА                        (65032, м. Одеса, пр. Шевченка, 4, телефон: 000-00-00)",
        ("Одеська",),
        {"unit": "oblast", "body_kind": "state_administration"},
    ),
    (
        "Хмельницька обласна військова адміністрація",
        ("Хмельницька",),
        {"unit": "oblast", "body_kind": "military_administration"},
    ),
    ("Херсонська міська військова адміністрація", ("Херсонська",), {"body_kind": "military_administration"}),
    (
        "Ковельська районна державна адміністрація  (м. Ковель, вул. Незалежності, 73, Телефон: 000-00-00",
        ("Ковельський",),
        {"unit": "raion", "body_kind": "state_administration"},
    ),
    (
        "Глибоцька районна рада (60400, Чернівецька обл., Глибоцький р-н, селище міського типу Глибока,"
        " буд. 2",
        ("Глибоцький",),
        {"unit": "raion", "body_kind": "raion_council", "oblast": "Чернівецька область"},
    ),
    (
        "Виконавчий комітет ЛМР (43025, м. Луцьк, вул. Богдана Хмельницького, 19 / pochta@example.org)",
        ("Луцьк",),
        {"unit": "city", "body_kind": "executive", "body": "Виконавчий комітет ЛМР"},
    ),
    (
        "Івано-Франківський Виконавчий комітет міської ради (вул. Михайла Грушевського, 21, Івано-Франківськ,"
        " Івано-Франківська область, 76000)",
        ("Івано-Франківська",),
        {"unit": "city", "body_kind": "executive", "oblast": "Івано-Франківська область"},
    ),
    (
        "Куснищанська сільська рада (вул. Матиюка, 17, с. Куснища, Любомльський р-н, Волинська обл., 44326)",
        ("Куснищанська", "Куснища"),
        {"unit": "village", "raion": "Любомльський", "oblast": "Волинська область"},
    ),
    ("Lutsk City Council", ("Lutsk",), {"unit": "city", "body_kind": "council"}),
    ("Executive Committee of Lutsk City Council", ("Lutsk",), {"unit": "city", "body_kind": "executive"}),
    ("Khust urban territorial community", ("Khust",), {"unit": "city"}),
    ("City of Kharkiv", ("Kharkiv",), {"unit": "city"}),
    ("Stadt Charkiw", ("Charkiw",), {"unit": "city"}),
    ("Київська міська рада", ("Київська", "Київ"), {"unit": "city"}),
    ("рада міста Луцька", ("Луцька", "Луцьк"), {"unit": "city", "body_kind": "council"}),
    ("Печерський район міста Києва", ("Печерський",), {"unit": "city_district", "city": "Києва"}),
    ("Pecherskyi (Kyiv)", ("Pecherskyi",), {"unit": "city_district", "city": "Kyiv"}),
    ("Pecherskyi district (Kyiv)", ("Pecherskyi",), {"unit": "city_district", "city": "Kyiv"}),
    ("Industrialnyi (Kharkiv)", ("Industrialnyi",), {"unit": "city_district", "city": "Kharkiv"}),
    ("Звягель (Новоград-Волинський)", ("Звягель", "Новоград-Волинський"), {}),
    ("Нова Ушиця / Nova Ushytsia", ("Нова Ушиця / Nova Ushytsia", "Нова Ушиця", "Nova Ushytsia"), {}),
    ("UA12060170000091033 Кривий Ріг", ("Кривий Ріг",), {"code": "UA12060170000091033"}),
]


@pytest.mark.parametrize(("cell", "names", "facts"), CELLS, ids=[cell[:40] for cell, _names, _facts in CELLS])
def test_cell_says_who_the_party_is(cell: str, names: tuple[str, ...], facts: dict[str, str]) -> None:
    (party,) = parties(cell)
    assert party.names[: len(names)] == names
    assert {name: getattr(party, name) for name in facts} == facts


@pytest.mark.parametrize(
    ("cell", "first_names"),
    [
        ("Харків; Луцьк", ["Харків", "Луцьк"]),
        ("1) Хуст; 2) Тячів", ["Хуст", "Тячів"]),
        ("1. Хуст\n2. Тячів", ["Хуст", "Тячів"]),
        ("Хуст\nТячів\nРахів", ["Хуст", "Тячів", "Рахів"]),
        ("Хустська міська рада, Тячівська міська рада", ["Хустська", "Тячівська"]),
        ("місто Хуст та місто Тячів", ["Хуст", "Тячів"]),
        ("Khust and Tiachiv", ["Khust", "Tiachiv"]),
        ("Chust und Tjatschiw", ["Chust", "Tjatschiw"]),
        ("Умань, Черкаська область", ["Умань"]),
    ],
)
def test_cell_may_hold_several_parties(cell: str, first_names: list[str]) -> None:
    assert [party.names[0] for party in parties(cell)] == first_names


def test_words_for_both_parties_are_of_each() -> None:
    first, second = parties("Кам’янська та Званівська сільські ради")
    assert (first.names[0], first.unit, first.body_kind) == ("Кам’янська", "village", "council")
    assert (second.names[0], second.unit, second.body_kind) == ("Званівська", "village", "council")


def test_other_cells_complete_the_party() -> None:
    (party,) = parties("Одеська", oblast="Одеська область", unit="hromada", code="UA1")
    assert (party.unit, party.oblast, party.code) == ("hromada", "Одеська область", "UA1")
    (party,) = parties("Калуський район", unit="hromada")
    assert party.unit == "raion"


@pytest.mark.parametrize(
    ("name", "nominative"),
    [
        ("Білої Церкви", "Біла Церква"),
        ("Вінниці", "Вінниця"),
        ("Києва", "Київ"),
        ("Кривого Рогу", "Кривий Ріг"),
        ("Миколаєва", "Миколаїв"),
        ("Нового Роздолу", "Новий Розділ"),
        ("Полтави", "Полтава"),
        ("Рівного", "Рівне"),
        ("Тернополя", "Тернопіль"),
        ("Трускавця", "Трускавець"),
        ("Черкас", "Черкаси"),
        ("Чернівців", "Чернівці"),
        ("Яворовом", "Яворів"),
        ("Володимиром-Волинським", "Володимир-Волинський"),
        ("Городком", "Городок"),
        ("Яворів", "Яворів"),
    ],
)
def test_declined_name_gives_its_nominative_among_the_guesses(name: str, nominative: str) -> None:
    (party,) = parties(f"м. {name}", declined=True)
    assert nominative in party.names[:4]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("UA12060170000091033", "UA12060170000091033"),
        (" ua12060170000091033 ", "UA12060170000091033"),
        ("UА12060170000091033", "UA12060170000091033"),
        ("UA 1206 0170 0000 91033", "UA12060170000091033"),
        ("UA1206", "UA1206"),
    ],
)
def test_code_is_read_as_it_is_meant(cell: str, code: str) -> None:
    assert code_in(cell) == code
