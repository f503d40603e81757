"""Times that a transcript prints: `Speaker 1: 00:00:04`, `Nick Capodice [00:00:07]`, `Speaker 1 (00:05):`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CLOCK = r"[\[(]?(?P<clock>(?:\d{1,2}:)?\d{1,2}:\d{2}(?:\.\d{1,3})?)(?!\d|:\d)[\])]?"
_STAMPED = re.compile(rf"(?P<head>\??[^\W\d_][^:\[(]{{0,60}}?) ?(?P<colon>:?) ?{_CLOCK}(?! ?[ap]\.?m):? ?")
_STAMP_ALONE = re.compile(rf"{_CLOCK}:? ?")
# Machines put their next speaker anywhere, even inside a sentence.
_MACHINE = re.compile(rf"(?<!\S)\??(?:Unknown )?Speaker(?: \d{{1,3}})?: {_CLOCK}")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A label's words, when it begins, and where the speech begins in the paragraph."""

    head: str
    seconds: float
    end: int


def find_stamp(paragraph: str) -> Stamp | None:
    """The stamped label that a paragraph begins with; None where it has none. `3:09 p.m. on Friday` is no stamp.

    >>> find_stamp("Nick Capodice [00:00:07] I'm Nick.").seconds
    7.0
    """
    found = _STAMPED.match(paragraph)
    if found is None:
        return None
    is_bracketed = paragraph[found.start("clock") - 1] in "[("
    if not is_bracketed and (not found["colon"] or (found["clock"].count(":") < 2 and "Speaker" not in found["head"])):
        return None  # «Friday 6:30» and «Breakfast: 9:00» are times of day
    return Stamp(found["head"], _seconds(found["clock"]), found.end())


def cut_stamp(paragraph: str) -> tuple[float | None, str]:
    """The time in brackets that a paragraph begins with, and the rest: `(00:28): United States` goes on speaking."""
    if paragraph[:1] not in ("(", "["):
        return None, paragraph
    found = _STAMP_ALONE.match(paragraph)
    return (_seconds(found["clock"]), paragraph[found.end() :]) if found else (None, paragraph)


def machine_breaks(paragraph: str) -> Iterator[int]:
    """Where a machine's next stamped speaker begins inside a paragraph."""
    if "Speaker" in paragraph:
        yield from (found.start() for found in _MACHINE.finditer(paragraph) if found.start())


def _seconds(clock: str) -> float:
    total = 0.0
    for part in clock.split(":"):
        total = total * 60 + float(part)
    return total
