"""What a page says, as words: folded, so that two prints of one broadcast give the same ones."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from sys import intern
from typing import Any
from unicodedata import combining, normalize

_WORD = re.compile(r"\w+")
_ASCII = {code: chr(code).lower() if _WORD.fullmatch(chr(code)) else " " for code in range(128)}
"""What each sign of an ASCII text is folded to: words are then split at blanks in half the pattern's time."""


@dataclass(frozen=True, slots=True)
class Said:
    """A turn of speech, as far as telling copies apart and naming speakers needs it; cues are left out."""

    turn_index: int
    speaker_label: str | None
    speaker_name: str | None
    speaker_role: str | None
    speaker_affiliation: str | None
    confidence: float | None
    text: str
    """What was said, without inline notes."""


@dataclass(frozen=True)
class Wording:
    """All that is said on one page."""

    transcript_id: str
    said: tuple[Said, ...]

    @cached_property
    def _folded(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        by_turn = [folded(turn.text) for turn in self.said]
        return tuple(chain.from_iterable(by_turn)), tuple(accumulate(map(len, by_turn)))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of all turns one after the other, folded."""
        return self._folded[0]

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where each turn ends in `words`, exclusive."""
        return self._folded[1]

    def turn_at(self, place: int) -> int:
        """Which of `said` the word at this place belongs to."""
        return bisect_right(self.ends, place)

    def printed(self, start: int, end: int) -> str:
        """The words from `start` to `end` (exclusive) as printed, without the signs between them."""
        first, last = self.turn_at(start), self.turn_at(end - 1)
        words = [word for turn in self.said[first : last + 1] for word in _WORD.findall(turn.text)]
        before = self.ends[first - 1] if first else 0
        return " ".join(words[start - before : end - before])


def wording(transcript_id: str, turns: Iterable[Mapping[str, Any]]) -> Wording:
    """What a page says, from its rows in `turns`, in order."""
    return Wording(
        transcript_id,
        tuple(
            Said(
                turn["turn_index"],
                turn["speaker_label"],
                turn["speaker_name"],
                turn["speaker_role"],
                turn["speaker_affiliation"],
                turn["confidence"],
                without_notes(turn["text"], [(note["start"], note["end"]) for note in turn["notes"]]),
            )
            for turn in turns
            if turn["kind"] == "speech"
        ),
    )


def folded(text: str) -> list[str]:
    """The words of a text without case and accents; signs are left out, so curly or straight quotes make no difference.

    >>> folded("Mr. Ordoñez: It’s TRUE")
    ['mr', 'ordonez', 'it', 's', 'true']
    """
    if text.isascii():
        return list(map(intern, text.translate(_ASCII).split()))
    return [intern((word if word.isascii() else _plain(word)).lower()) for word in _WORD.findall(text)]


def without_notes(text: str, notes: Sequence[tuple[int, int]]) -> str:
    """The text without its inline notes, which are given by start and end.

    >>> without_notes("It rained (laughter) all night.", [(10, 20)])
    'It rained   all night.'
    """
    for start, end in sorted(notes, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _plain(word: str) -> str:
    # Canonical decomposition only: the compatible one may turn one word into two.
    return "".join(sign for sign in normalize("NFD", word) if not combining(sign)) or word
