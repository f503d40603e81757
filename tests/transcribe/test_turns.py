import pytest

from pipeline.records import Block, Turn
from pipeline.transcribe.names import Spellings
from pipeline.transcribe.script.dividing import write_script
from pipeline.transcribe.speakers.naming import speakers_of
from pipeline.transcribe.turns import build_turns, count_words


def _turns(*paragraphs: str | tuple[str, int]) -> tuple[Turn, ...]:
    blocks = [Block(text) if isinstance(text, str) else Block(*text) for text in paragraphs]
    passages = write_script(blocks, is_all_spoken=True).passages
    return build_turns(passages, speakers_of(passages, Spellings([]), ()))


def _texts(*paragraphs: str | tuple[str, int]) -> list[str]:
    return [turn.text for turn in _turns(*paragraphs)]


def test_a_turn_is_a_maximal_run_of_one_speaker() -> None:
    assert _texts("ANA DIAZ: a", "ANA DIAZ: b", "DIAZ: c", "ED HALE: d", "DIAZ: e") == ["a\n\nb\n\nc", "d", "e"]


def test_a_cue_parts_turns_of_one_speaker() -> None:
    turns = _turns("ANA DIAZ: a", "(LAUGHTER)", "DIAZ: b")

    assert [(turn.turn_index, turn.kind, turn.text) for turn in turns] == [
        (0, "speech", "a"),
        (1, "cue", "(LAUGHTER)"),
        (2, "speech", "b"),
    ]


def test_two_unidentified_people_may_be_two() -> None:
    assert _texts("UNIDENTIFIED PERSON: a", "UNIDENTIFIED PERSON: b") == ["a", "b"]


def test_lost_lines_part_turns_of_one_speaker() -> None:
    assert _texts("ANA DIAZ: a", ("DIAZ: b", 2)) == ["a", "b"]


def test_a_cue_has_neither_speaker_nor_words_nor_notes() -> None:
    (cue,) = _turns("(SOUNDBITE OF MUSIC)")

    assert (cue.speaker_label, cue.speaker_name, cue.word_count, cue.notes) == (None, None, 0, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Well - you know, I'd never", 5),
        ("One -- two ... three", 3),
        ("She [...] it […] .", 2),
        ("", 0),
        ("one\n\ntwo", 2),
    ],
)
def test_words(text: str, words: int) -> None:
    assert count_words(text) == words


def test_notes_are_no_spoken_words() -> None:
    (turn,) = _turns("ANA DIAZ: (Singing) Good night (laughter), you old harbor (ph).")

    assert turn.word_count == 5
    assert [turn.text[note.start : note.end] for note in turn.notes] == ["(Singing)", "(laughter)", "(ph)"]


def test_a_newsreader_goes_on_behind_somebody_elses_paragraph() -> None:
    turns = _turns(
        "ANA DIAZ, NEWS ANCHOR: Barges » They wait.", "HALE: We wait.", "They wait.", "HALE: Still.", "ED FOX: Hi.", "x"
    )

    assert [(turn.speaker_name, turn.text) for turn in turns] == [
        ("Ana Diaz", "Barges » They wait."),
        (None, "We wait."),
        ("Ana Diaz", "They wait."),
        (None, "Still."),
        ("Ed Fox", "Hi.\n\nx"),
    ]


def test_nobodys_turns_are_one_where_the_label_is_a_part_and_not_a_stranger() -> None:
    assert _texts("ANNOUNCER: a", "ANNOUNCER: b") == ["a\n\nb"]
    assert _texts("UNIDENTIFIED MAN: a", "UNIDENTIFIED MAN: b") == ["a", "b"]


def test_a_sound_glued_to_the_end_is_a_cue_and_stars_part_speakers() -> None:
    turns = _turns("ANA DIAZ: It rains. (SOUNDBITE OF MUSIC)", "ANA DIAZ: a", "* * *", "b")

    assert [(turn.kind, turn.text) for turn in turns[:2]] == [("speech", "It rains."), ("cue", "(SOUNDBITE OF MUSIC)")]
    assert [(turn.speaker_label, turn.text) for turn in turns[2:]] == [("ANA DIAZ", "a"), (None, "b")]
