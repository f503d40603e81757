"""Whether a page says that it holds a transcript: by headline, heading or notice, or by the guests in its credits."""

import re
from collections.abc import Sequence

from pipeline.records import Block
from pipeline.transcribe.labels.mention import Mention

_ANNOUNCED_WITHIN = 20
"""Blocks: a heading or a notice that says «transcript» stands above it."""
_LONGEST_ANNOUNCEMENT = 400
_ANNOUNCEMENTS = ("ranscript", "TRANSCRIPT", "TEXT OF INTERVIEW", "is produced for the ear")
_CALLED_TRANSCRIPT = re.compile(r"(?:\w{1,20} ){0,3}transcript\b", re.IGNORECASE)


def calls_transcript(title: str) -> bool:
    """Whether a headline calls its page a transcript: `TRANSCRIPT: Our interview with the mayor`."""
    return _CALLED_TRANSCRIPT.match(title) is not None


def says_transcript(blocks: Sequence[Block]) -> bool:
    """Whether a page says of itself that it holds a transcript: by a heading, a notice, a demand for credit."""
    return any(
        any(words in block.text for words in _ANNOUNCEMENTS)
        for block in blocks[:_ANNOUNCED_WITHIN]
        if len(block.text) <= _LONGEST_ANNOUNCEMENT
    )


def names_guests(blocks: Sequence[Block], mentions: Sequence[Mention]) -> bool:
    """Whether credits above name somebody who speaks as their guest (Radio National)."""
    heads = {mention.head for mention in mentions}
    lines = [block.text for block in blocks[:_ANNOUNCED_WITHIN]]
    return any(
        line.rstrip(":") in ("Guest", "Guests") and heads & set(lines[index + 1 :]) for index, line in enumerate(lines)
    )
