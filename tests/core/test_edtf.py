"""Dates with precision: what is read, what is refused, and that the database sees the same days."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, connection, transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.edtf import InvalidDate, PartialDate, in_words
from core.fields import validate_edtf

days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
qualifiers = st.sampled_from(["", "?", "~", "%"])


@st.composite
def points(draw: st.DrawFn) -> str:
    day = draw(days)
    return draw(st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"])) + draw(qualifiers)


@st.composite
def edtf_texts(draw: st.DrawFn) -> str:
    first, last = sorted((draw(days), draw(days)))
    return draw(
        st.one_of(
            points(),
            st.just(f"{first:%Y-%m-%d}/{last:%Y-%m-%d}"),
            st.just(f"{first:%Y}/{last:%Y}"),
            st.just(f"{first:%Y-%m}/.."),
            st.just(f"../{last:%Y-%m-%d}"),
        )
    )


def in_database(edtf: str) -> tuple[bool, dt.date | None, dt.date | None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT core_edtf_is_valid(%s), core_edtf_earliest(%s), core_edtf_latest(%s)", [edtf] * 3
        )
        return cursor.fetchone()


@pytest.mark.django_db
@given(edtf_texts())
def test_database_and_python_read_the_same_days(edtf: str) -> None:
    date = PartialDate.parse(edtf)
    assert in_database(edtf) == (True, date.earliest, date.latest)


@given(st.text(max_size=40))
def test_no_text_is_read_as_a_date_that_it_is_not(text: str) -> None:
    try:
        date = PartialDate.parse(text)
    except InvalidDate:
        return
    assert date.edtf == text.strip()
    assert date.earliest is not None or date.latest is not None


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2023", dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
        ("2023-02", dt.date(2023, 2, 1), dt.date(2023, 2, 28)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2023-02-09", dt.date(2023, 2, 9), dt.date(2023, 2, 9)),
        ("2022/2023", dt.date(2022, 1, 1), dt.date(2023, 12, 31)),
        ("2022-10/..", dt.date(2022, 10, 1), None),
        ("../2023-02-09", None, dt.date(2023, 2, 9)),
        ("2023~", dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
    ],
)
def test_day_range_follows_from_the_precision(edtf: str, earliest: dt.date, latest: dt.date) -> None:
    date = PartialDate.parse(edtf)
    assert (date.earliest, date.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "wrong",
    [
        "2023-02-31",
        "2023-13",
        "31.02.2023",
        "2023-2-9",
        "2024/2023",
        "0000",
        "../..",
        "/",
        "2023-02-09T10:00",
    ],
)
def test_what_is_no_date_is_refused_with_what_may_be_written(wrong: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_edtf(wrong)
    assert wrong in refused.value.messages[0]


@pytest.mark.django_db
def test_database_refuses_a_day_that_does_not_exist() -> None:
    with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT core_edtf_earliest('2023-02-31')")


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["2023-02-31", "2023-13", "2024/2023", "0000", "../..", "9 лютого"])
def test_database_knows_what_is_no_date(wrong: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_edtf_is_valid(%s)", [wrong])
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize(
    ("edtf", "uk", "en"),
    [
        ("2023-02-09", "9 лютого 2023", "9 February 2023"),
        ("2022-10", "жовтень 2022", "October 2022"),
        ("2024", "2024", "2024"),
        ("", "", ""),
    ],
)
def test_date_is_written_no_more_precisely_than_known(edtf: str, uk: str, en: str) -> None:
    with override("uk"):
        assert in_words(edtf) == uk
    with override("en"):
        assert in_words(edtf) == en
