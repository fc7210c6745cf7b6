"""Spellings of sources: real faults seen in the ministry's map and the register."""

import pytest

from places.spelling import clean_spelling, match_key, without_type


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Гміна Загір&#39;я", "Гміна Загір'я"),
        ("Го\u0301жув-Великопо\u0301льський", "Гожув-Великопольський"),
        ("Кутаї\u0301сі", "Кутаїсі"),
        ("Ноф-га-Галі\u0301ль", "Ноф-га-Галіль"),
        ("Яcси", "Ясси"),
        ("  Сатаніїв \n  Йосип ", "Сатаніїв Йосип"),
        ("Pécs", "Pécs"),
    ],
)
def test_clean_spelling_repairs_text_when_the_source_is_faulty(raw: str, clean: str) -> None:
    assert clean_spelling(raw) == clean


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("м.Щебрешин", "Щебрешин"),
        ("Ґміна Журавіца", "Журавіца"),
        ("к.  Сучевіца", "Сучевіца"),
        ("ґміна і місто Стрижів", "Стрижів"),
        ("Obec Cifer", "Cifer"),
        ("Комуна\nАпа (повіт Сату Маре)\nАдреса: комуна Апа, вул. Прінчіпале, 132", "Апа"),
        ("місто Грубешів Люблінського воєводства", "Грубешів"),
        ("Комуна Ульма повіту Сучава", "Ульма"),
        ("магістрат міста Оберурзель", "Оберурзель"),
        ("Мюнхен", "Мюнхен"),
        ("Комарно", "Комарно"),
    ],
)
def test_without_type_gives_the_name_alone(cell: str, name: str) -> None:
    assert without_type(cell) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ґеделле", "геделле"),
        ("Кам’янець", "Камʼянець"),
        ("Тиргу-Нямц", "Тиргу Нямц"),
        ("Târgu Lăpuș", "Targu Lapus"),
        ("Łódź", "lodz"),
        ("Großenkneten", "GROSSENKNETEN"),
    ],
)
def test_match_key_is_equal_when_spellings_differ_only_in_marks(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(("one", "other"), [("Біла", "Бела"), ("Йосип", "Иосип"), ("Сянік", "Сяник")])
def test_match_key_differs_when_letters_differ(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)
