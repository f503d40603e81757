"""When a page is looked at again: a young one often, an old one never. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.records import GONE, NOT_YET, fetch_failed, rejected

STEPS = tuple(timedelta(hours=hours) for hours in (6, 24, 48, 72, 7 * 24, 30 * 24))
"""After air. NPR's transcripts appear 10 to 48 hours after the audio (its own words on npr.org/transcripts); revisions
come in the days after; a month later a page is at rest."""

_NEXT_NIGHT = timedelta(hours=20)
"""Less than a day, so that a night that starts earlier than the last one still takes what failed."""
_REFUSED = timedelta(days=30)
_MANY_LOOKS = 20
"""Six are a page's own; what has failed so often besides is asked for as seldom as what is refused."""
_LATEST_NOON = timedelta(days=2)
"""After first sight, in whatever zone: a page that says it will be on air later than on the next day is mistaken."""
_SECOND_LOOK = timedelta(days=7)
_REFUSALS = {fetch_failed("robots"), fetch_failed("bad_url")}
_NOT_ASKED = {fetch_failed("held"), fetch_failed("budget")}
"""Its host had to be left alone: no look at the page was had, so it stays due."""
_NIGHTLY_AT = time(3, 15)
_NIGHTLY_ZONE = ZoneInfo("America/New_York")


def night_after(day: date, now: datetime) -> datetime:
    """The reference time of the night that takes in `day`: 03:15 in New York on the morning after; now if earlier."""
    return min(datetime.combine(day + timedelta(days=1), _NIGHTLY_AT, _NIGHTLY_ZONE).astimezone(UTC), now)


def last_broadcast_day(now: datetime) -> date:
    """The newest day whose night has begun: what `nightly` takes in when no day is named."""
    local = now.astimezone(_NIGHTLY_ZONE)
    return local.date() - timedelta(days=1 if local.time() >= _NIGHTLY_AT else 2)


def counted_from(air_date: date | None, zone: ZoneInfo, first_seen_at: datetime) -> datetime:
    """The instant from which a page's age is counted.

    Noon of its air date at the source, since listings tell the day and not the hour; when it was first seen where the
    day is unknown, or cannot be: a page of next year would not be looked at again until then.
    """
    if air_date is None:
        return first_seen_at
    noon = datetime.combine(air_date, time(12), zone).astimezone(UTC)
    return noon if noon < first_seen_at + _LATEST_NOON else first_seen_at


def first_look(air_date: date | None, counted: datetime) -> datetime:
    """When a page is due for its first look: at once where its air date is unknown."""
    return counted if air_date is None else counted + STEPS[0]


def may_pass(outcome: str) -> bool:
    """Whether a look failed for a cause that may be gone the next time; a refusal stands for a month."""
    return outcome.startswith(fetch_failed("")) and outcome not in _REFUSALS


def next_look(
    outcome: str, counted: datetime, looked_at: datetime, *, is_first: bool = False, looks: int = 1
) -> datetime | None:
    """When a page is due again after a look at `looked_at` with this outcome; None where it is at rest.

    `looks`: how often it was looked at, this look included. What fails is tried again the next night, for some weeks.
    An old page in which the first look found nothing to read is looked at once more: it may have been a maintenance
    page, or a login wall, that stood there with status 200.
    """
    if outcome == GONE:  # once more, a month after air: some come back
        return counted + STEPS[-1] if counted + STEPS[-1] > looked_at else None
    if outcome in _NOT_ASKED:
        return looked_at
    if outcome in _REFUSALS:
        return looked_at + _REFUSED
    if outcome.startswith(fetch_failed("")):
        return looked_at + (_NEXT_NIGHT if looks < _MANY_LOOKS else _REFUSED)
    due = next((counted + step for step in STEPS if counted + step > looked_at), None)
    if due is None and is_first and outcome.startswith((NOT_YET, rejected(""))):
        return looked_at + _SECOND_LOOK
    return due
