import pytest

from pipeline.transcribe.script.chrome import is_chrome
from pipeline.transcribe.script.notices import cut_correction, cut_footer, is_notice, is_rights, without_notice

FURNITURE = [
    "Play Live Radio", "Next Up:", "0:00", "0:00 0:00", "Available On Air Stations", "© 2024 KSUT Public Radio",
    "Hear the latest from the newsroom", "Listen · 3:50", "Listen * 1:46", "Sponsor Message", "Become an NPR sponsor",
    "• Playlist", "• Download", "NPR logo", "toggle caption", "hide caption", "Heard on All Things Considered",
    "Story continues below.", "(Article continues after sponsor message)",
    "RELATED: When a mill closes", "Read more: When a mill closes", "WATCH: The last sailing", "Loading...",
    "#00:03:00.44#", "Act One. Don't I Know You.", "Prologue", "Part 1: The mill", "Back To Top »", "-30-", "[THE END]",
    "Credit NPR", "Credit Ana Diaz / WQXZ", "Read more >",
    "A street in Lowell. (Ana Diaz/WQXZ)", "A street in Lowell. Ana Diaz / Getty Images", "Ana Diaz/AP",
    "Photo by Ana Diaz", "Image courtesy of the town", "Photo: Ana Diaz", "(Ana de la Roe/River Public Media)",
    "Read the full story", "Listen to the full interview here", "Watch the entire debate",
    "Sign up for our newsletter here.", "Tags: Local News, Rain", "Filed under: Rain", "3:42 PM EST",
    "Skip advertisement",
    "See stories by Ana Diaz", '"> < iframe src="x">', "Facebook", "Flipboard",
    "Your support helps make our show possible and unlocks access to our sponsor-free feed.",
    "Hey - " + "it is us again, and we would like to ask. " * 6 + "You also get our sponsor-free listening.",
]  # fmt: skip

SPEECH = [
    "Listen.", "More: I think we should wait.", "Watch this: he never looks up.", "Heard on the street, they say,",
    "It kept loading. Loading, loading...", "It just said Loading...", "Transcripts are a record.", "Email me, then.",
    "It says copyright 1954 by Dell.", "We saw it: Copyright 1962 Rowan. And then?",
    "ANA DIAZ, HOST: Join us, and you get a sponsor-free feed.", "Next up: the weather, by our own forecaster.",
    "Story continues below that of his son.",
    "See the full moon rise.", "Listen to the entire town.", "Image by image, it fades.", "It was 24/7, all week.",
    "It was called Frost/Nixon", "They played AC/DC", "Roses are red / Violets are blue",
    "Video: He ran, and I shouted.",
    "ANA DIAZ: It was shot by Ed Hale/AP", "He/she/they, we said. And/or.", "Sign up for the choir.",
    "3:09 p.m. on Friday.", "Tags, I said, are for dogs.", "Photo finish.",
    "Credit where credit is due.", "Nearly 3:15 in the morning.", "Related to that, what now?",
]  # fmt: skip


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_chrome(line: str) -> None:
    assert is_chrome(line)


@pytest.mark.parametrize("line", SPEECH)
def test_speech_is_neither_chrome_nor_notice_nor_rights(line: str) -> None:
    assert not is_chrome(line)
    assert not is_notice(line)
    assert not is_rights(line)
    assert cut_footer(line) is None
    assert without_notice(line) == line
    assert cut_correction(line) == (line, None)
