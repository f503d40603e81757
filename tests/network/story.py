"""A story as it was spoken, and how its transcript is printed.

The truth comes first: who spoke, in which words, with which cues between. `paragraphs` derives the printed transcript
from it by public radio's rules (first `FIRST LAST, HOST:` alone in a paragraph, `FIRST LAST, BYLINE: text` or
`FIRST LAST: text`; afterwards `SURNAME: text`), and `expected_turns` derives what a parser should read out of that.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Literal
from zoneinfo import ZoneInfo

Role = Literal["host", "reporter", "guest", "caller", "announcer", "other"]
EASTERN = ZoneInfo("America/New_York")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who is heard in a story."""

    name: str | None
    """Full name in proper case; None where the page does not know it."""
    role: Role = "guest"
    affiliation: str | None = None
    surname: str | None = None
    """What later labels print, in proper case; the last word of the name when None."""
    first_label: str | None = None
    """What the first label prints where that is not the name in capitals (an office, `UNIDENTIFIED PERSON #1`)."""
    is_always_full: bool = False
    """True where another speaker has the same surname: every label then prints the full name."""

    @property
    def full_label(self) -> str:
        """The label of the first mention, without role."""
        return self.first_label or (self.name or "").upper()

    @property
    def short_label(self) -> str:
        """The label of every later mention."""
        if self.is_always_full or self.name is None:
            return self.full_label
        return (self.surname or self.name.split()[-1]).upper()

    @property
    def printed_role(self) -> str | None:
        """The role that stands after the comma of the first label."""
        return {"host": "HOST", "reporter": "BYLINE"}.get(self.role)

    @property
    def knowable_role(self) -> str | None:
        """The role as far as labels tell it: `HOST`, `BYLINE`, `UNIDENTIFIED ANNOUNCER`."""
        return self.role if self.printed_role or (self.name is None and self.role == "announcer") else None

    @property
    def knowable_name(self) -> str | None:
        """The full name as far as a page tells it; a caller's single name is none."""
        return self.name if self.name and " " in self.name else None


@dataclass(frozen=True, slots=True)
class Line:
    """What one speaker says without a break (paragraphs are parted by a blank line), or, without speaker, a cue."""

    speaker: Speaker | None
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """A broadcast story with its transcript."""

    story_id: str
    """NPR's id (`nx-s1-5751234`); for a station's own story a name of ours that is printed nowhere."""
    headline: str
    segment: str
    """The title of the audio, which differs from the headline."""
    teaser: str
    program: str
    air_date: date
    published: time
    """Local time of the site that published it."""
    audio_seconds: int
    bylines: tuple[str, ...]
    lines: tuple[Line, ...]
    section: str = "National"
    correction: str | None = None
    """A correction printed below the transcript; part of no turn."""

    @property
    def slug(self) -> str:
        """The last part of its URLs."""
        return slug_of(self.headline)

    @property
    def published_at(self) -> datetime:
        """When npr.org published it."""
        return datetime.combine(self.air_date, self.published, EASTERN)

    @property
    def spoken(self) -> str:
        """All that is said in it."""
        return "\n".join(line.text for line in self.lines if line.speaker)

    @property
    def word_count(self) -> int:
        """Words that are spoken."""
        return len(self.spoken.split())


@dataclass(frozen=True, slots=True)
class TrueTurn:
    """A turn as `asrun parse` should give it; a None role means that the labels do not tell it."""

    kind: Literal["speech", "cue"]
    speaker_label: str | None
    speaker_name: str | None
    speaker_role: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A printed paragraph of a transcript: a label, a text or both."""

    label: str | None
    """With role and colon, as printed."""
    text: str | None

    @property
    def printed(self) -> str:
        """The paragraph as one string."""
        return " ".join(part for part in (self.label, self.text) if part)


def slug_of(headline: str) -> str:
    """The headline as the last part of a URL: lower case, hyphens, at most eight words."""
    letters = (letter if letter.isalnum() and letter.isascii() else " " for letter in headline.replace("'", "").lower())
    return "-".join("".join(letters).split()[:8])


def labelled(lines: Iterable[Line]) -> Iterator[tuple[Line, str | None, bool]]:
    """Each line with its label (None for a cue) and whether that is the speaker's first."""
    met: set[Speaker] = set()
    for line in lines:
        if line.speaker is None:
            yield line, None, False
            continue
        is_first = line.speaker not in met
        met.add(line.speaker)
        yield line, line.speaker.full_label if is_first else line.speaker.short_label, is_first


def paragraphs(lines: Iterable[Line]) -> list[Paragraph]:
    """The printed transcript, paragraph by paragraph."""
    printed: list[Paragraph] = []
    for line, name, is_first in labelled(lines):
        first, *rest = line.text.split("\n\n")
        role = line.speaker.printed_role if line.speaker and is_first else None
        label = f"{name}, {role}:" if role else f"{name}:"
        if name is None:
            printed.append(Paragraph(None, first))
        elif role == "HOST":
            printed += [Paragraph(label, None), Paragraph(None, first)]
        else:
            printed.append(Paragraph(label, first))
        printed += [Paragraph(None, text) for text in rest]
    return printed


def expected_turns(lines: Sequence[Line]) -> list[TrueTurn]:
    """The turns that the printed transcript of these lines holds: maximal runs of one speaker, cues as own rows."""
    turns: list[TrueTurn] = []
    for speaker, run in groupby(labelled(lines), key=lambda item: item[0].speaker):
        spoken = list(run)
        if speaker is None:
            turns += [TrueTurn("cue", None, None, None, line.text) for line, _, _ in spoken]
            continue
        text = "\n\n".join(line.text for line, _, _ in spoken)
        turns.append(TrueTurn("speech", spoken[0][1], speaker.knowable_name, speaker.knowable_role, text))
    return turns
