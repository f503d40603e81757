from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch.retries import backoff_seconds, retry_after_seconds

NOW = datetime(2026, 1, 4, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None), ("", None), ("0", 0), (" 120 ", 120), ("-5", None), ("1.5", None), ("soon", None),
        ("\u0661", None),
        ("9" * 5000, 999_999_999_999), ("Sun, 04 Jan 2026 12:01:00 GMT", 60), ("Sunday, 04-Jan-26 12:01:00 GMT", 60),
        ("Sun Jan  4 12:01:00 2026", 60), ("Sun, 04 Jan 2026 07:01:00 -0500", 60), ("Sat, 03 Jan 2026 12:00:00 GMT", 0),
        ("Sun, 99 Jan 2026 12:01:00 GMT", None), ("Sun, 04 Jan 99999999999999 12:01:00 GMT", None),
        ("Sun, 04 Jan 2026 12:01:00 +99999999999999", None),
    ],
)  # fmt: skip
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


NUMBERS = st.integers(0, 99) | st.integers(0, 10**24)
DATES = st.builds("Sun, {:02} Jan {} {:02}:{:02}:00 {:+}".format, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)


@given(st.text(max_size=40) | DATES)
def test_retry_after_is_never_negative_and_never_raises(value: str) -> None:
    assert (retry_after_seconds(value, NOW) or 0) >= 0


@given(st.integers(0, 60), st.integers(0, 10))
def test_backoff_doubles_within_a_quarter(first: int, attempt: int) -> None:
    assert 0.75 * first * 2**attempt <= backoff_seconds(first, attempt) <= 1.25 * first * 2**attempt
