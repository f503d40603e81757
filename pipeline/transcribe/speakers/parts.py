"""Who says what: everybody's part in a transcript, and who is heard right behind whom."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.transcribe.cues import plays_tape
from pipeline.transcribe.evidence.spoken_forms import YOU_LISTEN
from pipeline.transcribe.labels.label import names_office
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.speaker import Speaker

LOST_HOST = "the host whose label was lost"
"""His key: nothing but where his words stand is known of him, and he may be one of those who have labels."""

Heard = tuple[str, str]
"""Somebody's key, and what he says."""

_PERFORMS = re.compile(r"\((?:[Ss]oundbite|SOUNDBITE|[Ss]inging|[Aa]s |[Rr]eading|[Cc]hanting)")
_TOGETHER = " + "
_IDENT = re.compile(rf"\b(?:[Tt]his is|{YOU_LISTEN}) ")


@dataclass(slots=True)
class Part:
    """What one person says, in order; his first passage, and who he is there."""

    passage: Passage
    speaker: Speaker
    texts: list[str] = field(default_factory=list)
    answers: int = 0
    """How often he speaks right behind a host who asks."""
    replies: int = 0
    """How often he speaks right behind a host."""

    agrees: int = 0
    """How often he answers a host who asks as nobody on tape does."""

    taped: int = 0
    """How often he is heard right behind a cue that says whence tape is."""

    in_scene: bool = False
    """Whether he plays a part behind such a cue, or with others who do."""

    opens_together: bool = False
    """Whether he and another say in one voice what is heard: `DIAZ + HALE: And you're listening to Rain.`"""

    @property
    def is_taped(self) -> bool:
        """Whether all that he says is tape, as cues before it tell: `(SOUNDBITE OF ARCHIVED RECORDING)`."""
        return self.taped == len(self.texts)

    @property
    def only_performs(self) -> bool:
        """Whether somebody is heard singing, chanting, reading or playing a part, and nothing else."""
        return all(map(_PERFORMS.match, self.texts))

    @property
    def performs(self) -> bool:
        """Whether somebody is heard singing, chanting, reading or playing a part first."""
        return _PERFORMS.match(self.texts[0]) is not None


@dataclass(slots=True)
class Cast:
    """Everybody's part, his role as far as it is known, and who is heard right behind whom."""

    parts: dict[str, Part]
    roles: dict[str, str | None]
    pairs: list[tuple[Heard, Heard]]

    keys: list[str | None]
    """Whose each passage is, in order."""

    @property
    def has_host(self) -> bool:
        """Whether somebody with a name or a label is known for a host."""
        return any(role == "host" for key, role in self.roles.items() if key != LOST_HOST)


def cast_of(passages: Sequence[Passage], speakers: Sequence[Speaker]) -> Cast:
    """All who speak, with the roles that their labels print."""
    parts: dict[str, Part] = {}
    keys = [key_of(passage, speaker) for passage, speaker in zip(passages, speakers, strict=True)]
    heard: list[Heard] = []
    is_tape = is_scene = False
    for key, passage, speaker in zip(keys, passages, speakers, strict=True):
        is_scene = is_tape or (is_scene and _PERFORMS.match(passage.text) is not None)
        if key is not None:
            part = parts.get(key)
            if part is None:
                part = parts[key] = Part(passage, speaker)
            part.texts.append(passage.text)
            part.taped += is_tape
            part.in_scene = part.in_scene or is_scene
        elif passage.label is not None and _TOGETHER in passage.label.printed and _IDENT.search(passage.text):
            for part in _who_say_it(passage.label.printed, parts):
                part.opens_together = True
        is_tape = passage.is_cue and plays_tape(passage.text)
        if not passage.is_cue:
            heard.append((key or "", passage.text))
    pairs = [(former, follower) for former, follower in pairwise(heard) if former[0] and follower[0]]
    return Cast(parts, {key: part.speaker.role for key, part in parts.items()}, pairs, keys)


def _who_say_it(printed: str, parts: Mapping[str, Part]) -> Iterator[Part]:
    """The parts of those who were heard before and say something together: `DIAZ + HALE:`."""
    names = {surname_of(name.casefold()) for name in printed.split(_TOGETHER)}
    return (part for key, part in parts.items() if surname_of(key.casefold()) in names)


def as_said(key: str) -> str:
    """The name that somebody's key holds, as prose spells it: `TOBIN`, a label of one name, is said Tobin."""
    return key if " " in key else key.title()


def surname_of(key: str) -> str:
    """The last word of somebody's key, which may be all of it."""
    return key.rpartition(" ")[2]


def key_of(passage: Passage, speaker: Speaker) -> str | None:
    """By name, else by label; of the unnamed, those have a part who hold an office (`PRIME MINISTER`), and a host.

    A host's label was lost, or is `INTERVIEWER`.
    """
    if speaker.name is not None:
        return speaker.name
    if speaker.role == "host" and (passage.label is None or not passage.label.is_named):
        return LOST_HOST
    label = passage.label
    return label.printed if label is not None and (label.is_named or names_office(label)) else None
