from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.discover.entries import When, day_in, moment_in_utc, parse_when

CHICAGO = ZoneInfo("America/Chicago")
EASTERN = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-04", date(2026, 1, 4)),
        ("2026-01-04T05:00:00-05:00", datetime(2026, 1, 4, 5, tzinfo=EASTERN)),
        ("2026-01-04T10:00:00Z", datetime(2026, 1, 4, 10, tzinfo=UTC)),
        ("Sun, 04 Jan 2026 05:00:00 -0500", datetime(2026, 1, 4, 5, tzinfo=EASTERN)),
        ("Sun, 04 Jan 2026 05:00:00 EST", datetime(2026, 1, 4, 5, tzinfo=EASTERN)),
        (" 2026-01-04\n", date(2026, 1, 4)),
        ("P3M,50S", None), ("", None), (None, None), ("yesterday", None), ("0001-01-01T00:00:00Z", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("9999-12-31T23:59:59-12:00", None), ("2026-02-30", None), ("Sun, 04 Jan 2026 05:00:00 +9999", None),
    ],
)  # fmt: skip
def test_parse_when(text: str | None, expected: When | None) -> None:
    assert parse_when(text) == expected


@given(st.text(max_size=40) | st.text("0123456789-:TZ+, SunJaGMT", max_size=40))
def test_anything_can_be_placed_or_is_no_time(text: str) -> None:
    when = parse_when(text)
    assert (day_in(when, CHICAGO) is None) == (when is None) == (moment_in_utc(when) is None)


def test_a_day_is_the_sources_own() -> None:
    assert day_in(datetime(2026, 1, 4, 5, 30, tzinfo=UTC), CHICAGO) == date(2026, 1, 3)
    assert day_in(datetime(2026, 1, 4, 0, 30), CHICAGO) == date(2026, 1, 4)  # noqa: DTZ001  # as listings write it
    assert day_in(date(2026, 1, 4), CHICAGO) == date(2026, 1, 4)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()))  # noqa: DTZ001  # bounds
def test_moments_survive_writing_and_reading(moment: datetime) -> None:
    assert moment_in_utc(parse_when(moment.isoformat())) == moment.astimezone(UTC)
