"""Bylines above a transcript of which only the text was kept.

Seen: `By Daniel Estrin`, then the outlet and the age of the story on lines of their own (2024); `By`, names and commas
each on a line of its own (npr.org, 2024); `WUKY | By Josh James` (Grove, 2026); `Sabra Lane reported this story on
Thursday, October 29, 2009 12:10:00` (ABC).
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.records import Block, PrintedByline
from pipeline.transcribe.labels.label import find_label

_WITHIN = 20
"""Blocks above the first label."""
_LONGEST = 120
_NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|la|van|von|del)){1,4}"
_NAME_ALONE = re.compile(_NAME)
_BYLINE = re.compile(
    rf"(?:[A-Z][\w .&'’-]{{1,40}} \| )?By:? {_NAME}(?:,? (?:and|&) {_NAME}|, {_NAME}| ?/ ?[\w .'’-]{{2,40}})*"
)
_REPORTED = re.compile(rf"(?P<name>{_NAME}) reported this story on (?P<day>[^:]{{8,40}}(?::\d\d){{0,2}})")
_OUTLET = re.compile(r"(?:NPR|PRX|[KW][A-Z]{2,3})(?: News)?")
_MOST_NAMES = 8


def day_reported(line: str) -> str | None:
    """The day that a byline names: `Sabra Lane reported this story on Thursday, October 29, 2009 12:10:00`."""
    reported = _REPORTED.fullmatch(line)
    return reported["day"] if reported is not None else None


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
        reported = _REPORTED.fullmatch(line) if len(line) <= _LONGEST else None
        if reported is not None:
            yield PrintedByline(reported["name"], role="reporter")
        elif line in ("By", "By:"):
            yield from (PrintedByline(f"By {name}") for name in _names_below(lines[index + 1 :]))
        elif len(line) <= _LONGEST and _BYLINE.fullmatch(line):
            below = lines[index + 1] if index + 1 < len(lines) else ""
            yield PrintedByline(line, affiliation=below if _OUTLET.fullmatch(below) else None)


def _names_below(lines: Sequence[str]) -> Iterator[str]:
    """Names on lines of their own, with commas on lines between them."""
    is_due = True
    for line in lines[: 2 * _MOST_NAMES]:
        if is_due and _NAME_ALONE.fullmatch(line):
            yield line
        elif is_due or line not in (",", "and", "&", ", and"):
            return
        is_due = not is_due
