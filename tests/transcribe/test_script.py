from pipeline.records import Block
from pipeline.transcribe.script.dividing import Script, write_script

HOST, REPORTER, GUEST = "ANA DIAZ, HOST:", "ED HALE, BYLINE: It rains.", "HALE: It stopped."


def _script(*texts: str | tuple[str, int], is_all_spoken: bool = False) -> Script:
    blocks = [Block(text) if isinstance(text, str) else Block(*text) for text in texts]
    return write_script(blocks, is_all_spoken=is_all_spoken)


def _spoken(script: Script) -> list[str]:
    return [passage.text for passage in script.passages]


def test_a_label_alone_owns_the_next_paragraphs() -> None:
    script = _script(HOST, "One.", "Two.", GUEST)

    assert _spoken(script) == ["One.\n\nTwo.", "It stopped."]


def test_a_label_with_nothing_said_behind_it_is_no_passage() -> None:
    assert _spoken(_script(HOST, REPORTER, "HALE:")) == ["It rains."]


def test_a_speaker_goes_on_behind_a_cue_but_not_over_lost_lines() -> None:
    script = _script(HOST, "One.", "(LAUGHTER)", "Two.", ("Three.", 2), "Four.")

    assert _spoken(script) == ["One.", "(LAUGHTER)", "Two.", "Three.\n\nFour."]
    assert [passage.label is not None for passage in script.passages] == [True, False, True, False]
    assert [passage.is_carried for passage in script.passages] == [False, False, True, False]


def test_what_stands_above_a_host_is_a_header() -> None:
    script = _script("A story.", "More of it.", "(SOUNDBITE OF MUSIC)", HOST, "Hello.")

    assert script.header == ("A story.", "More of it.")
    assert _spoken(script) == ["(SOUNDBITE OF MUSIC)", "Hello."]


def test_what_stands_above_a_guest_is_a_header_unless_lines_were_lost_there() -> None:
    full = "ED HALE: It rains."

    assert _script("An introduction.", full).header == ("An introduction.",)
    assert _spoken(_script(("A host's words.", 2), full))[0] == "A host's words."
    assert _spoken(_script("A teaser.", ("A host's words.", 3), full)) == ["A host's words.", "It rains."]
    assert _spoken(_script("Now to the rain.", GUEST))[0] == "Now to the rain."
    assert _spoken(_script("NPR's Ed Hale reports.", REPORTER))[0] == "NPR's Ed Hale reports."
    assert _spoken(_script("This is FRESH AIR. I'm Ana Diaz.", full))[0] == "This is FRESH AIR. I'm Ana Diaz."


def test_the_words_of_a_host_above_another_host_are_spoken_where_they_say_whose_they_are() -> None:
    assert _spoken(_script("A story.", ("From NPR News, I'm Ed Hale.", 2), HOST, "Hi.")) == [
        "From NPR News, I'm Ed Hale.",
        "Hi.",
    ]
    assert _spoken(_script("A story about rain.", ("More of it.", 2), HOST, "Hi.")) == ["Hi."]


def test_two_lost_labels_in_a_row_lose_no_words() -> None:
    script = _script("A teaser.", ("I'm Ana Diaz.", 2), ("And I'm Ed Hale.", 2), "DIAZ: Hello.")

    assert script.header == ("A teaser.",)
    assert _spoken(script) == ["I'm Ana Diaz.", "And I'm Ed Hale.", "Hello."]


def test_a_long_written_story_is_never_a_lost_introduction() -> None:
    story = [(f"Paragraph {number} of a written story.", 2) for number in range(8)]

    assert len(_script(*story, GUEST).header) == 8


def test_in_a_container_of_transcripts_all_is_spoken() -> None:
    assert _script("An introduction.", "ED HALE: It rains.", is_all_spoken=True).header == ()


def test_what_opens_a_programme_is_spoken_in_however_many_paragraphs() -> None:
    opening = ("It's RAIN TODAY from NPR News. I'm Cy Roe.", 2)
    paragraphs = ("It rains.", "It rained.", "It will rain.", "It may rain.", "It might.", "Ed Hale is here.")

    assert _script("A story.", opening, *paragraphs, GUEST).header == ("A story.",)
    assert _script("A story.", ("It rains.", 2), *paragraphs, GUEST).header == ("A story.", "It rains.", *paragraphs)
    assert len(_script("A story.", opening, *(paragraphs * 150), GUEST).header) == 902


def test_a_heading_ends_the_header() -> None:
    for heading in ("Transcript", "TRANSCRIPT:", "• Transcript", "Read the full transcript", "Interview transcript"):
        script = _script("A note: not said.", heading, REPORTER, GUEST)

        assert script.header == ("A note: not said.",)


def test_what_follows_the_footer_was_not_said() -> None:
    script = _script(REPORTER, "Two. Transcript provided by NPR, Copyright NPR.", "Ed Hale is a reporter.")

    assert _spoken(script) == ["It rains.\n\nTwo."]
    assert script.after == ("Ed Hale is a reporter.",)
    assert script.rights == "Transcript provided by NPR, Copyright NPR."


def test_a_footer_line_ends_the_script_also_behind_a_second_paragraph() -> None:
    script = _script(REPORTER, "Two.", "Copyright © 2018 NPR. All rights reserved.", "Ed Hale is a reporter.")

    assert _spoken(script) == ["It rains.\n\nTwo."]
    assert script.after == ("Ed Hale is a reporter.",)


def test_a_footer_between_labels_is_told() -> None:
    top = "Copyright 2014 NPR. To see more, visit http://www.npr.org/."

    assert not _script(top, HOST, "Hello.", REPORTER, top).is_glued
    assert _script(top, HOST, "Hello.", top, REPORTER).is_glued


def test_notices_corrections_and_chrome_are_said_by_nobody() -> None:
    script = _script(
        REPORTER,
        "RELATED: More rain",
        "This interview has been edited for clarity.",
        "[POST-BROADCAST CORRECTION: It was snow.]",
        GUEST,
    )

    assert _spoken(script) == ["It rains.", "It stopped."]
    assert script.correction == "POST-BROADCAST CORRECTION: It was snow."


def test_a_headline_right_above_a_late_label_was_never_said() -> None:
    texts = ("Rain in Lowell", "ANA: Hello. I'm Ana.", "ED: And I'm Ed.", "JO FOX: It rains.")
    script = write_script(list(map(Block, texts)), title=texts[0])

    assert script.header == (texts[0],)
    assert _spoken(script)[0] == "Hello. I'm Ana."


def test_names_behind_a_colon_are_no_foot() -> None:
    said = [Block(f"{label}: It rains on day {day}.") for day in range(5) for label in ("ANA DIAZ", "ED HALE")]
    names = [Block("Jane Foxworth"), Block("The Old Miller")]
    rights = Block("Copyright 2015 NPR. To see more, visit http://www.npr.org/.")

    listed = write_script([*said, Block("ANA DIAZ: These were there:"), *names, rights])
    below = write_script([*said, *names, rights])

    assert listed.passages[-1].text.endswith("The Old Miller")
    assert below.passages[-1].text == "It rains on day 4."
