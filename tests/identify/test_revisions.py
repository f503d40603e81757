from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.identify.revisions.revisions import ChangedFact, Content, Missing, Revision, tell
from pipeline.identify.revisions.turn_ids import Line
from pipeline.identify.revisions.wording_diff import Piece, diff

Said = Sequence[tuple[str | None, str]]

MORNING = ("FADEL", "Good morning. It rained all night in the hills, and the river is high.")
ANSWER = ("SCHMITZ", "Yes.")
QUESTION = ("FADEL", "How high is it, and what do people who live along the river say?")


def content(said: Said, **facts: str) -> Content:
    return Content(facts, tuple(Line("speech" if label else "cue", label, text, None) for label, text in said))


def revised(*contents: Said) -> list[Revision]:
    return tell(content(said) for said in contents)


def kept(old: Said, new: Said) -> list[int | None]:
    """For each turn of the new content, the old turn whose id it has."""
    first, second = revised(old, new)
    return [first.turn_ids.index(one) if one in first.turn_ids else None for one in second.turn_ids]


EDITS: dict[str, tuple[Said, Said, list[int | None]]] = {
    "nothing": ([MORNING, ANSWER], [MORNING, ANSWER], [0, 1]),
    "a turn comes": ([MORNING, ANSWER], [("X", "New."), MORNING, ANSWER], [None, 0, 1]),
    "a turn goes": ([MORNING, ANSWER, QUESTION], [MORNING, QUESTION], [0, 2]),
    "an equal turn comes before": ([MORNING, ANSWER], [ANSWER, MORNING, ANSWER], [None, 0, 1]),
    "a word is mended": ([MORNING, ANSWER], [(MORNING[0], MORNING[1].replace("hills", "Hills")), ANSWER], [0, 1]),
    "a label is mended": ([MORNING, QUESTION], [("INSKEEP", MORNING[1]), QUESTION], [0, 1]),
    "label and wording change": (
        [MORNING],
        [("INSKEEP", "Good evening. It snowed all night, and hills are white.")],
        [None],
    ),
    "another wording": ([ANSWER], [("SCHMITZ", "No.")], [None]),
    "another speaker says the same short thing": ([ANSWER, MORNING], [MORNING, ("FADEL", "No.")], [1, None]),
    "two are edited": (
        [MORNING, QUESTION],
        [(MORNING[0], MORNING[1] + " Still."), (QUESTION[0], "So how high is it, and what do people say?")],
        [0, 1],
    ),
    "one is cut in two": ([MORNING], [("FADEL", "Good morning."), ("FADEL", MORNING[1][14:])], [None, 0]),
    "the more alike of two": (
        [MORNING],
        [(MORNING[0], "Good morning. It rained in the hills, they say."), (MORNING[0], MORNING[1] + " Still.")],
        [None, 0],
    ),
    "two change places": ([MORNING, QUESTION], [QUESTION, MORNING], [1, 0]),
    "a cue is no speech": ([(None, "Laughter in the room")], [("FADEL", "Laughter in the room")], [None]),
}


@pytest.mark.parametrize(("old", "new", "expected"), EDITS.values(), ids=EDITS)
def test_which_turns_stay(old: Said, new: Said, expected: list[int | None]) -> None:
    assert kept(old, new) == expected


def test_a_turn_that_comes_back_has_its_old_id() -> None:
    first, _, third = revised([MORNING, ANSWER], [MORNING], [MORNING, ANSWER])
    assert third.turn_ids == first.turn_ids


def test_kinds() -> None:
    told = tell(
        [
            content([MORNING], title="Rain"),
            content([MORNING], title="Rain, again", bylines="Rob Schmitz"),
            content([("INSKEEP", MORNING[1])], title="Rain, again", bylines="Rob Schmitz"),
            content([("INSKEEP", MORNING[1]), ANSWER], title="Rain, again"),
            Missing.WITHDRAWN,
            content([("INSKEEP", MORNING[1]), ANSWER], title="Rain, again"),
            Missing.UNKNOWN,
            content([MORNING], title="Rain"),
        ]
    )
    assert [revision.kinds for revision in told] == [
        ("first",),
        ("metadata",),
        ("label",),
        ("text", "metadata"),
        ("withdrawn",),
        ("restored",),
        None,
        None,
    ]
    assert told[1].facts == (ChangedFact("bylines", None, "Rob Schmitz"), ChangedFact("title", "Rain", "Rain, again"))
    assert told[1].turns == ()
    [relabelled] = told[2].turns
    assert (relabelled.old_label, relabelled.new_label, relabelled.is_reworded) == ("FADEL", "INSKEEP", False)
    assert told[5].turn_ids == told[3].turn_ids


def test_other_times_alone_are_metadata() -> None:
    line = Line("speech", "A", "Yes.", 1.0)
    [_, second] = tell([Content({}, (line,)), Content({}, (replace(line, start_seconds=2.0),))])
    assert second.kinds == ("metadata",)


def test_what_changed_in_a_turn() -> None:
    _, second = revised(
        [MORNING, ANSWER, QUESTION],
        [(MORNING[0], MORNING[1].replace("rained", "snowed")), ("LEE", "New here."), QUESTION],
    )
    edited, came, went = second.turns
    assert (edited.old_index, edited.new_index) == (0, 0)
    assert edited.pieces == (
        Piece("equal", "Good morning. It "),
        Piece("deleted", "rained "),
        Piece("inserted", "snowed "),
        Piece("equal", "all night in the hills, and the river is high."),
    )
    assert (came.old_index, came.new_index, came.pieces) == (None, 1, (Piece("inserted", "New here."),))
    assert (went.old_index, went.new_index, went.pieces) == (1, None, (Piece("deleted", "Yes."),))
    assert (second.words("inserted"), second.words("deleted")) == (3, 2)


words = st.text(st.sampled_from("ab \n"), max_size=40)


@given(words, words)
def test_pieces_are_both_wordings_letter_by_letter(old: str, new: str) -> None:
    pieces = diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.change != "inserted") == old
    assert "".join(piece.text for piece in pieces if piece.change != "deleted") == new


def test_a_long_wording_that_was_replaced_whole_is_told_at_once() -> None:
    old, new = "a b " * 10_000, "b c " * 10_000
    assert [piece.change for piece in diff(old, new)] == ["deleted", "inserted", "equal"] or len(diff(old, new)) <= 3


lines = st.lists(
    st.tuples(st.sampled_from(["A", "B"]), st.sampled_from(["Yes.", "No.", "one two three", "one two four"]))
)


@given(st.lists(lines, min_size=1, max_size=4))
def test_ids_are_unique_and_the_same_turns_keep_theirs(contents: list[Said]) -> None:
    told = revised(*contents)
    assert [revision.turn_ids for revision in told] == [revision.turn_ids for revision in revised(*contents)]
    for revision, said in zip(told, contents, strict=True):
        assert len(set(revision.turn_ids)) == len(said)
    assert revised(contents[0], contents[0])[1].turn_ids == told[0].turn_ids
