import pytest

from flows.demo.truth import ReadTurn, compare
from tests.network.story import TrueTurn

TRUE = [
    TrueTurn("speech", "ADA QUILL", "Ada Quill", "host", "Good morning."),
    TrueTurn("cue", None, None, None, "(SOUNDBITE OF RIVER)"),
    TrueTurn("speech", "QUILL", "Ada Quill", None, "First.\n\nSecond."),
]
READ = [
    ReadTurn("speech", "ADA QUILL", "Ada Quill", "Good morning."),
    ReadTurn("cue", None, None, "(SOUNDBITE OF RIVER)"),
    ReadTurn("speech", "QUILL", "Ada Quill", "First. Second."),
]


def test_the_same_turns_are_all_right() -> None:
    score = compare({"a": TRUE}, {"a": READ})

    assert (score.turns, score.turns_right, score.names, score.names_right, score.names_wrong) == (3, 3, 2, 2, 0)
    assert score.is_good


@pytest.mark.parametrize(
    ("read", "right", "names_right", "names_wrong"),
    [
        (READ[:2], 2, 1, 0),
        ([READ[0], READ[2]], 2, 2, 0),
        ([READ[0], READ[1], ReadTurn("speech", "QUILL", None, "First. Second.")], 3, 1, 0),
        ([READ[0], READ[1], ReadTurn("speech", "QUILL", "Ada Quall", "First. Second.")], 3, 1, 1),
        ([READ[0], READ[1], ReadTurn("speech", "QUILL", "Ada Quill", "First. Second. Donate!")], 2, 1, 0),
    ],
)
def test_what_is_missing_or_wrong_is_counted(
    read: list[ReadTurn], right: int, names_right: int, names_wrong: int
) -> None:
    score = compare({"a": TRUE}, {"a": read})

    assert (score.turns_right, score.names_right, score.names_wrong) == (right, names_right, names_wrong)
    assert not score.is_good


def test_missed_and_false_pages_are_counted() -> None:
    score = compare({"a": TRUE, "b": TRUE}, {"a": READ, "c": READ})

    assert (score.pages, score.missed_pages, score.false_pages) == (2, 1, 1)
    assert not score.is_good
