"""Taking back what a piece of work wrote, by the history."""

import pytest

from core.history import attributed
from core.undo import Span, inserted, put_back
from partnerships.models import Programme, Source
from tests.factories.partnerships import ProgrammeFactory, SourceFactory

pytestmark = pytest.mark.django_db


def change(source: Source, **values: str) -> None:
    Source.objects.filter(pk=source.pk).update(**values)


def test_columns_get_the_values_that_stood_before() -> None:
    source = SourceFactory(title="One", publisher="Somebody")
    span = Span.begin()
    change(source, title="Two")
    change(source, title="Three")
    restored, kept = put_back(Source, [span.end()])
    source.refresh_from_db()
    assert (source.title, source.publisher) == ("One", "Somebody")
    assert (restored, kept) == ({source.pk}, [])


def test_a_column_that_somebody_changed_since_stays_and_is_told() -> None:
    source = SourceFactory(title="One", publisher="Somebody")
    span = Span.begin()
    change(source, title="Two", publisher="Nobody")
    done = span.end()
    with attributed(None, "a person"):
        change(source, title="Two and a half")
    restored, kept = put_back(Source, [done])
    source.refresh_from_db()
    assert (source.title, source.publisher) == ("Two and a half", "Somebody")
    assert restored == {source.pk}
    assert [(one.row_id, one.columns) for one in kept] == [(source.pk, ("title",))]


def test_only_what_the_work_wrote_is_put_back() -> None:
    source, other = SourceFactory(title="One"), SourceFactory(title="Other")
    change(other, title="Before the work")
    span = Span.begin()
    change(source, title="Two")
    done = span.end()
    change(other, title="After the work")
    put_back(Source, [done])
    source.refresh_from_db()
    other.refresh_from_db()
    assert (source.title, other.title) == ("One", "After the work")


def test_several_stretches_are_put_back_to_what_stood_before_the_first() -> None:
    source = SourceFactory(title="One")
    spans = []
    for title in ("Two", "Three"):
        span = Span.begin()
        change(source, title=title)
        spans.append(span.end())
    put_back(Source, spans)
    source.refresh_from_db()
    assert source.title == "One"


def test_added_rows_are_named_to_the_caller() -> None:
    SourceFactory()
    span = Span.begin()
    mine = SourceFactory()
    done = span.end()
    SourceFactory()
    assert inserted(Source, [done]) == [mine.pk]
    assert inserted(Programme, [done]) == []
    assert put_back(Source, [done]) == (set(), [])


def test_rows_that_are_gone_and_no_stretch_at_all_are_nothing_to_put_back() -> None:
    programme = ProgrammeFactory()
    span = Span.begin()
    Programme.objects.filter(pk=programme.pk).update(name_en="Changed")
    done = span.end()
    programme.delete()
    assert put_back(Programme, [done]) == (set(), [])
    assert put_back(Programme, []) == (set(), [])
    assert inserted(Programme, []) == []


def test_a_stretch_survives_being_stored() -> None:
    span = Span.begin().end()
    assert Span.from_json({**span.to_json(), "undone": True}) == span
