"""Whatever a file says, the matcher answers, and is certain only with more than a shared name."""

import json
from functools import cache
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships.importing.matching.matcher import Matcher
from partnerships.importing.rows import Match, PartyMatch, PartyReading, Reading
from partnerships.loading.ukrainian import Unit
from tests.partnerships.importing.matching.atlas import Atlas
from tests.partnerships.importing.matching.conftest import a_small_ukraine, some_places_abroad

NAMES = (
    "Миколаїв",
    "Миколаївська",
    "Кривий Ріг",
    "Krywyj Rih",
    "Іванівка",
    "Слобідка",
    "Дзвиняч",
    "Київ",
    "Köln",
)
UNITS = ("", "hromada", "city", "settlement", "village", "raion", "oblast", "city_district", "x")
TITLES = (
    "",
    "Угода між Миколаївською міською радою Львівської області (Україна) та містом Köln",
    "Угода між Криворізькою міською радою (Україна) та Гміною Грубешів",
)
texts = st.one_of(st.sampled_from((*NAMES, "Köln", "Neustadt")), st.text(max_size=40))
parties = st.builds(
    PartyReading,
    text=texts,
    names=st.lists(texts, max_size=3).map(tuple),
    unit=st.sampled_from(UNITS),
    code=st.one_of(st.just(""), st.text(max_size=20), st.integers(1, 40).map(lambda n: f"UA99{n:015d}")),
    oblast=st.one_of(st.sampled_from(["", "Львівська", "Dnipropetrovsk Oblast"]), st.text(max_size=20)),
    raion=st.one_of(st.sampled_from(["", "Стрийський", "Криворізький р-н"]), st.text(max_size=20)),
    country=st.sampled_from(["", "DE", "PL", "XX"]),
    region=st.one_of(st.just(""), st.text(max_size=20)),
)
readings = st.builds(
    Reading,
    ukrainian=st.lists(parties, max_size=2).map(tuple),
    foreign=st.lists(parties, max_size=2).map(tuple),
    title=st.one_of(st.sampled_from(TITLES), st.text(max_size=80)),
    title_ukrainian=st.lists(parties, max_size=1).map(tuple),
    title_cut=st.booleans(),
)


@cache
def world() -> tuple[Matcher, SimpleNamespace]:
    atlas = Atlas()
    ukraine = a_small_ukraine(atlas)
    some_places_abroad(atlas)
    return atlas.matcher(), ukraine


def match(reading: Reading) -> Match:
    return world()[0].match(reading)


@settings(max_examples=300, deadline=None)
@given(readings)
def test_every_party_gets_an_answer_and_candidates_are_sorted_and_unique(reading: Reading) -> None:
    found = match(reading)

    assert [one.party for one in found.ukrainian] == list(reading.ukrainian)
    assert [one.party for one in found.foreign] == list(reading.foreign)
    for party in found.parties:
        points = [candidate.points for candidate in party.candidates]
        assert points == sorted(points, reverse=True)
        assert all(0 <= number <= 100 for number in points)
        assert len({candidate.place for candidate in party.candidates}) == len(points) <= 9
        assert all(candidate.reasons for candidate in party.candidates)
        assert party.certain != bool(party.doubt)
        assert party.candidates or not party.certain
        json.dumps([candidate.code for candidate in party.candidates])


@settings(max_examples=300, deadline=None)
@given(parties)
def test_who_is_certain_has_more_than_a_shared_name_to_show(party: PartyReading) -> None:
    found = match(Reading(ukrainian=(party,))).ukrainian[0]

    assert not found.certain or beyond_the_name(party, found)


def beyond_the_name(party: PartyReading, found: PartyMatch) -> bool:
    """Code, oblast, raion, kind or size; or no second hromada has any of the names."""
    units = world()[0].ukrainian.places.units
    chosen = units[found.candidates[0].place]
    told = party.code or party.oblast.strip() or party.raion.strip() or party.unit
    return bool(told) or is_alone(chosen, found) or (chosen.population or 0) >= 100_000


def is_alone(chosen: Unit, found: PartyMatch) -> bool:
    units = world()[0].ukrainian.places.units
    others = [units[candidate.place] for candidate in found.candidates[1:]]
    return not any(other.names & chosen.names for other in others)


@settings(max_examples=200, deadline=None)
@given(parties)
def test_the_same_party_gets_the_same_answer_twice(party: PartyReading) -> None:
    reading = Reading(ukrainian=(party,), foreign=(party,))

    assert match(reading) == match(reading)
