from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.ingest import plans
from pipeline.sources import load_sources

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOURCES = load_sources()
NPR = SOURCES.get("npr")


def test_a_night_wants_its_day_and_the_day_before_of_each_source() -> None:
    wanted = plans.nightly("r1", date(2026, 3, 20), [NPR, SOURCES.get("kpbs")], NOW, limit=7)

    assert [work.source.source_id for work in wanted] == ["npr", "kpbs"]
    assert (wanted[0].first, wanted[0].last) == (date(2026, 3, 19), date(2026, 3, 20))
    assert wanted[0].at == datetime(2026, 3, 21, 7, 15, tzinfo=UTC)
    assert wanted[0].takes_revisits
    assert wanted[0].limit == 7


@given(st.dates(date(1990, 1, 1), NOW.date()), st.integers(0, 400))
def test_a_backfill_is_cut_into_weeks_that_cover_every_day_once(first: date, length: int) -> None:
    last = min(first + timedelta(days=length), NOW.date())
    weeks = list(plans.backfill("r1", NPR, first, last, NOW))
    days = [week.first + timedelta(days=step) for week in weeks for step in range((week.last - week.first).days + 1)]

    assert sorted(days) == [first + timedelta(days=step) for step in range((last - first).days + 1)]
    assert all((week.last - week.first).days < 7 for week in weeks)
    assert weeks == sorted(weeks, key=lambda week: week.last, reverse=True)


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        (date(2026, 3, 2), date(2026, 3, 1), "ends before it starts"),
        (date(2026, 3, 2), date(2026, 11, 25), "in the future"),
    ],
)
def test_a_range_that_cannot_be_is_refused(first: date, last: date, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        list(plans.backfill("r1", NPR, first, last, NOW))
