"""Looks at pages as the stages before the lake would hand them over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import NAMESPACE_URL, uuid5

from pipeline.records import Byline, Capture, Ingested, Note, Reading, Transcript, Turn

NOON = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
AIR_DATE = date(2026, 3, 20)
NEXT_MONTH = AIR_DATE.replace(month=4)
SAID = (
    ("LEILA FADEL, HOST:", "Good morning."),
    ("ROB SCHMITZ, BYLINE:", "It rained (laughter) all night."),
    (None, "(SOUNDBITE OF MUSIC)"),
)


@dataclass(frozen=True)
class Look:
    """What a test says of one look; everything else follows from it."""

    page: int = 1
    hours: float = 0
    """After NOON."""
    said: Sequence[tuple[str | None, str]] = SAID
    air_date: date | None = AIR_DATE
    title: str | None = "A night of rain"
    program: str | None = "Morning Edition"
    source_id: str = "npr"
    parser_version: str = "1"

    @property
    def url(self) -> str:
        return f"https://www.npr.org/transcripts/nx-s1-{self.page}"

    @property
    def transcript_id(self) -> str:
        return f"npr:nx-s1-{self.page}"

    @property
    def captured_at(self) -> datetime:
        return NOON + timedelta(hours=self.hours)

    def ingested(self) -> Ingested:
        reading = Reading(
            outcome="published",
            transcript=_transcript(self),
            bylines=(
                Byline(0, "Rob Schmitz", None, "NPR", "Rob Schmitz, NPR"),
                Byline(1, None, None, None, "Associated Press"),
            ),
            turns=tuple(_turn(index, label, text) for index, (label, text) in enumerate(self.said)),
        )
        return Ingested(_capture(self, "published"), reading, self.parser_version)

    def gone(self) -> Ingested:
        """The same look, but the page that was known is gone."""
        return Ingested(replace(_capture(self, "gone"), transcript_id=self.transcript_id), None, self.parser_version)

    def failed(self, outcome: str = "fetch_failed:timeout") -> Ingested:
        """The same look, but nothing came back."""
        return Ingested(_capture(self, outcome), None, self.parser_version)


def batch(*looks: Look) -> list[Ingested]:
    return [look.ingested() for look in looks]


def capture_id(look: Look) -> str:
    return str(uuid5(NAMESPACE_URL, f"{look.captured_at.isoformat()} {look.url}"))


def _capture(look: Look, outcome: str) -> Capture:
    is_received = outcome == "published"
    return Capture(
        capture_id=capture_id(look),
        url=look.url,
        source_id=look.source_id,
        captured_at=look.captured_at,
        outcome=outcome,
        detail=None if is_received else "no answer within 30 s",
        transcript_id=look.transcript_id if is_received else None,
        http_status=200 if is_received else None,
        content_type="text/html; charset=utf-8" if is_received else None,
        etag=None,
        last_modified=None,
        body_bytes=52_000 if is_received else None,
        payload_digest="sha256:ABCDEF" if is_received else None,
        warc_file=f"2026/03/{look.captured_at:%Y%m%d}.warc.gz" if is_received else None,
        warc_offset=int(look.hours * 1_000) if is_received else None,
    )


def _transcript(look: Look) -> Transcript:
    return Transcript(
        transcript_id=look.transcript_id,
        url=look.url,
        canonical_url=look.url,
        npr_id=f"nx-s1-{look.page}",
        source_id=look.source_id,
        network="NPR",
        station=None if look.source_id == "npr" else look.source_id.upper(),
        layout="npr_transcript",
        program=look.program,
        title=look.title,
        segment_title=None,
        teaser=None,
        air_date=look.air_date,
        air_date_rule="printed" if look.air_date else None,
        published_at=NOON - timedelta(hours=3),
        updated_at=None,
        audio_url=None,
        audio_seconds=236.0,
        language="en",
        dateline=None,
        correction=None,
        rights="Copyright © 2026 NPR.",
        author_bio=None,
        word_count=sum(len(text.split()) for _, text in look.said),
        turn_count=len(look.said),
        speaker_count=len({label for label, _ in look.said if label}),
    )


def _turn(index: int, label: str | None, text: str) -> Turn:
    name = label.rstrip(":").split(", ")[0].title() if label else None
    laughter = text.find("(laughter)")
    return Turn(
        turn_index=index,
        kind="speech" if label else "cue",
        speaker_label=label.rstrip(":").split(", ")[0] if label else None,
        speaker_name=name,
        speaker_role="host" if label and "HOST" in label else None,
        speaker_affiliation=None,
        name_rule="printed" if name else None,
        confidence=1.0 if name else None,
        text=text,
        word_count=len(text.split()),
        start_seconds=None,
        notes=(Note("laughter", "(laughter)", laughter, laughter + 10),) if laughter >= 0 else (),
    )


def batches_in_any_order(looks: Sequence[Ingested], random: Random) -> Iterator[list[Ingested]]:
    """All of these looks, in an order and in batches of up to four that this draws."""
    rest = random.sample(looks, len(looks))
    while rest:
        size = random.randint(1, 4)
        yield rest[:size]
        rest = rest[size:]
