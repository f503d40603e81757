"""Transcripts of New York Public Radio (WNYC, Radiolab, On the Media): what their HTML has in common, page or record.

Labels vary by episode (`RK:`, `SUSAN SCHALLER:`, a label alone in its paragraph). Lines of a time alone
(`#00:00:30.70#`) say when the next paragraph begins; `SPACE FINAL WEB TRANSCRIPT`, `[THE END]` and `-30-` frame the
transcript (Radiolab, 2010 to 2020).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pipeline.read.dates import instant
from pipeline.records import Block

_STAMP = re.compile(r"#(?P<hours>\d{1,2}):(?P<minutes>\d{2}):(?P<seconds>\d{2}(?:\.\d{1,3})?)#")
_FRAME = re.compile(
    r"-\s?30\s?-|\[THE END\]|\[nothing\]|(?:[A-Z0-9'’:&,.\- ]{1,80} )?(?:FINAL )?(?:WEB )?TRANSCRIPT", re.ASCII
)

_INLINE = re.compile(
    r"(?P<label>[^\W\d_][^:]{0,60}: )(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,2}):(?P<seconds>\d{2}) (?=\S)"
)
_FEWEST_TIMED = 2


def wnyc_blocks(texts: Iterable[str]) -> tuple[Block, ...]:
    """The paragraphs as blocks: times become the start of what follows them, the frame goes."""
    found: list[Block] = []
    start: float | None = None
    for text in texts:
        stamp = _STAMP.fullmatch(text)
        if stamp is not None:
            start = int(stamp["hours"]) * 3600 + int(stamp["minutes"]) * 60 + float(stamp["seconds"])
        elif not _FRAME.fullmatch(text):
            found.append(Block(text, start_seconds=start))
            start = None
    return _without_inline_times(found)


def _without_inline_times(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without the times behind their labels, where two or more have one: `Craig: 00:01 So I climbed it.`."""
    timed = [_INLINE.match(block.text) for block in blocks]
    if sum(map(bool, timed)) < _FEWEST_TIMED:
        return tuple(blocks)
    return tuple(
        block
        if found is None
        else replace(block, text=found["label"] + block.text[found.end() :], start_seconds=_clock(found))
        for block, found in zip(blocks, timed, strict=True)
    )


def _clock(found: re.Match[str]) -> float:
    return float(int(found["hours"] or 0) * 3600 + int(found["minutes"]) * 60 + int(found["seconds"]))


def wnyc_instant(printed: str | None, seconds: object) -> datetime | None:
    """The day of an episode: as printed with its zone, else seconds since 1970."""
    found = instant(printed)
    if found is None and isinstance(seconds, int | float) and 0 < seconds < 4e9:
        return datetime.fromtimestamp(seconds, tz=UTC)
    return found
