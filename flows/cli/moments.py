"""Times as commands are given them."""

from datetime import UTC, datetime, time

from pipeline.errors import UsageError


def moment_of(option: str, text: str) -> datetime:
    """A time in UTC, as given to an option; of a day, its end.

    Raises:
        UsageError: it is neither.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text}: no time; write it as 2026-03-20 or 2026-03-20T07:15") from None
    if len(text) <= len("2026-03-20"):
        moment = datetime.combine(moment, time.max)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
