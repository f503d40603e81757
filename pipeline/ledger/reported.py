"""What reports, `asrun status`, alarms and coverage get out of the ledger."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many looks of a run, or pages of a source, have an outcome."""

    source_id: str | None
    kind: str
    outcome: str
    count: int
    new: int
    revised: int
    requests: int
    body_bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class RunLook:
    """One look of a run, as a report lists it."""

    source_id: str | None
    kind: str
    url: str
    outcome: str
    detail: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the ledger holds of one source."""

    source_id: str | None
    pages: int
    published: int
    not_yet: int
    without_transcript: int
    gone: int
    failed: int
    """Rejected or not to be fetched."""
    waiting: int
    """Seen, never looked at."""
    newest_air_date: date | None
    """Of the pages that were published: what freshness is judged by."""
    last_look_at: datetime | None


@dataclass(frozen=True, slots=True)
class Failure:
    """How many pages or listings of a source stand at one failure, with one of them."""

    source_id: str | None
    kind: str
    outcome: str
    urls: int
    example_url: str


@dataclass(frozen=True, slots=True)
class DayCount:
    """The pages of one programme and day, by where they stand.

    A page that once gave a transcript counts as published whatever failed since, for its rows stay; `gone` ones are
    those that answered 404 or 410 last.
    """

    source_id: str
    program: str | None
    air_date: date
    listed: int
    """Pages that are transcripts, or may be: all that a programme's own listing named, but for those that were read
    and hold none; of pages in no programme, those that were read as one."""
    published: int
    not_yet: int
    rejected: int
    gone: int
    word_count: int
    """Words of its published pages."""
    expected: int = 0
    """Pages that were to be expected of it, as last reckoned: `pipeline.expected` says when that is."""


@dataclass(frozen=True, slots=True)
class PageFigures:
    """How one page was read, last time it was, and what the transcript amounts to that it gave."""

    source_id: str
    program: str | None
    day: date
    """Of broadcast; where that is unknown, the day on which the page was first seen."""
    outcome: str
    speech_count: int | None
    named_count: int | None


@dataclass(frozen=True, slots=True)
class LookCount:
    """Looks of one run at one source's pages or listings that ended alike."""

    source_id: str
    kind: str
    outcome: str
    count: int
    example_url: str
    detail: str | None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that went wrong at a source and that somebody should see to."""

    alarm_id: int
    source_id: str
    kind: str
    cause: str
    detail: str
    raised_at: datetime
    cleared_at: datetime | None
    """None while it stands."""
