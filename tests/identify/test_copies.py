"""What tells a copy from its origin, word by word."""

import pytest

from pipeline.identify.stories.alignment import align, is_copy
from pipeline.identify.stories.copies import Difference, compare, is_same_label
from pipeline.identify.stories.wording import Wording
from tests.identify.pages import Made, talk, text

FADEL = ("LEILA FADEL", "Leila Fadel", "Good morning. It rained all night in Lisbon, and nobody slept.")
SCHMITZ = ("ROB SCHMITZ", "Rob Schmitz", "The river stood at forty feet (ph) by noon. People carried what they had.")
PLAIN = "Good morning It rained all night in Lisbon and nobody slept"
ORIGIN = [FADEL, SCHMITZ]


def page(*said: tuple[str | None, str | None, str]) -> Wording:
    return Made("kunc-a", said).arrival().wording


DIFFERENCES = {
    "nothing": ([FADEL, SCHMITZ], []),
    "signs and case": ([(*FADEL[:2], FADEL[2].upper().replace(",", " –")), SCHMITZ], []),
    "cut": (
        [FADEL, (*SCHMITZ[:2], "The river stood at forty feet (ph) by noon.")],
        [Difference("cut", 1, None, "People carried what they had", None, 5)],
    ),
    "added before": (
        [("ANN LEE", "Ann Lee", "This is KUNC."), FADEL, SCHMITZ],
        [Difference("added", 0, 0, None, "This is KUNC", 3)],
    ),
    "added behind": (
        [FADEL, (*SCHMITZ[:2], SCHMITZ[2] + " Copyright NPR.")],
        [Difference("added", None, 1, None, "Copyright NPR", 2)],
    ),
    "changed": (
        [(*FADEL[:2], FADEL[2].replace("Lisbon", "Porto")), SCHMITZ],
        [Difference("changed", 0, 0, "Lisbon", "Porto", 1)],
    ),
    "a label lost": (
        [(None, None, FADEL[2]), SCHMITZ],
        [
            Difference(
                "label_lost",
                0,
                0,
                FADEL[2].replace(".", "").replace(",", ""),
                FADEL[2].replace(".", "").replace(",", ""),
                11,
            )
        ],
    ),
}


@pytest.mark.parametrize(("said", "differences"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_differences(said: list[tuple[str | None, str | None, str]], differences: list[Difference]) -> None:
    found = compare(page(*ORIGIN), page(*said))
    assert list(found.differences) == differences
    counts = {"cut": found.cut_words, "added": found.added_words, "changed": found.changed_words}
    counts["label_lost"] = found.label_lost_words
    assert counts == {
        kind: sum(difference.word_count for difference in differences if difference.kind == kind) for kind in counts
    }


def test_a_turn_run_into_the_one_before_has_lost_its_label() -> None:
    found = compare(page(*ORIGIN), page((*FADEL[:2], f"{FADEL[2]} {SCHMITZ[2]}")))
    [lost] = found.differences
    assert (lost.kind, lost.turn_index, lost.copy_turn_index, lost.word_count) == ("label_lost", 1, 0, 13 + 1)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("MICHELE KELEMEN", "KELEMEN", True),
        ("Michele Kelemen", "MICHELE KELEMEN", True),
        ("MICHELE KELEMEN", "FADEL", False),
        ("MICHELE KELEMEN", "ANN KELEMEN", False),
        ("KELEMEN", None, False),
        (None, None, True),
    ],
)
def test_labels(one: str | None, other: str | None, *, is_same: bool) -> None:
    assert is_same_label(one, other) is is_same
    assert is_same_label(other, one) is is_same


def test_words_in_common_by_chance_make_no_copy() -> None:
    one, other = page(*talk(1)), page((None, None, text(2, 30)))
    alignment = align(one, other)
    assert alignment.similarity < 0.1
    assert not is_copy(alignment)


@pytest.mark.parametrize(("turns", "expected"), [(6, True), (4, True), (1, False)])
def test_a_cut_is_a_copy_a_piece_is_none(turns: int, *, expected: bool) -> None:
    whole = talk(1)
    assert is_copy(align(page(*whole), page(*whole[:turns]))) is expected


def test_empty_pages_align() -> None:
    alignment = align(page(), page())
    assert (alignment.matched, alignment.similarity, list(alignment.gaps())) == (0, 0.0, [])
    assert compare(page(*ORIGIN), page()).cut_words == 25
