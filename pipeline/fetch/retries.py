"""Which failures pass, and how long to wait before asking again."""

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

PASSING = frozenset({
    "refused", "reset", "timeout", "truncated", "unreachable",
    "http_429", "http_500", "http_502", "http_503", "http_504",
})  # fmt: skip
"""Reasons that another try may cure."""

_JITTER = random.SystemRandom()


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks to wait: from a number or a date (RFC 9110, section 10.2.3), else None."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:12])  # more digits are as good as for ever
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a year or a zone of twenty digits
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max((when - now).total_seconds(), 0.0)


def backoff_seconds(first: float, attempt: int) -> float:
    """The wait after try number `attempt` (0 is the first): doubled each time, spread by a quarter either way.

    The spread keeps processes that failed together from coming back together.
    """
    return first * 2.0**attempt * _JITTER.uniform(0.75, 1.25)
