"""Words as search sees them."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from search.words import fold, lemmas_of, other_layout, text_vector, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Кам’янське", "камянське"),
        ("Камʼянське", "камянське"),
        ("Івано-Франківськ", "івано франківськ"),
        ("Їжакевич Ґанок", "їжакевич ґанок"),
        ("Köln", "koln"),
        ("Łódź", "lodz"),
        ("  Nový   Jičín ", "novy jicin"),
    ],
)
def test_folding_leaves_letters_and_single_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("form", "lemma"), [("партнерства", "партнерство"), ("угоди", "угода"), ("громадам", "громада")]
)
def test_inflected_word_gives_its_lemma(form: str, lemma: str) -> None:
    assert lemma in lemmas_of(form)


def test_form_of_several_words_gives_all_their_lemmas() -> None:
    assert {"місто", "міст"} <= set(lemmas_of("міст"))


def test_word_that_the_dictionary_does_not_know_stays_itself() -> None:
    assert "qxzt" in lemmas_of("qxzt")


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ"])
def test_each_apostrophe_gives_the_same_lemmas(apostrophe: str) -> None:
    assert lemmas_of(words(f"пам{apostrophe}яті")[0]) == lemmas_of("пам'яті")


@pytest.mark.parametrize(("typed", "meant"), [("rb]d", "київ"), ("вгшіигкп", "duisburg"), ("kmdsd", "львів")])
def test_other_layout_gives_what_the_same_keys_would(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


@given(st.text(max_size=200))
def test_no_text_breaks_the_words(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert "\0" not in text_vector((text, "A"))


@pytest.mark.django_db
@given(st.text(max_size=200), st.text(max_size=200))
def test_database_reads_every_vector(title: str, body: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(%s::tsvector)", [text_vector((title, "A"), (body, "C"))])
        assert cursor.fetchone()[0] <= len(
            {lemma for word in words(f"{title} {body}") for lemma in lemmas_of(word)}
        )


def test_lemmas_of_one_word_share_its_position() -> None:
    assert text_vector(("міст", "A")) == "'міст':1A 'місто':1A"
