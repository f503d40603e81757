"""Stories over pages: what is one, what is not, and that neither order nor batching matters."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.identify.stories import families
from pipeline.identify.stories.alignment import Alignment, align
from pipeline.identify.stories.linking import Arrival, link_alone
from pipeline.identify.stories.siblings import NAME_RULE
from pipeline.identify.stories.wording import Wording
from tests.benchmarks.corpus.stories import pages
from tests.benchmarks.stories import arrival
from tests.identify.pages import Made, Said, talk, text, without_host
from tests.identify.shelf import MemoryShelf

REPORT = talk(1)
PATH = "/2026/03/20/nx-s1-1/a-report"
NPR = Made(
    "npr-nx-s1-1", REPORT, npr_id="nx-s1-1", program="Morning Edition", canonical_url=f"https://www.npr.org{PATH}"
)
KUNC = Made("kunc-a", without_host(REPORT), seen_hours=3)


def shelf_of(*made: Made) -> MemoryShelf:
    shelf = MemoryShelf()
    shelf.add([page.arrival() for page in made])
    return shelf


def groups(shelf: MemoryShelf) -> set[frozenset[str]]:
    return {frozenset(page.transcript_id for page in story.pages) for story in shelf.stories.values()}


JOINED = {
    "the same words": KUNC,
    "a local introduction": KUNC.but(said=[("ANN LEE", "Ann Lee", text(70, 5)), *REPORT]),
    "a footer glued to the end": KUNC.but(
        said=[*REPORT[:-1], (*REPORT[-1][:2], f"{REPORT[-1][2]} Transcript provided by NPR, Copyright NPR.")]
    ),
    "a cut after two thirds": KUNC.but(said=REPORT[:4]),
    "turns run together": KUNC.but(said=[(None, None, " ".join(words for _, _, words in REPORT))]),
    "short lines lost": KUNC.but(said=[turn for turn in REPORT if len(turn[2].split()) > 12]),
    "headline case and accents": KUNC.but(said=[(label, name, words.upper()) for label, name, words in REPORT]),
    "no day": KUNC.but(days=None),
    "ten days later": KUNC.but(days=10),
    "NPR's id and other words": KUNC.but(npr_id="nx-s1-1", said=talk(2)),
    "a canonical link to it, a fifth of its words": KUNC.but(canonical_url=f"http://npr.org{PATH}/", said=REPORT[3:4]),
}
APART = {
    "another report": KUNC.but(said=talk(2)),
    "an update: half of the turns are new": KUNC.but(said=[*REPORT[:3], *talk(3)[3:]]),
    "an update: a third of the turns are new": KUNC.but(said=[*REPORT[:4], *talk(3)[4:]]),
    "a series with one turn in common": KUNC.but(said=[REPORT[0], *talk(3)[1:]]),
    "a show that holds it": KUNC.but(said=[*talk(4, 8), *REPORT, *talk(5, 8)]),
    "a few words of it": KUNC.but(said=[(None, None, " ".join(REPORT[0][2].split()[:20]))]),
    "no words": KUNC.but(said=[]),
    "another id of NPR's, half of the words": KUNC.but(npr_id="nx-s1-2", said=REPORT[:4]),
    "a canonical link to it, other words": KUNC.but(canonical_url=NPR.canonical_url, said=talk(2)),
    "a fifth of its words": KUNC.but(said=REPORT[3:4]),
}
AGAIN = {
    "months later": KUNC.but(days=200),
    "the next morning under another id": Made(
        "npr-nx-s1-2", [("A MARTINEZ", "A Martinez", text(80, 1)), *REPORT], npr_id="nx-s1-2", days=1
    ),
}


class TestTwoPages:
    @pytest.mark.parametrize("copy", JOINED.values(), ids=JOINED)
    def test_are_one_story(self, copy: Made) -> None:
        shelf = shelf_of(NPR, copy)
        [story] = shelf.stories.values()
        assert (story.story_id, story.primary.transcript_id) == ("nx-s1-1", NPR.transcript_id)
        rule = "npr_id" if copy.npr_id else "canonical_link" if copy.canonical_url else "text"
        assert shelf.kept_copies[copy.transcript_id].rule == rule

    @pytest.mark.parametrize("other", APART.values(), ids=APART)
    def test_are_two(self, other: Made) -> None:
        shelf = shelf_of(NPR, other)
        assert len(shelf.stories) == 2
        assert not shelf.kept_copies
        assert all(story.rebroadcast_of is None for story in shelf.stories.values())

    @pytest.mark.parametrize("later", AGAIN.values(), ids=AGAIN)
    def test_aired_again_is_a_story_linked_to_the_first(self, later: Made) -> None:
        shelf = shelf_of(later, NPR)
        assert {story.primary.transcript_id: story.rebroadcast_of for story in shelf.stories.values()} == {
            NPR.transcript_id: None,
            later.transcript_id: "nx-s1-1",
        }

    def test_two_ids_for_one_programme_and_day_are_one_broadcast(self) -> None:
        shelf = shelf_of(NPR, Made("npr-g-s1-7", REPORT, npr_id="g-s1-7"))
        [story] = shelf.stories.values()
        assert story.npr_id == story.primary.npr_id


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The pages that were laid side by side."""
    pairs = []

    def counted(one: Wording, other: Wording) -> Alignment:
        pairs.append((one.transcript_id, other.transcript_id))
        return align(one, other)

    monkeypatch.setattr(families, "align", counted)
    return pairs


def damaged(said: Sequence[Said], seed: int) -> list[Said]:
    """The same with one word in a hundred lost."""
    random = Random(seed)
    return [
        (label, name, " ".join(word for word in words.split() if random.random() > 0.01)) for label, name, words in said
    ]


def test_of_pages_that_differ_each_in_its_own_way_few_pairs_are_compared(compared: list[tuple[str, str]]) -> None:
    report = talk(1, 8)
    update = [*report[:4], *talk(3, 8)[4:]]
    shelf = shelf_of(
        *(Made(f"k{number:02}-a", damaged(report, number)) for number in range(30)),
        *(Made(f"w{number:02}-a", damaged(update, number)) for number in range(30)),
    )
    assert sorted(len(story.pages) for story in shelf.stories.values()) == [30, 30]
    assert len(compared) < 300, "of 1,770 pairs"


def test_of_pages_that_say_the_same_one_is_compared(compared: list[tuple[str, str]]) -> None:
    update = [*REPORT[:4], *talk(3)[4:]]
    shelf = shelf_of(
        *(Made(f"k{number:02}-{said[-1][2][:9]}", said) for number in range(40) for said in (REPORT, update))
    )
    assert sorted(len(story.pages) for story in shelf.stories.values()) == [40, 40]
    assert len(compared) == 1


def test_short_pages_are_alike_only_by_their_id() -> None:
    short = [(None, None, "Support for this station comes from listeners.")]
    shelf = shelf_of(
        *(Made(f"k{number}-a", short) for number in range(30)), *(Made(f"w{n}-a", short, npr_id="1") for n in range(2))
    )
    assert sorted(len(story.pages) for story in shelf.stories.values()) == [*([1] * 30), 2]


def test_a_copy_goes_to_the_broadcast_whose_words_are_nearest() -> None:
    again = AGAIN["the next morning under another id"]
    shelf = shelf_of(NPR, again, KUNC.but(days=1), Made("wuky-a", again.said))
    assert groups(shelf) == {
        frozenset({NPR.transcript_id, KUNC.transcript_id}),
        frozenset({again.transcript_id, "wuky-a"}),
    }


@pytest.mark.parametrize(
    ("pages_of_story", "primary"),
    [
        ((KUNC, KUNC.but(transcript_id="wuky-a", said=REPORT[:5])), "kunc-a"),
        ((KUNC.but(days=2), KUNC.but(transcript_id="wuky-a", days=1)), "wuky-a"),
        ((KUNC, NPR.but(said=REPORT[:5])), "npr-nx-s1-1"),
    ],
    ids=["the fullest", "of equal ones the earliest", "npr.org's, even where a copy is fuller"],
)
def test_origin(pages_of_story: tuple[Made, ...], primary: str) -> None:
    [story] = shelf_of(*pages_of_story).stories.values()
    assert story.primary.transcript_id == primary


class TestIds:
    def test_a_story_keeps_its_id_when_a_better_primary_comes(self) -> None:
        shelf = shelf_of(KUNC)
        shelf.add([NPR.arrival()])
        [story] = shelf.stories.values()
        assert (story.story_id, story.own_id) == ("kunc-a", "nx-s1-1")
        assert story.primary.transcript_id == NPR.transcript_id

    def test_two_stories_that_turn_out_to_be_one_keep_the_older_id(self) -> None:
        first, last = KUNC.but(said=REPORT[:3]), KUNC.but(transcript_id="wuky-a", said=REPORT[3:], seen_hours=-5)
        shelf = shelf_of(first, last)
        assert shelf.stories.keys() == {"kunc-a", "wuky-a"}
        linked = shelf.add([Made("wfae-a", REPORT).arrival()])
        [story] = linked.stories
        assert (story.story_id, story.merged) == ("wuky-a", ("kunc-a",))
        assert shelf.stories.keys() == {"wuky-a"}

    def test_a_page_that_becomes_another_leaves_the_id_to_those_that_stay(self) -> None:
        shelf = shelf_of(NPR, KUNC, KUNC.but(transcript_id="wuky-a"))
        shelf.add([KUNC.but(said=talk(9)).arrival()])
        assert {story.story_id: len(story.pages) for story in shelf.stories.values()} == {"nx-s1-1": 2, "kunc-a": 1}

    def test_an_id_in_use_elsewhere_is_not_given_twice(self) -> None:
        shelf = shelf_of(KUNC)
        shelf.add([NPR.arrival()])
        shelf.forget("kunc-a")
        shelf.add([KUNC.but(said=talk(9)).arrival()])
        assert shelf.stories.keys() == {"kunc-a", "kunc-a-2"}


class TestLostNames:
    def test_come_from_a_sibling(self) -> None:
        copy = shelf_of(NPR, KUNC).kept_copies[KUNC.transcript_id]
        assert [(found.turn_index, found.speaker_name) for found in copy.recovered] == [
            (0, "Leila Fadel"),
            (2, "Leila Fadel"),
            (4, "Leila Fadel"),
        ]
        assert {found.from_transcript_id for found in copy.recovered} == {NPR.transcript_id}
        assert all(found.confidence < 0.95 for found in copy.recovered)
        assert copy.comparison.label_lost_words == len(REPORT[0][2].split())
        assert NAME_RULE == "sibling_copy"

    def test_the_primary_takes_them_from_its_copies(self) -> None:
        shelf = shelf_of(NPR.but(said=without_host(REPORT)), Made("kunc-a", REPORT))
        assert len(shelf.kept_copies[NPR.transcript_id].recovered) == 3

    def test_are_never_passed_on(self) -> None:
        shelf = shelf_of(NPR, KUNC, KUNC.but(transcript_id="wuky-a"))
        for page in ("kunc-a", "wuky-a"):
            assert {found.from_transcript_id for found in shelf.kept_copies[page].recovered} == {NPR.transcript_id}

    def test_go_when_the_sibling_changes(self) -> None:
        shelf = shelf_of(NPR, KUNC)
        shelf.add([NPR.but(said=without_host(REPORT)).arrival()])
        assert shelf.kept_copies[KUNC.transcript_id].recovered == ()

    def test_are_not_taken_where_siblings_differ_or_the_label_does(self) -> None:
        other = [(label, "Someone Else" if name == "Leila Fadel" else name, words) for label, name, words in REPORT]
        differing = shelf_of(NPR, KUNC, Made("wuky-a", other))
        assert differing.kept_copies[KUNC.transcript_id].recovered == ()
        unlike = [
            ("UNIDENTIFIED PERSON", None, words) if name == "Leila Fadel" else (label, name, words)
            for label, name, words in REPORT
        ]
        assert shelf_of(NPR, KUNC.but(said=unlike)).kept_copies[KUNC.transcript_id].recovered == ()

    def test_a_turn_of_two_speakers_has_none(self) -> None:
        said = [(None, None, f"{REPORT[0][2]} {REPORT[1][2]}"), *REPORT[2:]]
        assert shelf_of(NPR, KUNC.but(said=said)).kept_copies[KUNC.transcript_id].recovered == ()

    def test_a_turn_that_is_mostly_the_stations_own_has_none(self) -> None:
        said = [(None, None, f"{text(95, 12)} {REPORT[0][2]}"), *REPORT[1:]]
        assert shelf_of(NPR, KUNC.but(said=said)).kept_copies[KUNC.transcript_id].recovered == ()


def outcome(shelf: MemoryShelf) -> dict[str, object]:
    """All that is linked, stories told apart by their primary page instead of by an id with a memory."""
    primary = {story.story_id: story.primary.transcript_id for story in shelf.stories.values()}
    return {
        "stories": {
            story.primary.transcript_id: (
                [page.transcript_id for page in story.pages],
                story.rebroadcast_of and primary[story.rebroadcast_of],
                story.own_id,
            )
            for story in shelf.stories.values()
        },
        "copies": shelf.kept_copies,
        "families": {page.transcript_id: page.family_id for page in shelf.known.values()},
    }


def addressed(made: Arrival, number: int) -> Arrival:
    """Every third page calls an address its own that some others do as well, copies of it or not."""
    return replace(made, print=replace(made.print, address=number // 12 if number % 3 == 0 else None))


@cache
def corpus() -> Sequence[Arrival]:
    return [addressed(arrival(page), number) for number, page in enumerate(pages(260, seed=3))]


@cache
def whole() -> MemoryShelf:
    """All of it, linked at once."""
    shelf = MemoryShelf()
    shelf.add(corpus())
    return shelf


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.sampled_from([1, 7, 60, 300]))
def test_neither_order_nor_batching_matters(seed: int, size: int) -> None:
    order = Random(seed).sample(corpus(), len(corpus()))
    shelf = MemoryShelf()
    for start in range(0, len(order), size):
        shelf.add(order[start : start + size])
    assert outcome(shelf) == outcome(whole())
    kept = {story.primary.transcript_id for story in shelf.stories.values() if story.story_id != story.own_id}
    ids = {story.primary.transcript_id: story.story_id for story in shelf.stories.values()}
    assert all(
        ids[story.primary.transcript_id] == story.story_id
        for story in whole().stories.values()
        if story.primary.transcript_id not in kept
    )


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.sampled_from([7, 60, 130]))
def test_parts_of_a_batch_may_be_linked_ahead(seed: int, size: int) -> None:
    order = Random(seed).sample(corpus(), len(corpus()))
    shelf = MemoryShelf()
    for batch in (order[:130], order[130:]):
        shelf.add(batch, [link_alone(batch[start : start + size]) for start in range(0, len(batch), size)])
    assert outcome(shelf) == outcome(whole())


def test_what_was_linked_ahead_is_not_compared_again(compared: list[tuple[str, str]]) -> None:
    batch = corpus()[:130]
    ahead = [link_alone(batch[::2]), link_alone(batch[1::2])]
    parts = [{page.transcript_id for page in part.prints} for part in ahead]
    assert any(set(pair) <= part for part in parts for pair in compared)
    compared.clear()
    MemoryShelf().add(batch, ahead)
    assert compared
    assert not any(set(pair) <= part for part in parts for pair in compared)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_linking_again_changes_nothing_and_a_change_taken_back_leaves_no_trace(seed: int) -> None:
    random = Random(seed)
    shelf = MemoryShelf()
    shelf.add(corpus())
    before = outcome(shelf)
    again = random.sample(corpus(), 20)
    linked = shelf.add(again)
    assert all(linked.before[page.transcript_id] == page for page in linked.prints)
    changed = [Made(page.print.transcript_id, talk(random.randrange(1000))).arrival() for page in again]
    shelf.add(changed)
    assert outcome(shelf) != before
    shelf.add(again)
    assert outcome(shelf) == before
