from collections.abc import Iterable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.lake.pages.fold import Look, Standing, fold, revisions
from tests.lake.factory import NOON


def look(hours: int, content: str | None) -> Look:
    return Look(NOON + timedelta(hours=hours), f"capture-{hours}", content)


def standing_of(looks: Iterable[Look]) -> Standing:
    standing = fold(looks)
    assert standing is not None
    return standing


def told(*looks: Look) -> tuple[str, int, int, int]:
    """Content, revision, and the hours at which the page and this revision were first seen."""
    standing = standing_of(looks)
    hours = [(at - NOON) // timedelta(hours=1) for at in (standing.first_seen_at, standing.captured_at)]
    assert standing.capture_id == f"capture-{hours[1]}"
    return standing.content_hash, standing.revision, hours[0], hours[1]


def test_one_look() -> None:
    assert told(look(3, "a")) == ("a", 1, 3, 3)


def test_same_content_again_is_no_revision_and_keeps_its_first_look() -> None:
    assert told(look(3, "a"), look(5, "a")) == ("a", 1, 3, 3)


def test_other_content_is_a_revision() -> None:
    assert told(look(3, "a"), look(5, "b"), look(6, "b")) == ("b", 2, 3, 5)


def test_content_that_came_back_is_a_third_revision() -> None:
    assert told(look(3, "a"), look(5, "b"), look(6, "a")) == ("a", 3, 3, 6)


def test_an_old_look_that_comes_late_moves_first_seen_back_and_overwrites_nothing() -> None:
    assert told(look(3, "a"), look(-9, "z")) == ("a", 2, -9, 3)


def test_a_page_that_is_gone_stays_as_it_was_and_is_marked() -> None:
    assert told(look(3, "a"), look(5, None), look(6, None)) == ("a", 1, 3, 3)
    assert standing_of([look(3, "a"), look(5, None), look(6, None)]).gone_at == NOON + timedelta(hours=5)


def test_a_page_that_came_back_is_unmarked_and_its_return_is_a_revision() -> None:
    assert told(look(3, "a"), look(5, None), look(6, "a")) == ("a", 3, 3, 6)
    assert standing_of([look(3, "a"), look(5, None), look(6, "a")]).gone_at is None


def test_a_page_that_never_had_a_transcript_has_no_standing() -> None:
    assert fold([look(3, None)]) is None
    assert told(look(3, None), look(5, "a")) == ("a", 1, 5, 5)


looks = st.dictionaries(st.integers(-50, 50), st.sampled_from(["a", "b", "c", None]), min_size=1).map(
    lambda at: [look(hours, content) for hours, content in at.items()]
)


@given(looks, st.randoms(use_true_random=False))
def test_order_is_of_no_account(some: list[Look], random: object) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands out a random.Random
    assert fold(shuffled) == fold(some)


@given(looks)
def test_what_is_published_was_seen(some: list[Look]) -> None:
    standing = fold(some)
    if standing is None:
        assert all(look.content_hash is None for look in some)
        return
    assert Look(standing.captured_at, standing.capture_id, standing.content_hash) in some
    assert revisions(some)[standing.revision - 1].capture_id == standing.capture_id
