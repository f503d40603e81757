"""Labels in capitals whose colon is lost: `ALLEN How did it begin?`, on a page that prints `ANA ALLEN:`."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import Block
from pipeline.transcribe.labels.label import find_label

_BARE = re.compile(r"(?P<head>[A-Z][A-Z'’-]{0,30}[A-Z]) (?=[\"“(\[]?(?:[A-Z][a-z'’]|[AI] ))")
"""No heading: its next words would be in capitals too."""
_FEWEST = 2
"""Times that a page prints one word with a colon: prose knows acronyms, but few that speak."""


def with_lost_colons(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with the colon behind a surname or initials that the page prints with one elsewhere.

    >>> blocks = [Block("ANA DIAZ: Why?"), Block("ED HALE: It rained."), Block("DIAZ Does it rain?")]
    >>> with_lost_colons(blocks)[2].text
    'DIAZ: Does it rain?'
    >>> with_lost_colons([Block("ANA DIAZ: Why?"), Block("NPR News said so.")])[1].text
    'NPR News said so.'
    """
    found = {
        place: match
        for place, block in enumerate(blocks)
        if block.speaker is None and (match := _BARE.match(block.text)) is not None and find_label(block.text) is None
    }
    if not found:
        return blocks
    times: Counter[str] = Counter()
    for label in (find_label(block.text) for block in blocks):
        if label is not None and label.is_named and label.printed.isupper():
            times[label.tokens[-1]] += _FEWEST if len(label.tokens) > 1 else 1
    return [
        replace(block, text=f"{found[place]['head']}: {block.text[found[place].end() :]}")
        if place in found and times[found[place]["head"]] >= _FEWEST
        else block
        for place, block in enumerate(blocks)
    ]
