"""What passes between the stages from the archive on: frozen dataclasses, NULL as None, never an empty string.

The order follows the way of a page: Page, Reading, Capture, Ingested. What comes before is in `exchanges`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# --- outcomes: a page ends in exactly one of these ------------------------------------------------------------------
PUBLISHED = "published"
UNCHANGED = "unchanged"
NOT_YET = "not_yet"
NOT_A_TRANSCRIPT = "not_a_transcript"
GONE = "gone"


def rejected(reason: str) -> str:
    """The outcome of a page that could not be read, e.g. `rejected:empty`."""
    return f"rejected:{reason}"


def fetch_failed(reason: str) -> str:
    """The outcome of a page that could not be fetched, e.g. `fetch_failed:dns`."""
    return f"fetch_failed:{reason}"


# --- read -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a page, in order."""

    text: str
    gap_before: int = 1
    """Blank lines before it in plain text: two or more mean that lines may be missing there. 1 in HTML."""
    speaker: str | None = None
    """The speaker where the markup itself names one (This American Life's `h4`), as printed, without colon."""
    start_seconds: float | None = None
    """Where the markup or a stamp says that it begins in the audio."""
    role: str | None = None
    """The speaker's role where the markup says it (This American Life's `div.host`)."""


@dataclass(frozen=True, slots=True)
class PrintedByline:
    """A byline as the page prints it, before persons, roles and affiliations are told apart."""

    printed: str
    role: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a layout's reader found: the page's facts and its text in order, chrome left behind."""

    layout: str
    url: str | None
    canonical_url: str | None
    title: str | None
    blocks: tuple[Block, ...]
    npr_id: str | None = None
    content_id: str | None = None
    """The page's own id in its CMS (Brightspot's UUID, ...)."""
    segment_title: str | None = None
    teaser: str | None = None
    program: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    audio_url: str | None = None
    audio_seconds: float | None = None
    language: str | None = None
    rights: str | None = None
    correction: str | None = None
    author_bio: str | None = None
    bylines: tuple[PrintedByline, ...] = ()
    has_container: bool = False
    """True where the markup itself says that the blocks are a transcript's."""
    expects_transcript: bool = False
    """True where the page names a transcript (a container, a link, audio) although it may hold none yet."""
    otherwise: str | None = None
    """What the page is if no transcript is found in it, e.g. `an episode page: its transcript is at https://...`."""


# --- transcribe -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Note:
    """An inline direction such as `(laughter)`, kept in the text and listed here with its place in it."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A maximal run of one speaker, or a cue paragraph of its own."""

    turn_index: int
    kind: Literal["speech", "cue"]
    speaker_label: str | None
    speaker_name: str | None
    speaker_role: str | None
    speaker_affiliation: str | None
    name_rule: str | None
    confidence: float | None
    text: str
    word_count: int
    start_seconds: float | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Byline:
    """Someone or something the page credits with the story."""

    position: int
    name: str | None
    role: str | None
    affiliation: str | None
    printed: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """The facts of one page that holds a transcript."""

    transcript_id: str
    url: str | None
    canonical_url: str | None
    npr_id: str | None
    source_id: str | None
    network: str | None
    station: str | None
    layout: str
    program: str | None
    title: str | None
    segment_title: str | None
    teaser: str | None
    air_date: date | None
    air_date_rule: str | None
    published_at: datetime | None
    updated_at: datetime | None
    audio_url: str | None
    audio_seconds: float | None
    language: str | None
    dateline: str | None
    correction: str | None
    rights: str | None
    author_bio: str | None
    word_count: int
    turn_count: int
    speaker_count: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one page: a transcript with its turns and bylines, or an outcome that says why not."""

    outcome: str
    detail: str | None = None
    transcript: Transcript | None = None
    bylines: tuple[Byline, ...] = ()
    turns: tuple[Turn, ...] = ()


# --- lake -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Capture:
    """One look at a URL: the row of `captures`."""

    capture_id: str
    url: str
    source_id: str | None
    captured_at: datetime
    outcome: str
    detail: str | None
    transcript_id: str | None
    http_status: int | None
    content_type: str | None
    etag: str | None
    last_modified: str | None
    body_bytes: int | None
    payload_digest: str | None
    warc_file: str | None
    warc_offset: int | None
    original_digest: str | None = None
    """As in `Exchange`."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """A look at a page and what was read from it; packed in Arrow, by the worker that read it, the lake takes it."""

    capture: Capture
    reading: Reading | None
    """None where nothing was received (a failed fetch). With the corrections that people made by hand."""
    parser_version: str
    content_hash: str | None = None
    """What the page itself said, before it was corrected; None: as the reading says it."""
    correction_ids: tuple[str, ...] = ()
    """The corrections that the reading holds."""
