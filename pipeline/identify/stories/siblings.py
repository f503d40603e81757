"""A speaker whom one copy lost, found again on another copy of the same story.

Only what a page's own parser knows is passed on, never what came from a sibling: so the result depends on the pages as
they are printed, and goes when the sibling changes. A wrong name is worse than none: the words must be the sibling's
nearly all, said by one speaker, and no other sibling may say otherwise.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.identify.stories.alignment import Alignment, align
from pipeline.identify.stories.copies import is_same_label
from pipeline.identify.stories.wording import Said, Wording

NAME_RULE = "sibling_copy"
SOURCES = 3
"""Siblings that are asked: the primary page, then those that name most of their words."""
_CERTAINTY = 0.9
"""Of the sibling's own: the two pages may have been edited apart."""
_FEWEST_OF_TURN = 0.9
"""Of the unnamed turn's words, that one speaker says on the sibling's page."""
_FEWEST_WORDS = 4
"""Words of a turn: shorter ones («Thank you, Rachel») are said more than once, by more than one."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A speaker's name that a page did not give, and the turn of a sibling that did."""

    turn_index: int
    speaker_name: str
    speaker_role: str | None
    """None where the page itself knew the role, or no one does."""
    speaker_affiliation: str | None
    confidence: float
    from_transcript_id: str
    from_turn_index: int


def recover(page: Wording, siblings: Sequence[Wording]) -> tuple[Recovered, ...]:
    """The names that siblings, the first one first, give to turns of a page that have none."""
    unnamed = [turn for turn in page.said if turn.speaker_name is None]
    if not unnamed:
        return ()
    given: dict[int, list[Recovered]] = {}
    for sibling in siblings:
        alignment = align(page, sibling)
        for place, turn in enumerate(page.said):
            if turn.speaker_name is None:
                given.setdefault(turn.turn_index, []).extend(_named_by(page, place, sibling, alignment))
    agreed = (found[0] for found in given.values() if len({said.speaker_name for said in found}) == 1)
    return tuple(sorted(agreed, key=lambda found: found.turn_index))


def _named_by(page: Wording, place: int, sibling: Wording, alignment: Alignment) -> Iterator[Recovered]:
    """What one sibling says of one turn: nothing, or a name."""
    turn = page.said[place]
    start, end = (page.ends[place - 1] if place else 0), page.ends[place]
    if end - start < _FEWEST_WORDS:
        return
    heard = _words_by_turn(alignment, start, end, sibling)
    if not heard:
        return
    others = [sibling.said[where] for where in sorted(heard)]
    if sum(heard.values()) < _FEWEST_OF_TURN * (end - start) or len({other.speaker_name for other in others}) > 1:
        return
    other = others[0]
    if other.speaker_name is not None and other.confidence is not None and _fits(turn, other):
        yield Recovered(
            turn.turn_index,
            other.speaker_name,
            other.speaker_role if turn.speaker_role is None else None,
            other.speaker_affiliation if turn.speaker_affiliation is None else None,
            round(other.confidence * _CERTAINTY, 4),
            sibling.transcript_id,
            other.turn_index,
        )


def _words_by_turn(alignment: Alignment, start: int, end: int, sibling: Wording) -> dict[int, int]:
    """How many of the words from `start` to `end` each turn of the sibling holds."""
    heard: dict[int, int] = {}
    first = max(bisect_left(alignment.runs, start, key=lambda run: run.start) - 1, 0)
    for run in alignment.runs[first:]:
        if run.start >= end:
            break
        low, high = max(start, run.start), min(end, run.start + run.length)
        at = low - run.start + run.other_start
        until = at + max(high - low, 0)
        while at < until:
            where = sibling.turn_at(at)
            cut = min(until, sibling.ends[where])
            heard[where] = heard.get(where, 0) + cut - at
            at = cut
    return heard


def _fits(turn: Said, other: Said) -> bool:
    """Whether the label that the page itself prints, if any, allows the sibling's speaker."""
    return turn.speaker_label is None or is_same_label(turn.speaker_label, other.speaker_label)
