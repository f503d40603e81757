from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.freshness import freshness

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
DAILY = {MONDAY - number * DAY for number in range(40)}
WEEKDAYS = {day for day in DAILY if day.weekday() < 5}
WEEKLY = {MONDAY - number * 7 * DAY for number in range(6)}
RARE = {MONDAY, MONDAY - 10 * DAY, MONDAY - 20 * DAY}

CASES = {
    # days, days after Monday, habit, stale
    "daily, on the day": (DAILY, 0, 1, False),
    "daily, transcripts are late": (DAILY, 3, 1, False),
    "daily, later than ever": (DAILY, 4, 1, True),
    "weekdays, over a weekend": (WEEKDAYS - {MONDAY}, 2, 3, False),
    "weekdays, a day too long": (WEEKDAYS - {MONDAY}, 3, 3, True),
    "weekly": (WEEKLY, 9, 7, False),
    "weekly, one left out": (WEEKLY, 10, 7, True),
    "too rare for a habit": (RARE, 300, None, False),
    "one outage is no habit": (DAILY - {MONDAY - number * DAY for number in range(5, 12)}, 4, 1, True),
    "a day in the far future is a mistake": (DAILY | {date(2062, 1, 1)}, 4, 1, True),
    "years of silence": (DAILY, 4000, 1, True),
}


@pytest.mark.parametrize(("days", "later", "habit", "is_stale"), CASES.values(), ids=CASES)
def test_freshness(days: set[date], later: int, habit: int | None, *, is_stale: bool) -> None:
    found = freshness("npr", days, MONDAY + later * DAY)

    assert (found.habit_days, found.is_stale) == (habit, is_stale)


def test_a_source_without_stories_has_neither_age_nor_habit() -> None:
    found = freshness("npr", set(), MONDAY)

    assert (found.newest_air_date, found.silent_days, found.habit_days, found.is_stale) == (None, None, None, False)


@given(st.sets(st.integers(0, 60), min_size=1), st.integers(0, 60))
def test_who_published_today_is_never_stale(days: set[int], today: int) -> None:
    found = freshness("npr", {MONDAY + day * DAY for day in {*days, today}}, MONDAY + today * DAY)

    assert not found.is_stale
