"""Plays, hearings and companies' calls are refused by what they say of themselves; programmes about them are not."""

import pytest

from pipeline.parse import parse_page
from pipeline.records import Block, Page
from pipeline.sources import load_sources
from pipeline.transcribe.other_scripts import what_else

_TALK = ["ADA: Who are you?", "JOEL: I am Joel.", "ADA: And I am Ada. You are late.", "JOEL: I know. Thank you."]

KINDS = [
    pytest.param(["SCENE II", "[Enter Joel]", *_TALK, "[Exeunt]"], "a play", id="directions in brackets"),
    pytest.param(["DRAMATIS PERSONAE", "ADA: a counter of birds.", "ACT I", "SCENE I", *_TALK], "a play", id="persons"),
    pytest.param(["Enter Ada and Joel, with lamps.", *_TALK, "(Exit stage left)"], "a play", id="directions alone"),
    pytest.param(["INT. KITCHEN - NIGHT", *_TALK, "EXT. LAKE - DAY", *_TALK], "a play", id="screenplay"),
    pytest.param(["[Scene: A kitchen.]", *_TALK, "[ADA arrives.]"], "a play", id="who arrives"),
    pytest.param(["P-R-O-C-E-E-D-I-N-G-S", *_TALK], "the record of a hearing", id="hearing"),
    pytest.param(["THE COURT: Go on.", "Q. Who are you?", "A. Joel.", *_TALK], "the record of a court", id="court"),
    pytest.param(["MR. WREN: We call him.", "THE COURT: You may.", *_TALK], "the record of a court", id="counsel"),
    pytest.param(["THE WITNESS: I do.", "BY MR. WREN:", *_TALK], "the record of a court", id="witness"),
    pytest.param(["THE COURT: Go on.", "Q: Who are you?", "A: Joel.", *_TALK], "the record of a court", id="colons"),
    pytest.param(
        ["Defense Attorney: I ask you.", "Witness  : I saw it.", "Judge: Go on.", "Clerk: Rise.", *_TALK],
        "the record",
        id="parts",
    ),
    pytest.param(
        ["ATTY. OPENA: Who was with you?", "WITNESS : My son.", "Q : Where?", "A : At home.", "COURT: Go on."],
        "the record of a court",
        id="asked and answered in court",
    ),
    pytest.param(
        ["CAPTAIN: Gear down.", "FIRST OFFICER: I see it.", "CAPTAIN: Go."], "the record of a cock", id="crew"
    ),
    pytest.param(["CAM-1: Gear.", "CAM-2: I see it.", "TWR: Cleared to land.", "CAM-1: Go."], "the record", id="box"),
    pytest.param(
        ["TOWER TO CAPTAIN: Say again?", "CAPTAIN TO TOWER: Inbound.", "CAPTAIN TO REAR: Yeah!"], "the record", id="to"
    ),
    pytest.param(
        ["21:04:10 CAM-1: Gear down.", "21:04:15 CAM-2: I see it.", "21:04:20 CAM-1: Flaps.", "21:04:31 TWR: Go on."],
        "the record",
        id="clock",
    ),
    pytest.param(["[Verse 1]", *_TALK, "[Chorus: Ada]", *_TALK], "the words of a song", id="song"),
    pytest.param([*_TALK, "ADA: (to Joel) Go.", "JOEL: (TO ADA) No."], "a play", id="to somebody"),
    pytest.param([*_TALK, "ADA: Well, go. [kneels]", "JOEL: (walks out) Now."], "a play", id="what is seen"),
    pytest.param(["Scene ii", "ADA: Who? (Beat.) You?", "JOEL: (Beat.) Me.", *_TALK], "a play", id="beats"),
    pytest.param([*_TALK, "ADA: Go. (She puts it down.)", "JOEL: (He opens the door.) I."], "a play", id="she"),
    pytest.param(["JOEL PELL, being duly sworn:", "MR. WREN: Who?", "MS. LOE: He."], "the record", id="sworn"),
    pytest.param(["Wikiquote page: The Lake (1979)", *_TALK], "quotations", id="quotations of a film"),
    pytest.param(["Pell Lake Corp.", "Q2 2022 Earnings Conference Call", *_TALK], "a company's call", id="call"),
]
RADIO = [
    pytest.param(_TALK, id="talk alone"),
    pytest.param(["Enter", *_TALK], id="one direction"),
    pytest.param([*_TALK, "ADA: Enter Joel, from the left. Then exit, stage right, as they say."], id="said"),
    pytest.param([*_TALK, "ADA: [sighs] Now. (Laughter)", "JOEL: He (walks by the lake) is late."], id="one action"),
    pytest.param([*_TALK, "ADA: Now. (She laughs)", "JOEL: He (He sings in French) is. (He speaks Dutch)"], id="she"),
    pytest.param([*_TALK, "ADA: They were duly sworn, said Mr. Wren: all of them."], id="an oath that is told"),
    pytest.param(["THE COURT: You may go.", *_TALK], id="a judge on tape"),
    pytest.param(["JUDGE: You may go.", *_TALK, "JUDGE: Go, I say.", "JUDGE: Now."], id="a judge again and again"),
    pytest.param(["ADA WREN, HOST: A trial.", "JUDGE: Go on.", "WITNESS: I saw.", "JUDGE: Go."], id="a court on tape"),
    pytest.param(["ADA: We hear a song.", "[Verse 1]", *_TALK, "[Chorus]", "NPR"], id="a song on the air"),
    pytest.param([*_TALK * 4, "[Verse 1]", *_TALK * 4, "[Chorus]"], id="two verses in a long talk"),
    pytest.param([*_TALK * 20, "ADA: (to Joel) Go.", "JOEL: (points) No."], id="two directions in a long talk"),
    pytest.param(["Q : Who are you?", "A : I am Joel.", "Q : Why?", "A : I am."], id="questions alone"),
    pytest.param(["ADA WREN, HOST: A crash.", "CAPTAIN: Gear.", "TOWER: Go.", "CAPTAIN: Yes."], id="a cockpit on tape"),
    pytest.param(["JUDGE: Be seated.", *_TALK, "WITNESS: I saw.", "JUDGE: Go."], id="a report from a court"),
    pytest.param(["[Intro]", *_TALK, "ADA: [Chorus sings] That was it."], id="a choir"),
    pytest.param(
        [*_TALK, "ADA: He (He was 92.) and she (She has left.) (They both laugh.)", "JOEL: (He is.)"], id="told"
    ),
    pytest.param(
        ["ADA WREN, HOST: A trial.", "THE COURT: Go on.", "MR. LOE: Who?", "Duly sworn, he spoke."], id="court on tape"
    ),
    pytest.param(["From WZZZ.", "ADA: (Beat.) No.", "JOEL: I, from WZZZ. (Beat.)", *_TALK], id="beats on the air"),
    pytest.param(["What we heard on Netflix's earnings call was a surprise. Here is Ada Wren.", *_TALK], id="a teaser"),
    pytest.param(["Act One. The Blind.", *_TALK, "Act Two. The Lake.", *_TALK], id="acts of a programme"),
]


def _page(texts: list[str]) -> Page:
    return Page("plain_text", None, None, None, tuple(map(Block, texts)))


@pytest.mark.parametrize(("texts", "kind"), KINDS)
def test_what_is_no_radio_is_named(texts: list[str], kind: str) -> None:
    found = what_else(_page(texts))

    assert found is not None
    assert found.startswith(kind)


@pytest.mark.parametrize("texts", RADIO)
def test_radio_is_not_taken_for_it(texts: list[str]) -> None:
    assert what_else(_page(texts)) is None


@pytest.mark.parametrize(("texts", "kind"), KINDS)
def test_it_is_refused_by_that_name(texts: list[str], kind: str) -> None:
    reading = parse_page("\n\n".join(texts).encode(), url=None, content_type="text/plain", sources=load_sources())

    assert reading.outcome == "not_a_transcript"
    assert (reading.detail or "").startswith(kind)


@pytest.mark.parametrize(
    ("url", "is_refused"),
    [("https://tv.example/transcripts/lake-1x01", True), ("https://www.wzzz.org/2021/04/lake", False)],
)
def test_a_station_prints_what_is_seen_and_who_collects_scripts_calls_them_transcripts(
    url: str,
    is_refused: bool,  # noqa: FBT001  # a case's own value
) -> None:
    blocks = tuple(map(Block, [*_TALK, "ADA: Well, go. [kneels]", "JOEL: (walks out) Now."]))

    assert (what_else(Page("plain_text", url, None, None, blocks)) is not None) == is_refused
