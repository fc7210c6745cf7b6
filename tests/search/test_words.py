"""Words as search sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words import fold, lemma_text, lemmas_of, other_layout, words


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
    assert "\0" not in lemma_text(text)
