"""What must be known of a look without its rows: which page it counts for, and what the ledger keeps of it."""

from dataclasses import dataclass
from datetime import date, datetime

from pipeline.identify.revisions.content import content_hash
from pipeline.records import Ingested


@dataclass(frozen=True, slots=True)
class PageGist:
    """Of a look that gave a transcript."""

    url: str | None
    canonical_url: str | None
    source_id: str | None
    title: str | None
    program: str | None
    air_date: date | None
    word_count: int
    speech_count: int
    """Turns of speech."""
    named_count: int
    """Those of them whose speaker is known by full name."""


@dataclass(frozen=True, slots=True)
class Gist:
    """Of a look, as its row in `captures` has it."""

    capture_id: str
    url: str
    captured_at: datetime
    outcome: str
    detail: str | None
    transcript_id: str | None
    content_hash: str | None
    page: PageGist | None
    """None where the look gave no transcript."""


def gist_of(item: Ingested) -> Gist:
    """The gist of a look that was not packed yet."""
    capture, reading = item.capture, item.reading
    page = None
    if reading is not None and reading.transcript is not None:
        transcript = reading.transcript
        speech = [turn for turn in reading.turns if turn.kind == "speech"]
        page = PageGist(
            url=transcript.url,
            canonical_url=transcript.canonical_url,
            source_id=transcript.source_id,
            title=transcript.title,
            program=transcript.program,
            air_date=transcript.air_date,
            word_count=transcript.word_count,
            speech_count=len(speech),
            named_count=sum(turn.speaker_name is not None for turn in speech),
        )
    return Gist(
        capture_id=capture.capture_id,
        url=capture.url,
        captured_at=capture.captured_at,
        outcome=capture.outcome,
        detail=capture.detail,
        transcript_id=capture.transcript_id,
        content_hash=item.content_hash or (content_hash(reading) if reading else None),
        page=page,
    )
