"""The line that says of a page's story on which programme and when it was on the air, and what stands around it.

Seen on abc.net.au, 2003 to 2012: the headline, `PM - Wednesday, 31 October , 2007  18:18:00`, `Reporter: Peta Ross`;
above it stand the programme's times and the others' names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from pipeline.read.dates import instant
from pipeline.records import Block, PrintedByline

_WITHIN = 60
"""Blocks: menus may stand above."""
_LINE = re.compile(
    r"(?P<program>[A-Z][\w' ]{0,30}) - (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, ?"
    r"(?P<day>\d{1,2} [A-Z][a-z]{2,8}) ?, ?(?P<year>\d{4}) (?P<time>\d\d:\d\d:\d\d)"
)
_REPORTER = re.compile(r"Reporters?: (?P<name>[^,:;/&]{3,60})")
_ZONE: tzinfo = ZoneInfo("Australia/Sydney")


@dataclass(frozen=True, slots=True)
class Broadcast:
    """What the line says, and the headline above it and the reporter below it."""

    headline_at: int
    program: str
    aired_at: datetime | None
    bylines: tuple[PrintedByline, ...]


def broadcast_of(blocks: Sequence[Block]) -> Broadcast | None:
    """The first such line of a page, if it stands below another.

    >>> lines = ("Rain in Perth", "The World Today - Friday, 25 November , 2005 12:46:07", "Reporter: Ana Diaz")
    >>> found = broadcast_of([Block(line) for line in lines])
    >>> found.program, found.aired_at.isoformat(), found.bylines[0].printed
    ('The World Today', '2005-11-25T12:46:07+11:00', 'Ana Diaz')
    """
    for place, block in enumerate(blocks[1:_WITHIN], 1):
        found = _LINE.fullmatch(block.text)
        if found is not None:
            below = _REPORTER.fullmatch(blocks[place + 1].text) if place + 1 < len(blocks) else None
            bylines = (PrintedByline(below["name"], role="reporter"),) if below is not None else ()
            aired_at = instant(f"{found['day']} {found['year']} {found['time']}", _ZONE)
            return Broadcast(place - 1, found["program"], aired_at, bylines)
    return None
