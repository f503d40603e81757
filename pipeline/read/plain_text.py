"""The text of a page, as web crawls keep it: player chrome first, a title, paragraphs between blank lines.

What crawls lose matters here: HOST labels, cues and one-word replies that stood in paragraphs of their own are gone,
and two or more blank lines are their trace. So every block keeps how many blank lines stood before it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.errors import PageRejected
from pipeline.read.dates import instant
from pipeline.read.headline import (
    HEADLINE_WITHIN,
    below_player,
    headline_of,
    teaser_below_buttons,
    without_headline,
)
from pipeline.read.npr_ids import npr_id_of
from pipeline.read.paragraphs import squeeze
from pipeline.records import NOT_A_TRANSCRIPT, Block, Page
from pipeline.transcribe.chrome import is_chrome, is_notice, is_rights
from pipeline.transcribe.cues import split_cues
from pipeline.transcribe.labels import find_label

NAME = "plain_text"
_LISTING = re.compile(r"/(?:people|staff|terms?|tags?|topics?|programs|npr-feeds)/[^/?]+/?(?:\?|$)|[?&]page=\d")
_CLOCK = re.compile(r"(?:[•*·] *)?\d{1,2}:\d{2}:\d{2}")
_GLUED = re.compile(r"[A-Z][A-Z.'’ -]{0,58}[A-Z](?=[A-Z][a-z'’]|[AI] |\.\.\.|[\"“(])")
_FEWEST_GLUED = 2
_DATED_WITHIN = 20
_LONGEST_DATE = 60
_WRAP_WIDTH = 100
"""Characters: text whose lines are all shorter and mostly end inside a sentence was wrapped by a program."""


def read(text: str, url: str | None) -> Page:
    """Title and blocks of a page's text. The title is its first line that is no chrome, label, cue or notice.

    Raises:
        PageRejected: by its address it is a list of stories, of a person or a subject, whatever its text looks like.
    """
    if _LISTING.search(url or ""):
        raise PageRejected(NOT_A_TRANSCRIPT, "a listing of stories, by its address")
    blocks = _unglued(_blocks(text))
    begin = below_player(blocks)
    above = begin
    begin += next((index for index, block in enumerate(blocks[begin:]) if not _is_furniture(block.text)), len(blocks))
    title = headline_of([block.text for block in blocks[begin : begin + HEADLINE_WITHIN]], url)
    kept = blocks[begin:] if title is None else without_headline(title, blocks[begin:])
    teaser = teaser_below_buttons(kept)
    if teaser is not None:
        kept = [block for block in kept if block.text != teaser]
    return Page(
        layout=NAME,
        url=url,
        canonical_url=None,
        title=title,
        blocks=tuple(kept),
        npr_id=npr_id_of(url),
        teaser=teaser,
        rights=next((block.text for block in blocks[above:begin] if is_rights(block.text)), None),
        published_at=_published_at(kept),
    )


def _published_at(blocks: Sequence[Block]) -> datetime | None:
    """The first date in a line of its own above the first label: `Oct 28, 2016`, `Sunday, 18 February 2007`."""
    for block in blocks[:_DATED_WITHIN]:
        if find_label(block.text) is not None:
            break
        found = instant(block.text) if len(block.text) <= _LONGEST_DATE else None
        if found is not None:
            return found
    return None


def _unglued(blocks: Sequence[Block]) -> list[Block]:
    """The paragraphs below clocks of their own, with the colon that their labels lost, and without the clocks.

    WAMU's pages (The Kojo Nnamdi Show, The Diane Rehm Show, 2010 to 2021) print `• 12:36:22`, then `MS. RUND
    ABDELFATAHThank you.`: label and speech are elements of their own, and a crawler's text knows neither.
    """
    clocks = {index for index, block in enumerate(blocks) if _CLOCK.fullmatch(block.text)}
    found = [(index - 1 in clocks and _GLUED.match(block.text)) or None for index, block in enumerate(blocks)]
    if sum(map(bool, found)) < _FEWEST_GLUED:
        return list(blocks)
    first = min(clocks)
    return [
        # Above the first clock stand guests and pictures: nothing that was said is missing there.
        replace(block, text=f"{label[0]}: {block.text[label.end() :]}" if label else block.text, gap_before=1)
        if label or index < first
        else block
        for index, (block, label) in enumerate(zip(blocks, found, strict=True))
        if index not in clocks
    ]


def _blocks(text: str) -> list[Block]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_wrapped = _is_wrapped(lines)
    found: list[Block] = []
    blanks = 0
    for line in lines:
        squeezed = squeeze(line)
        if not squeezed:
            blanks += 1
        elif is_wrapped and blanks == 0 and found and not _begins_anew(found[-1].text, squeezed):
            found[-1] = Block(f"{found[-1].text} {squeezed}", found[-1].gap_before)
        else:
            found.append(Block(squeezed, blanks))
            blanks = 0
    return found


def _begins_anew(former: str, line: str) -> bool:
    """A label or a cue begins a paragraph of its own, and a cue ends one."""
    return find_label(line) is not None or bool(split_cues(line)[0]) or not split_cues(former)[1]


def _is_wrapped(lines: Sequence[str]) -> bool:
    full = [line.rstrip() for line in lines if len(line.strip()) > 40]
    if len(full) < 10 or max(map(len, full)) > _WRAP_WIDTH:
        return False
    return sum(line[-1] not in '.?!:"”)' for line in full) * 2 > len(full)


def _is_furniture(line: str) -> bool:
    return is_chrome(line) or is_rights(line) or is_notice(line)
