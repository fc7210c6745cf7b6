"""What a whole row says: parties, days, kinds, states, and what is wrong with it."""

from typing import Any

import pytest
from django.utils import translation

from partnerships.importing.reading import open_table, understand
from partnerships.importing.rows import RawRow, Reading
from tests.partnerships.importing.reading.files import HEADER, ROW, opened, reading, text

OFFICIAL = (
    *("number", "reg_number", "title", "signed_date_and_place", "kind", "sphere", "ua_region", "ua_subject"),
    *("foreign_state", "foreign_atu", "foreign_subject", "duration"),
)


def official(**cells: str) -> Reading:
    table = opened([OFFICIAL, [cells.get(column, "") for column in OFFICIAL]])
    (row,) = table.rows()
    return understand(row, table)


def pair(**cells: str) -> Reading:
    return reading(**({"Громада": "Луцька", "Партнер": "Люблін"} | cells))


def test_row_of_the_official_register_is_read_whole() -> None:
    found = official(
        reg_number="17",
        title="Угода між Миколаївською міською радою,Львівської області (Україна) та Гміною Щебрешин",
        signed_date_and_place="25.08.2019,                    м. Щебрешин",
        kind="транскордонне та міжтериторіальне",
        sphere="Торговельно-економічне,\nнауково-технічне",
        foreign_state="Республіка Польща",
        foreign_atu="м.Щебрешин",
        duration="_",
    )
    (ukrainian,) = found.ukrainian
    assert (ukrainian.names[0], ukrainian.oblast) == ("Миколаївська", "Львівська область")
    (foreign,) = found.foreign
    assert (foreign.names[0], foreign.country) == ("Щебрешин", "PL")
    assert (found.signed_on, found.signed_place) == ("2019-08-25", "м. Щебрешин")
    assert (found.legal_kind, found.legal_kind_text) == ("", "транскордонне та міжтериторіальне")
    assert (found.kind, found.status, found.term) == ("", "registered", "")
    assert (found.registration_number, found.sphere) == ("17", "Торговельно-економічне, науково-технічне")
    assert (found.fault, found.remarks, found.title_cut) == ("", (), False)


def test_title_says_more_than_a_cell_of_the_same_name() -> None:
    """The register's mix-up: the cell can be any of nine hromadas, the title says which."""
    title = "Угода між Миколаївською міською радою Львівської області (Україна) та Гміною Щебрешин (Польща)"
    found = official(title=title, ua_subject="Миколаївська міська рада", foreign_atu="Щебрешин")
    assert found.ukrainian[0].oblast == "Львівська область"


def test_title_that_contradicts_a_cell_stands_beside_it() -> None:
    title = "Угода між Миколаївською міською радою Львівської області (Україна) та Гміною Щебрешин (Польща)"
    found = official(title=title, ua_subject="Миколаївська міська рада", ua_region="Миколаївська область")
    assert found.ukrainian[0].oblast == "Миколаївська область"
    assert found.title_ukrainian[0].oblast == "Львівська область"


def test_cell_tells_which_town_of_a_title_is_ours() -> None:
    title = "Угода про партнерську  співпрацю між містом Бая-Маре та містом Івано-Франківськ"
    found = official(title=title, ua_subject="Івано-Франківський Виконавчий комітет міської ради")
    assert [party.names[0] for party in found.ukrainian] == ["Івано-Франківська"]
    assert "Бая-Маре" in found.foreign[0].names


def test_initials_without_address_leave_the_word_to_the_title() -> None:
    title = "Угода між Луцькою міською радою (Україна) та містом Люблін (Польща)"
    found = official(title=title, ua_subject="Виконавчий комітет ЛМР", ua_region="Волинська область")
    assert (found.ukrainian[0].names[0], found.ukrainian[0].oblast) == ("Луцька", "Волинська область")


def test_body_of_the_foreign_party_is_kept_beside_its_place() -> None:
    (party,) = official(foreign_atu="м. Сірет", foreign_subject="Рада міста Сірет", title="Угода").foreign
    assert (party.names[0], party.body, party.body_kind) == ("Сірет", "Рада міста Сірет", "council")


def test_foreign_body_stands_for_the_place_that_no_cell_names() -> None:
    (party,) = official(foreign_subject="Магістрат міста Оберурзель", foreign_state="ФРН").foreign
    assert (party.names[0], party.country, party.body_kind) == ("Оберурзель", "DE", "executive")


def test_row_of_the_map_is_one_of_hromadas() -> None:
    found = reading(
        katottg="UA51100270000073549",
        hromada_short="Одеська",
        oblast="Одеська область",
        partner_name="Ліверпуль",
        partner_country_iso2="GB",
    )
    (ours,), (theirs,) = found.ukrainian, found.foreign
    assert (ours.code, ours.names[0], ours.unit, ours.oblast) == (
        *("UA51100270000073549", "Одеська", "hromada", "Одеська область"),
    )
    assert (theirs.names, theirs.country) == (("Ліверпуль",), "GB")
    assert found.status == ""


def test_name_in_two_languages_is_one_party() -> None:
    found = reading(ua_place_uk="Кривий Ріг", ua_place_en="Kryvyi Rih", partner_place="Duisburg")
    assert [party.names for party in found.ukrainian] == [("Кривий Ріг", "Kryvyi Rih")]


def test_english_name_stands_where_the_ukrainian_is_missing() -> None:
    found = reading(ua_place_uk="", ua_place_en="Pecherskyi (Kyiv)", partner_place="Duisburg")
    assert (found.ukrainian[0].names[0], found.ukrainian[0].unit) == ("Pecherskyi", "city_district")


def test_code_alone_is_a_party() -> None:
    found = reading(KATOTTG="UA12060170000091033", Партнер="Бонн")
    assert (found.ukrainian[0].code, found.fault) == ("UA12060170000091033", "")


def test_several_parties_have_each_its_code() -> None:
    found = reading(Громада="Хуст; Тячів", KATOTTG="UA21120270000066821; UA21100270000012345", Партнер="Брно")
    assert [party.code for party in found.ukrainian] == ["UA21120270000066821", "UA21100270000012345"]


@pytest.mark.parametrize(
    ("cell", "day", "place"),
    [
        ("22.03.2017, м.Устрики Долішні", "2017-03-22", "м.Устрики Долішні"),
        ("м. Щебрешин 25.08.2019", "2019-08-25", "м. Щебрешин"),
        ("2011-08-19 00:00:00", "2011-08-19", ""),
        ("07.06 2013,            м. Россош", "2013-06-07", "м. Россош"),
        ("21.11. 2025 року селище. Базіко (Італія)", "2025-11-21", "селище. Базіко (Італія)"),
        ("23 жовтня 2025 року, м. Раунхайм", "2025-10-23", "м. Раунхайм"),
        ("серпень 2009, м.Самбір", "2009-08", "м.Самбір"),
        ("1996,   м.Ковель", "1996", "м.Ковель"),
        ("19.11.2025 року\nм. Бухарест", "2025-11-19", "м. Бухарест"),
        ("село Упіце (Чехія). Дата укладання 09.12.2025", "2025-12-09", "село Упіце (Чехія)"),
        ("м. Ковель", "", "м. Ковель"),
        ("-", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_day_and_place_of_one_cell_are_told_apart(cell: str, day: str, place: str) -> None:
    found = official(title="Угода", ua_subject="Луцьк", foreign_atu="Люблін", signed_date_and_place=cell)
    assert (found.signed_on, found.signed_place, found.fault) == (day, place, "")


def test_signing_online_is_a_mode_and_no_place() -> None:
    found = official(title="Угода", ua_subject="Луцьк", signed_date_and_place="18.07.2025,\nонлайн-формат")
    assert (found.signed_on, found.signed_place, found.mode) == ("2025-07-18", "", "online")


@pytest.mark.parametrize("day", ["31.02.2023", "2023-13", "2023-02-30", "32.01.2020", "колись", "x", "12"])
@pytest.mark.parametrize(
    "column", ["Дата підписання", "Дата рішення ради", "Дата реєстрації", "Дата припинення"]
)
def test_what_is_no_day_refuses_the_row_and_names_it(column: str, day: str) -> None:
    with translation.override("en"):
        assert pair(**{column: day}).fault == f"“{day}” is not a date."


def test_all_that_is_wrong_is_named() -> None:
    with translation.override("en"):
        found = pair(**{"Дата підписання": "31.02.2023", "Дата рішення ради": "2023-13"})
    assert found.fault == "“2023-13” is not a date. “31.02.2023” is not a date."


@pytest.mark.parametrize(
    ("signed", "ended", "refused"),
    [
        ("2020-05-01", "2020-04-30", True),
        ("2020-05", "2020-04", True),
        ("2020-05-01", "2019", True),
        ("2020-05-01", "2020", False),
        ("2020-05-01", "2020-05-01", False),
        ("", "2020", False),
    ],
)
def test_end_before_its_signing_refuses_the_row(signed: str, ended: str, refused: bool) -> None:
    with translation.override("en"):
        found = pair(**{"Дата підписання": signed, "Дата припинення": ended})
    assert found.fault == ("It ends before it was signed." if refused else "")


def test_two_days_of_signing_are_told() -> None:
    header = ["Назва угоди", "signed_cell", "signed_iso"]
    cells = ["Угода між Луцькою міською радою та Гміною Беско", "25.08.2019, Луцьк", "2019-08-26"]
    table = opened([header, cells])
    (row,) = table.rows()
    with translation.override("en"):
        found = understand(row, table)
    assert found.signed_on == "2019-08-26"
    assert found.remarks == ("The cells give two days of signing: 2019-08-26, 2019-08-25.",)


@pytest.mark.parametrize(
    ("cell", "year"), [("2019", "2019"), ("since 2019", "2019"), ("05.2019", "2019"), ("-", "")]
)
def test_year_from_which_it_is_counted(cell: str, year: str) -> None:
    assert pair(since_year=cell).since == year


@pytest.mark.parametrize(
    ("cell", "kind", "legal_kind"),
    [
        ("партнерство солідарності", "solidarity", ""),
        ("Solidaritätspartnerschaft", "solidarity", ""),
        ("Проєктне партнерство", "project", ""),
        ("побратимство", "partnership", ""),
        ("partnership", "partnership", ""),
        ("Partnerschaft", "partnership", ""),
        ("Дружні відносини", "friendship", ""),
        ("Freundschaft", "friendship", ""),
        ("Kontakt", "contact", ""),
        ("Меморандум про співпрацю", "memorandum", ""),
        ("Kooperationsvereinbarung", "cooperation", ""),
        ("угода про співробітництво", "cooperation", ""),
        ("unknown", "", ""),
        ("транскордонне", "", "transborder"),
        ("міжтериторіальне", "", "interterritorial"),
        ("transnational", "", "transnational"),
        ("транскордонне та міжтериторіальне", "", ""),
    ],
)
def test_kind_is_told_in_three_languages(cell: str, kind: str, legal_kind: str) -> None:
    found = pair(Вид=cell)
    assert (found.kind, found.legal_kind, found.remarks) == (kind, legal_kind, ())


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("signed", "signed"),
        ("підписано", "signed"),
        ("unterzeichnet", "signed"),
        ("Рішення прийнято", "decided"),
        ("beschlossen", "decided"),
        ("зареєстровано", "registered"),
        ("погоджено Мінрозвитку", "approved"),
        ("planned", "announced"),
        ("ведуться переговори", "talks"),
        ("hoped", "hoped"),
        ("listed", "listed"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_status_is_told_in_three_languages(cell: str, status: str) -> None:
    assert pair(Статус=cell).status == status


def test_words_that_are_not_known_are_left_out_and_told() -> None:
    with translation.override("en"):
        found = pair(Вид="щось", Статус="інше", Країна="Атлантида")
    assert (found.kind, found.status, found.foreign[0].country) == ("", "", "")
    assert found.remarks == (
        "“щось” is no kind of relation that is known.",
        "“інше” is no status that is known.",
        "“Атлантида” is no country that is known.",
    )
    assert found.fault == ""


def test_relation_that_is_over_is_told() -> None:
    assert len(pair(Статус="припинено").remarks) == 1


def test_two_states_of_a_row_leave_the_country_open() -> None:
    with translation.override("en"):
        found = pair(Країна="Республіка Молдова, Румунія")
    assert found.foreign[0].country == ""
    assert found.remarks == ("The row names several countries: MD, RO.",)


def test_state_in_the_party_s_cell_counts_before_that_of_the_row() -> None:
    found = pair(Партнер="Гуденсберг (Німеччина)", Країна="PL")
    assert found.foreign[0].country == "DE"
    assert len(found.remarks) == 1


def test_code_and_name_of_one_state_agree() -> None:
    header = ["Громада", "Партнер", "Країна", "country_iso2"]
    table = opened([header, ["Луцька", "Люблін", "Польща", "PL"]])
    found = [understand(row, table) for row in table.rows()]
    assert [(one.foreign[0].country, one.remarks) for one in found] == [("PL", ())]


@pytest.mark.parametrize("country", ["Росія", "RU", "Російська Федерація", "Russia"])
def test_partner_of_the_aggressor_state_is_refused(country: str) -> None:
    assert pair(Партнер="Твер", Країна=country).fault
    assert pair(Партнер=f"Твер, {country}").fault or len(country) == 2


def test_partner_from_belarus_is_doubtful() -> None:
    found = pair(Партнер="Брест", Країна="Білорусь")
    with translation.override("en"):
        assert pair(Партнер="Брест", Країна="BY").remarks == ("Partners from Belarus need checking.",)
    assert (found.fault, found.foreign[0].country) == ("", "BY")


def test_row_that_is_none_keeps_its_fault() -> None:
    table = opened([HEADER, ROW])
    assert understand(RawRow(2, {}, "broken"), table) == Reading(fault="broken")


def test_row_without_parties_is_refused() -> None:
    assert reading(Громада="-", Партнер="", Країна="PL").fault


def test_cell_that_holds_a_whole_list_is_refused() -> None:
    assert pair(Партнер="; ".join(f"Місто {number}" for number in range(40))).fault
    assert pair(Партнер="x" * 5_000).fault


def test_row_is_read_the_same_after_a_journey_through_json() -> None:
    found = official(
        title="Угода між Луцькою міською радою (Україна) та містом Люблін (Польща)", foreign_state="щось"
    )
    assert found.ukrainian
    assert found.foreign
    assert Reading.from_json(found.to_json()) == found


def test_reading_of_an_older_batch_is_still_read() -> None:
    older: dict[str, Any] = Reading().to_json()
    del older["title_ukrainian"], older["title_foreign"]
    assert Reading.from_json(older) == Reading()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_order_of_columns_and_language_of_headers_change_nothing(encoding: str) -> None:
    ours = {"Громада": "Луцька", "Партнер": "Люблін", "Країна": "Польща", "Вид": "дружба"}
    ours["Дата підписання"] = "2020-05-01"
    german = ("Unterzeichnet am", "Art", "Land", "Partnerkommune", "Ukrainische Kommune")
    cells = ("2020-05-01", "Freundschaft", "Polen", "Люблін", "Луцька")
    table = open_table(text([german, cells], encoding, ";"), "file.csv")
    (row,) = table.rows()
    there = understand(row, table)
    here = reading(**{name.replace(" ", "_"): cell for name, cell in ours.items()})
    assert (there.signed_on, there.kind) == (here.signed_on, here.kind) == ("2020-05-01", "friendship")
    assert [party.country for party in there.foreign] == [party.country for party in here.foreign] == ["PL"]
    assert [party.names for party in there.ukrainian] == [party.names for party in here.ukrainian]
