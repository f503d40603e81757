"""What goes into the ledger, and what the work that is due comes out as."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.exchanges import Validators


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
    is_taken_over: bool = False
    """Somebody else had it, at whatever time: where a later response is known, the page stands as that one says."""


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
    damages: tuple[str, ...] = ()
    """What it met before it began: records of the archive that cannot be read, a line each."""


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
