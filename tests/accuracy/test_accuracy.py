"""The measures measure what they say, the facts are whole, and what asrun claims to tell apart it tells apart."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.accuracy.alignment import aligned, in_common
from tests.accuracy.drafts import draft
from tests.accuracy.facts import FOLDER, FactPage, FactTurn, edges, load_all, load_page, plain_words
from tests.accuracy.measures import Tally, f1, judge, same_name
from tests.accuracy.simulated import simulated_pages
from tests.accuracy.systems import Given, asrun, label_turns
from tests.accuracy.tables import by_layout, in_markdown, side_by_side

# Five turns of our own: a host, a reporter twice, a cue, a caller whose name is not judged.
KNOWN = (
    ("speech", "ANA DIAZ, HOST", "Ana Diaz", "host", "Good morning and welcome to the show."),
    ("speech", "LEE CHO", "Lee Cho", "reporter", "The bridge is closed until further notice."),
    ("cue", "-", "-", "-", "(SOUNDBITE OF TRAFFIC)"),
    ("speech", "CHO", "Lee Cho", "reporter", "Nobody knows for how long."),
    ("speech", "TONY", "?", "-", "I only wanted to go home."),
)


def fact_page(outcome: str = "published") -> FactPage:
    turns = tuple(
        FactTurn(kind, label, name, role, *edges(text), len(text.split())) for kind, label, name, role, text in KNOWN
    )
    return FactPage(
        page_id="made-up",
        page="x.txt",
        outcome=outcome,
        layout="plain_text",
        era="2024 on",
        is_claimed=True,
        turns=turns if outcome != "refused" else (),
    )


def given_turns() -> list[Given]:
    """The same, without a mistake."""
    return [Given(kind, _none(label), _none(name), _none(role), text) for kind, label, name, role, text in KNOWN]


def _none(value: str) -> str | None:
    return None if value in ("-", "?") else value


def test_everything_right_gives_full_marks() -> None:
    verdict = judge(fact_page(), given_turns())

    tally = verdict.tally
    assert verdict.errors == []
    assert (tally.boundaries, tally.cues) == (1.0, 1.0)
    assert (tally.edges_known, tally.names_known, tally.names_right, tally.names_wrong) == (8, 3, 3, 0)
    assert (tally.roles_known, tally.roles_right, tally.texts_known, tally.texts_whole) == (3, 3, 5, 5)


def test_two_turns_glued_together_lose_one_end_and_one_beginning() -> None:
    given = given_turns()
    glued = Given("speech", "ANA DIAZ, HOST", "Ana Diaz", "host", f"{given[0].text}\n\n{given[1].text}")

    tally = judge(fact_page(), [glued, *given[2:]]).tally

    assert (tally.edges_right, tally.edges_known, tally.edges_given) == (6, 8, 6)
    assert tally.boundaries == pytest.approx(12 / 14)


def test_a_turn_cut_in_two_gives_two_edges_too_many() -> None:
    given = given_turns()
    halves = ("The bridge is closed", "until further notice.")
    first, second = (Given("speech", "LEE CHO", "Lee Cho", "reporter", text) for text in halves)

    verdict = judge(fact_page(), [given[0], first, second, *given[2:]])

    assert (verdict.tally.edges_right, verdict.tally.edges_given) == (8, 10)
    assert verdict.tally.names_wrong == 0
    assert {error.kind for error in verdict.errors} == {"boundary", "speech surplus"}


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("Lee Cho", 3, 0),
        ("LEE CHÓ", 3, 0),
        (None, 2, 0),
        ("Cho", 2, 1),
        ("Ana Diaz", 2, 1),
    ],
)
def test_name_of_the_last_reporter_turn(name: str | None, right: int, wrong: int) -> None:
    given = given_turns()
    given[3] = Given("speech", "CHO", name, "reporter", given[3].text)

    tally = judge(fact_page(), given).tally

    assert (tally.names_right, tally.names_wrong) == (right, wrong)


def test_a_name_that_is_not_judged_is_neither_right_nor_wrong() -> None:
    given = given_turns()
    given[4] = Given("speech", "TONY", "Tony", None, given[4].text)

    assert judge(fact_page(), given) == judge(fact_page(), given_turns())


def test_a_name_where_nobody_can_know_it_is_wrong() -> None:
    page = fact_page()
    unknown = replace(page, turns=tuple(replace(turn, name="-") for turn in page.turns))

    tally = judge(unknown, given_turns()).tally

    assert (tally.names_known, tally.names_given, tally.names_wrong) == (0, 3, 3)


def test_roles_cues_and_leaks() -> None:
    given = given_turns()
    given[1] = Given("speech", "LEE CHO", "Lee Cho", "guest", given[1].text)
    given[2] = Given("cue", None, None, None, "(LAUGHTER)")
    given[4] = Given("speech", "TONY", None, None, f"{given[4].text} Transcript provided by NPR, Copyright NPR.")

    given[4] = replace(given[4], role="guest")

    tally = judge(fact_page(), given).tally

    assert (tally.roles_right, tally.roles_known, tally.roles_beyond, tally.roles_untold) == (2, 3, 1, 1)
    assert (tally.cues_right, tally.cues_known, tally.cues_given) == (0, 1, 1)
    assert tally.leaks == 1


@pytest.mark.parametrize(
    ("outcome", "is_given", "missed", "accepted", "edges_known"),
    [
        ("published", True, 0, 0, 8),
        ("published", False, 1, 0, 8),
        ("refused", True, 0, 1, 0),
        ("refused", False, 0, 0, 0),
        ("any", True, 0, 0, 8),
        ("any", False, 0, 0, 0),
    ],
)
def test_outcomes(outcome: str, is_given: bool, missed: int, accepted: int, edges_known: int) -> None:  # noqa: FBT001 - a row of the table
    tally = judge(fact_page(outcome), given_turns() if is_given else None).tally

    assert (tally.missed, tally.accepted, tally.edges_known) == (missed, accepted, edges_known)


def test_alignment_takes_the_likest_pairs_in_order() -> None:
    assert aligned([1, 2, 3], [3, 1, 2, 3], lambda one, other: int(one == other)) == [(0, 1), (1, 2), (2, 3)]
    assert aligned([5, 9], [9, 5], lambda one, other: one * (one == other)) == [(1, 0)]
    assert aligned([], [1], lambda _one, _other: 1) == []
    assert in_common("abcbdab", "bdcaba") == 4


def test_small_measures() -> None:
    assert f1(0, 0, 0) is None
    assert f1(0, 3, 0) == 0
    assert plain_words("«So…» - I said: —yes!") == ["so", "i", "said", "yes"]
    assert edges("One - two three four.") == ("One two three", "two three four.")
    assert not same_name("Ana Diaz", None)


def test_plain_label_regex() -> None:
    page = "Menu\nANA DIAZ, HOST:\nGood morning.\nWelcome.\n(LAUGHTER)\nLEE CHO, BYLINE: Hi.\n"

    assert label_turns(page) == [
        Given("speech", "ANA DIAZ", "Ana Diaz", "host", "Good morning. Welcome."),
        Given("cue", None, None, None, "(LAUGHTER)"),
        Given("speech", "LEE CHO", "Lee Cho", "reporter", "Hi."),
    ]
    assert label_turns("ANA DIAZ, HOST: Good morning.") is None


def test_asrun_reads_the_simulated_network_as_it_was_spoken() -> None:
    errors = [error for page in simulated_pages() for error in judge(page, asrun(page, page.read())).errors]

    assert errors == []


def test_draft_is_read_back_as_facts(tmp_path: Path) -> None:
    text = "\n\n".join(f"{label}: {text}" if label != "-" else text for _, label, _, _, text in KNOWN)
    file = tmp_path / "page.toml"
    file.write_text(draft(text.encode()), encoding="utf-8")

    page = load_page(file)

    assert [turn.first for turn in page.turns] == [turn.first for turn in fact_page().turns]


@pytest.mark.parametrize(
    "line", ['outcome = "maybe"', 'colour = "red"', 'turns = [["song", "-", "-", "-", "a", "b", 1]]']
)
def test_facts_that_are_not_whole_are_refused(tmp_path: Path, line: str) -> None:
    facts = {"page": '"x"', "outcome": '"published"', "layout": '"grove"', "era": '"2024 on"', "claimed": "true"}
    key, _, value = line.partition(" = ")
    file = tmp_path / "page.toml"
    file.write_text("\n".join(f"{name} = {text}" for name, text in (facts | {key: value}).items()), encoding="utf-8")

    with pytest.raises(ValueError, match="page"):
        load_page(file)


def test_every_file_of_facts_is_whole() -> None:
    pages = load_all()

    assert len(pages) == len(list(FOLDER.iterdir()))
    assert len({page.page for page in pages}) == len(pages)


def test_tables_show_every_set() -> None:
    tally = judge(fact_page(), given_turns()).tally
    sets = {"asrun": {"made up": tally}, "other": {"made up": Tally(pages=1)}}

    assert by_layout({("grove", "2024 on"): tally}).row_count == 1
    assert side_by_side(sets).row_count == 2
    assert "| made up (1) | asrun | 100.0 |" in in_markdown(sets, date(2026, 1, 4))


PAGES = load_all()
WRONG_NAMES = {"npr-462114345": {"Thomas de Aiziere"}}
"""All that asrun gives wrongly on the pages of the facts: there a label lost a letter, and nothing else spells it."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.page_id)
def test_outcome_and_names_of_a_real_page(page: FactPage, shared: Path) -> None:
    """Outcomes are promised of pages that are claimed; a wrong name nowhere."""
    assert (shared / page.page).is_file(), f"the facts name a page that is not there: {page.page}"
    given = asrun(page, page.read())
    if page.is_claimed and not page.fails and page.outcome != "any":
        assert (given is not None) == (page.outcome == "published")

    verdict = judge(page, given)

    known = WRONG_NAMES.get(page.page_id, set())
    assert {error.given for error in verdict.errors if error.kind == "wrong name"} <= known
    assert verdict.tally.names_wrong <= len(known)
