"""Bylines above a transcript of which only the text was kept.

Seen: `By Daniel Estrin`, then the outlet and the age of the story on lines of their own (2024); `By`, names and commas
each on a line of its own (npr.org, 2024); `WUKY | By Josh James` (Grove, 2026); `By Ann Poe & Ed Hale • Mar 20, 2016`
(Core Publisher); `By Ann Poe, NPR`; `Sabra Lane reported this story on Thursday, October 29, 2009 12:10:00` (ABC).
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.read.dates import instant
from pipeline.records import Block, PrintedByline
from pipeline.transcribe.labels.label import find_label
from pipeline.transcribe.vocabulary import PARTICLES

_WITHIN = 20
"""Blocks above the first label."""
_LONGEST = 120
_BY = re.compile(r"(?:(?P<outlet>[A-Z][\w .&'’-]{1,40}) \| )?(?:By|by|BY)(?: ?: ?| )(?P<rest>\S.*)")
_BEGINS = ("By", "by", "BY")
_OUTLETS_BAR = " | "
"""Without either no line is a byline: a quick look."""
_BEHIND = re.compile(r" (?:[•·|]|on(?= [A-Z][a-z]{2,8}\.? \d)) ")
"""What stands between names and a day, or an outlet: `By Ann Poe on March 20, 2016`, `By Ann Poe | KUNX`."""
_FACT = re.compile(r"[\w .'’&-]{2,40}")
_SEPARATOR = re.compile(r", and |, & |, | and | & ")
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "NPR"))
"""What stands behind a comma and is no name: `By Ed Hale, Jr.`, `By Ed Hale, NPR`."""
_MOST_WORDS = 5
_REPORTED = re.compile(r"(?P<name>[^,:]{3,60}) reported this story on (?P<day>[^:]{8,40}(?::\d\d){0,2})")
_OUTLET = re.compile(r"(?:NPR|PRX|[KW][A-Z]{2,3})(?: News)?")
_MOST_NAMES = 8


class ReadByline(NamedTuple):
    """A line that is a byline, and the day behind its names."""

    byline: PrintedByline
    day: str | None


def day_of_byline(line: str) -> str | None:
    """The day that a byline names.

    >>> day_of_byline("By Ann Poe • Mar 20, 2016"), day_of_byline("By Ann Poe")
    ('Mar 20, 2016', None)
    """
    read = byline_of(line)
    return read.day if read is not None else None


def bylines_above(blocks: Sequence[Block]) -> tuple[PrintedByline, ...]:
    """The bylines in the lines above the first label, each with the outlet that stands alone below it."""
    return tuple(_bylines([block.text for block in _above_labels(blocks)]))


def _above_labels(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks[:_WITHIN]:
        if find_label(block.text) is not None:
            return
        yield block


def _bylines(lines: Sequence[str]) -> Iterator[PrintedByline]:
    for index, line in enumerate(lines):
        below = lines[index + 1 :]
        if line in ("By", "By:"):
            yield from (PrintedByline(f"By {name}") for name in _names_below(below))
        elif (read := byline_of(line)) is not None:
            outlet = below[0] if below and _OUTLET.fullmatch(below[0]) else None
            yield PrintedByline(read.byline.printed, read.byline.role, read.byline.affiliation or outlet)
            if below and below[0].startswith(", "):
                others = [below[0].removeprefix(", "), *below[1:]]
                yield from (PrintedByline(f"By {name}") for name in _names_below(others))


def byline_of(line: str) -> ReadByline | None:
    """A line as a byline; None unless each part of it may be one of a byline's.

    >>> byline_of("KUNX | By Ann Poe, Ed van der Berg and Cy Roe").byline.affiliation
    'KUNX'
    >>> byline_of("By Friday, the town was dry"), byline_of("By the River")
    (None, None)
    """
    if len(line) > _LONGEST:
        return None
    reported = _REPORTED.fullmatch(line) if " reported this story on " in line else None
    if reported is not None and _is_name(reported["name"]):
        return ReadByline(PrintedByline(reported["name"], role="reporter"), reported["day"])
    found = _BY.fullmatch(line) if line.startswith(_BEGINS) or _OUTLETS_BAR in line else None
    if found is None:
        return None
    outlet, day, printed = found["outlet"], None, line
    names, *behind = _BEHIND.split(found["rest"], 1)
    if behind:
        printed = f"By {names}"
        day = behind[0] if instant(behind[0]) is not None else None
        outlet = outlet if day is not None else behind[0]
        if day is None and _OUTLET.fullmatch(behind[0]) is None:
            return None
    elif names.endswith(")"):
        names, _, outlet = names[:-1].partition(" (")
        printed = f"By {names}"
    names, *facts = re.split(" ?/ ?", names)
    if not _are_names(names) or not all(map(_FACT.fullmatch, facts)):
        return None
    return ReadByline(PrintedByline(printed, affiliation=outlet), day)


def _are_names(names: str) -> bool:
    first, *others = _SEPARATOR.split(names)
    return _is_name(first) and all(name in _SUFFIXES or _OUTLET.fullmatch(name) or _is_name(name) for name in others)


def _is_name(name: str) -> bool:
    """Two words to five, each with a capital but for particles: `María de la Peña`, `Associated Press`."""
    words = name.split(" ")
    return (
        1 < len(words) <= _MOST_WORDS
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and all(word[0].isupper() for word in (words[0], words[-1]))
        and all(word[0].isupper() or word in PARTICLES for word in words)
    )


def _names_below(lines: Sequence[str]) -> Iterator[str]:
    """Names on lines of their own, with commas on lines between them."""
    is_due = True
    for line in lines[: 2 * _MOST_NAMES]:
        if is_due and _is_name(line):
            yield line
        elif is_due or line not in (",", "and", "&", ", and"):
            return
        is_due = not is_due
