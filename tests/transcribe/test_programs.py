"""Which programme a transcript was on, where its speech alone says so."""

from datetime import date

import pytest

from pipeline.transcribe.airing import program_heard
from pipeline.transcribe.evidence.programs import program_of_ident
from pipeline.transcribe.script.passages import Passage

REGISTRY = ("Up First", "The Indicator from Planet Money", "Wait Wait...Don't Tell Me!", "Weekend Edition Saturday")
KNOWN = ("The National", "The World", "Rain Talk", "Who's Awake?", "Fog & Dew", "Radio Rain")
SATURDAY = date(2026, 3, 21)


@pytest.mark.parametrize(
    ("said", "day", "program"),
    [
        ("I'm Ana Diaz, and this is UP FIRST from NPR News.", None, "Up First"),
        ("It's up first in the morning, the fox.", None, None),
        ("This is THE INDICATOR FROM PLANET MONEY.", None, "The Indicator from Planet Money"),
        ("You’re listening to WAIT WAIT... DON’T TELL ME.", None, "Wait Wait...Don't Tell Me!"),
        ("This is WEEKEND EDITION. I'm Ana Diaz.", SATURDAY, "Weekend Edition Saturday"),
        ("This is WEEKEND EDITION. I'm Ana Diaz.", date(2026, 3, 23), None),
        ("For UP FIRST, I'm Ana Diaz.", None, "Up First"),
        ("We woke up first.", None, None),
        ("Hi, you're on WAIT WAIT... DON'T TELL ME!", None, "Wait Wait...Don't Tell Me!"),
        ("This is NPR's UP FIRST.", None, "Up First"),
        ("It's NPR's hour of news, weather and jokes, UP FIRST.", None, "Up First"),
        ("Today on UP FIRST, rain.", None, "Up First"),
        # What is said of a programme, on another.
        ("Later today on UP FIRST, rain.", None, None),
        ("You heard him earlier today on UP FIRST.", None, None),
        ("Ana Diaz reviews films for UP FIRST and bakes.", None, None),
        ("Support for UP FIRST comes from a maker of boots.", None, None),
        ("He spoke to us for UP FIRST, a podcast.", None, None),
        ("This is UP FIRST host Ana Diaz.", None, None),
        ("This is UP FIRST hosted by Ana Diaz.", None, "Up First"),
        ("Every day I say, this is UP FIRST.", None, None),
        ("When you're on UP FIRST, you get up first.", None, None),
    ],
)
def test_idents_of_the_networks_own(said: str, day: date | None, program: str | None) -> None:
    assert program_of_ident(said, REGISTRY, day) == program


@pytest.mark.parametrize(
    ("texts", "program"),
    [
        (["From PRX, this is Rain Talk. I'm Ana Diaz."], "Rain Talk"),
        (["It's The World on a Monday.", "Good evening."], "The World"),
        (["Welcome to the world."], None),  # no name
        (["It's the National Rifle Association's year."], None),  # another's name goes on
        (["This is THE NATIONAL CONVERSATION."], None),
        (["This is THE NATIONAL. I'm Ana Diaz."], "The National"),
        (["For Rain Talk, I'm Ana Diaz."], None),  # a report for it may be heard elsewhere
        (["Hello.", "You’re listening to WHO’S AWAKE? from Utica."], "Who's Awake?"),
        (["This is Fog and Dew."], None),
        (["This is Fog & Dew."], "Fog & Dew"),
        (["This is Rain Talker."], None),
        (['(SOUNDBITE OF PODCAST, "RAIN TALK")', "This is Rain Talk."], None),  # another's
        (["2014 was a big year.", "… of it. I'm Ed Hale and this is Rain Talk."], None),
        (["(SOUNDBITE OF MUSIC)", "This is Rain Talk."], "Rain Talk"),
        (["(Singing) Half asleep, it's RAIN TALK with Steve."], None),
        (["This is Rain Talk host Ana Diaz."], None),
        (["[RADIO RAIN INTRO]", "Hey, I'm Ana."], "Radio Rain"),
        (["x" * 1500, "This is Rain Talk."], None),  # not its opening
    ],
)
def test_idents_of_others(texts: list[str], program: str | None) -> None:
    passages = [Passage(is_cue=text[0] in "([", label=None, text=text) for text in texts]

    assert program_heard(passages, KNOWN) == program
    assert program_heard(passages, ()) is None
