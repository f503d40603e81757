"""What happens to a transcript on its way to a station's page, in the measures in which real pages show it.

Labels of hosts, cues and one-word replies are lost together (of 118 excerpts of NPR's style 58 lost them); what follows
runs on under the label before, or stands alone. Local introductions, other footers, headline case, cuts and typos.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.benchmarks.corpus.babble import Babble


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn as it was aired (and, after damage, as a page prints it)."""

    speaker: str | None
    """Who said it; None: a cue."""
    is_host: bool
    text: str
    label: str | None
    name: str | None
    """What a parser finds on this page; never another's name."""


def printed(said: Sequence[tuple[str | None, bool, str]]) -> list[Spoken]:
    """The whole transcript as NPR prints it: full label first, the surname ever after."""
    met: set[str] = set()
    turns = []
    for speaker, is_host, text in said:
        label = None
        if speaker is not None:
            label = speaker.upper().split()[-1] if speaker in met else speaker.upper()
            met.add(speaker)
        turns.append(Spoken(speaker, is_host, text, label, speaker))
    return turns


def lose_labels(turns: Sequence[Spoken], random: Random) -> list[Spoken]:
    """Lines that an extractor drops: cues, one-word replies, hosts' full labels."""
    kept: list[Spoken] = []
    lost: set[str] = set()
    for turn in turns:
        if turn.speaker is None or len(turn.text.split()) < 3:
            continue
        is_full = turn.label is not None and " " in turn.label
        if turn.is_host and is_full:
            lost.add(turn.speaker)
            bare = replace(turn, label=None, name=None)
            if kept and random.random() < 0.4:
                kept[-1] = replace(kept[-1], text=f"{kept[-1].text} {turn.text}")
            else:
                kept.append(bare)
        elif turn.speaker in lost:
            # The surname is printed, but the page never says whose it is.
            kept.append(replace(turn, name=None))
        else:
            kept.append(turn)
    return kept


def cut(turns: Sequence[Spoken], random: Random) -> list[Spoken]:
    """The first part, as where a page says «read more»: mostly more than half."""
    words = sum(len(turn.text.split()) for turn in turns)
    room = int(words * random.uniform(0.3, 0.9))
    kept = []
    for turn in turns:
        size = len(turn.text.split())
        if size > room:
            kept += [replace(turn, text=" ".join(turn.text.split()[:room]))] if room > 2 else []
            break
        kept.append(turn)
        room -= size
    return kept


def introduce(turns: Sequence[Spoken], babble: Babble, random: Random) -> list[Spoken]:
    """A local host reads words of his own before it."""
    host = babble.name(random)
    text = " ".join(babble.sentences(random, random.randint(2, 5)))
    return [Spoken(speaker=host, is_host=True, text=text, label=host.upper(), name=host), *turns]


def misspell(turns: Sequence[Spoken], babble: Babble, random: Random, share: float) -> list[Spoken]:
    """One word in so many."""
    return [
        replace(
            turn,
            text=" ".join(
                babble.typo(word, random) if random.random() < share else word for word in turn.text.split(" ")
            ),
        )
        for turn in turns
    ]


def append(turns: Sequence[Spoken], footer: str) -> list[Spoken]:
    """A footer glued to the last sentence, where a parser did not know it for one."""
    return [*turns[:-1], replace(turns[-1], text=f"{turns[-1].text} {footer}")] if turns else []
