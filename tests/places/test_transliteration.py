"""Cabinet Resolution 55 of 2010: our transliteration against its own examples and special rules."""

import pytest

from places.transliteration import transliterate


@pytest.mark.parametrize(
    ("ukrainian", "latin"),
    [
        ("Алушта", "Alushta"),
        ("Борщагівка", "Borshchahivka"),
        ("Вишгород", "Vyshhorod"),
        ("Ґалаґан", "Galagan"),
        ("Єнакієве", "Yenakiieve"),
        ("Наєнко", "Naienko"),
        ("Житомир", "Zhytomyr"),
        ("Їжакевич", "Yizhakevych"),
        ("Кадиївка", "Kadyivka"),
        ("Йосипівка", "Yosypivka"),
        ("Стрий", "Stryi"),
        ("Харків", "Kharkiv"),
        ("Біла Церква", "Bila Tserkva"),
        ("Гоща", "Hoshcha"),
        ("Юрій", "Yurii"),
        ("Крюківка", "Kriukivka"),
        ("Яготин", "Yahotyn"),
        ("Ічня", "Ichnia"),
    ],
)
def test_transliterate_follows_the_table_for_each_letter(ukrainian: str, latin: str) -> None:
    assert transliterate(ukrainian) == latin


@pytest.mark.parametrize(("ukrainian", "latin"), [("Згорани", "Zghorany"), ("Розгон", "Rozghon")])
def test_transliterate_writes_zgh_when_h_follows_z(ukrainian: str, latin: str) -> None:
    assert transliterate(ukrainian) == latin


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ"])
def test_transliterate_drops_apostrophe_when_inside_a_word(apostrophe: str) -> None:
    assert transliterate(f"Знам{apostrophe}янка") == "Znamianka"


def test_transliterate_keeps_quotation_marks_when_around_a_word() -> None:
    assert transliterate("'Явір'") == "'Yavir'"


def test_transliterate_treats_the_part_after_a_hyphen_as_a_word() -> None:
    assert transliterate("Гола-Юрівка") == "Hola-Yurivka"


def test_transliterate_keeps_capitals_when_the_word_is_in_capitals() -> None:
    assert transliterate("ЩЕРБАКІВЩИНА") == "SHCHERBAKIVSHCHYNA"


def test_transliterate_leaves_other_characters_alone() -> None:
    assert transliterate("с. Львів-2 (Lviv)") == "s. Lviv-2 (Lviv)"
