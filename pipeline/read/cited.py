"""Transcripts of podcasts in the HTML that their feeds link to (the podcast namespace's `text/html`).

`<cite>` names the speaker, `<time>` says when in the audio, `<p>` holds the words: siblings, with no element around a
turn. Comments have names and times too, but theirs are no clocks.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from pipeline.read.html import Html
from pipeline.read.paragraphs import is_aside, paragraphs, squeeze
from pipeline.records import Block

_TURN = "cite + time"
_FEWEST = 3
"""Works are cited now and then; those who speak, again and again."""
_TIME = re.compile(r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})")


def cited_blocks(page: Html) -> tuple[Block, ...]:
    """The turns with the speakers and times that the markup names; none where it names none.

    Raises:
        PageRejected: `rejected:truncated` where the page ends among them.
    """
    times = [time for time in page.tree.css(_TURN) if _seconds(time) is not None]
    if len(times) < _FEWEST:
        return ()
    if (around := times[-1].parent) is not None:
        page.refuse_unfinished(around)
    return tuple(block for time in times for block in _turn(time))


def _turn(time: LexborNode) -> Iterator[Block]:
    cite = time.prev
    while cite is not None and cite.tag != "cite":
        cite = cite.prev
    speaker = squeeze(cite.text()).rstrip(":") or None if cite is not None else None
    start = _seconds(time)
    for text in _words(time):
        yield Block(text, speaker=speaker, start_seconds=start)
        start = None


def _words(time: LexborNode) -> Iterator[str]:
    """The paragraphs behind a time, and what an aside parts from one of them, up to any other element."""
    node = time.next
    while node is not None and (is_aside(node) or node.tag == "p" or (node.tag or "-").startswith("-")):
        if node.tag == "-text":
            yield from filter(None, (squeeze(node.text_content or ""),))
        elif not is_aside(node):
            yield from paragraphs(node, {})
        node = node.next


def _seconds(time: LexborNode) -> float | None:
    found = _TIME.fullmatch(squeeze(time.text()))
    if found is None:
        return None
    return float(int(found["hours"] or 0) * 3600 + int(found["minutes"]) * 60 + int(found["seconds"]))
