"""What becomes of each row: exactly one of four outcomes, with its reason."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.enums import RowOutcome, TableShape
from partnerships.importing.reporting import Tally, report_line
from partnerships.importing.rows import Match, PartyReading, RawRow, Reading
from partnerships.importing.settling import Chosen, Settled, Settler, digest_of, likeness_of
from partnerships.importing.stating import claim_of
from partnerships.loading.pairs import Pairs
from partnerships.loading.tables import RowRefused
from tests.partnerships.importing.fakes import KnownNames, reading

TODAY = dt.date(2026, 11, 24)
NAMES = {"Одинцеве": 10, "Миколаїв": 11, "Musterstadt": 20, "Beispielhausen": 21}


def settler(pairs: Pairs | None = None, shape: str = TableShape.PAIRS, **given: dict[bytes, int]) -> Settler:
    return Settler(KnownNames(NAMES), pairs or Pairs(), "list", shape, TODAY, **given)


def known(*records: tuple[tuple[int, ...], tuple[int, ...]]) -> Pairs:
    """Records 1, 2 … of these places."""
    pairs = Pairs()
    for key, (ua, foreign) in enumerate(records, start=1):
        pairs._add(key, ua, foreign)
        pairs.numbers[key] = 100 + key
    return pairs


def settle(said: Reading | None, pairs: Pairs | None = None, fault: str = "") -> Settled:
    return settler(pairs).settle(RawRow(2, {}, fault), said)


def test_a_pair_that_nobody_knew_makes_a_new_record() -> None:
    row = settle(reading())
    assert (row.outcome, row.ua, row.foreign) == (RowOutcome.NEW, (10,), (20,))


def test_a_pair_that_a_record_has_is_matched() -> None:
    row = settle(reading(), known(((10,), (20,))))
    assert (row.outcome, row.key) == (RowOutcome.MATCHED, 1)


def test_a_row_joins_the_record_that_has_its_places_and_others_when_it_is_the_only_one() -> None:
    row = settle(reading(), known(((10,), (20, 21))))
    assert (row.outcome, row.key) == (RowOutcome.MATCHED, 1)


def test_the_record_without_other_parties_is_meant_when_there_are_both() -> None:
    row = settle(reading(), known(((10,), (20, 21)), ((10,), (20,))))
    assert (row.outcome, row.key) == (RowOutcome.MATCHED, 2)


def test_two_records_of_the_same_places_leave_the_row_doubtful() -> None:
    row = settle(reading(), known(((10,), (20,)), ((10,), (20,))))
    assert (row.outcome, row.records) == (RowOutcome.DOUBTFUL, (1, 2))
    assert "101" in row.reason
    assert "102" in row.reason


def test_several_parties_of_a_side_make_one_record_with_all_of_them() -> None:
    row = settle(reading(ua="Одинцеве;Миколаїв", foreign="Musterstadt;Beispielhausen"))
    assert (row.outcome, row.ua, row.foreign) == (RowOutcome.NEW, (10, 11), (20, 21))


def test_partners_named_together_are_doubtful_when_the_register_has_them_apart() -> None:
    row = settle(reading(foreign="Musterstadt;Beispielhausen"), known(((10,), (20,)), ((10,), (21,))))
    assert (row.outcome, row.records) == (RowOutcome.DOUBTFUL, (1, 2))


def test_a_pair_that_the_file_names_again_belongs_to_its_first_row_with_a_remark() -> None:
    one = settler()
    first, second = (one.settle(RawRow(line, {}), reading()) for line in (2, 7))
    assert (second.outcome, second.key, second.same_as) == (RowOutcome.MATCHED, first.key, 2)
    assert "2" in second.words


def test_a_party_that_nobody_knows_leaves_the_row_doubtful_with_candidates() -> None:
    row = settle(reading(ua="Невідоме"))
    assert (row.outcome, row.doubted_codes) == (RowOutcome.DOUBTFUL, ["UA1", "UA2"])
    assert row.reason == "Nobody knows Невідоме."


def test_a_row_without_a_party_is_refused_and_doubtful_when_its_title_may_tell() -> None:
    assert settle(reading(ua="")).outcome == RowOutcome.REFUSED
    assert settle(reading(foreign="")).outcome == RowOutcome.REFUSED
    assert settle(reading(ua="", title="Угода про партнерство")).outcome == RowOutcome.DOUBTFUL


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({"fault": "No such day."}, "No such day."),
        ({"signed_on": "2027-01-01"}, "2027-01-01"),
        ({"decided_on": "2027"}, "2027"),
        ({"status": "hoped"}, ""),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(facts: dict[str, str], part: str) -> None:
    row = settle(reading(**facts))
    assert row.outcome == RowOutcome.REFUSED
    assert part in row.reason
    assert row.reason


def test_a_year_that_has_begun_is_not_the_future() -> None:
    assert settle(reading(signed_on="2026")).outcome == RowOutcome.NEW


@pytest.mark.parametrize("country", ["ru", "by"])
def test_a_partner_in_russia_or_belarus_is_never_taken_without_a_person(country: str) -> None:
    one = settler()
    one.matcher = _Of(country)
    row = one.settle(RawRow(2, {}), reading())
    assert row.outcome == RowOutcome.DOUBTFUL
    assert row.reason


def test_a_choice_of_a_person_settles_a_doubtful_row() -> None:
    row = settler().settle(RawRow(2, {}), reading(ua="Невідоме"), Chosen((11,), (20, 21)))
    assert (row.outcome, row.ua, row.foreign) == (RowOutcome.NEW, (11,), (20, 21))


def test_of_two_records_the_chosen_one_is_meant() -> None:
    pairs = known(((10,), (20,)), ((10,), (20,)))
    assert settler(pairs).settle(RawRow(2, {}), reading(), Chosen((10,), (20,), 2)).key == 2
    own = settler(pairs).settle(RawRow(2, {}), reading(), Chosen((10,), (20,), 0))
    assert own.outcome == RowOutcome.NEW


def test_what_the_source_said_before_is_known_even_where_the_place_is_doubtful() -> None:
    said = reading(ua="Невідоме")
    row = settler(known(((10,), (20,))), said_before={digest_of(said): 1}).settle(RawRow(9, {}), said)
    assert (row.outcome, row.key, row.repeated) == (RowOutcome.MATCHED, 1, True)


def test_a_record_that_was_merged_leads_to_the_one_that_holds_it() -> None:
    pairs = known(((10,), (20,)), ((11,), (21,)))
    pairs.leads_to[1] = 2
    assert settle(reading(), pairs).key == 2


# --- what a row states ------------------------------------------------------------------------------------
def facts(said: Reading, shape: str = TableShape.PAIRS) -> set[tuple[str, str, str]]:
    return {
        (one.fact, one.value, one.event.type if one.event else "")
        for one in claim_of(said, "list", shape, TODAY).assertions
    }


def test_a_list_states_that_the_pair_exists() -> None:
    assert facts(reading()) == {("pair", "", "")}


@pytest.mark.parametrize("status", ["announced", "talks", "approved"])
def test_an_intention_states_no_relation(status: str) -> None:
    assert ("pair", "", "") not in facts(reading(status=status))


def test_dates_and_kind_become_statements_of_their_events() -> None:
    said = reading(
        kind="solidarity",
        decided_on="2023-02-09",
        signed_on="2023-02",
        announced_for="2023-02-21",
        since="2022",
    )
    assert facts(said) == {
        ("pair", "", ""),
        ("kind", "solidarity", ""),
        ("date", "2023-02-09", "decision"),
        ("date", "2023-02", "signing"),
        ("date", "2023-02-21", "signing"),
        ("since", "2022", ""),
    }


def test_the_register_says_of_each_agreement_that_it_was_signed_and_registered() -> None:
    said = reading(title="Угода", legal_kind="transborder", term="5 років", signed_on="2019-08-25")
    assert facts(said, TableShape.REGISTER) == {
        ("pair", "", ""),
        ("title", "Угода", ""),
        ("legal_kind", "transborder", ""),
        ("term", "5 років", ""),
        ("date", "2019-08-25", "signing"),
        ("status", "registered", "registration"),
    }


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "java\tscript:x", "https://", "//x"]
)
def test_an_address_that_leads_to_no_page_is_left_out(url: str) -> None:
    claim = claim_of(reading(url=url), "list", TableShape.PAIRS, TODAY)
    assert {one.url for one in claim.assertions} == {""}


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(RowRefused):
        claim_of(reading(since="2023-02-31"), "list", TableShape.PAIRS, TODAY)


# --- every row --------------------------------------------------------------------------------------------
TEXTS = st.text(max_size=12) | st.sampled_from([*NAMES, "2023-02-31", "2023", "2031-01-01"])
PARTIES = st.lists(
    st.builds(PartyReading, text=st.sampled_from([*NAMES, "Невідоме"]) | st.text(max_size=5)), max_size=3
).map(tuple)
READINGS = st.none() | st.builds(
    Reading,
    ukrainian=PARTIES,
    foreign=PARTIES,
    title=TEXTS,
    signed_on=TEXTS,
    ended_on=TEXTS,
    status=st.sampled_from(["", "hoped", "signed", "talks", "?"]),
    kind=TEXTS,
    url=TEXTS,
    fault=st.sampled_from(["", "", "No such day."]),
)


@given(st.lists(st.tuples(READINGS, st.sampled_from(["", "", "The row has 3 cells."])), max_size=30))
def test_no_row_is_lost_whatever_it_holds(rows: list[tuple[Reading | None, str]]) -> None:
    one, tally = settler(), Tally()
    for line, (said, fault) in enumerate(rows, start=2):
        settled = one.settle(RawRow(line, {}, fault), said)
        tally.add(settled)
        assert settled.belongs == (settled.key is not None)
        assert settled.belongs or settled.reason
        assert len(settled.reason) <= 300
        assert len(report_line(settled, one.pairs)) == 8
    assert tally.rows == len(rows)
    assert set(tally.outcomes) <= set(RowOutcome)


@given(
    st.permutations([("Одинцеве", "Musterstadt"), ("Миколаїв", "Musterstadt"), ("Одинцеве", "Musterstadt")])
)
def test_outcomes_do_not_depend_on_the_order_of_rows(rows: list[tuple[str, str]]) -> None:
    one = settler()
    outcomes = Counter(
        one.settle(RawRow(line, {}), reading(*names)).outcome for line, names in enumerate(rows)
    )
    assert outcomes == {RowOutcome.NEW: 2, RowOutcome.MATCHED: 1}


def test_rows_are_alike_by_the_names_of_their_parties_and_equal_by_all_they_say() -> None:
    one, other = reading(signed_on="2020"), reading(signed_on="2021")
    assert likeness_of(one) == likeness_of(other)
    assert likeness_of(one) != likeness_of(reading(ua="Миколаїв"))
    assert digest_of(one) != digest_of(other)
    assert digest_of(one) == digest_of(Reading.from_json({**one.to_json(), "remarks": ["told"]}))


class _Of(KnownNames):
    """Every foreign place lies in one country."""

    def __init__(self, country: str) -> None:
        super().__init__(NAMES)
        self.country = country

    def match(self, reading: Reading) -> Match:
        found = super().match(reading)
        foreign = tuple(
            replace(
                party,
                candidates=tuple(replace(one, code=f"{self.country}/place") for one in party.candidates),
            )
            for party in found.foreign
        )
        return replace(found, foreign=foreign)
