"""How many turns keep their id when pages are edited as editors edit them, over all pages of the simulated network."""

import logging
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from pipeline.identify.revisions.revisions import Content, tell
from pipeline.identify.revisions.turn_ids import Line
from pipeline.query.session import connect
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

ROUNDS = 20
"""Edited versions of each page."""


@dataclass(frozen=True)
class Turn:
    """A turn, where it was before, and whether it was edited since."""

    line: Line
    origin: int | None
    is_edited: bool = False


Turns = list[Turn]


def reworded(turn: Turn, text: str) -> Turn:
    return replace(turn, line=replace(turn.line, text=text), is_edited=True)


def mend_a_word(turns: Turns, at: int, chance: random.Random) -> None:
    words = turns[at].line.text.split(" ")
    words[chance.randrange(len(words))] = chance.choice(["nearly", "the", "Ines", "41.9"])
    turns[at] = reworded(turns[at], " ".join(words))


def add_a_sentence(turns: Turns, at: int, _: random.Random) -> None:
    turns[at] = reworded(turns[at], turns[at].line.text + " That is what they say.")


def mend_a_label(turns: Turns, at: int, _: random.Random) -> None:
    if turns[at].line.label is not None:
        turns[at] = replace(turns[at], line=replace(turns[at].line, label="UNIDENTIFIED PERSON"), is_edited=True)


def put_a_turn_in(turns: Turns, at: int, chance: random.Random) -> None:
    text = chance.choice(["Yes.", "Right.", "We asked the county, and it did not answer."])
    turns.insert(at, Turn(Line("speech", "NEW SPEAKER", text, None), None))


def take_a_turn_out(turns: Turns, at: int, _: random.Random) -> None:
    del turns[at]


EDITS: tuple[Callable[[Turns, int, random.Random], None], ...] = (
    mend_a_word, add_a_sentence, mend_a_label, put_a_turn_in, take_a_turn_out,
)  # fmt: skip


@pytest.fixture(scope="module")
def pages(lake_of_two_nights: Settings) -> list[Turns]:
    by_page: dict[str, Turns] = defaultdict(list)
    with connect(lake_of_two_nights) as session:
        asked = "SELECT transcript_id, kind, speaker_label, text FROM turns ORDER BY transcript_id, turn_index"
        for row in session.arrow(asked).to_pylist():
            page = by_page[row["transcript_id"]]
            page.append(Turn(Line(row["kind"], row["speaker_label"], row["text"], None), len(page)))
    return list(by_page.values())


def outcome(turn: Turn, turn_id: str, old_ids: tuple[str, ...]) -> tuple[str, str]:
    before = old_ids.index(turn_id) if turn_id in old_ids else None
    kind = "new" if turn.origin is None else "edited" if turn.is_edited else "unchanged"
    if before == turn.origin:
        return kind, "right"
    return kind, "lost" if before is None else "another's"


@pytest.mark.parametrize("edits", [1, 3, 10])
def test_turns_keep_their_ids_over_edits(pages: list[Turns], edits: int) -> None:
    chance = random.Random(edits)
    counts: Counter[tuple[str, str]] = Counter()
    for page in pages * ROUNDS:
        turns = list(page)
        for _ in range(edits):
            if turns:
                chance.choice(EDITS)(turns, chance.randrange(len(turns)), chance)
        contents = [Content({}, tuple(turn.line for turn in version)) for version in (page, turns)]
        first, second = tell(contents)
        counts.update(outcome(turn, own, first.turn_ids) for turn, own in zip(turns, second.turn_ids, strict=True))
    totals = Counter({kind: sum(n for (one, _), n in counts.items() if one == kind) for kind, _ in counts})
    logger.info("%d edits a page: %s of %s", edits, dict(counts), dict(totals))
    assert counts["unchanged", "right"] >= 0.99 * totals["unchanged"]
    assert counts["edited", "right"] >= 0.9 * totals["edited"]
    assert sum(n for (_, told), n in counts.items() if told == "another's") <= 0.002 * totals.total()
