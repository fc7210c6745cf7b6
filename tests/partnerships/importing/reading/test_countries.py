"""States by their codes and names, short, official and misspelt, in three languages."""

import pytest

from partnerships.importing.reading.countries import countries_in, country_of, named_exactly


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        (
            "PL",
            ["PL", "pl", "POL", "Польща", "Республіка Польща", "Республіки Польща", "РП", "Poland", "Polen"],
        ),
        ("PL", ["Ркспубліка Польща", "Республіка  Польщa", "Польша", "Polska", "ПОЛЬЩА"]),
        (
            "DE",
            ["DE", "DEU", "Німеччина", "ФРН", "Федеративна Республіка Німеччина", "Germany", "Deutschland"],
        ),
        (
            "DE",
            [
                "Federal Republic of Germany",
                "Bundesrepublik Deutschland",
                "Федеративної Республіки Німеччина",
            ],
        ),
        ("GB", ["UK", "GB", "Велика Британія", "Сполучене Королівство", "United Kingdom", "Великобританія"]),
        ("GB", ["Сполучене Королівство Великої Британії і Північної Ірландії", "Англія", "England"]),
        (
            "US",
            ["США", "USA", "US", "United States of America", "Vereinigte Staaten", "Сполучені Штати Америки"],
        ),
        ("CZ", ["Чеська Республіка", "Чехія", "Czechia", "Czech Republic", "Tschechien"]),
        ("MD", ["Республіка \nМолдова", "Молдова", "Moldau", "Republic of Moldova"]),
        ("IT", ["Італійська Республіка", "Італія", "Italien"]),
        ("AT", ["Республіака Австрія", "Австрія", "Austria", "Österreich"]),
        ("AU", ["Австралія", "Australia"]),
        ("TR", ["Türkiye", "Turkey", "Туреччина", "Турецька Республіка"]),
        ("RU", ["РФ", "Росія", "Russian Federation", "Russland"]),
        ("BY", ["Республіка Беларусь", "Білорусь", "Belarus", "Weißrussland"]),
        ("UA", ["Україна", "Ukraine", "України"]),
        ("XK", ["Косово", "Kosovo"]),
        ("", ["ZZ", "XX", "Xyz", "Атлантида", "", "-", "EU", "12", "Луцьк", "Іралія"]),
    ],
)
def test_state_is_told_by_any_of_its_names(code: str, texts: list[str]) -> None:
    assert {text: country_of(text)[0] for text in texts} == dict.fromkeys(texts, code)


def test_mended_spelling_is_told() -> None:
    assert country_of("Ркспубліка Польща") == ("PL", True)
    assert country_of("Республіка Польща") == ("PL", False)


def test_cell_may_name_several_states() -> None:
    assert countries_in("Республіка Молдова, Румунія") == (["MD", "RO"], [])
    assert countries_in("Боснія і Герцеговина") == (["BA"], [])
    assert countries_in("Польща\nАтлантида") == (["PL"], ["Атлантида"])
    assert countries_in("Англія, Сполучене Королівство Великої Британії") == (["GB"], [])


def test_only_names_count_beside_a_place() -> None:
    assert named_exactly("Польща") == "PL"
    assert named_exactly("Польшча") == ""
    assert named_exactly("de") == ""
