"""Printed and declared dates and times, to instants."""

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil import parser as dateutil_parser

EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    ZoneInfo(f"America/{city}") for city in ("New_York", "Chicago", "Denver", "Los_Angeles")
)
# The abbreviations that American stations print: hours east of UTC, or zones where one covers the whole year.
_HOURS_EAST = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10,
}  # fmt: skip
_ZONES: dict[str | None, tzinfo] = {
    **{name: timezone(timedelta(hours=hours)) for name, hours in _HOURS_EAST.items()},
    "ET": EASTERN, "CT": _CENTRAL, "MT": _MOUNTAIN, "PT": _PACIFIC,
}  # fmt: skip
# "May 17, 20246:35 PM ET": date and time run together when the markup between them is lost.
_RUN_TOGETHER = re.compile(r"(\b(?:19|20)\d{2})(\d{1,2}:\d{2})")
_LEAD = re.compile(
    r"^\W*(?:(?:Air\s+|Episode\s+|Broadcast\s+)?Date\b"
    r"|(?:(?:Originally|Last|First)\s+)?(?:Published|Updated|Posted|Aired|Broadcast)\b"
    r"|(?:Special\s+)?(?:Broadcast|Story|Web Exclusive|Headlines)(?=[A-Z]))?(?:\s+on\b)?"
    r"[:\s]*(?:Week\s+of\s+)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(" [·•|] ")
"""`September 8, 2014 · 4:04 PM ET`."""
_UPDATED = re.compile(r"Updated (?P<updated>.{8,60}?) ?[·•|,]? ?Originally [Pp]ublished (?P<published>.{8,60})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_YEAR_AND_DAY = re.compile(r"(?:\D*\d){5}")
"""Five digits at least: headlines hold a year, too."""
_DAY_ALONE = re.compile(r"(?:19|20)\d{2}-?\d{2}-?\d{2}")
_ADDRESS = "://"
"""Of a page: addresses hold years and days."""
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTHS = {form: number for number, name in enumerate(_MONTH_NAMES, 1) for form in (name, name[:3])}
_USUAL = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2}), (?P<year>\d{4})"
    r"(?: (?:at )?(?P<hour>\d{1,2}):(?P<minute>\d\d) (?P<half>[AP])M(?: (?P<zone>[A-Z]{2,4}))?)?"
)
"""As nearly all pages print a day: the library takes 40 to 70 microseconds for it, a twentieth of a page's reading."""
_LONG_WORD = re.compile(r"[a-z]{6,}", re.IGNORECASE)
_LONG_WORDS_OF_TIMES = frozenset(
    word.lower()
    for forms in (
        *dateutil_parser.parserinfo.MONTHS,
        *dateutil_parser.parserinfo.WEEKDAYS,
        *dateutil_parser.parserinfo.HMS,
    )
    for word in forms
)
"""A longer word, which no zone is either, the library refuses, but only where it comes to it."""
_LONGEST = 80
"""Characters of a printed time; what is longer is a text that holds a year."""
# Two days that differ in all they have: what a printed date leaves out is filled from here, and so betrays itself.
_FILLERS = (datetime(2000, 1, 1, 12), datetime(2001, 2, 2, 12))  # noqa: DTZ001  # the zone is what is asked for


def instant(printed: str | None, zone: tzinfo = UTC) -> datetime | None:
    """The instant of a printed or declared time, in the zone that it names; `zone` where it names none.

    None where it is no full date. A day without a time is its noon: so it stays the same day in every zone of America.

    >>> instant("Published July 9, 2019 at 10:34 AM PDT").astimezone(UTC)
    datetime.datetime(2019, 7, 9, 17, 34, tzinfo=datetime.timezone.utc)
    >>> instant("2026-01-04")
    datetime.datetime(2026, 1, 4, 12, 0, tzinfo=datetime.timezone.utc)
    >>> instant("January 2026") is None
    True
    """
    if not printed or len(printed) > _LONGEST or not (_YEAR.search(printed) and _YEAR_AND_DAY.match(printed)):
        return None
    if _ADDRESS in printed:
        return None
    try:
        found = datetime.fromisoformat(printed.strip())
    except ValueError:
        bare = _BETWEEN.sub(" ", _LEAD.sub("", printed.replace("\u00a0", " ")))
        return printed_instant(_RUN_TOGETHER.sub(r"\1 \2", bare), zone)
    if _DAY_ALONE.fullmatch(printed.strip()):
        found = datetime.combine(found, time(12), found.tzinfo)
    return _in_zone(found, zone)


def published_and_updated(printed: str, zone: tzinfo = UTC) -> tuple[datetime | None, datetime | None]:
    """Both times of `Updated January 5, 2026 9:12 AM ETOriginally published January 4, 2026 5:00 AM ET`; else the one.

    >>> published_and_updated("Updated July 2, 2026Originally published July 1, 2026")[0]
    datetime.datetime(2026, 7, 1, 12, 0, tzinfo=datetime.timezone.utc)
    """
    both = _UPDATED.fullmatch(printed)
    if both is None:
        return instant(printed, zone), None
    return instant(both["published"], zone), instant(both["updated"], zone)


@lru_cache(maxsize=32)  # rule after rule asks it of the same line
def printed_instant(text: str, zone: tzinfo) -> datetime | None:
    """The instant that a text is and nothing else, however it is printed; None where it is none, or no full date."""
    usual = _usual(text, zone)
    if usual is not None:
        return usual
    if not all(word.lower() in _LONG_WORDS_OF_TIMES for word in _LONG_WORD.findall(text)):
        return None
    try:
        first, second = (dateutil_parser.parse(text, default=filler, tzinfos=_zone_of) for filler in _FILLERS)
        is_whole = first == second
    except (ValueError, OverflowError):
        return None
    return _in_zone(first, zone) if is_whole else None


def _usual(text: str, zone: tzinfo) -> datetime | None:
    """The instant of `Tuesday, May 7, 2024 at 6:35 PM ET`; None for what the library is to look at.

    >>> _usual("May 7, 2024", UTC), _usual("7 May 2024", UTC)
    (datetime.datetime(2024, 5, 7, 12, 0, tzinfo=datetime.timezone.utc), None)
    """
    found = _USUAL.fullmatch(" ".join(text.split()))
    if found is None or found["month"] not in _MONTHS or (found["zone"] and found["zone"] not in _ZONES):
        return None
    hour = int(found["hour"] or 12)
    if not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if found["half"] != "A" else 0)
    month, day, minute = _MONTHS[found["month"]], int(found["day"]), int(found["minute"] or 0)
    try:
        when = datetime(int(found["year"]), month, day, hour, minute, tzinfo=_ZONES.get(found["zone"], zone))
    except ValueError:  # the 31st of June
        return None
    return _in_zone(when, zone)


def _zone_of(name: str | None, seconds_east: int | None) -> tzinfo | int | None:
    """The zone of a printed abbreviation. None for one that nobody knows: a warning would help nobody."""
    return seconds_east if seconds_east is not None else _ZONES.get(name)


def _in_zone(found: datetime, zone: tzinfo) -> datetime | None:
    if _YEAR.fullmatch(f"{found.year:04}") is None:  # the year that was looked for is another number
        return None
    found = found if found.tzinfo else found.replace(tzinfo=zone)
    try:
        found.astimezone(UTC)
    except (ValueError, OverflowError):  # a zone of more than a day, a year beyond all calendars
        return None
    return found
