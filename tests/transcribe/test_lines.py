"""Labels inside paragraphs, stamps, tape in brackets, and speakers that markup names."""

import pytest

from pipeline.records import Block
from pipeline.transcribe.labels.families import labels_of
from pipeline.transcribe.labels.stamps import find_stamp
from pipeline.transcribe.script.lines import Line, lines_of


def _lines(*texts: str) -> list[Line]:
    blocks = [Block(text) for text in texts]
    labels = labels_of(blocks, is_announced=False)
    return [line for block in blocks for line in lines_of(block, labels)]


def _said(*texts: str) -> list[tuple[str | None, str]]:
    return [(line.label.printed if line.label else None, line.text or "".join(line.cues)) for line in _lines(*texts)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It rains. ED HALE, BYLINE: It does.", [(None, "It rains."), ("ED HALE", "It does.")]),
        ("It rains. DIAZ: It does. FOX: No.", [(None, "It rains."), ("DIAZ", "It does. FOX: No.")]),
        ("our sponsorANA DIAZ: Hello.", [(None, "our sponsor"), ("ANA DIAZ", "Hello.")]),
        (
            "Today. (SOUNDBITE OF RAIN) DIAZ: Rain.",
            [(None, "Today."), (None, "(SOUNDBITE OF RAIN)"), ("DIAZ", "Rain.")],
        ),
        ("(Laughter) DIAZ: It does.", [(None, "(Laughter)"), ("DIAZ", "It does.")]),
        ("It rains. ÅSA HALE: It does.", [(None, "It rains."), ("ÅSA HALE", "It does.")]),
        ("It rains. UNKNOWN PERSON: It does.", [(None, "It rains."), ("UNKNOWN PERSON", "It does.")]),
        (
            'It rains. Mr. ED HALE (Author, "Rain: A Life"): It does.',
            [(None, "It rains."), ("Mr. ED HALE", "It does.")],
        ),
        ("We asked this: why. Note: rain.", [(None, "We asked this: why. Note: rain.")]),
        ("It is his. WATCH: The rain.", [(None, "It is his. WATCH: The rain.")]),
    ],
)  # fmt: skip
def test_labels_inside_paragraphs_are_the_pages_own_or_have_a_role(
    text: str, said: list[tuple[str | None, str]]
) -> None:
    assert _said("ANA DIAZ, HOST: Hello.", text)[1:] == said


def test_a_page_without_labels_of_its_own_is_not_split_at_a_lone_one() -> None:
    assert _said("He has one rule. DIAZ: it never ends.") == [(None, "He has one rule. DIAZ: it never ends.")]
    assert len(_said("It rains. BOB HALE: It does. DIAZ: No. HALE: Yes.")) == 4


def test_tape_in_brackets_is_speech_with_a_label_and_nobodys_name() -> None:
    (line,) = _lines("[ARCHIVE CLIP, radio: Let's welcome Jo Fox.]")

    assert line.label is not None
    assert (line.label.printed, line.label.role, line.label.is_named) == ("ARCHIVE CLIP, radio", "other", False)
    assert line.text == "Let's welcome Jo Fox."


def test_a_clip_may_be_never_closed() -> None:
    (line,) = _lines("[ARCHIVE CLIP, Jo Fox: Is anybody here?")

    assert line.label is not None
    assert (line.label.tokens, line.text) == (("Jo", "Fox"), "Is anybody here?")


def test_markup_names_speakers_and_times() -> None:
    blocks = [Block("Hello.", speaker="Ira Hale", start_seconds=1.5), Block("And again.", start_seconds=9.0)]
    labels = labels_of(blocks, is_announced=True)
    first, second = (lines_of(block, labels)[0] for block in blocks)

    assert first.label is not None
    assert (first.label.tokens, first.text, first.start_seconds) == (("Ira", "Hale"), "Hello.", 1.5)
    assert (second.label, second.start_seconds) == (None, 9.0)


@pytest.mark.parametrize(
    ("text", "head", "seconds"),
    [
        ("Speaker 1: 00:00:04 It rains.", "Speaker 1", 4.0),
        ("Speaker 1: 01:04 It rains.", "Speaker 1", 64.0),
        ("Speaker 1 (00:05):", "Speaker 1", 5.0),
        ("Nick Hale [00:00:07] It rains.", "Nick Hale", 7.0),
        ("Nick Hale: [01:00:07.5] It rains.", "Nick Hale", 3607.5),
    ],
)
def test_stamps(text: str, head: str, seconds: float) -> None:
    stamp = find_stamp(text)

    assert stamp is not None
    assert (stamp.head, stamp.seconds) == (head, seconds)
    assert text[stamp.end :] in ("It rains.", "")


@pytest.mark.parametrize(
    "text", ["Friday 6:30", "Doors: 7:00 p.m.", "Breakfast: 9:00", "3:09 p.m. on Friday", "At 10:00 we left", ""]
)
def test_times_of_day_are_no_stamps(text: str) -> None:
    assert find_stamp(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[LISTENER: Hi, I'm Ellie.]", [("LISTENER", "Hi, I'm Ellie.")]),
        ("[DIAZ: It rains.]", [("DIAZ", "It rains.")]),
        ("[ARCHIVE CLIP: [rain]]", [(None, "[ARCHIVE CLIP: [rain]]")]),
        ("(GK: Jo Fox; TR: Bo Hale)", [(None, "(GK: Jo Fox; TR: Bo Hale)")]),
        ("[NOTE: It rained.]", [(None, "[NOTE: It rained.]")]),
        ("[DIAZ: It rains.] It does.", [(None, "[DIAZ: It rains.] It does.")]),
        ("It rains. (Soundbite of rain)", [(None, "It rains."), (None, "(Soundbite of rain)")]),
    ],
)
def test_speech_whose_label_stands_in_its_brackets(text: str, said: list[tuple[str | None, str]]) -> None:
    assert _said("ANA DIAZ, HOST: Hello.", text)[1:] == said
