"""Printed and declared dates, and the air date by its order of trust: the page, the audio's URL, the page's URL."""

import re
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from dateutil import parser as dateutil_parser

_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    ZoneInfo(f"America/{city}") for city in ("New_York", "Chicago", "Denver", "Los_Angeles")
)
# The abbreviations that American stations print: seconds east of UTC, or zones where one covers the whole year.
_ZONES: dict[str, int | tzinfo] = {
    "EST": -5 * 3600, "EDT": -4 * 3600, "CST": -6 * 3600, "CDT": -5 * 3600, "MST": -7 * 3600,
    "MDT": -6 * 3600, "PST": -8 * 3600, "PDT": -7 * 3600, "AKST": -9 * 3600, "AKDT": -8 * 3600, "HST": -10 * 3600,
    "ET": _EASTERN, "CT": _CENTRAL, "MT": _MOUNTAIN, "PT": _PACIFIC,
}  # fmt: skip
# "May 17, 20246:35 PM ET": date and time run together when the markup between them is lost.
_RUN_TOGETHER = re.compile(r"(\b(?:19|20)\d{2})(\d{1,2}:\d{2})")
_LEAD = re.compile(r"^\W*(?:Originally\s+)?(?:Published|Updated|Posted)\b(?:\s+on)?[:\s]*", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")

# .../npr/atc/2026/01/20260104_atc_title.mp3: the day and the programme's code.
_AUDIO_DAY = re.compile(r"/(?P<day>(?:19|20)\d{6})_(?P<code>[a-z0-9]+)_")
_URL_DAY = re.compile(r"/(?P<year>(?:19|20)\d{2})[-/](?P<month>\d{2})[-/](?P<day>\d{2})(?:/|$)")


def instant(printed: str | None, zone: tzinfo = UTC) -> datetime | None:
    """The UTC instant of a printed or declared time; `zone` where it names none; None where it is no full date.

    >>> instant("Published July 9, 2019 at 10:34 AM PDT")
    datetime.datetime(2019, 7, 9, 17, 34, tzinfo=datetime.timezone.utc)
    >>> instant("yesterday") is None
    True
    """
    if not printed or not _YEAR.search(printed):
        return None
    try:
        return _in_utc(datetime.fromisoformat(printed.strip()), zone)
    except ValueError:
        pass
    text = _RUN_TOGETHER.sub(r"\1 \2", _LEAD.sub("", printed.replace("\u00a0", " ")))
    try:
        return _in_utc(dateutil_parser.parse(text, tzinfos=_ZONES), zone)
    except (ValueError, OverflowError):
        return None


def _in_utc(found: datetime, zone: tzinfo) -> datetime | None:
    try:
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        return None


def air_date(
    published_at: datetime | None, zone: tzinfo, audio_url: str | None, urls: tuple[str | None, ...]
) -> tuple[date | None, str | None]:
    """The local day of broadcast and the rule that found it: `page`, `audio_url`, `url_path`, or None twice."""
    if published_at is not None:
        return published_at.astimezone(zone).date(), "page"
    if audio_url and (found := _AUDIO_DAY.search(audio_url)):
        stamp = found["day"]
        day = _day(stamp[:4], stamp[4:6], stamp[6:])
        if day:
            return day, "audio_url"
    for url in urls:
        if url and (found := _URL_DAY.search(url)):
            day = _day(found["year"], found["month"], found["day"])
            if day:
                return day, "url_path"
    return None, None


def audio_program_code(audio_url: str | None) -> str | None:
    """The programme's code in an NPR audio URL, e.g. `atc`."""
    found = _AUDIO_DAY.search(audio_url or "")
    return found["code"] if found else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
