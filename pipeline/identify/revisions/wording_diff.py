"""What was changed in a wording, word by word."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import Indel

Change = Literal["equal", "deleted", "inserted"]

_WORD = re.compile(r"\S+\s*|\s+")
_MOST_CELLS = 100_000_000
"""Words times words that are compared: 10,000 by 10,000, which takes 12 MB. Longer ones are told as replaced whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with the spaces behind them.

    The equal and the deleted pieces, one after the other, are the old wording, letter by letter; the equal and the
    inserted ones are the new.
    """

    change: Change
    text: str


def diff(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that lead from one wording to another.

    >>> [(piece.change, piece.text) for piece in diff("It rained all night.", "It snowed all night.")]
    [('equal', 'It '), ('deleted', 'rained '), ('inserted', 'snowed '), ('equal', 'all night.')]
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    pieces: list[Piece] = []
    for block in blocks(before, after):
        was, becomes = "".join(before[block.old]), "".join(after[block.new])
        if block.is_equal:
            pieces.append(Piece("equal", was))
            continue
        pieces += [Piece("deleted", was)] * bool(was) + [Piece("inserted", becomes)] * bool(becomes)
    return tuple(pieces)


def words_in(pieces: Sequence[Piece], change: Change) -> int:
    """How many words were changed so."""
    return sum(len(piece.text.split()) for piece in pieces if piece.change == change)


def alike(old: str, new: str) -> float:
    """How much of the words of both is in both, in the same order: from 0 to 1."""
    return float(Indel.normalized_similarity(*_numbered(old.split(), new.split())))


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of two sequences laid side by side: equal, or other in the one than in the other."""

    is_equal: bool
    old: slice
    new: slice


def blocks(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Block]:
    """Two sequences laid side by side so that as much as can be is equal; equal and other blocks take turns."""
    before, after = _numbered(old, new)
    head, tail = _ends(before, after)
    end, other_end = len(before) - tail, len(after) - tail
    found = [(True, head, head)]
    if (end - head) * (other_end - head) > _MOST_CELLS:
        found.append((False, end - head, other_end - head))
    else:
        found += [
            (code.tag == "equal", code.src_end - code.src_start, code.dest_end - code.dest_start)
            for code in Indel.opcodes(before[head:end], after[head:other_end])
        ]
    found.append((True, tail, tail))
    return _joined(found)


def _numbered(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[list[int], list[int]]:
    """The same number for the same thing: what rapidfuzz compares fastest, and the same in every process."""
    numbers: dict[Hashable, int] = {}
    before = [numbers.setdefault(one, len(numbers)) for one in old]
    return before, [numbers.setdefault(one, len(numbers)) for one in new]


def _ends(old: Sequence[int], new: Sequence[int]) -> tuple[int, int]:
    """How many are equal at the beginning, and of the rest at the end."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    return head, tail


def _joined(found: Iterable[tuple[bool, int, int]]) -> list[Block]:
    """Lengths to places; neighbours of one kind are one block, and empty ones none."""
    joined: list[Block] = []
    at = other_at = 0
    for is_equal, group in groupby((one for one in found if one[1] or one[2]), key=lambda one: one[0]):
        lengths = list(group)
        end, other_end = at + sum(one[1] for one in lengths), other_at + sum(one[2] for one in lengths)
        joined.append(Block(is_equal, slice(at, end), slice(other_at, other_end)))
        at, other_at = end, other_end
    return joined
