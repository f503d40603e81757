from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.ingest import plans
from pipeline.ledger import Scope
from pipeline.sources import load_sources

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOURCES = load_sources()
NPR = SOURCES.get("npr")


def test_a_night_wants_its_day_and_the_day_before_of_each_source() -> None:
    wanted = plans.nightly("r1", date(2026, 3, 20), [NPR, SOURCES.get("kpbs")], NOW, limit=7)

    assert [work.source.source_id for work in wanted] == ["npr", "kpbs"]
    assert (wanted[0].first, wanted[0].last) == (date(2026, 3, 19), date(2026, 3, 20))
    assert wanted[0].at == datetime(2026, 3, 21, 7, 15, tzinfo=UTC)
    assert wanted[0].scope is Scope.NIGHT
    assert wanted[0].limit == 7


@pytest.mark.parametrize(
    ("newest_done", "oldest_open", "first"),
    [
        (None, None, date(2026, 3, 19)),
        (date(2026, 3, 19), None, date(2026, 3, 19)),
        (date(2026, 3, 25), None, date(2026, 3, 19)),
        (date(2026, 3, 16), None, date(2026, 3, 16)),
        (date(2025, 3, 16), None, date(2026, 3, 6)),
        (None, date(2026, 3, 17), date(2026, 3, 17)),
        (date(2026, 3, 19), date(2026, 3, 17), date(2026, 3, 17)),
        (date(2026, 3, 16), date(2026, 3, 18), date(2026, 3, 16)),
        (date(2026, 3, 16), date(2026, 3, 21), date(2026, 3, 16)),
    ],
)
def test_a_night_takes_in_the_days_that_none_has_taken_in(
    newest_done: date | None, oldest_open: date | None, first: date
) -> None:
    done, left = ({"npr": day} if day else {} for day in (newest_done, oldest_open))
    (wanted,) = plans.nightly("r1", date(2026, 3, 20), [NPR], NOW, limit=7, newest_done=done, oldest_open=left)

    assert (wanted.first, wanted.last) == (first, date(2026, 3, 20))


def test_revisits_want_what_is_due_now() -> None:
    (wanted,) = plans.revisit("r1", [NPR], NOW, limit=7)

    assert (wanted.scope, wanted.at, wanted.limit) == (Scope.REVISITS, NOW, 7)


@given(st.sets(st.dates(date(2025, 1, 1), date(2025, 3, 31)), max_size=60), st.sampled_from(["newest", "oldest"]))
def test_a_backfill_is_cut_into_stretches_that_cover_every_day_once(wanted: set[date], begin: str) -> None:
    oldest_first = begin == "oldest"
    weeks = list(plans.backfill("r1", NPR, sorted(wanted), NOW, oldest_first=oldest_first))
    days = [week.first + timedelta(days=step) for week in weeks for step in range((week.last - week.first).days + 1)]

    assert sorted(days) == sorted(wanted)
    assert all((week.last - week.first).days < 7 for week in weeks)
    assert weeks == sorted(weeks, key=lambda week: week.last, reverse=not oldest_first)


def test_a_month_is_done_in_weeks_from_its_end() -> None:
    month = [date(2026, 3, day) for day in range(1, 32)]

    assert plans.stretches(month)[0] == (date(2026, 3, 25), date(2026, 3, 31))
    assert plans.stretches(month)[-1] == (date(2026, 3, 1), date(2026, 3, 3))
    assert plans.stretches(month, oldest_first=True)[0] == (date(2026, 3, 1), date(2026, 3, 7))


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        (date(2026, 3, 2), date(2026, 3, 1), "ends before it starts"),
        (date(2026, 3, 2), date(2026, 11, 25), "in the future"),
    ],
)
def test_a_range_that_cannot_be_is_refused(first: date, last: date, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        plans.check_range(first, last, NOW)
