from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import schedule

EASTERN = ZoneInfo("America/New_York")
AIRED = date(2026, 3, 20)
COUNTED = datetime(2026, 3, 20, 16, tzinfo=UTC)
NIGHTS = [schedule.night_after(AIRED + timedelta(days=days), datetime(2027, 1, 1, tzinfo=UTC)) for days in range(60)]


def test_a_night_is_at_a_quarter_past_three_in_new_york_or_now() -> None:
    late, early = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 3, 20, 20, tzinfo=UTC)

    assert schedule.night_after(AIRED, late) == datetime(2026, 3, 21, 7, 15, tzinfo=UTC)
    assert schedule.night_after(AIRED, early) == early


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 3, 21, 3, 14, tzinfo=EASTERN), date(2026, 3, 19)),
        (datetime(2026, 3, 21, 3, 15, tzinfo=EASTERN), date(2026, 3, 20)),
        (datetime(2026, 3, 21, 23, 59, tzinfo=EASTERN), date(2026, 3, 20)),
        (datetime(2026, 3, 8, 3, 15, tzinfo=EASTERN), date(2026, 3, 7)),  # an hour after a night of 23 hours began
        (datetime(2026, 11, 1, 1, 15, fold=1, tzinfo=EASTERN), date(2026, 10, 30)),  # and three after one of 25
        (datetime(2027, 1, 1, 3, 15, tzinfo=EASTERN), date(2026, 12, 31)),
    ],
)
def test_the_day_taken_in_when_none_is_named(now: datetime, day: date) -> None:
    assert schedule.last_broadcast_day(now.astimezone(UTC)) == day


def test_age_counts_from_noon_of_the_air_date_or_from_first_sight() -> None:
    seen = datetime(2026, 3, 21, 7, 15, tzinfo=UTC)

    assert schedule.counted_from(AIRED, EASTERN, seen) == COUNTED
    assert schedule.counted_from(None, EASTERN, seen) == seen
    assert schedule.counted_from(seen.date() + timedelta(days=1), EASTERN, seen) > seen
    assert schedule.counted_from(date(2062, 3, 20), EASTERN, seen) == seen
    assert schedule.first_look(AIRED, COUNTED) == COUNTED + timedelta(hours=6)
    assert schedule.first_look(None, seen) == seen


def test_a_young_page_is_looked_at_on_five_more_nights_and_then_rests() -> None:
    looks: list[datetime] = []
    due: datetime | None = schedule.first_look(AIRED, COUNTED)
    for night in NIGHTS:
        if due is not None and due <= night:
            looks.append(night)
            due = schedule.next_look("published", COUNTED, night)

    assert [NIGHTS.index(night) for night in looks] == [0, 1, 2, 3, 7, 30]
    assert due is None


@pytest.mark.parametrize(
    ("outcome", "wait"),
    [
        ("gone", None),
        ("fetch_failed:timeout", timedelta(hours=20)),
        ("fetch_failed:http_503", timedelta(hours=20)),
        ("fetch_failed:robots", timedelta(days=30)),
        ("fetch_failed:bad_url", timedelta(days=30)),
        ("fetch_failed:held", timedelta(0)),
        ("fetch_failed:budget", timedelta(0)),
    ],
)
def test_what_gave_nothing_waits_by_its_cause(outcome: str, wait: timedelta | None) -> None:
    looked = COUNTED + timedelta(days=400)

    assert schedule.next_look(outcome, COUNTED, looked) == (None if wait is None else looked + wait)


def test_what_fails_night_after_night_is_asked_for_ever_more_seldom() -> None:
    due: datetime | None = COUNTED
    looks: list[datetime] = []
    while due is not None and due < COUNTED + timedelta(days=365):
        looks.append(due)
        due = schedule.next_look("fetch_failed:http_500", COUNTED, due, looks=len(looks))

    assert len(looks) < 35
    assert looks[1] - looks[0] == timedelta(hours=20)
    assert looks[-1] - looks[-2] == timedelta(days=30)


def test_a_page_that_is_gone_is_looked_at_once_more_a_month_after_air() -> None:
    due = schedule.next_look("gone", COUNTED, COUNTED + timedelta(hours=6))

    assert due == COUNTED + timedelta(days=30)
    assert schedule.next_look("gone", COUNTED, due) is None


@pytest.mark.parametrize("outcome", ["not_yet", "rejected:empty"])
def test_an_old_page_that_shows_nothing_at_first_is_looked_at_once_more(outcome: str) -> None:
    looked = COUNTED + timedelta(days=4_000)

    assert schedule.next_look(outcome, COUNTED, looked, is_first=True) == looked + timedelta(days=7)
    assert schedule.next_look(outcome, COUNTED, looked) is None
    assert schedule.next_look("published", COUNTED, looked, is_first=True) is None


@given(st.lists(st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=40)), max_size=40))
def test_however_late_the_looks_are_there_are_six_at_most_none_before_its_step(delays: list[timedelta]) -> None:
    due: datetime | None = schedule.first_look(AIRED, COUNTED)
    looks: list[datetime] = []
    for delay in delays:
        if due is None:
            break
        looks.append(due + delay)
        due = schedule.next_look("published", COUNTED, looks[-1])

    assert len(looks) <= len(schedule.STEPS)
    assert all(look >= COUNTED + step for look, step in zip(looks, schedule.STEPS, strict=False))
    assert looks == sorted(looks)


@given(
    st.sampled_from(["published", "not_yet", "unchanged", "not_a_transcript", "rejected:empty"]),
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=90)),
)
def test_a_page_is_due_later_than_its_look_or_never(outcome: str, age: timedelta) -> None:
    due = schedule.next_look(outcome, COUNTED, COUNTED + age)

    assert due is None or due > COUNTED + age
    assert (due is None) == (age >= schedule.STEPS[-1])
