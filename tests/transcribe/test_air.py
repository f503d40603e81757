"""What prints labels and talk as transcripts do, and never speaks of the air, is none; with one word of it, it is.

So is talk that nobody edited: passages out of the middle of real transcripts often have no other sign.
"""

import pytest

from pipeline.parse import parse_page
from pipeline.records import PUBLISHED
from pipeline.sources import load_sources

_WRITER = [
    ("What made you write about rain?", "I grew up in it. My mother hated it, and so I loved it."),
    ("And is there snow in the next one?", "You will have to wait and see. I think there is."),
    ("Do you write every day?", "Every day but Sunday."),
]


def _interview(asking: str, answering: str) -> str:
    """A writer's answers, as magazines print them."""
    talk = "\n\n".join(f"{asking}: {question}\n\n{answering}: {answer}" for question, answer in _WRITER)
    return f"Ana Diaz on her new novel\n\nWe met the novelist at home. Her book is out on Tuesday.\n\n{talk}\n"


PRINTED = {
    "an interview by full names": _interview("Ed Hale", "Ana Diaz"),
    "an interview by capitals": _interview("GAZETTE", "ANA DIAZ"),
    "an interview by initials": _interview("EH", "AD"),
    "an interviewer without a name": _interview("Interviewer", "Ana"),
    "customers": (
        "Customer Reviews\n\nSarah M.: I love this kettle! You will too.\n\nJohn B.: It broke. I want a new one."
        "\n\nLisa K.: My mother has one, and we use it.\n\nSarah M.: It still works. I am happy.\n\nJohn B.: Thanks!\n"
    ),
    "comments": (
        "4 Comments\n\nAna Diaz: I disagree with your post.\n\nEd Hale: You are wrong, Ana.\n\n"
        "Ana Diaz: My source is good.\n\nEd Hale: We will see.\n"
    ),
    "candidates": (
        "Voters' guide\n\nWhy are you running?\n\nAna Diaz: I love my town.\n\nEd Hale: You deserve better.\n\n"
        "What would you do first?\n\nAna Diaz: I would fix the roads.\n\nEd Hale: I would lower your taxes.\n"
    ),
    "a joke": (
        "Knock-knock jokes\n\nTeacher: Johnny, where is your homework?\n\nJohnny: My dog ate it.\n\n"
        "Teacher: You have no dog.\n\nJohnny: I ate it. I was hungry.\n\nTeacher: Then you get an A.\n"
    ),
}
_TALKS = ("an interview by full names", "an interview by capitals", "comments")


def _outcome(text: str, url: str | None = None) -> str:
    return parse_page(text.encode(), url=url, content_type=None, sources=load_sources()).outcome


@pytest.mark.parametrize("kind", PRINTED)
def test_what_is_printed_alone_is_no_transcript(kind: str) -> None:
    assert _outcome(PRINTED[kind]) == "not_a_transcript"


@pytest.mark.parametrize("kind", _TALKS)
def test_one_word_or_an_address_of_the_air_or_a_sound_makes_it_one(kind: str) -> None:
    assert _outcome(PRINTED[kind].replace("\n\n", "\n\nToday on our program.\n\n", 1)) == PUBLISHED
    assert _outcome(PRINTED[kind], url="https://www.wzzz.org/2021/04/rain") == PUBLISHED
    assert _outcome(f"{PRINTED[kind]}\n(SOUNDBITE OF RAIN)\n") == PUBLISHED


def test_surnames_in_capitals_are_radio_s_own() -> None:
    lines = "HALE: Is it still raining?\n\nDIAZ: It is, and the river is rising.\n\nHALE: What do people do?\n\n"
    assert _outcome(f"{lines}DIAZ: They wait, as we all do.\n") == PUBLISHED
    assert _outcome(f"{lines}DIAZ: They wait, as we all do.\n".replace("HALE", "EH").replace("DIAZ", "AD")) != PUBLISHED


@pytest.mark.parametrize(
    "said", ["Yeah.", "It was, uh, wet.", "And it was about-", "I see. Okay.", "[laughs]", "Hale (ph)."]
)
def test_talk_as_it_was_said_makes_it_one(said: str) -> None:
    text = f"EH: Where was it?\n\nAD: I was in the harbor.\n\nEH: {said}\n\nAD: My boat was full.\n\nEH: Full?\n"
    assert _outcome(text) == PUBLISHED
    assert _outcome(text.replace(said, "And then?")) == "not_a_transcript"


@pytest.mark.parametrize("host", ["www.ideastream.org", "www.wzzzstudios.org", "www.zpb.org", "www.abc.net.au"])
def test_talk_at_a_station_is_one(host: str) -> None:
    assert _outcome(PRINTED["an interview by full names"], url=f"https://{host}/2021/04/rain") == PUBLISHED


def test_an_interviewer_whose_guest_is_called_by_his_surname_in_capitals_is_heard() -> None:
    text = "INTERVIEWER: How was it?\n\nANA MARL: It was wet.\n\nINTERVIEWER: How wet?\n\nMARL: Very. I left my boat.\n"
    assert _outcome(text) == PUBLISHED
    assert _outcome(text.replace("\n\nMARL:", "\n\nANA MARL:")) == "not_a_transcript"
    assert _outcome(text.title() + "\nInterviewer: Thank you for talking with us.\n") == PUBLISHED


def test_who_is_introduced_is_heard() -> None:
    text = "REED: The harbor owes Ana Hale for a lamp.\n\nANA HALE: I keep it.\n\nREED: The town does not pay for it.\n"
    assert _outcome(text) == PUBLISHED
    assert _outcome(text.replace("Ana Hale", "somebody")) == "not_a_transcript"


def test_a_reporter_and_his_tape_need_not_speak_of_themselves() -> None:
    text = (
        "REED: Wren keeps a lighthouse, and the harbor has not paid for its lamp since May.\n\n"
        "WREN: It's ships that pay for that.\n\nREED: Wren blames both the town and the council.\n\n"
        "WREN: Neither side comes out of this clean.\n"
    )
    assert _outcome(text) == PUBLISHED


def test_whom_the_first_words_call_is_heard() -> None:
    text = "ANA MARL: The lamp broke in May.\n\nFrom Wrenport Ed Hale reports.\n\nED HALE: The town will not pay.\n"
    assert _outcome(text) == PUBLISHED
    assert _outcome(text.replace("Ed Hale reports", "comes a letter")) == "not_a_transcript"
