from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.transcribe.cues import find_notes, split_cues

CUES = [
    "(SOUNDBITE OF MUSIC)",
    '(SOUNDBITE OF SONG, "HEY MAMI")',
    "(LAUGHTER)",
    "(APPLAUSE)",
    "(BREAK)",
    "[LAUGHTER]",
    "(SOUNDBITE OF BRICE AND CHARLES'S “LOST (AND FOUND) SITUATION”)",
    "(Soundbite of music)",
    "[Music: Theme]",
    '(Soundbite of "This Is Spinal Tap")',
    "(Theme music intro)",
    "(TRAFFIC PASSING, TRUCKS, HORNS)",
    '(SOUNDBITE OF THE HARBOR BAND\'S "LOW WATER"',
    "SOUNDBITE OF MUSIC)",
    "(Soundbite of music",
    "(Birds chirping)",
    "(Door opens)",
    "(Footsteps)",
    "[silence]",
    "(Pause)",
    "(Clip plays)",
    "[audio clip]",
    "(Archival audio)",
    '(Extract from "The Long Count")',
    "(Tape of Nixon)",
    "(Excerpt of speech)",
    'MUSIC: "So What," Miles Davis',
    "AMBI: street",
    "(Plays guitar.)",
    "(A goat bleats)",
    "(Children's voices)",
    "(A gavel is banged.)",
    "(A car door closes; a motor revs up.)",
    "(Clay balls continue to roll, amidst the sounds of children)",
    "[crosstalk]",
    "(CROSSTALK)",
    "*laughter*",
    "<<MUSIC>>",
    "{MUSIC}",
    "♪ It rains in Lowell ♪",
    "♪",
]

SPEECH = [
    "(Photo by Ada Wren)", "(courtesy of the artist)", "(Ada Wren)", "(via Skype)", "(Through interpreter)", "(ph)",
    "(I never said that. You did.)", "(inaudible)", "(originally aired in the spring)", "[CLIP: You are late.]",
    "(Soundbite of music was all I heard. I left.", 'MUSIC: I said "no," and left.', "(Republican, Vermont)",
    "(The names in this story were changed)", "(Edited for length and clarity by the station)",
    "(A year later it rained.)",
    "(About forty years of rain in the hills)", "(Nobody asked when she left the house again)",
    "*It rains.*", "*laughter* It rains.", "{rain}", "<<Rain>> it is", "♪ Rain ♪ falls",
]  # fmt: skip


@pytest.mark.parametrize("cue", CUES)
def test_a_paragraph_that_is_a_cue(cue: str) -> None:
    assert split_cues(cue) == ([cue], "")


@pytest.mark.parametrize("paragraph", SPEECH)
def test_a_paragraph_that_looks_like_a_cue(paragraph: str) -> None:
    assert split_cues(paragraph) == ([], paragraph)


@pytest.mark.parametrize(
    ("paragraph", "cues", "rest"),
    [
        ("(LAUGHTER) Yes.", ["(LAUGHTER)"], "Yes."),
        ("(BREAK) JUDY HALE: Welcome", ["(BREAK)"], "JUDY HALE: Welcome"),
        ("(SOUNDBITE OF MUSIC) (APPLAUSE)", ["(SOUNDBITE OF MUSIC)", "(APPLAUSE)"], ""),
        ("(Speaking Spanish).", ["(Speaking Spanish)"], ""),
        ('{% cue text="GOATS: “Baa!”" %}', ["GOATS: “Baa!”"], ""),
        ('{% audio src="https://example.org/a%20b", label="Wren song", duration="0.04" %}', ["Wren song"], ""),
        ('{% audio src="a" %}', ['{% audio src="a" %}'], ""),
        ("(SOUNDBITE OF MUSIC))", ["(SOUNDBITE OF MUSIC)"], ""),
        ("(Singing) Open the eyes of my heart", [], "(Singing) Open the eyes of my heart"),
        ("(Through interpreter) I lead.", [], "(Through interpreter) I lead."),
        ("(CROSSTALK) Yes.", [], "(CROSSTALK) Yes."),
        ("[crosstalk 00:58:00] Yes.", [], "[crosstalk 00:58:00] Yes."),
        ("(A) is first, (B) is second.", [], "(A) is first, (B) is second."),
        ("(AP) - The county says", [], "(AP) - The county says"),
        ("(I never closed this bracket", [], "(I never closed this bracket"),
        ("[POST-BROADCAST CORRECTION: It was Sunday.]", [], "[POST-BROADCAST CORRECTION: It was Sunday.]"),
        ("[...]", [], "[...]"),
        ("()", [], "()"),
        ("Hello (LAUGHTER).", [], "Hello (LAUGHTER)."),
    ],
)
def test_cues_before_what_is_said(paragraph: str, cues: list[str], rest: str) -> None:
    assert split_cues(paragraph) == (cues, rest)


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("(ph)", "spelling"), ("(laughter)", "laughter"), ("(Laughter)", "laughter"), ("(Singing)", "singing"),
        ("(Chanting)", "singing"), ("(Reading)", "reading"), ("(Through interpreter)", "interpreter"),
        ("(through translator)", "interpreter"), ("(Speaking Spanish)", "language"),
        ("(Non-English language spoken)", "language"), ("(Singing in non-English language)", "language"),
        ("(inaudible)", "inaudible"), ("[unintelligible 00:00:27]", "inaudible"), ("(as Stu Price)", "voice"),
        ("(screaming)", "sound"), ("(GASP)", "sound"), ("(SOUNDBITE OF MUSIC)", "sound"), ("(D-Ohio)", "other"),
    ],
)  # fmt: skip
def test_kinds_of_notes(printed: str, kind: str) -> None:
    (note,) = find_notes(f"Well {printed}, yes.")

    assert (note.kind, note.text, note.start) == (kind, printed, 5)


@pytest.mark.parametrize("text", ["She [...] it.", "She […] it.", "She (...) it.", "A smile :) here", "no end (of it"])
def test_what_says_nothing_of_how_it_was_said_is_no_note(text: str) -> None:
    assert find_notes(text) == ()


@given(st.text(st.sampled_from("()[] aA.")))
def test_notes_know_their_places(text: str) -> None:
    notes = find_notes(text)

    assert all(text[note.start : note.end] == note.text for note in notes)
    assert all(first.end <= second.start for first, second in pairwise(notes))
