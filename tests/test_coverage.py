"""What is expected of a programme's day: cases as small calendars, counts by day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coverage import Stretch, stretches
from pipeline.expected import gaps
from pipeline.ledger import DayCount, Discovered, Figures, Ledger, Look, OpenLook, Settlement, Visit
from pipeline.ledger.links import note_pages
from pipeline.settings import load_settings
from tests.counted import coverage_of, day_counts

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def count(day: date, listed: int, published: int | None = None, program: str | None = "Morning Edition") -> DayCount:
    return DayCount("npr", program, day, listed, listed if published is None else published, 0, 0, 0, 0)


def weekdays(weeks: int, listed: int = 9) -> dict[date, int]:
    """Monday to Friday of so many weeks."""
    days = (MONDAY + number * DAY for number in range(7 * weeks))
    return {day: listed for day in days if day.weekday() < 5}


def expected(calendar: dict[date, int], until: date, *, found: int | None = None) -> dict[date, tuple[int, int]]:
    """Expected and missing pages of each day that expects something."""
    counts = [count(day, listed, found) for day, listed in sorted(calendar.items())]
    return {day.air_date: (day.expected, day.missing) for day in coverage_of(counts, until)}


LAST_FRIDAY = MONDAY + 9 * 7 * DAY + 4 * DAY
WEDNESDAY = MONDAY + 5 * 7 * DAY + 2 * DAY
CASES = {
    "a listing is believed": ({}, {}),
    "a day without a listing has the usual rundown": ({WEDNESDAY: 0}, {WEDNESDAY: (9, 9)}),
    "a listing that names less than half is not believed": ({WEDNESDAY: 3}, {WEDNESDAY: (9, 6)}),
    "half is a short day": ({WEDNESDAY: 5}, {WEDNESDAY: (5, 0)}),
    "three weeks that were missed": (
        {WEDNESDAY - week * 7 * DAY: 0 for week in range(3)},
        {WEDNESDAY - week * 7 * DAY: (9, 9) for week in range(3)},
    ),
}


@pytest.mark.parametrize(("changes", "odd"), CASES.values(), ids=CASES)
def test_expected(changes: dict[date, int], odd: dict[date, tuple[int, int]]) -> None:
    calendar = {**weekdays(10), **changes}
    calendar = {day: listed for day, listed in calendar.items() if listed}

    found = expected(calendar, LAST_FRIDAY)

    assert found == {**dict.fromkeys(weekdays(10), (9, 0)), **odd}


def test_weekends_expect_nothing_and_days_after_the_last_known_one_what_is_usual() -> None:
    found = expected(weekdays(6), MONDAY + 6 * 7 * DAY + 6 * DAY)

    assert {day: both for day, both in found.items() if day > MONDAY + 6 * 7 * DAY - DAY} == {
        MONDAY + 6 * 7 * DAY + number * DAY: (9, 9) for number in range(5)
    }


def test_a_programme_that_ended_is_expected_for_some_weeks_and_no_longer() -> None:
    found = expected(weekdays(12), MONDAY + 80 * 7 * DAY)

    assert max(found) < MONDAY + 12 * 7 * DAY + 5 * 7 * DAY


def test_a_stretch_that_was_never_collected_is_not_expected() -> None:
    calendar = weekdays(1) | {day + 60 * 7 * DAY: listed for day, listed in weekdays(1).items()}

    assert set(expected(calendar, MONDAY + 61 * 7 * DAY)) == set(calendar)


def test_listed_pages_that_nobody_looked_at_are_missing() -> None:
    assert expected({MONDAY: 4}, MONDAY, found=1) == {MONDAY: (4, 3)}


@given(st.dictionaries(st.integers(0, 200), st.integers(1, 20), min_size=1), st.integers(0, 250))
def test_no_day_is_lost_and_none_expects_less_than_it_holds(listed: dict[int, int], until: int) -> None:
    calendar = {MONDAY + number * DAY: pages for number, pages in listed.items()}

    found = expected(calendar, MONDAY + until * DAY)

    assert set(calendar) <= set(found)
    assert all(found[day][0] >= pages for day, pages in calendar.items())
    assert all(0 <= missing <= wanted for wanted, missing in found.values())


def test_gaps_become_ranges_of_days_the_newest_first() -> None:
    days = [*coverage_of([count(MONDAY + number * DAY, 2, 1) for number in (0, 1, 4)], MONDAY)]
    other = [*coverage_of([count(MONDAY + DAY, 3, 0, "All Things Considered")], MONDAY)]

    assert stretches([*days, *other]) == [
        Stretch("npr", MONDAY + 4 * DAY, MONDAY + 4 * DAY, 1),
        Stretch("npr", MONDAY, MONDAY + DAY, 5),
    ]


# --- from the ledger ------------------------------------------------------------------------------------------------
AT = datetime(2026, 3, 3, 7, 15, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(load_settings(home=tmp_path)) as opened:
        yield opened


def add(ledger: Ledger, number: int, *outcomes: str, program: str | None = "Morning Edition") -> None:
    """A page of Monday, looked at with these outcomes."""
    url = f"https://www.npr.org/transcripts/{number}"
    note_pages(ledger, [Discovered(url, "npr", program, MONDAY, None, AT, AT)], AT)
    for serial, outcome in enumerate(outcomes):
        visit = Visit(url, "r1", f"{number}-{serial}", AT)
        ledger.note_look(Look(visit, outcome))
        (look,) = ledger.open_looks("npr")
        ledger.settle([settlement(look, outcome)])


def settlement(look: OpenLook, outcome: str) -> Settlement:
    figures = Figures("A title", 100, 5, 4) if outcome == "published" else None
    return Settlement(look.look_id, look.url, outcome, None, None, figures=figures)


STATES = {
    "never looked at": ((), "Morning Edition", (1, 0, 0, 0, 0)),
    "never looked at, in no programme": ((), None, None),
    "published": (("published",), None, (1, 1, 0, 0, 0)),
    "published, then out of reach": (("published", "fetch_failed:dns"), "Morning Edition", (1, 1, 0, 0, 0)),
    "published, then unreadable": (("published", "rejected:empty"), "Morning Edition", (1, 1, 0, 0, 0)),
    "published, then gone": (("published", "gone"), "Morning Edition", (1, 0, 0, 0, 1)),
    "gone, in no programme": (("gone",), None, None),
    "published, then gone, in no programme": (("published", "gone"), None, (1, 0, 0, 0, 1)),
    "not yet": (("not_yet",), None, (1, 0, 1, 0, 0)),
    "rejected": (("rejected:empty",), "Morning Edition", (1, 0, 0, 1, 0)),
    "a written story": (("not_a_transcript",), "Morning Edition", None),
    "out of reach": (("fetch_failed:dns",), "Morning Edition", (1, 0, 0, 0, 0)),
}


@pytest.mark.parametrize(("outcomes", "program", "counted"), STATES.values(), ids=STATES)
def test_where_a_page_stands(
    ledger: Ledger, outcomes: tuple[str, ...], program: str | None, counted: tuple[int, ...] | None
) -> None:
    add(ledger, 1, *outcomes, program=program)

    found = [(one.listed, one.published, one.not_yet, one.rejected, one.gone) for one in day_counts(ledger)]

    assert found == ([counted] if counted else [])


def test_gaps_of_a_ledger(ledger: Ledger) -> None:
    add(ledger, 1, "published")
    add(ledger, 2)

    (gap,) = gaps(ledger, MONDAY)

    assert (gap.program, gap.air_date, gap.expected, gap.missing) == ("Morning Edition", MONDAY, 2, 1)
    assert gaps(ledger, MONDAY, source_ids=["kpbs"]) == []
