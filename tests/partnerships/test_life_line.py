"""The life-line: what its marks and lines look like, and what is drawn to scale."""

import datetime as dt
import re

import pytest
from django.template.loader import render_to_string

from partnerships.life_drawing import (
    LifeLine,
    LifeLink,
    LifePoint,
    LifeSegment,
    Look,
    Since,
    Stage,
    Turn,
    life_line,
)
from partnerships.life_scale import DOT, LEFT, WIDTH, LifeScale, life_scale


def life(
    stage: Stage = "happened",
    date: str = "2023-02-21",
    *,
    last: str = "",
    turn: Turn = "",
    fulfilled_by: str = "",
    anchor: str = "",
    failed: bool = False,
    since: Since = "",
    kind: str = "",
) -> LifePoint:
    """A point with a date from `date` to `last` (the same day where it is not given), none where empty."""
    first = dt.date.fromisoformat(date) if date else None
    return LifePoint(
        label="Signing",
        date_text=date,
        detail="",
        stage=stage,
        fulfilled=bool(fulfilled_by),
        fulfilled_by=fulfilled_by,
        anchor=anchor,
        earliest=first,
        latest=dt.date.fromisoformat(last) if last else first,
        turn=turn,
        failed=failed,
        since=since,
        kind=kind,
    )


TODAY = dt.date(2026, 11, 24)
NOTHING_KNOWN = LifePoint("Registration", "", "", "none")


def looks(line: LifeLine) -> list[Look]:
    return [mark.look for mark in line.marks]


def stretches(line: LifeLine) -> list[str]:
    return [mark.to_next for mark in line.marks]


def scale_of(*points: LifePoint, segments: tuple[LifeSegment, ...] = ()) -> LifeScale:
    drawn = life_scale(life_line(points, segments), TODAY)
    assert drawn is not None
    return drawn


# --- Marks and lines --------------------------------------------------------------------------------------


def test_line_of_a_decided_pair_turns_dashed_at_the_announced_signing() -> None:
    line = life_line([life(), life(), life("announced"), NOTHING_KNOWN])
    assert looks(line) == ["done", "done", "planned", "none"]
    assert stretches(line) == ["done", "planned", "none", ""]
    assert [mark.current for mark in line.marks] == [False, True, False, False]
    assert [mark.number for mark in line.marks] == [1, 2, 3, 4]


def test_announcement_that_was_kept_stays_told_from_what_happened() -> None:
    line = life_line([life("announced", fulfilled_by="life-2"), life(anchor="life-2")])
    assert looks(line) == ["kept", "done"]
    assert stretches(line) == ["planned", ""]


def test_announcement_that_failed_has_a_look_of_its_own_and_the_relation_goes_on() -> None:
    line = life_line([life(turn="starts"), life("announced", failed=True), life(turn="starts")])
    assert looks(line) == ["done", "failed", "done"]
    assert stretches(line) == ["done", "done", ""]


def test_line_breaks_while_suspended_and_goes_on_with_the_renewal() -> None:
    line = life_line([life(turn="starts"), life(turn="pauses"), life(), life(turn="starts"), life()])
    assert stretches(line) == ["done", "gap", "gap", "done", ""]


def test_line_stops_where_the_relation_ended() -> None:
    assert stretches(life_line([life(turn="starts"), life(turn="ends"), life()])) == ["done", "over", ""]


def test_line_from_an_open_announcement_to_a_later_fact_is_not_solid() -> None:
    assert stretches(life_line([life("announced"), life()])) == ["planned", ""]


def test_what_has_no_date_stands_apart() -> None:
    line = life_line([life(date=""), life(), NOTHING_KNOWN])
    assert [mark.point.date_text for mark in line.marks] == ["2023-02-21", ""]
    assert [mark.point.stage for mark in line.undated] == ["happened"]
    assert [mark.number for mark in (*line.marks, *line.undated)] == [1, 2, 2]


def test_life_without_any_date_has_no_line() -> None:
    line = life_line([life(date=""), NOTHING_KNOWN])
    assert line.marks == ()
    assert [mark.look for mark in line.undated] == ["done", "none"]
    assert line.undated[0].current


def test_what_came_after_the_day_asked_for_is_not_the_current_mark() -> None:
    line = life_line([life(), life(since="possibly"), life(since="later")])
    assert [mark.current for mark in line.marks] == [True, False, False]
    assert [mark.css.split()[-1] for mark in line.marks] == ["current", "possibly", "later"]


def test_line_goes_down_the_page_when_it_has_more_points_than_a_row_holds() -> None:
    assert life_line([life()] * 6).in_row
    assert not life_line([life()] * 7).in_row


def test_single_point_is_no_row() -> None:
    assert not life_line([life()]).in_row


# --- To scale ---------------------------------------------------------------------------------------------


def test_distances_are_those_of_time() -> None:
    drawn = scale_of(life(date="2020-01-01"), life(date="2021-01-01"), life(date="2024-01-01"))
    first, second, third = (mark.x for mark in drawn.marks)
    assert (third - second) / (second - first) == pytest.approx(3, abs=0.02)
    assert first == LEFT


def test_date_that_is_not_exact_is_as_wide_as_its_range() -> None:
    drawn = scale_of(
        life(date="2020-01-01"), life(date="2021-01-01", last="2021-12-31"), life(date="2024-01-01")
    )
    exact, year, _ = drawn.marks
    assert exact.width == 2 * DOT
    assert year.width == pytest.approx((drawn.marks[2].x - drawn.marks[0].x) / 4, rel=0.01)
    assert "range" in year.css
    assert "range" not in exact.css


@pytest.mark.parametrize("events", [2, 20])
def test_marks_touch_neither_each_other_nor_the_edge_however_close_their_days(events: int) -> None:
    days = [dt.date(2023, 1, 1) + dt.timedelta(days=4 * n) for n in range(events - 1)]
    drawn = scale_of(*(life(date=f"{day}") for day in days), life(date="2023-06-01"))
    boxes = [(mark.left, mark.left + mark.width, mark.y) for mark in drawn.marks]
    for place, (left, right, y) in enumerate(boxes):
        assert left >= 0
        assert right <= WIDTH
        assert y - DOT >= 0
        for other_left, other_right, other_y in boxes[place + 1 :]:
            assert y != other_y or right < other_left or other_right < left


def test_announcement_is_joined_to_what_carried_it_out() -> None:
    drawn = scale_of(
        life("announced", "2023-02-21", fulfilled_by="life-2"), life(date="2023-09-01", anchor="life-2")
    )
    assert len(drawn.links) == 1
    assert f"{drawn.marks[1].x:.1f}" in drawn.links[0]
    assert scale_of(life("announced", "2023-02-21"), life(date="2023-09-01")).links == ()


def test_announcement_is_joined_to_what_carried_it_out_also_on_the_same_day() -> None:
    announced = life("announced", "2023-02-21", fulfilled_by="life-2")
    drawn = scale_of(announced, life(date="2023-02-21", anchor="life-2"), life(date="2025-01-01"))
    assert len(drawn.links) == 1
    assert len({mark.y for mark in drawn.marks[:2]}) == 2


def test_each_state_of_the_relation_is_a_bar_with_its_kind() -> None:
    start, change = dt.date(2022, 10, 27), dt.date(2024, 8, 28)
    segments = (
        LifeSegment("going", "Project partnership", start, change),
        LifeSegment("going", "Partnership", change, None),
    )
    drawn = scale_of(life(date=f"{start}"), life(date=f"{change}"), segments=segments)
    assert [bar.label for bar in drawn.bars] == ["Project partnership", "Partnership"]
    assert drawn.bars[0].x + drawn.bars[0].width == pytest.approx(drawn.bars[1].x)
    assert [bar.css for bar in drawn.bars] == ["going", "going"]


def test_time_of_suspension_and_of_doubt_look_different() -> None:
    days = [dt.date(year, 1, 1) for year in (2020, 2021, 2022)]
    segments = (
        LifeSegment("going", "", days[0], days[1], possibly=True),
        LifeSegment("gap", "", days[1], days[2]),
        LifeSegment("over", "", days[2], None),
    )
    drawn = scale_of(*(life(date=f"{day}") for day in days), segments=segments)
    assert [bar.css for bar in drawn.bars] == ["going possibly", "gap", "over"]


def test_open_ends_reach_the_edges_of_the_scale() -> None:
    before = LifePoint("Signing", "until 2021", "", "happened", latest=dt.date(2021, 12, 31))
    after = LifePoint("End", "since 2023", "", "happened", earliest=dt.date(2023, 1, 1))
    drawn = scale_of(before, life(date="2022-06-01"), after)
    assert drawn.marks[0].left <= LEFT
    assert drawn.marks[2].left + drawn.marks[2].width > drawn.marks[2].left + 2 * DOT


@pytest.mark.parametrize("points", [[], [life()], [life(), life(date="2023-02-25")], [life(), life(date="")]])
def test_nothing_is_drawn_to_scale_where_nothing_is_to_be_compared(points: list[LifePoint]) -> None:
    assert life_scale(life_line(points), TODAY) is None


def test_scale_of_centuries_keeps_its_labels_few() -> None:
    drawn = scale_of(life(date="1756-05-01"), life(date="2023-01-01"))
    assert 2 <= len(drawn.ticks) <= 9
    assert all(re.fullmatch(r"\d{4}", tick.edtf) for tick in drawn.ticks)


def test_today_stands_before_what_is_announced_for_later() -> None:
    past = scale_of(life(date="2022-01-01"), life(date="2024-01-01"))
    ahead = scale_of(life(date="2022-01-01"), life("announced", "2027-06-01"))
    assert past.today_x > past.marks[-1].x
    assert ahead.today_x < ahead.marks[-1].x
    going = (LifeSegment("going", "", dt.date(2022, 1, 1), None),)
    bar = scale_of(life(date="2022-01-01"), life("announced", "2027-06-01"), segments=going).bars[0]
    assert bar.x + bar.width < ahead.marks[-1].x


def test_day_asked_for_is_marked_only_where_the_scale_reaches() -> None:
    line = life_line([life(date="2022-01-01"), life(date="2024-01-01")])
    inside, before = (life_scale(line, TODAY, dt.date(year, 1, 1)) for year in (2023, 2019))
    assert inside is not None
    assert before is not None
    assert before.asked_x is None
    assert inside.asked_x == pytest.approx((inside.marks[0].x + inside.marks[1].x) / 2, abs=1)


# --- On the page ------------------------------------------------------------------------------------------


def page(*points: LifePoint) -> str:
    line = life_line(points)
    return render_to_string("partnerships/_lifeline.html", {"line": line, "scale": life_scale(line, TODAY)})


def test_list_says_in_words_what_its_dots_show() -> None:
    shown = page(
        life(),
        life("announced"),
        life("announced", fulfilled_by="x"),
        life("announced", failed=True),
        NOTHING_KNOWN,
    )
    words = re.findall(r'class="word">([^<]+)<', shown)
    assert len(words) == len(set(words)) == 5


def test_row_says_what_changes_with_the_event() -> None:
    shown = page(life(kind="project partnership"), life(turn="pauses"), life(turn="ends"))
    assert shown.count('class="kind-then"') == 3
    assert "project partnership" in shown


def test_numbers_have_points_and_not_commas_when_the_page_is_ukrainian() -> None:
    shown = page(life(date="2020-01-01"), life(date="2021-05-07"), life(date="2024-01-01"))
    values = re.findall(r' (?:x|y|width)="([^"]+)"', shown)
    assert values
    assert all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in values)


def test_links_between_rows_are_printed_with_their_words() -> None:
    link = LifeLink("Took place:", "22 February 2023", "#life-2")
    shown = page(LifePoint("Signing", "2023", "", "announced", links=(link,)))
    assert 'Took place: <a href="#life-2">22 February 2023</a>' in shown
