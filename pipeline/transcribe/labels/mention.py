"""A string that looks like a label, before it is known whether it is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.transcribe.labels.label import Label

Person = tuple[str, ...]
"""Whom labels mean: the folded words of the longest name that they have on the page."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A string that looks like a label: in which block, what it says, and the words behind it in the block."""

    index: int
    head: str
    label: Label
    text: str


Turn = tuple[Person, Mention, str]
"""Who speaks, the label, and the words."""


def words_of(mention: Mention, texts: Sequence[str]) -> str:
    """The words behind a label, or the next paragraph where it stands alone."""
    if mention.text or mention.index + 1 >= len(texts):
        return mention.text
    return texts[mention.index + 1]
