"""Passages and their speakers to turns: a turn is a maximal run of one speaker, a cue is a row of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Note, Turn
from pipeline.transcribe.cues import find_notes
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.speaker import Speaker

_NO_WORDS = frozenset(("-", "--", "–", "—", "...", "…", "&", ".", ",", "[…]", "[...]", "(…)", "(...)"))

_NOBODY = re.compile(r"un(?:identified|known)|anonymous|\w+ clip$", re.IGNORECASE)


@dataclass(slots=True)
class _Run:
    passage: Passage
    speaker: Speaker
    text: str


def build_turns(passages: Sequence[Passage], speakers: Sequence[Speaker]) -> tuple[Turn, ...]:
    """The turns of a page, numbered from 0. Paragraphs of one turn are joined by a blank line."""
    runs: list[_Run] = []
    for passage, speaker in zip(passages, speakers, strict=True):
        if runs and _goes_on(runs[-1], passage, speaker):
            runs[-1].text = f"{runs[-1].text}\n\n{passage.text}"
        else:
            runs.append(_Run(passage, speaker, passage.text))
    return tuple(_turn(index, run) for index, run in enumerate(runs))


def count_words(text: str, notes: Sequence[Note] = ()) -> int:
    """Spoken words, by the blanks between them: notes such as `(laughter)` and dashes are none.

    >>> count_words("Well - you know, I'd never")
    5
    """
    ends = [0, *(note.end for note in notes)]
    starts = [*(note.start for note in notes), len(text)]
    words = " ".join(text[end:start] for end, start in zip(ends, starts, strict=True)).split()
    return len(words) if _NO_WORDS.isdisjoint(words) else len(words) - sum(map(_NO_WORDS.__contains__, words))


def _goes_on(run: _Run, passage: Passage, speaker: Speaker) -> bool:
    """The same somebody twice running. Two UNIDENTIFIED PERSONs or CLIPs may be two, and lines may be missing."""
    label, former = passage.label, run.passage.label
    if label is None or former is None or passage.is_uncertain:
        return False
    if not label.is_named and _NOBODY.match(label.printed):
        return False
    return former.printed == label.printed if speaker.name is None else run.speaker.name == speaker.name


def _turn(index: int, run: _Run) -> Turn:
    speaker, label = run.speaker, run.passage.label
    notes = () if run.passage.is_cue else find_notes(run.text)
    return Turn(
        index,
        "cue" if run.passage.is_cue else "speech",
        label.printed if label else None,
        speaker.name,
        speaker.role,
        speaker.affiliation,
        speaker.rule,
        speaker.confidence,
        run.text,
        0 if run.passage.is_cue else count_words(run.text, notes),
        run.passage.start_seconds,
        notes,
    )
