"""Whether a surname alone is somebody else's than the one whose label has it in full: two speakers may share it.

`EVGENY MARTIN: ...` - `MARTIN: Thank you, Evgeny.`: the host, whose own full label was lost.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from pipeline.transcribe.evidence.addressing import answers, calls
from pipeline.transcribe.evidence.introductions import self_introductions
from pipeline.transcribe.evidence.slips import is_one_slip_off
from pipeline.transcribe.names import Spellings, fold
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.short_forms import short_forms

_SHORTEST_SHORT_FORM = 3


def is_anothers(name: str, own: Iterable[str], speakers: Iterable[str]) -> bool:
    """Whether a label of his surname alone may not mean the one with this full name.

    `own` are the words behind such labels, in which nobody calls himself; `speakers` the full names with this surname
    that others give as their own, or bylines as they are printed.

    >>> is_anothers("Evgeny Martin", ["Thank you, Evgeny."], []), is_anothers("Evgeny Martin", ["It rains."], [])
    (True, False)
    >>> is_anothers("Evgeny Martin", [], ["Rachel Martin"]), is_anothers("Phil Reeves", [], ["Philip Reeves"])
    (True, False)
    """
    given = name.partition(" ")[0]
    if any(not any(_is_same(given, word) for word in other.split()[:-1]) for other in speakers):
        return True
    return any(answers(text, given) or calls(text, given) for text in own)


def _is_same(one: str, other: str) -> bool:
    """The same first name, one short for the other, or with a slip."""
    short, long = sorted((fold(one), fold(other)), key=len)
    is_short_form = len(short) >= _SHORTEST_SHORT_FORM and long.startswith(short)
    return short == long or is_short_form or is_one_slip_off(short, long) or long in short_forms(short)


class OwnNames:
    """The full names that those who speak on one page give as their own, or that bylines print."""

    def __init__(self, passages: Sequence[Passage], spellings: Spellings, bylines: Sequence[str]) -> None:
        self._passages = passages
        self._spellings = spellings
        self._bylines = bylines

    @cached_property
    def _folded(self) -> list[tuple[Passage, str]]:
        return [(passage, fold(passage.text)) for passage in self._passages if not passage.is_cue]

    def of_others(self, surname: str, tokens: Sequence[str]) -> Iterator[str]:
        """Those with this surname, folded, of others than who has the full name of these words for a label."""
        end = f" {surname}"
        if end not in self._spellings.folded:  # as on most pages
            return
        for passage, folded in self._folded:
            if end in folded and (not passage.label or passage.label.tokens != tokens):
                yield from (name for name, _ in self_introductions(passage.text) if fold(name).endswith(end))
        yield from (name for name in self._bylines if fold(name).endswith(end))
