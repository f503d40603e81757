"""Lines to passages: one label's run of paragraphs, and who goes on where a paragraph has no label."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.transcribe.cues import find_notes
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.script.lines import Line

_HEADLINE_MARK = " » "
"""`KENT COVINGTON, NEWS ANCHOR: Space Force ceremony » A military orchestra ...`: WORLD Radio's summary of the news."""
_AND_I_AM = re.compile(r"And (?:I'm|I’m|I am) (?:[A-Z][\w'’-]+ ){1,2}[A-Z][\w'’-]+\.")

_OWN_SOUNDS = frozenset(("laughter", "inaudible", "singing", "language"))


class Passage(NamedTuple):
    """One label's run of paragraphs, or one cue.

    `is_uncertain`: lines may be missing right before it, so nothing says that the former speaker goes on.
    `is_carried`: it goes on after a cue without a label of its own. `is_lead`: it stands before the first label.
    """

    is_cue: bool
    label: Label | None
    text: str
    is_uncertain: bool = False
    is_carried: bool = False
    is_lead: bool = False
    start_seconds: float | None = None


def passages_of(lines: Iterable[Line]) -> list[Passage]:
    """The passages of a transcript, in order."""
    building = _Building()
    for line in lines:
        building.add(line)
    return [passage for passage in building.found if passage.text]


class _Building:
    def __init__(self) -> None:
        self.found: list[Passage] = []
        self._speech: Passage | None = None
        """The passage that an unlabelled paragraph would go on with."""
        self._is_open = False
        self._newsreader: Passage | None = None
        """Who reads a summary of the news in which others are heard by their surnames, a paragraph each."""
        self._is_bite = False

    def add(self, line: Line) -> None:
        for cue in line.cues:
            if self._is_own_sound(cue):
                self._go_on(line._replace(text=cue))
                continue
            self.found.append(Passage(is_cue=True, label=None, text=cue))
            self._is_open = False
        if line.label is not None:
            self._begin(line, line.label)
        elif line.text:
            self._go_on(line)
        if _HEADLINE_MARK in line.text and not self._is_bite:
            self._newsreader = self._speech

    def _is_own_sound(self, cue: str) -> bool:
        """Whether a label that stands alone above `(laughing)` says whose that is."""
        is_alone = self._is_open and self._speech is not None and not self._speech.text
        return is_alone and any(note.kind in _OWN_SOUNDS for note in find_notes(cue))

    def _begin(self, line: Line, label: Label) -> None:
        self._is_bite = self._newsreader is not None and label.role is None and len(label.tokens) == 1
        if not self._is_bite:
            self._newsreader = None
        self._say(
            Passage(
                is_cue=False,
                label=self._whole(label),
                text=line.text,
                is_uncertain=line.gap_before >= 2,
                start_seconds=line.start_seconds,
            )
        )

    def _whole(self, label: Label) -> Label:
        """The full label whose words are lost, right before its surname: `ANA DIAZ, HOST:` `DIAZ: Thanks.`."""
        full = self._speech.label if self._speech is not None and not self._speech.text else None
        is_his = full is not None and len(full.tokens) > 1 and label.tokens == full.tokens[-1:]
        return full if full is not None and is_his else label

    def _go_on(self, line: Line) -> None:
        """A paragraph without a label: the former speaker's, the newsreader's behind somebody's words, or nobody's."""
        speech, is_uncertain = self._speech, line.gap_before >= 2
        if self._is_bite and self._newsreader is not None and speech is not None and speech.text:
            self._is_bite = False
            self._say(
                Passage(
                    is_cue=False,
                    label=self._newsreader.label,
                    text=line.text,
                    is_uncertain=is_uncertain,
                    is_carried=True,
                )
            )
        elif self._is_open and speech is not None and _goes_on(speech, line):
            self._speech = speech._replace(text=f"{speech.text}\n\n{line.text}" if speech.text else line.text)
            self.found[-1] = self._speech
        else:
            former = None if is_uncertain else speech
            self._say(
                Passage(
                    is_cue=False,
                    label=former.label if former is not None else None,
                    text=line.text,
                    is_uncertain=is_uncertain,
                    is_carried=former is not None,
                    is_lead=speech is None or speech.is_lead,
                    start_seconds=line.start_seconds,
                )
            )

    def _say(self, passage: Passage) -> None:
        self._speech = passage
        self._is_open = True
        self.found.append(passage)


def _goes_on(speech: Passage, line: Line) -> bool:
    """Whether a paragraph is the former speaker's: no line is lost before it, and nobody answers him.

    «I'm Ana Diaz.» «And I'm Ed Hale.», before all labels, are two whose labels were lost.
    """
    is_answer = speech.label is None and speech.is_lead and _AND_I_AM.match(line.text) is not None
    return (line.gap_before < 2 or not speech.text) and not is_answer
