"""What feeds, sitemaps and listings have in common: an entry that names a page, and how times are written in them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from bs4 import Tag

_YEARS = range(1971, 2200)
"""Years that a page may carry; all else is a slip, and some of it breaks calendars. 1970 is that of unset clocks."""

When = date | datetime
"""A moment, with or without its zone, or a day."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A link as it was listed, not yet judged."""

    url: str
    title: str | None = None
    published: When | None = None
    modified: When | None = None
    program: str | None = None


def parse_when(text: str | None) -> When | None:
    """The moment or day that a feed, sitemap or `datetime` attribute names: ISO 8601 or RFC 5322, else None."""
    text = (text or "").strip()
    for parse in (_iso, parsedate_to_datetime):
        try:
            when = parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return when if when.year in _YEARS else None
    return None


def _iso(text: str) -> When:
    if len(text) == len("2026-01-04"):
        return date.fromisoformat(text)
    return datetime.fromisoformat(text)


def day_in(when: When | None, zone: ZoneInfo) -> date | None:
    """The day on the calendar of a zone; a moment without a zone of its own is already there."""
    if not isinstance(when, datetime):
        return when
    return when.date() if when.tzinfo is None else when.astimezone(zone).date()


def moment_in_utc(when: When | None) -> datetime | None:
    """The moment in UTC, which is also meant where no zone is written; a day begins at midnight."""
    if when is None:
        return None
    moment = when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, tzinfo=UTC)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def text_of(tag: Tag | None) -> str | None:
    """The text in a tag, blanks collapsed; None for no tag and for no text."""
    return (" ".join(tag.get_text().split()) or None) if tag is not None else None


def attribute(tag: Tag | None, name: str) -> str | None:
    """The value of an attribute; None where it is missing or empty."""
    value = tag.get(name) if tag is not None else None
    return (value.strip() or None) if isinstance(value, str) else None
