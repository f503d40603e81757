"""What a simulated site answers with, and the little HTML that all sites share."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from typing import Any

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
GZIP = "application/gzip"


@dataclass(frozen=True, slots=True)
class Document:
    """A resource with its validators; both are derived from content alone."""

    body: bytes
    content_type: str
    modified_at: datetime
    status: int = 200

    @property
    def etag(self) -> str:
        """Weak, because one tag serves the plain and the gzip form (RFC 9110, section 8.8.1)."""
        return f'W/"{sha256(self.body).hexdigest()[:24]}"'

    @property
    def last_modified(self) -> str:
        """As an HTTP date."""
        return http_date(self.modified_at)


def http_date(moment: datetime) -> str:
    """IMF-fixdate (RFC 9110, section 5.6.7)."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def text(value: str) -> str:
    """Escaped for an element; quotes stay as they are, as on the real sites."""
    return escape(value, quote=False)


def attribute(value: str) -> str:
    """Escaped for a quoted attribute."""
    return escape(value)


def script_json(value: Any) -> str:
    """JSON with the slashes escaped, as PHP writes it; safe inside a single-quoted attribute and a script."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("/", "\\/").replace("'", "\\u0027")


def day_in_words(day: date) -> str:
    """`March 20, 2026`."""
    return f"{day:%B} {day.day}, {day.year}"


def clock(moment: datetime) -> str:
    """`5:00 AM`."""
    return f"{moment.hour % 12 or 12}:{moment:%M %p}"


def minutes(seconds: int) -> str:
    """`3:50`."""
    return f"{seconds // 60}:{seconds % 60:02}"
