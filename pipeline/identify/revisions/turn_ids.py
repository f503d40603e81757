"""Which turns of a page stay through its revisions, and what they are called.

A turn keeps its `turn_id` through the revisions of its page:

1. where its kind, label and wording stay the same. The revisions are laid side by side so that as many turns as can be
   are the same, whatever comes or goes around them;
2. where it was edited and is certainly the same turn: it stands between the same turns as before, is of the same kind,
   and shares 60 % of its words with the old one under the same label, or 90 % under another (a label that was
   corrected). Of several that would do, the most alike are the same. So what an analyst noted of a turn stays with it
   when a comma moves or a name is mended, and does not pass to a turn that says something else;
3. where its label and wording come back after they were gone.

Every other turn gets an id of its own, made of its label and wording. As nothing but the order of the contents decides,
a reparse gives the ids that the nights gave.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, product

from pipeline.identify.revisions.wording_diff import alike, blocks

_ALIKE = 0.6
_ALIKE_UNDER_ANOTHER_LABEL = 0.9
_MOST_PAIRS = 10_000
"""Pairs of turns of one block that are compared; a block of more is another text."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is content of a turn."""

    kind: str
    label: str | None
    text: str
    start_seconds: float | None

    @property
    def wording(self) -> tuple[str, str | None, str]:
        """What must stay for it to be the same turn beyond doubt."""
        return self.kind, self.label, self.text


def same_turns(old: Sequence[Line], new: Sequence[Line]) -> dict[int, int]:
    """Which turn of the old is which of the new, by index."""
    same: dict[int, int] = {}
    for block in blocks([line.wording for line in old], [line.wording for line in new]):
        before, after = range(len(old))[block.old], range(len(new))[block.new]
        if block.is_equal:
            same.update(zip(before, after, strict=True))
        elif len(before) * len(after) <= _MOST_PAIRS:
            same.update(_edited(old, before, new, after))
    return same


def _edited(old: Sequence[Line], before: range, new: Sequence[Line], after: range) -> dict[int, int]:
    """The turns of a block that were edited, in one order on both sides, the most alike first."""
    found: dict[int, int] = {}
    scored = [(-_likeness(old[one], new[other]), one, other) for one, other in product(before, after)]
    for _, one, other in sorted(pair for pair in scored if pair[0] < 0):
        if all(
            (one < taken) == (other < partner) and one != taken and other != partner for taken, partner in found.items()
        ):
            found[one] = other
    return found


def _likeness(old: Line, new: Line) -> float:
    """How alike two turns are, from 0 to 1; 0 where they are not certainly the same."""
    if old.kind != new.kind:
        return 0
    share = alike(old.text, new.text)
    return share if share >= (_ALIKE if old.label == new.label else _ALIKE_UNDER_ANOTHER_LABEL) else 0


def turn_ids(lines: Sequence[Line], kept: Mapping[int, str]) -> tuple[str, ...]:
    """The ids of these turns: those that are kept, by index, and new ones made of label and wording.

    A number tells apart turns that say the same; 48 bits are enough for the turns of one page.
    """
    taken = set(kept.values())
    ids = []
    for index, line in enumerate(lines):
        turn_id = kept.get(index)
        if turn_id is None:
            digest = hashlib.sha256(json.dumps([line.label, line.text]).encode("ascii")).hexdigest()[:12]
            turn_id = next(name for number in count(1) if (name := f"{digest}-{number}") not in taken)
            taken.add(turn_id)
        ids.append(turn_id)
    return tuple(ids)
