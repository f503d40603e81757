"""A copy beside its story's primary page: what was cut, added and changed, and which labels it lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.identify.stories.alignment import Alignment, Gap, Run, align
from pipeline.identify.stories.wording import Said, Wording, folded

Kind = Literal["cut", "added", "changed", "label_lost"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where a copy differs from the primary.

    Words are as printed, without the signs between them. `words` are the primary's, `copy_words` the copy's; where a
    label was lost, both are the words that stand under it in the primary, and they are equal but for spelling.
    """

    kind: Kind
    turn_index: int | None
    """The primary's turn; None where the copy has words before all of it or behind it."""
    copy_turn_index: int | None
    words: str | None
    copy_words: str | None
    word_count: int
    """Of the longer side."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A copy against its primary."""

    similarity: float
    cut_words: int
    added_words: int
    changed_words: int
    label_lost_words: int
    differences: tuple[Difference, ...]


UNTOUCHED = Comparison(1.0, 0, 0, 0, 0, ())
"""A page beside itself."""


def compare(primary: Wording, copy: Wording) -> Comparison:
    """What tells a copy from its story's primary page, in the order of the primary."""
    alignment = align(primary, copy)
    found = sorted(
        [
            *(_difference(primary, copy, gap) for whole in alignment.gaps() for gap in _by_turn(primary, copy, whole)),
            *_lost_labels(primary, copy, alignment),
        ],
        key=lambda placed: placed[:2],
    )
    differences = tuple(difference for *_, difference in found)
    counts = {
        kind: sum(difference.word_count for difference in differences if difference.kind == kind)
        for kind in ("cut", "added", "changed", "label_lost")
    }
    return Comparison(
        alignment.similarity,
        counts["cut"],
        counts["added"],
        counts["changed"],
        counts["label_lost"],
        differences,
    )


def is_same_label(one: str | None, other: str | None) -> bool:
    """Whether two printed labels mean one speaker: `MICHELE KELEMEN` and, later on the page, `KELEMEN`."""
    if one is None or other is None or one == other:
        return one == other
    words, others = folded(one), folded(other)
    return words == others or (min(len(words), len(others)) == 1 and words[-1:] == others[-1:])


_Placed = tuple[int, int, Difference]


def _by_turn(primary: Wording, copy: Wording, gap: Gap) -> Iterator[Gap]:
    """A gap, cut where the primary's turns end; one in which nothing of the primary stands, where the copy's do."""
    if not gap.size:
        for start, end in _spans(copy, gap.other_start, gap.other_end):
            yield Gap(gap.start, gap.end, start, end)
        return
    spans = list(_spans(primary, gap.start, gap.end))
    others = list(_spans(copy, gap.other_start, gap.other_end))
    if len(spans) == 1 or not others:
        for number, (start, end) in enumerate(spans):
            yield Gap(start, end, gap.other_start if number == 0 else gap.other_end, gap.other_end)
        return
    # Several turns on one side or both: turn goes with turn, what is left over stands alone.
    for number in range(max(len(spans), len(others))):
        start, end = spans[number] if number < len(spans) else (gap.end, gap.end)
        other_start, other_end = others[number] if number < len(others) else (gap.other_end, gap.other_end)
        yield Gap(start, end, other_start, other_end)


def _spans(page: Wording, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        until = min(end, page.ends[page.turn_at(start)])
        yield start, until
        start = until


def _difference(primary: Wording, copy: Wording, gap: Gap) -> _Placed:
    size, other_size = gap.size, gap.other_size
    kind: Kind = "cut" if not other_size else "changed" if size else "added"
    turn = primary.said[primary.turn_at(gap.start)].turn_index if size or gap.start < len(primary.words) else None
    difference = Difference(
        kind,
        turn,
        copy.said[copy.turn_at(gap.other_start)].turn_index if other_size else None,
        primary.printed(gap.start, gap.end) if size else None,
        copy.printed(gap.other_start, gap.other_end) if other_size else None,
        max(size, other_size),
    )
    return gap.start, gap.other_start, difference


def _lost_labels(primary: Wording, copy: Wording, alignment: Alignment) -> Iterator[_Placed]:
    """Equal words that stand under a label in the primary, and in the copy under none or another's."""
    for run in alignment.runs:
        for start, end, label, turn_index in _labelled(primary, run):
            other_start = start - run.start + run.other_start
            for span_start, span_end in _spans(copy, other_start, other_start + end - start):
                turn = copy.said[copy.turn_at(span_start)]
                if not is_same_label(turn.speaker_label, label):
                    size = span_end - span_start
                    place = start + span_start - other_start
                    words = primary.printed(place, place + size)
                    difference = Difference(
                        "label_lost", turn_index, turn.turn_index, words, copy.printed(span_start, span_end), size
                    )
                    yield place, span_start, difference


def _labelled(primary: Wording, run: Run) -> Iterator[tuple[int, int, str, int]]:
    for start, end in _spans(primary, run.start, run.start + run.length):
        turn: Said = primary.said[primary.turn_at(start)]
        if turn.speaker_label is not None:
            yield start, end, turn.speaker_label, turn.turn_index
