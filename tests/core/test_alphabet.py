"""Names sort by the Ukrainian alphabet."""

import random

import pytest
from django.db import connection

ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"


def sorted_by_database(names: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name ORDER BY core_sort_key(name), name", [names]
        )
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db
def test_letters_sort_in_the_order_of_the_alphabet() -> None:
    shuffled = random.sample(ALPHABET, len(ALPHABET))
    assert "".join(sorted_by_database(shuffled)) == ALPHABET


@pytest.mark.django_db
def test_large_letters_sort_among_small_ones() -> None:
    names = [
        "Гадяч",
        "ґанок",
        "Ґрунь",
        "дім",
        "Єнакієве",
        "Жмеринка",
        "Івано-Франківськ",
        "їдальня",
        "Йосипівка",
    ]
    assert sorted_by_database(names[::-1]) == names


@pytest.mark.django_db
@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ"])
def test_apostrophes_and_hyphens_do_not_count(apostrophe: str) -> None:
    names = [f"Кам{apostrophe}янка", "Камянське", "Ко-са", "Коси"]
    assert sorted_by_database(names[::-1]) == names


@pytest.mark.django_db
def test_latin_letters_with_accents_sort_as_without() -> None:
    assert sorted_by_database(["Malmö", "Łódź", "Lodzia", "Kraków"]) == ["Kraków", "Łódź", "Lodzia", "Malmö"]
