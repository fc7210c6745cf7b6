"""Dates as people type them: what is read, what is refused and why, and that our own words are read back."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from core.edtf import InvalidDate, PartialDate, WhyInvalid, in_words
from core.fields import EDTFField, EDTFFormField
from core.typed_dates import find_date, parse_date
from tests.core.test_edtf import edtf_texts


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        # Ukrainian
        ("9 лютого 2023", "2023-02-09"),
        ("9 лютого 2023 р.", "2023-02-09"),
        ("9-го лютого 2023 року", "2023-02-09"),
        ("Четвер, 9 лютого 2023", "2023-02-09"),
        ("від 9 лютого 2023", "2023-02-09"),
        ("23 жовтня 2025 року", "2025-10-23"),
        ("лютий 2023 р.", "2023-02"),
        ("у лютому 2023 року", "2023-02"),
        ("ЛИСТОПАД 2009", "2009-11"),
        ("2022 рік", "2022"),
        # Numbers with dots and what cells hold in their place
        ("09.02.2023", "2023-02-09"),
        ("9.2.2023", "2023-02-09"),
        ("02.2023", "2023-02"),
        ("07.06 2013,", "2013-06-07"),
        ("21.11. 2025 року", "2025-11-21"),
        ("2011-08-19 00:00:00", "2011-08-19"),
        ("2011-08-19T10:20:30Z", "2011-08-19"),
        ("2023.02.09", "2023-02-09"),
        ("2023–02–09", "2023-02-09"),
        ("2022", "2022"),
        # English
        ("9 February 2023", "2023-02-09"),
        ("9th of February, 2023", "2023-02-09"),
        ("February 9, 2023", "2023-02-09"),
        ("Feb 2023", "2023-02"),
        ("Sept. 2013", "2013-09"),
        # German, for imports
        ("9. Februar 2023", "2023-02-09"),
        ("März 2019", "2019-03"),
        ("im Jahr 2019", "2019"),
        # About, perhaps, both
        ("близько 2019", "2019~"),
        ("бл. 2019", "2019~"),
        ("about 2019", "2019~"),
        ("circa 2019", "2019~"),
        ("c. 2019", "2019~"),
        ("um 2019", "2019~"),
        ("2019?", "2019?"),
        ("2019 (?)", "2019?"),
        ("ймовірно 2019", "2019?"),
        ("probably May 2019", "2019-05?"),
        ("ймовірно близько 2019", "2019%"),
        # Periods
        ("2019–2021", "2019/2021"),
        ("2019-2021 рр.", "2019/2021"),
        ("з 2019", "2019/.."),
        ("since 2019", "2019/.."),
        ("seit 2019", "2019/.."),
        ("2019–", "2019/.."),
        ("до 2021", "../2021"),
        ("until 2021", "../2021"),
        ("2019-02/2019-05", "2019-02/2019-05"),
        ("з 2019 по 2021 рік", "2019/2021"),
        ("від 2019 до 2021", "2019/2021"),
        ("between 2019 and 2021", "2019/2021"),
        ("з 1 по 3 травня 2023", "2023-05-01/2023-05-03"),
        ("1–3.05.2023", "2023-05-01/2023-05-03"),
        ("02–05.2023", "2023-02/2023-05"),
        ("May 1–3, 2023", "2023-05-01/2023-05-03"),
        ("vom 1. bis 3. Mai 2023", "2023-05-01/2023-05-03"),
        ("28 лютого – 3 березня 2023", "2023-02-28/2023-03-03"),
        # Between slashes where only one reading is a day
        ("13/02/2023", "2023-02-13"),
        ("02/13/2023", "2023-02-13"),
        ("05/05/2023", "2023-05-05"),
        # What keyboards and copies do to text
        ("9\N{NO-BREAK SPACE}лютого\N{NARROW NO-BREAK SPACE}2023\N{NO-BREAK SPACE}р.", "2023-02-09"),
        ("лютoго 2023", "2023-02"),  # a Latin o
        ("2023 p.", "2023"),  # a Latin p
        ("лю\N{COMBINING ACUTE ACCENT}того 2023", "2023-02"),
        ("٢٠٢٣-٠٢-٠٩", "2023-02-09"),
        ("９.２.２０２３", "2023-02-09"),
        ("\N{ZERO WIDTH SPACE}2023", "2023"),
        # Nothing known
        ("", ""),
        ("-", ""),
        ("—", ""),
        ("_", ""),
        ("невідомо", ""),
        ("unknown", ""),
    ],
)
def test_typed_date_is_read(typed: str, edtf: str) -> None:
    assert parse_date(typed) == edtf


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31.02.2023", WhyInvalid.NO_SUCH_DAY),
        ("31 лютого 2023", WhyInvalid.NO_SUCH_DAY),
        ("2023-02-31", WhyInvalid.NO_SUCH_DAY),
        ("2023-13", WhyInvalid.NO_SUCH_DAY),
        ("02.13.2023", WhyInvalid.NO_SUCH_DAY),
        ("00.02.2023", WhyInvalid.NO_SUCH_DAY),
        ("0000", WhyInvalid.NO_SUCH_DAY),
        ("09/02/2023", WhyInvalid.TWO_WAYS),
        ("09-02-2023", WhyInvalid.TWO_WAYS),
        ("2011–12", WhyInvalid.TWO_WAYS),
        ("2011/12", WhyInvalid.TWO_WAYS),
        ("09.02.23", WhyInvalid.SHORT_YEAR),
        ("9/2/23", WhyInvalid.SHORT_YEAR),
        ("9 лютого 23", WhyInvalid.SHORT_YEAR),
        ("2021–2019", WhyInvalid.BACKWARDS),
        ("2024/2023", WhyInvalid.BACKWARDS),
        ("травень 2021 – лютий 2020", WhyInvalid.BACKWARDS),
        ("9 лютого", WhyInvalid.UNREADABLE),
        ("лютий", WhyInvalid.UNREADABLE),
        ("рік", WhyInvalid.UNREADABLE),
        ("вчора", WhyInvalid.UNREADABLE),
        ("весна 2023", WhyInvalid.UNREADABLE),
        ("2023 2024", WhyInvalid.UNREADABLE),
        ("20230209", WhyInvalid.UNREADABLE),
        ("?", WhyInvalid.UNREADABLE),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(typed: str, why: WhyInvalid) -> None:
    with pytest.raises(InvalidDate) as refused:
        parse_date(typed)
    assert refused.value.why is why
    assert typed in refused.value.explanation()


@pytest.mark.parametrize(
    ("cell", "edtf", "rest"),
    [
        ("22.03.2017, м.Устрики Долішні", "2017-03-22", "м.Устрики Долішні"),
        ("11.07.2025,\nм. Барі,\nІталійська\nРеспубліка", "2025-07-11", "м. Барі, Італійська Республіка"),
        ("07.06 2013,            м. Россош", "2013-06-07", "м. Россош"),
        ("21.11. 2025 року селище. Базіко", "2025-11-21", "селище. Базіко"),
        ("06 листопада 2025 року в селищі Козелець", "2025-11-06", "в селищі Козелець"),
        ("м. Раунхайм (Німеччина).   Дата укладання 09.12.2025", "2025-12-09", "м. Раунхайм (Німеччина)"),
        ("13.03.2018 с.Солонка", "2018-03-13", "с.Солонка"),
        ("23.02.2011, c. Зимна Вода", "2011-02-23", "c. Зимна Вода"),  # a Latin c is no "circa" here
        ("серпень 2009, м.Самбір", "2009-08", "м.Самбір"),
        ("1996,          м.Ковель", "1996", "м.Ковель"),
        ("м. Київ 9-го лютого 2023 р.", "2023-02-09", "м. Київ"),
        ("02.04.2021 м. Рені, вул. 1 травня", "2021-04-02", "м. Рені, вул. 1 травня"),
        ("з 1 по 3 травня 2023, онлайн", "2023-05-01/2023-05-03", "онлайн"),
        ("Duisburg, den 9. Februar 2023", "2023-02-09", "Duisburg"),
        ("2008-03-13 00:00:00", "2008-03-13", ""),
        ("09.12.2025, м. Київ, 9 грудня 2025 р.", "2025-12-09", "м. Київ"),
        ("02.12.2025\nм. Луцьк, Волинська обл.", "2025-12-02", "м. Луцьк, Волинська обл."),
        ("43025, м. Луцьк", "", "43025, м. Луцьк"),
        ("м. Ковель", "", "м. Ковель"),
        ("-", "", ""),
        ("", "", ""),
    ],
)
def test_date_is_found_beside_a_place(cell: str, edtf: str, rest: str) -> None:
    assert find_date(cell) == (edtf, rest)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("31.02.2023, м. Київ", WhyInvalid.NO_SUCH_DAY),
        ("2023-13, м. Київ", WhyInvalid.NO_SUCH_DAY),
        ("12.03.23 м. Львів", WhyInvalid.SHORT_YEAR),
        ("м. Львів, 9 лютого", WhyInvalid.UNREADABLE),
        ("05.06.2013, 07.06.2018, м. Львів", WhyInvalid.SEVERAL),
    ],
)
def test_cell_whose_date_cannot_be_trusted_is_refused(cell: str, why: WhyInvalid) -> None:
    with pytest.raises(InvalidDate) as refused:
        find_date(cell)
    assert refused.value.why is why


PIECES = (
    *("9", "31", "02", "2023", "1999", "00", "23", ".", "-", "–", "/", ",", "~", "?", "%", "..", "(", ")"),
    *("з", "по", "до", "від", "р.", "року", "лютого", "лютий", "May", "Februar", "about", "бл.", "since"),
    *("until", "і", "та", "далі", "T10:00", "м.", "Київ", "між", "and", "\n", " "),
)
pieces = st.sampled_from(PIECES)
texts = st.one_of(
    st.text(max_size=30), st.lists(pieces, max_size=8).map(" ".join), st.lists(pieces).map("".join)
)


@given(texts)
@example("2023" + " ," * 20_000 + "x")
@example("²")
@example("1" * 60)
@example("2023–")
def test_no_text_breaks_the_reading(text: str) -> None:
    for read in (parse_date, lambda cell: find_date(cell)[0]):
        try:
            edtf = read(text)
        except InvalidDate:
            continue
        assert edtf == "" or PartialDate.parse(edtf)


@given(edtf_texts(), st.sampled_from(["uk", "en"]))
def test_our_own_words_are_read_back(edtf: str, language: str) -> None:
    with override(language):
        assert parse_date(in_words(edtf)) == edtf


def test_field_of_a_form_shows_words_and_keeps_what_was_refused() -> None:
    field = EDTFField(blank=True).formfield()
    assert isinstance(field, EDTFFormField)
    with override("en"):
        assert field.prepare_value("2023-02") == "February 2023"
        assert field.clean("February 2023") == "2023-02"
        assert field.prepare_value("31.02.2023") == "31.02.2023"
        with pytest.raises(ValidationError, match="no such day"):
            field.clean("31.02.2023")


@pytest.mark.parametrize(
    ("initial", "typed", "changed"),
    [
        ("2023-02", "лютий 2023", False),
        ("2023-02", "2023-02-09", True),
        ("", " ", False),
        ("2023", "31.02.2023", True),
    ],
)
def test_same_date_in_other_words_is_no_change(initial: str, typed: str, changed: bool) -> None:
    assert EDTFFormField(required=False).has_changed(initial, typed) is changed
