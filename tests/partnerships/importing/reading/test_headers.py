"""Columns are told by headers in three languages, in any order, and no meaning is given twice."""

import random

import pytest
from django.utils import translation

from partnerships.enums import TableShape
from partnerships.importing.reading import meanings as m
from partnerships.importing.reading.headers import folded, is_header, missing_in, read_headers, shape_of

#: Headers as whole tables have them, with the meaning of each.
TABLES = {
    "official register": (
        ("№ з/п", m.LINE),
        ("Реєстраційний номер", m.NUMBER),
        ("Назва угоди", m.TITLE),
        ("Дата та місце підписання", m.SIGNED_AND_PLACE),
        ("Вид співробітництва", m.LEGAL_KIND),
        ("Сфера співробітництва", m.SPHERE),
        ("Регіон України", m.UA_OBLAST),
        ("Суб’єкт МТС України", m.UA_PARTY),
        ("Назва іноземної держави", m.COUNTRY),
        ("Адміністративно-територіальна одиниця іноземної держави", m.FOREIGN_PARTY),
        ("Суб’єкт іноземної держави", m.FOREIGN_BODY),
        ("Строк дії", m.TERM),
    ),
    "register, described": (
        ("number", m.LINE),
        ("reg_number", m.NUMBER),
        ("title", m.TITLE),
        ("signed_date_and_place", m.SIGNED_AND_PLACE),
        ("kind", m.KIND),
        ("sphere", m.SPHERE),
        ("ua_region", m.UA_OBLAST),
        ("ua_subject", m.UA_PARTY),
        ("foreign_state", m.COUNTRY),
        ("foreign_atu", m.FOREIGN_PARTY),
        ("foreign_subject", m.FOREIGN_BODY),
        ("duration", m.TERM),
    ),
    "register with codes": (
        ("katottg", m.UA_CODE),
        ("hromada_name", m.UA_PARTY),
        ("oblast", m.UA_OBLAST),
        ("title", m.TITLE),
        ("signed_cell", m.SIGNED_AND_PLACE),
        ("signed_iso", m.SIGNED),
        ("legal_kind", m.LEGAL_KIND),
        ("foreign_state", m.COUNTRY),
        ("foreign_place", m.FOREIGN_PARTY),
        ("foreign_country_iso2", m.COUNTRY_CODE),
        ("duration", m.TERM),
    ),
    "map": (
        ("katottg", m.UA_CODE),
        ("hromada_short", m.UA_PARTY),
        ("oblast", m.UA_OBLAST),
        ("partner_name", m.FOREIGN_PARTY),
        ("partner_country_iso2", m.COUNTRY_CODE),
    ),
    "pairs": (
        ("ua_place_uk", m.UA_PARTY),
        ("ua_place_en", m.UA_PARTY_OTHER),
        ("ua_oblast_en", m.UA_OBLAST),
        ("katottg_hromada", m.UA_CODE),
        ("partner_place", m.FOREIGN_PARTY),
        ("partner_country_iso2", m.COUNTRY_CODE),
        ("kind", m.KIND),
        ("status", m.STATUS),
        ("decided_on", m.DECIDED),
        ("signed_on", m.SIGNED),
        ("source_url", m.URL),
        ("since_year", m.SINCE),
        ("note", m.NOTE),
    ),
    "Ukrainian": (
        ("Українська сторона", m.UA_PARTY),
        ("ІНОЗЕМНА СТОРОНА", m.FOREIGN_PARTY),
        ("Держава", m.COUNTRY),
        ("Область", m.UA_OBLAST),
        ("Район", m.UA_RAION),
        ("Код КАТОТТГ", m.UA_CODE),
        ("Дата підписання", m.SIGNED),
        ("Дата рішення ради", m.DECIDED),
        ("Дата реєстрації", m.REGISTERED),
        ("Дата припинення", m.ENDED),
        ("Вид", m.KIND),
        ("Статус", m.STATUS),
        ("Примітка", m.NOTE),
        ("Посилання", m.URL),
    ),
    "Ukrainian, in other words": (
        ("Назва територіальної громади", m.UA_PARTY),
        ("Місто-партнер", m.FOREIGN_PARTY),
        ("Країна партнера", m.COUNTRY),
        ("Рік", m.SINCE),
    ),
    "English": (
        ("Hromada", m.UA_PARTY),
        ("Oblast", m.UA_OBLAST),
        ("Partner", m.FOREIGN_PARTY),
        ("Country", m.COUNTRY),
        ("Signed on", m.SIGNED),
        ("Type of partnership", m.KIND),
    ),
    "German": (
        ("Ukrainische Kommune", m.UA_PARTY),
        ("Partnerkommune", m.FOREIGN_PARTY),
        ("Land", m.COUNTRY),
        ("Region/Gebiet", m.UA_OBLAST),
        ("Unterzeichnet am", m.SIGNED),
        ("Art", m.KIND),
        ("Seit", m.SINCE),
        ("Laufzeit", m.TERM),
        ("Bemerkung", m.NOTE),
    ),
    "German, of the other side": (
        ("Kommune", m.FOREIGN_PARTY),
        ("Bundesland", m.FOREIGN_REGION),
        ("Ukrainische Partnerkommune", m.UA_PARTY),
        ("Form der Partnerschaft", m.KIND),
    ),
    "country and Land": (
        ("Громада", m.UA_PARTY),
        ("Партнер", m.FOREIGN_PARTY),
        ("Land", m.FOREIGN_REGION),
        ("Країна", m.COUNTRY),
    ),
    "of two states": (("Партнер (Україна)", m.UA_PARTY), ("Партнер (Німеччина)", m.FOREIGN_PARTY)),
    "towns": (("City", m.UA_PARTY), ("Partner City", m.FOREIGN_PARTY), ("Partner Country", m.COUNTRY)),
}


@pytest.mark.parametrize("name", TABLES)
def test_headers_are_read_in_any_order(name: str) -> None:
    headers = list(TABLES[name])
    for turn in range(5):
        random.Random(turn).shuffle(headers)
        columns = read_headers([header for header, _meaning in headers])
        assert [(column.header, column.meaning) for column in columns] == headers
        assert is_header(columns)
        assert missing_in(columns) == ""


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("  Українська   сторона: ", m.UA_PARTY),
        ("Українська_сторона", m.UA_PARTY),
        ("«Громада»", m.UA_PARTY),
        ("UkrainischeKommune", m.UA_PARTY),
        ("Украінська сторона", m.UA_PARTY),
        ("Найменування суб'єкта міжнародного територіального співробітництва України", m.UA_PARTY),
        ("Суб`єкт МТС України", m.UA_PARTY),
        ("Ausländischer Partner", m.FOREIGN_PARTY),
        ("Ausl\u0061\u0308ndischer Partner", m.FOREIGN_PARTY),
        ("Foreign municipality", m.FOREIGN_PARTY),
        ("ISO code", m.COUNTRY_CODE),
        ("Країна-партнер", m.COUNTRY),
        ("KATOTTG", m.UA_CODE),
        ("Дата і місце укладення угоди", m.SIGNED_AND_PLACE),
        ("Датa підписання", m.SIGNED),
        ("Дата підписаня", m.SIGNED),
        ("Vertragsdatum", m.SIGNED),
        ("ISO-Code des Landes", m.COUNTRY_CODE),
        ("№", m.LINE),
        ("Рег. №", m.NUMBER),
        ("Дата набрання чинності", ""),
        ("Контактна особа", ""),
        ("Населення", ""),
        ("raion_code", ""),
        ("xyz", ""),
        ("", ""),
    ],
)
def test_one_header_is_read(header: str, meaning: str) -> None:
    assert read_headers([header])[0].meaning == meaning


def test_second_column_of_a_meaning_is_not_read_and_says_so() -> None:
    columns = read_headers(["Партнер", "Громада", "Партнер"])
    assert [column.meaning for column in columns] == [m.FOREIGN_PARTY, m.UA_PARTY, ""]
    assert columns[2].header == "Партнер (2)"
    with translation.override("en"):
        assert columns[2].label == "not read: it means the same as “Партнер”"
        assert columns[0].label == "foreign party"
        assert read_headers(["xyz"])[0].label == "not read"


def test_every_meaning_has_words() -> None:
    codes = {value for name, value in vars(m).items() if name.isupper() and isinstance(value, str)}
    assert codes == set(m.MEANINGS)


@pytest.mark.parametrize(
    "cells",
    [
        ["Перелік зареєстрованих угод про міжнародне територіальне співробітництво"],
        ["1", "Луцька міська рада", "Люблін", "2020-05-01"],
        ["UA12060170000091033", "Криворізька", "Дніпропетровська область", "Бонн"],
        ["name", "country_iso2", "lat", "lon"],
        [],
    ],
)
def test_line_that_is_no_header_is_not_taken_for_one(cells: list[str]) -> None:
    assert not is_header(read_headers(cells))


@pytest.mark.parametrize(
    ("headers", "shape"),
    [
        (["Громада", "Партнер", "Країна"], TableShape.MAP),
        (["Громада", "Партнер", "Країна", "Рік"], TableShape.PAIRS),
        (["Громада", "Партнер"], TableShape.PAIRS),
        # A title alone does not say that the agreement is registered.
        (["Назва угоди", "Громада", "Партнер"], TableShape.PAIRS),
        (["Назва угоди", "Дата та місце підписання", "Держава"], TableShape.REGISTER),
        (["Назва угоди", "Вид співробітництва", "Держава"], TableShape.REGISTER),
        (["Назва угоди", "Реєстраційний номер", "Громада", "Партнер"], TableShape.REGISTER),
    ],
)
def test_shape_follows_from_the_columns(headers: list[str], shape: TableShape) -> None:
    assert shape_of(read_headers(headers)) == shape


def test_folding_leaves_words() -> None:
    assert folded("  Суб’єкт (МТС) України:\n") == "субєкт мтс україни"
    assert folded("№ з/п") == "n з п"
    assert folded("partnerCountryISO") == "partner country iso"


@pytest.mark.parametrize(
    "header", ["Name (englisch)", "Kommune (en)", "Ort (englisch)", "Громада англійською"]
)
def test_a_name_in_english_beside_the_ukrainian_one_is_another_spelling(header: str) -> None:
    for headers in (["Ukrainische Kommune", header, "Partner"], [header, "Ukrainische Kommune", "Partner"]):
        read = {column.header: column.meaning for column in read_headers(headers)}
        assert (read["Ukrainische Kommune"], read[header]) == ("ua_party", "ua_party_other")
