"""The heading above a transcript: «Transcript», «Full Episode Transcript»."""

import re
from collections.abc import Sequence

from pipeline.records import Block
from pipeline.transcribe.labels.page_labels import PageLabels
from pipeline.transcribe.script.headers import is_above

_MARKER = re.compile(
    r"(?:(?:[•*·]|#{1,6}|\*\*|__) *)?(?:(?:read|see|view|here is) )?(?:the |a |an )?"
    r"(?:(?:full|complete|edited|rush|interview|episode) )*"
    r"transcript(?: of (?:the|this|our) (?:\w+ )?(?:interview|conversation|story|episode|segment))?:?(?:\*\*|__)?:?",
    re.IGNORECASE,
)
_LONGEST_MARKER = 60
_BUTTON = re.compile(r"(?:[•*·] *)?transcript:?", re.IGNORECASE)


def heading(blocks: Sequence[Block], labels: PageLabels) -> tuple[int, int]:
    """Where a heading «Transcript» stands, where the page has one and a label follows it, and where words begin below.

    Behind it there may be a day, credits, or another heading: `Full Episode Transcript`, `Transcript for May 3, 2022`.
    """
    for index, block in enumerate(blocks):
        if len(block.text) <= _LONGEST_MARKER and _MARKER.fullmatch(block.text):
            if any(labels.begins(later) for later in blocks[index + 1 : index + 9]):
                begin = index + 1
                while not labels.begins(blocks[begin]) and is_above(blocks[begin].text):
                    begin += 1
                return index, begin
        elif labels.begins(block):
            break
    return 0, 0


def is_button(text: str) -> bool:
    """Whether a heading is what player pages print as a button above headline and teaser.

    >>> is_button("Transcript"), is_button("Episode Transcript")
    (True, False)
    """
    return _BUTTON.fullmatch(text) is not None
