from datetime import date

import pytest

from pipeline.errors import PageRejected
from pipeline.read import plain_text
from pipeline.records import Block

SPEECH = "A long first paragraph of a host whose label was lost, and which ends like a sentence."


def test_chrome_goes_and_the_title_is_the_first_line_behind_it() -> None:
    page = plain_text.read(
        "Play Live Radio\nNext Up:\n0:00\n0:00 0:00\nAvailable On Air Stations\n\nA Title\n\n\nLead.", None
    )

    assert page.title == "A Title"
    assert page.blocks == (Block("Lead.", 2),)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A Title\nA Title\nLead.", "A Title"),
        ("A Title And a teaser that ends.\nNPR logo\nA Title\nLead.", "A Title"),
        ("What Is It?\nLead.", "What Is It?"),
        ("Martin Luther King Jr.\nLead.", "Martin Luther King Jr."),
        ("Unrest In The U.S.\nLead.", "Unrest In The U.S."),
        (SPEECH, None),
        ("STEVE INSKEEP, HOST:\n\nHello.", None),
        ("(SOUNDBITE OF MUSIC)\n\nHello.", None),
        ("", None),
    ],
)
def test_a_title_is_a_headline_and_no_speech(text: str, title: str | None) -> None:
    assert plain_text.read(text, None).title == title


def test_nothing_is_lost_between_headline_and_text() -> None:
    page = plain_text.read("A Title And a teaser that ends.\nNPR logo\nA Title\n\n\nLead.\nA Title", None)

    assert [block.text for block in page.blocks] == ["And a teaser that ends.", "NPR logo", "Lead."]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("90.9 Cape Ridge\nPlay Live Radio\nNext Up:\n0:00\nAvailable On Air Stations\n\nA Title\n\nLead.", "A Title"),
        ("US\n\nThe river at thirty feet\n\nLead.", "The river at thirty feet"),
        (" date 2019-01-19 The river at thirty feet\n\nLead.", "The river at thirty feet"),
        ("< The river at thirty feet\n\nLead.", "The river at thirty feet"),
        ("January 4, 2026\n\nThe river at thirty feet\n\nLead.", "The river at thirty feet"),
        ("DATE May 4, 1991\nNETWORK NPR\n\nThe river\n\nLead.", "The river"),
        ("A teaser that ends.\n\nThe river\n\n• Download\n\nLead.", "The river"),
        ("Episode Transcript\n\nLead.", None),
    ],
)
def test_a_headline_is_found_below_players_sections_and_dates(text: str, title: str | None) -> None:
    assert plain_text.read(text, "https://x.example.org/2026-01-04/river-at-thirty-feet").title == title


def test_what_stands_above_a_headline_is_no_text() -> None:
    page = plain_text.read("Support us. Give today.\nUS\n\nThe River Rose\n\nLead.", "https://x.org/a/the-river-rose")

    assert [block.text for block in page.blocks] == ["Lead."]


@pytest.mark.parametrize("line", ["Oct 28, 2016", "Air Date: October 28, 2016", "Originally aired 10.28.2016"])
def test_a_date_in_a_line_of_its_own_is_the_pages(line: str) -> None:
    page = plain_text.read(f"A Title\n\n{line}\n\nANA DIAZ: It was May 1, 2001.\n\nMay 2, 2001", None)

    assert page.published_at is not None
    assert page.published_at.date() == date(2016, 10, 28)
    assert plain_text.read("A Title\n\nANA DIAZ: Well.\n\nMay 2, 2001", None).published_at is None


def test_labels_glued_below_clocks_get_their_colon_back() -> None:
    page = plain_text.read("A Title\n\n• 12:35:42\n\nKOJO NNAMDIThe past.\n\n• 12:36:05\n\nNNAMDII think so.", None)

    assert [block.text for block in page.blocks] == ["KOJO NNAMDI: The past.", "NNAMDI: I think so."]


@pytest.mark.parametrize("url", ["https://x.org/people/ana-diaz", "https://x.org/programs/atc?page=3"])
def test_lists_are_refused_by_their_address(url: str) -> None:
    with pytest.raises(PageRejected, match="by its address"):
        plain_text.read("ANA DIAZ, HOST: It rains.", url)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_blank_lines_are_counted_whatever_ends_a_line(newline: str) -> None:
    page = plain_text.read(newline.join(["Title", "", "One.", "Two.", "", "", "Three."]), None)

    assert page.blocks == (Block("One.", 1), Block("Two.", 0), Block("Three.", 2))


def test_lines_broken_by_a_program_are_joined_but_not_over_labels_and_cues() -> None:
    sentence = "a line that is long enough to have been broken by a mail program at"
    lines = [f"GROSS: {sentence}", *[sentence] * 5, "(Soundbite of music)", f"VALE: {sentence}", *[sentence] * 5]

    page = plain_text.read("\n".join(["A Title", "", *lines]), None)

    assert [block.text[:6] for block in page.blocks] == ["GROSS:", "(Sound", "VALE: "]


def test_short_lines_are_not_joined() -> None:
    page = plain_text.read("A Title\n\nGROSS: Yes.\nNo.\nPerhaps.", None)

    assert [block.text for block in page.blocks] == ["GROSS: Yes.", "No.", "Perhaps."]


def test_the_id_of_the_story_is_that_of_its_html() -> None:
    assert plain_text.read("A Title", "https://www.npr.org/2019/02/20/696413685/terence").npr_id == "696413685"
    assert plain_text.read("A Title", "https://www.kpbs.org/2019/02/20/696413685/terence").npr_id is None


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["Ana Diaz", "It rains.", "Ed Hale", 'It does, and "how."', "Ana Diaz", "Does it--"], None),
        (["Ana", "It rains.", "Ed", "It does.", "Ana", "Why?", "Ed", "Why not?"], None),
        (["Ana Diaz", "It rains in Lowell.", "Ana was born there."], "Ana Diaz"),
        (["Rain", "It rains.", "Lowell", "A town.", "Rain", "It rains."], "Rain"),
    ],
)
def test_a_name_above_speech_is_no_headline(lines: list[str], title: str | None) -> None:
    assert plain_text.read("\n".join(lines), None).title == title
