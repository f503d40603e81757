"""How what came out compares with what the simulated network knows to be true. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tests.network.story import TrueTurn


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """A turn as the lake has it."""

    kind: str
    label: str | None
    name: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """How much of the truth came out. Names are judged on turns that were found whole and whose name is knowable."""

    pages: int
    missed_pages: int
    false_pages: int
    turns: int
    turns_right: int
    names: int
    names_right: int
    names_wrong: int

    @property
    def is_good(self) -> bool:
        """Whether it reaches what the project promises of unseen pages."""
        return (
            self.missed_pages == self.false_pages == 0
            and self.turns > 0
            and self.turns_right >= 0.99 * self.turns
            and self.names_right >= 0.985 * self.names
            and self.names_wrong <= 0.005 * self.names
        )


def compare(truth: Mapping[str, Sequence[TrueTurn]], read: Mapping[str, Sequence[ReadTurn]]) -> Score:
    """Judge the turns that were read, page by page (by URL), against the true ones of all pages that were looked at."""
    turns = right = names = names_right = names_wrong = 0
    for url, true_turns in truth.items():
        found = read.get(url, ())
        turns += len(true_turns)
        for true_turn, read_turn in _matching(true_turns, found):
            right += 1
            if true_turn.speaker_name is not None:
                names += 1
                names_right += read_turn.name == true_turn.speaker_name
                names_wrong += read_turn.name not in {None, true_turn.speaker_name}
    return Score(
        pages=len(truth),
        missed_pages=len(truth.keys() - read.keys()),
        false_pages=len(read.keys() - truth.keys()),
        turns=turns,
        turns_right=right,
        names=names,
        names_right=names_right,
        names_wrong=names_wrong,
    )


def _matching(true_turns: Sequence[TrueTurn], found: Sequence[ReadTurn]) -> list[tuple[TrueTurn, ReadTurn]]:
    """Turns with the same kind, label and words, in order; how paragraphs are parted is no part of it."""
    truth = [(turn.kind, turn.speaker_label, " ".join(turn.text.split())) for turn in true_turns]
    read = [(turn.kind, turn.label, " ".join(turn.text.split())) for turn in found]
    blocks = SequenceMatcher(None, truth, read, autojunk=False).get_matching_blocks()
    return [(true_turns[block.a + step], found[block.b + step]) for block in blocks for step in range(block.size)]
