"""What goes into the ledger and comes out of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.records import Validators


class Scope(StrEnum):
    """Which pages a run is about."""

    NIGHT = "night"
    """New pages of its days, and whatever is due again, of any day."""
    DAYS = "days"
    """The pages of its days, and no others: a backfill."""
    REVISITS = "revisits"
    """Whatever is due again; no page that was never looked at."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """A page that a listing named (or an import brought), and when it is due for its first look."""

    url: str
    source_id: str | None
    program: str | None
    air_date: date | None
    found_on: str | None
    counted_from: datetime
    due_at: datetime | None
    title: str | None = None
    """Headline, as the listing has it."""


@dataclass(frozen=True, slots=True)
class DueFilter:
    """Which due pages a run wants."""

    source_id: str
    at: datetime
    first: date
    last: date
    scope: Scope
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class UrlState:
    """What is known of a page before it is looked at."""

    url: str
    source_id: str | None
    air_date: date | None
    counted_from: datetime
    validators: Validators | None
    payload_digest: str | None
    warc_file: str | None
    warc_offset: int | None
    outcome: str | None
    looks: int = 0
    """How often it was looked at."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What every look has: where, when, at what cost. `url` is the ledger's, `capture_id` names the look everywhere."""

    url: str
    run_id: str
    capture_id: str
    looked_at: datetime
    seconds: float = 0.0
    requests: int = 0
    body_bytes: int = 0
    http_status: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A look whose page is archived (`warc_file` set, outcome still unknown) or that failed (outcome set)."""

    visit: Visit
    outcome: str | None = None
    detail: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    payload_digest: str | None = None
    validators: Validators | None = None


@dataclass(frozen=True, slots=True)
class OpenLook:
    """A look that is not settled: its row is perhaps not in the lake yet."""

    look_id: int
    url: str
    source_id: str | None
    looked_at: datetime
    outcome: str | None
    detail: str | None
    http_status: int | None
    capture_id: str
    warc_file: str | None
    warc_offset: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is kept of a transcript beside its rows: enough to see that pages are read as they were last month."""

    title: str | None
    word_count: int
    speech_count: int
    """Turns of speech."""
    named_count: int
    """Those of them whose speaker is known by full name."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """The end of a look: what it is counted as, and when its page is due again."""

    look_id: int
    url: str
    outcome: str
    detail: str | None
    due_at: datetime | None
    change: str | None = None
    program: str | None = None
    air_date: date | None = None
    counted_from: datetime | None = None
    figures: Figures | None = None
    """None where the look gave no transcript: those of the one before stay."""


@dataclass(frozen=True, slots=True)
class Reread:
    """What a look came to when its archived page was read again."""

    capture_id: str
    outcome: str
    detail: str | None
    figures: Figures | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a flow. `finished_at` is None while it runs; of one that was killed it is when that was noticed."""

    run_id: str
    flow: str
    parameters: dict[str, object]
    started_at: datetime
    finished_at: datetime | None
    status: str
    """running, completed, failed, or crashed for one whose process is gone."""
    flow_run_id: str | None = None
    """What the scheduler calls it, where there is one."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for of a source's days, perhaps by a run that was broken off, and how much of it is done."""

    request_id: str
    """The run that asked for it first; others may have gone on with it."""
    source_id: str
    first: date
    last: date
    days: int
    done: int
    asked_at: datetime
    newest_done_at: datetime | None


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
