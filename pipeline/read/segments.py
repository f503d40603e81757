"""Segments of a transcript in JSON: who says what from when on, in pieces as short as a word.

The podcast namespace's JSON (`body`, `startTime`, `speaker`: given where it changes, or always), machines' own (`text`,
`start`), and pages that show themselves by a program (a list of paragraphs).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.read.npr_facts import seconds_of, text_of
from pipeline.read.paragraphs import squeeze
from pipeline.records import Block

_TEXTS = ("body", "text")
_SPEAKERS = ("speaker", "speakerName", "speaker_name")
_STARTS = ("startTime", "start", "start_time")
_LONG_ENOUGH = 60
"""Words after which a paragraph ends with its sentence."""
_SENTENCE_ENDS = (".", "?", "!", "”", '"')


def segment_blocks(segments: Sequence[object]) -> tuple[Block, ...]:
    """The paragraphs that segments make, each of one speaker; none where a segment is no such object."""
    blocks: list[Block] = []
    pieces: list[str] = []
    speaker: str | None = None
    start: float | None = None
    for segment in segments:
        if not isinstance(segment, dict) or (text := _first(segment, _TEXTS)) is None:
            return ()
        said_by = _first(segment, _SPEAKERS)
        if pieces and (_is_anothers(said_by, speaker) or _is_whole(pieces)):
            blocks.append(Block(" ".join(pieces), speaker=speaker, start_seconds=start))
            pieces.clear()
        if not pieces:
            start = next((_seconds(segment[key]) for key in _STARTS if key in segment), None)
        speaker = said_by or speaker
        pieces += squeeze(text).split()
    if pieces:
        blocks.append(Block(" ".join(pieces), speaker=speaker, start_seconds=start))
    return tuple(blocks)


def _seconds(value: object) -> float | None:
    return 0.0 if value == 0 else seconds_of(value)


def _is_anothers(said_by: str | None, speaker: str | None) -> bool:
    return said_by is not None and said_by != speaker


def _is_whole(words: Sequence[str]) -> bool:
    return len(words) >= _LONG_ENOUGH and words[-1].endswith(_SENTENCE_ENDS)


def _first(segment: Mapping[str, Any], keys: Sequence[str]) -> str | None:
    return next((text for key in keys if (text := text_of(segment.get(key)))), None)
