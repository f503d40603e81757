"""Labels that a page marks by brackets or a dash: `[Ana Diaz]: It rains.`, `ANA DIAZ - It rains.`.

A dash behind capitals is a dateline too, and brackets hold directions: so a page must have no label else, and some of
its names must come back.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.records import Block
from pipeline.transcribe.labels import caps_label, find_label, name_label

_BRACKETED = re.compile(r"\[(?P<name>[^\[\]:]{1,60})\]: ?(?=\S)")
_DASHED = re.compile(r"(?P<name>[A-Z][A-Z.'’ -]{1,40}?) [-–—] (?=\S)")
_FEWEST = 4
_FEWEST_WHO_COME_BACK = 2


def with_colons(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with a colon behind each name where the page marks its speakers by brackets or a dash alone.

    >>> blocks = [Block(f"{name} - {text}") for text in ("Why?", "Rain.") for name in ("ANA DIAZ", "ED HALE")]
    >>> with_colons(blocks)[3].text
    'ED HALE: Rain.'
    """
    if any(find_label(block.text) is not None for block in blocks):
        return blocks
    bracketed = {index: found for index, found in _found(_BRACKETED, blocks) if name_label(found["name"]) is not None}
    dashed = {index: found for index, found in _found(_DASHED, blocks) if _is_somebody(found["name"])}
    for marked in (bracketed, dashed):
        times = Counter(found["name"] for found in marked.values())
        come_back = sum(count > 1 for count in times.values())
        if len(marked) >= _FEWEST and come_back >= _FEWEST_WHO_COME_BACK:
            return [
                replace(block, text=f"{marked[index]['name']}: {block.text[marked[index].end() :]}")
                if index in marked
                else block
                for index, block in enumerate(blocks)
            ]
    return blocks


def _found(pattern: re.Pattern[str], blocks: Sequence[Block]) -> Iterable[tuple[int, re.Match[str]]]:
    return ((index, found) for index, block in enumerate(blocks) if (found := pattern.match(block.text)) is not None)


def _is_somebody(name: str) -> bool:
    label = caps_label(name)
    return label is not None and label.is_named
