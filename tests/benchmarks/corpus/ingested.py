"""Pages of the corpus as the stages before the lake would hand them over."""

from uuid import NAMESPACE_URL, uuid5

from pipeline.records import PUBLISHED, Capture, Ingested, Reading, Transcript, Turn
from tests.benchmarks.corpus.damage import Spoken
from tests.benchmarks.corpus.stories import Page


def ingested(page: Page) -> Ingested:
    """A look at this page."""
    turns = tuple(_turn(index, turn) for index, turn in enumerate(page.turns))
    return Ingested(_capture(page), Reading(PUBLISHED, None, _transcript(page, turns), (), turns), "1")


def _turn(index: int, turn: Spoken) -> Turn:
    is_cue = turn.speaker is None
    return Turn(
        turn_index=index,
        kind="cue" if is_cue else "speech",
        speaker_label=turn.label,
        speaker_name=turn.name,
        speaker_role="host" if turn.is_host and turn.label else None,
        speaker_affiliation=None,
        name_rule="printed" if turn.name else None,
        confidence=1.0 if turn.name else None,
        text=turn.text,
        word_count=0 if is_cue else len(turn.text.split()),
        start_seconds=None,
        notes=(),
    )


def _transcript(page: Page, turns: tuple[Turn, ...]) -> Transcript:
    is_npr = page.source_id == "npr"
    url = _url(page)
    return Transcript(
        transcript_id=page.transcript_id,
        url=url,
        canonical_url=url,
        npr_id=page.npr_id,
        source_id=page.source_id,
        network="NPR",
        station=None if is_npr else page.source_id.upper(),
        layout="npr_transcript" if is_npr else "grove",
        program=page.program,
        title=page.title,
        segment_title=None,
        teaser=None,
        air_date=page.air_date,
        air_date_rule="published" if page.air_date else None,
        published_at=page.published_at,
        updated_at=None,
        audio_url=None,
        audio_seconds=None,
        language="en",
        dateline=None,
        correction=None,
        rights=None,
        author_bio=None,
        word_count=sum(turn.word_count for turn in turns),
        turn_count=len(turns),
        speaker_count=len({turn.speaker_name or turn.speaker_label for turn in turns} - {None}),
    )


def _capture(page: Page) -> Capture:
    url = _url(page)
    return Capture(
        capture_id=str(uuid5(NAMESPACE_URL, url)),
        url=url,
        source_id=page.source_id,
        captured_at=page.seen_at,
        outcome=PUBLISHED,
        detail=None,
        transcript_id=page.transcript_id,
        http_status=200,
        content_type="text/html",
        etag=None,
        last_modified=None,
        body_bytes=50_000,
        payload_digest=None,
        warc_file=f"{page.seen_at:%Y/%m}/pages.warc.gz",
        warc_offset=0,
    )


def _url(page: Page) -> str:
    return f"https://www.{page.source_id}.org/{page.transcript_id}"
