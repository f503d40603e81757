"""Labels that stand alone above a time that stands alone, above the words: name, time and speech on three lines.

    Ana Diaz
    [00:00:01]
    It rains.

So do chapters of videos, which never come back: a page must name several people so, some of whom do.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import Block
from pipeline.transcribe.labels.label import name_label
from pipeline.transcribe.labels.stamps import cut_stamp

_CLOCK = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,3})?[\])]?")
_LONGEST_CLOCK = 14
_LONGEST_NAME = 60
_NO_NAME = (".", "?", "!", "…", ",", ";")
_FEWEST = 4
_FEWEST_WHO_COME_BACK = 2


def with_stamped_lines(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with name, time and words in one where the page parts them.

    >>> page = [Block(text) for name in ("Ana Diaz", "Ed Hale") * 2 for text in (name, "[00:00:07]", "It rains.")]
    >>> with_stamped_lines(page)[1]
    Block(text='It rains.', gap_before=1, speaker='Ed Hale', start_seconds=7.0, role=None)
    """
    clocks = {index for index, block in enumerate(blocks) if _is_clock(block.text)}
    names = {index - 1 for index in clocks if 0 < index < len(blocks) - 1 and _may_be_name(blocks[index - 1].text)}
    times = Counter(blocks[index].text.rstrip(":") for index in names)
    come_back = sum(count > 1 and name_label(name) is not None for name, count in times.items())
    if len(names) < _FEWEST or come_back < _FEWEST_WHO_COME_BACK:
        return blocks
    found: list[Block] = []
    name: Block | None = None
    seconds: float | None = None
    for index, block in enumerate(blocks):
        if index in names:
            name = block
        elif index in clocks:
            seconds = cut_stamp(f"[{block.text.strip('[]()')}]")[0]
        else:
            speaker = name.text.rstrip(":") if name is not None else block.speaker
            gap = name.gap_before if name is not None else block.gap_before
            start = block.start_seconds if seconds is None else seconds
            found.append(replace(block, gap_before=gap, speaker=speaker, start_seconds=start))
            name = seconds = None
    return found


def _is_clock(text: str) -> bool:
    return len(text) <= _LONGEST_CLOCK and ":" in text and _CLOCK.fullmatch(text) is not None


def _may_be_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and text[:1].isupper() and not text.endswith(_NO_NAME) and ": " not in text
