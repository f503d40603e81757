"""Lines to passages: one label's run of paragraphs, and who goes on where a paragraph has no label."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.transcribe.cues import find_notes
from pipeline.transcribe.evidence.announcements import ends_before_host
from pipeline.transcribe.evidence.introductions import self_introductions
from pipeline.transcribe.evidence.spoken_forms import CAPITALISED_NAME
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.names import fold
from pipeline.transcribe.script.lines import Line
from pipeline.transcribe.sought import Sought
from pipeline.transcribe.words import SENTENCE_ENDS

_HEADLINE_MARK = " » "
"""`KENT COVINGTON, NEWS ANCHOR: Space Force ceremony » A military orchestra ...`: WORLD Radio's summary of the news."""
_AND_I_AM = re.compile(r"And (?:I'm|I’m|I am) (?:[A-Z][\w'’-]+ ){1,2}[A-Z][\w'’-]+\.")

_PLAYBACK = " PLAYBACK]"
_NAME_WITHIN = 80
"""Characters from the edge in which somebody says his name."""
_GREETS = re.compile(r"(?:(?:Hi|Hello|Hey)\b[,.!]? ?(?:[\w']{1,12}[,.!] )?)?(?:I'm|I’m|I am|[Mm]y name is) [A-Z]")
_SIGNS_OFF = Sought(rf"(?:[.?!…\"”] |\n)(?:I'm|I’m) {CAPITALISED_NAME}\.(?=\s|$)", "I'm |I’m ")
_SONG = re.compile(r"[\[(]music ?[-–—:] ?[^\])]", re.IGNORECASE)
"""`[MUSIC - Alicia Keys: Girl on Fire]`: words may follow that are sung in it, a line each, without a full stop."""
_LONGEST_SUNG = 90
_SUNG_ENDS = re.compile(r"[\w,'’)]$")
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
    return _with_tellers([passage for passage in building.found if passage.text])


def _with_tellers(passages: Sequence[Passage]) -> list[Passage]:
    """The passages, without the label of one who would go on behind a cue with words in which another says his name.

    Who begins with it is heard until the next label; who says it in a sentence of its own, as tellers of stories sign
    off, since the last one.
    """
    found = list(passages)
    carried: list[int] = []
    has_begun = False
    for place, passage in enumerate(passages):
        if passage.is_cue:
            continue
        if passage.label is None or not passage.is_carried:
            carried, has_begun = [], False
            continue
        has_begun = has_begun or _begins_as_another(passage.label, passage.text)
        carried = [place] if has_begun else [*carried, place]
        if has_begun or _signs_off_as_another(passage.label, passage.text):
            for other in carried:
                found[other] = passages[other]._replace(label=None)
            carried = []
    return found


def _begins_as_another(label: Label, text: str) -> bool:
    head = text[:_NAME_WITHIN]
    return _GREETS.match(head) is not None and any(_is_another(label, name) for name, _ in self_introductions(head))


def _signs_off_as_another(label: Label, text: str) -> bool:
    signed = (found["name"] for found in _SIGNS_OFF.finditer(text))
    return any(_is_another(label, name) for name in signed)


def _is_another(label: Label, name: str) -> bool:
    """Whether this is the full name of nobody whom a label may mean that has a name."""
    words = fold(name).split()
    if "".join(word[0] for word in words) == fold(label.printed).replace(".", ""):
        return False  # `AD` is Ana Diaz
    return len(words) > 1 and label.is_named and not any(fold(token) in words for token in label.tokens)


class _Building:
    def __init__(self) -> None:
        self.found: list[Passage] = []
        self._speech: Passage | None = None
        """The passage that an unlabelled paragraph would go on with."""
        self._is_open = False
        self._newsreader: Passage | None = None
        """Who reads a summary of the news in which others are heard by their surnames, a paragraph each."""
        self._is_bite = False
        self._is_sung = False
        """Behind a cue that names a song, and what was sung in it."""
        self._is_played = False
        """Between `[AUDIO PLAYBACK]` and `[END PLAYBACK]` (3Play), where `- It rains.` is a voice without a name."""

    def add(self, line: Line) -> None:
        for cue in line.cues:
            if self._is_own_sound(cue):
                self._go_on(line._replace(text=cue))
                continue
            self.found.append(Passage(is_cue=True, label=None, text=cue))
            self._is_open = False
            self._is_sung = _SONG.match(cue) is not None and self._is_punctuated()
            self._is_played = not cue.startswith("[END") if cue.endswith(_PLAYBACK) else self._is_played
        self._is_sung = self._is_sung and line.label is None and (not line.text or _may_be_sung(line))
        if line.label is not None:
            self._begin(line, line.label)
        elif line.text and self._is_sung:
            self.found.append(Passage(is_cue=True, label=None, text=line.text))
        elif line.text:
            self._go_on(line)
        if _HEADLINE_MARK in line.text and not self._is_bite:
            self._newsreader = self._speech

    def _is_punctuated(self) -> bool:
        """Whether the words so far end in a full stop; machines that hear none print speech as songs are printed."""
        return self._speech is None or not self._speech.text or self._speech.text.endswith(SENTENCE_ENDS)

    def _is_own_sound(self, cue: str) -> bool:
        """Whether a label that stands alone above `(laughing)` says whose that is."""
        is_alone = self._is_open and self._speech is not None and not self._speech.text
        return is_alone and any(note.kind in _OWN_SOUNDS for note in find_notes(cue))

    def _begin(self, line: Line, label: Label) -> None:
        self._is_played = False
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
        elif self._is_open and speech is not None and _goes_on(speech, line) and not self._is_other_voice(line):
            if speech.text:
                self._speech = speech._replace(text=f"{speech.text}\n\n{line.text}")
            else:  # a label alone begins with its first words
                start = line.start_seconds if speech.start_seconds is None else speech.start_seconds
                self._speech = speech._replace(text=line.text, start_seconds=start)
            self.found[-1] = self._speech
        else:
            is_answer = speech is not None and _is_answer(speech, line)
            former = None if is_uncertain or self._is_played or is_answer else speech
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

    def _is_other_voice(self, line: Line) -> bool:
        return self._is_played and line.text.startswith("- ")

    def _say(self, passage: Passage) -> None:
        self._speech = passage
        self._is_open = True
        self.found.append(passage)


def _may_be_sung(line: Line) -> bool:
    return len(line.text) <= _LONGEST_SUNG and _SUNG_ENDS.search(line.text) is not None and line.gap_before < 2


def _goes_on(speech: Passage, line: Line) -> bool:
    """Whether a paragraph is the former speaker's: no line is lost before it, and nobody answers him.

    «I'm Ana Diaz.» «And I'm Ed Hale.» are two, of whom the second, or both, have no label.
    """
    return (line.gap_before < 2 or not speech.text) and not _is_answer(speech, line)


def _is_answer(speech: Passage, line: Line) -> bool:
    is_byline = speech.label is not None and speech.label.role == "reporter"
    if ends_before_host(speech.text, is_byline=is_byline):
        return True
    called = _AND_I_AM.match(line.text)
    if called is None or speech.label is None:
        return called is not None and speech.is_lead
    return bool(speech.text) and any(_is_another(speech.label, name) for name, _ in self_introductions(called[0]))


def count_spoken_words(passages: Sequence[Passage]) -> int:
    """The words of all passages but cues."""
    return sum(len(passage.text.split()) for passage in passages if not passage.is_cue)
