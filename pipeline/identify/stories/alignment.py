"""Two pages laid side by side, word by word, and whether they say the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from pipeline.identify.stories.wording import Wording

_SHORTEST_RUN = 3
"""Equal words in a row that are no chance: unrelated texts share a third of their words in order, one by one."""
FEWEST_MATCHED = 25
"""Words: less than two sentences prove nothing."""
_MOST_REPLACED = 0.2
"""Of matched and replaced words: a copy adds or cuts, a report on the same matter says other things in their place."""
_LONGEST_EDGE = 120
"""Words that a station may put before its copy, or behind it, without saying anything in place of another's; not more
than a third of what is the same."""
_FEWEST_OF_LONGER = 0.45
"""A cut leaves about half; less than that is a part of something longer, and nobody can say of which."""
_FEWEST_OF_SHORTER = 0.5
"""Where both pages call one address their own: some sites do so on all their pages, so the words must bear it out."""
_FEWEST_OF_REPEAT = 0.8
"""Of the longer page, where NPR itself gave them two ids: only the same turns again are the same report."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Words between two equal runs: those of the one page and, in their place, those of the other."""

    start: int
    end: int
    other_start: int
    other_end: int

    @property
    def size(self) -> int:
        return self.end - self.start

    @property
    def other_size(self) -> int:
        return self.other_end - self.other_start


@dataclass(frozen=True, slots=True)
class Run:
    """Equal words: where they start in the one page and in the other, and how many they are."""

    start: int
    other_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where two pages say the same words."""

    runs: tuple[Run, ...]
    length: int
    other_length: int

    @property
    def matched(self) -> int:
        """Words in equal runs."""
        return sum(run.length for run in self.runs)

    @property
    def similarity(self) -> float:
        """Matched words as a share of the longer page's."""
        return self.matched / max(self.length, self.other_length, 1)

    def gaps(self) -> Iterator[Gap]:
        """What stands before, between and after the equal runs, in order."""
        start = other_start = 0
        for run in (*self.runs, Run(self.length, self.other_length, 0)):
            if run.start > start or run.other_start > other_start:
                yield Gap(start, run.start, other_start, run.other_start)
            start, other_start = run.start + run.length, run.other_start + run.length


def align(one: Wording, other: Wording) -> Alignment:
    """Lay two pages side by side: the longest common sequence of words, in runs that are no chance."""
    runs = tuple(
        Run(block.a, block.b, block.size)
        for block in Indel.editops(one.words, other.words).as_matching_blocks()
        if block.size >= _SHORTEST_RUN
    )
    return Alignment(runs, len(one.words), len(other.words))


def is_copy(alignment: Alignment) -> bool:
    """Whether two pages are prints of one report, whatever was cut, lost or put before it."""
    matched = alignment.matched
    if matched < FEWEST_MATCHED or alignment.similarity < _FEWEST_OF_LONGER:
        return False
    replaced = _replaced(alignment)
    return replaced <= _MOST_REPLACED * (matched + replaced)


def _replaced(alignment: Alignment) -> int:
    """Words of the one page for which the other has others, there or elsewhere; a local introduction is none."""
    gaps = list(alignment.gaps())
    room = min(_LONGEST_EDGE, alignment.matched // 3)
    edges = [gap for gap in (gaps[:1] + gaps[1:][-1:]) if _is_edge(gap, alignment)]
    own = sum(gap.size for gap in gaps) - sum(min(gap.size, room) for gap in edges if not gap.other_size)
    others = sum(gap.other_size for gap in gaps) - sum(min(gap.other_size, room) for gap in edges if not gap.size)
    return min(own, others)


def _is_edge(gap: Gap, alignment: Alignment) -> bool:
    is_first = gap.start == gap.other_start == 0
    return is_first or (gap.end == alignment.length and gap.other_end == alignment.other_length)


def is_named_copy(alignment: Alignment) -> bool:
    """Whether two pages that call one address their own are prints of one report, however much of it was cut."""
    shorter = min(alignment.length, alignment.other_length)
    return alignment.matched >= max(FEWEST_MATCHED, _FEWEST_OF_SHORTER * shorter)


def is_repeat(alignment: Alignment) -> bool:
    """Whether two pages that NPR holds to be two reports are the same one, aired again."""
    return alignment.similarity >= _FEWEST_OF_REPEAT and is_copy(alignment)
