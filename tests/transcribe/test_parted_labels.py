"""Labels that are parts (`HOST:`), that stand with a time above the words, or before them without any mark.

What looks like them is a schedule, a list of videos or of chapters, a page of questions, house rules.
"""

from collections.abc import Callable, Sequence

import pytest

from pipeline.read.parted_labels import with_labels_of_lines
from pipeline.records import Block
from pipeline.transcribe.labels.stamped_lines import with_stamped_lines
from pipeline.transcribe.labels.unmarked import with_unmarked_names
from pipeline.transcribe.script.dividing import write_script

TALK = [
    ("Ana Diaz", "Why does it rain, Ed Hale?"),
    ("Ed Hale", "I looked up, Ana Diaz, and it was wet."),
    ("Ana Diaz", "And what did you do then?"),
    ("Ed Hale", "I went home. We all did."),
    ("Ana Diaz", "Would you look up again?"),
    ("Ed Hale", "Yes, I would."),
    ("Ana Diaz", "Do you know why it stopped?"),
    ("Ed Hale", "It never did, for me."),
]
PARTS = {"Ana Diaz": "Host", "Ed Hale": "Guest 2"}


def _labels(texts: Sequence[str]) -> list[str]:
    passages = write_script(list(map(Block, texts))).passages
    return [passage.label.printed for passage in passages if passage.label is not None]


@pytest.mark.parametrize("mark", ["{}: {}", "**{}:** {}", "{}\n{}", "- {}: {}"])
@pytest.mark.parametrize("case", [str, str.upper])
def test_parts_are_labels_of_those_who_ask_and_answer(mark: str, case: Callable[[str], str]) -> None:
    texts = [text for name, said in TALK for text in mark.format(case(PARTS[name]), said).split("\n")]

    assert _labels(texts) == [case(PARTS[name]) for name, _ in TALK]


@pytest.mark.parametrize(
    "texts",
    [
        ["HOST: Ana Diaz", "GUEST: Ed Hale", "HOST: Ana Diaz", "GUEST: Jo Fox"],
        ["HOST: Ana Diaz on rain. Will we learn?", "GUEST: Ed Hale is the author of My Life with Rain."] * 4,
        ["GUEST: Can I bring my dog?", "HOST: Yes, you can, but we ask you to pay for it."] * 4,
        ["GUEST: You must clean.", "HOST: We will clean for you."] * 4,
    ],
    ids=["credits", "schedule", "questions", "rules"],
)
def test_parts_of_others_are_no_labels(texts: list[str]) -> None:
    assert _labels(texts) == []


@pytest.mark.parametrize(
    "shape",
    [
        "{name}\n{clock}\n{said}", "{name}\n[{clock}]\n{said}", "{name}:\n({clock})\n{said}",
        "**{name}**\n{clock}\n{said}",
        "{name} {clock}\n{said}", "{name} | {clock}\n{said}", "{clock} - {name}\n{said}", "{clock} {name}:\n{said}",
        "{clock} **{name}** {said}", "[{clock}] __{name}:__ {said}", "{clock}.0 **{name}**: {said}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("clock", ["0:{:02}", "00:{:02}", "00:00:{:02}"])
def test_names_and_times_above_the_words(shape: str, clock: str) -> None:
    texts = [
        text
        for index, (name, said) in enumerate(TALK)
        for text in shape.format(name=name, said=said, clock=clock.format(index)).split("\n")
    ]
    found = with_stamped_lines(list(map(Block, texts)))

    assert [(block.speaker, block.text) for block in found] == TALK
    assert [block.start_seconds for block in found] == list(map(float, range(len(TALK))))


CHAPTERS = [("Intro", "I greet you."), ("Rain", "We ask you."), ("Snow", "You see us."), ("Hail", "My end?")]
TITLES = [("Morning Edition", "News of the world."), ("All Things Considered", "News of the day.")]


@pytest.mark.parametrize(
    ("pairs", "clocks"),
    [
        (TALK, [9, 3, 8, 2, 7, 1, 6, 0]),
        (CHAPTERS, range(4)),
        (TITLES * 3, range(6)),
        ([(name, "Rain") for name, _ in TALK], range(8)),
    ],
    ids=["lengths of videos", "chapters", "schedule", "songs"],
)
def test_times_below_what_is_no_speaker(pairs: Sequence[tuple[str, str]], clocks: Sequence[int]) -> None:
    blocks = [
        Block(text)
        for clock, (name, said) in zip(clocks, pairs, strict=True)
        for text in (name, f"{clock}:{clock:02}", said)
    ]

    assert with_stamped_lines(blocks) is blocks


def test_full_names_without_a_mark_and_one_who_goes_on() -> None:
    texts = [f"{name} {said}" for name, said in TALK]
    found = with_unmarked_names([Block(text) for text in (*texts[:3], "Tell us about it.", *texts[3:], "See also")])

    assert [block.text for block in found] == [
        *(f"{name}: {said}" for name, said in TALK[:3]), "Tell us about it.",
        *(f"{name}: {said}" for name, said in TALK[3:]), "See also",
    ]  # fmt: skip


def test_full_names_may_be_called_by_their_given_names() -> None:
    said = (
        "Ed Hale, welcome back to AM.",
        "Hello Ana, great to be here.",
        "How long will it rain?",
        "Well, until May.",
    )
    names = ("Ana Diaz", "Ed Hale") * 4
    found = with_unmarked_names([Block(f"{name} {text}") for name, text in zip(names, said * 2, strict=True)])

    assert found[2].text == "Ana Diaz: How long will it rain?"


@pytest.mark.parametrize(
    "texts",
    [
        [f"{city} The mayor of {city} says we need rain. I agree." for city in ("Lowell", "Boston", "Salem")] * 4,
        [f"{day} Partly cloudy. You need an umbrella on {day}." for day in ("Monday", "Tuesday")] * 4,
        ["Then I fell, and Then I rose.", "So I said So I would."] * 6,
    ],
    ids=["cities", "days", "sentences"],
)
def test_words_that_come_back_are_no_names(texts: list[str]) -> None:
    assert _labels(texts) == []


def test_names_with_a_mark_keep_it() -> None:
    blocks = [Block(f"{name}: {said}") for name, said in TALK]

    assert with_unmarked_names(blocks) is blocks


def test_a_heading_above_a_label_that_is_whole_elsewhere_is_no_part_of_it() -> None:
    page = [Block("ED ROE: It rains."), Block("JACKSON"), Block("ED ROE: Here too.", 0)]

    assert [block.text for block in with_labels_of_lines(page)] == [block.text for block in page]


def test_one_label_over_two_lines_among_paragraphs_that_stand_apart() -> None:
    lines = [("JO FOX: Why does it rain?", 1), ("KAZIMIR", 1), ("ROE: It does.", 0)]
    lines += [("FOX: Why, then?", 1), ("Mr. OTTOKAR", 1), ("HALE (Author,", 0), ('"Rain: A Life"): Ask him.', 0)]
    lines += [(f"{who}: Ah.", 1) for who in 4 * ("FOX", "ROE", "FOX")]
    lines += [("RAIN", 1), ("FOX: Ah.", 0)]

    texts = [block.text for block in with_labels_of_lines([Block(text, gap) for text, gap in lines])]

    assert "KAZIMIR ROE: It does." in texts
    assert 'Mr. OTTOKAR HALE (Author, "Rain: A Life"): Ask him.' in texts
    assert texts[-2:] == ["RAIN", "FOX: Ah."]
