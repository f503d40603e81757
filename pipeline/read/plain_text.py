"""The text of a page, as web crawls keep it: player chrome first, a title, paragraphs between blank lines.

What crawls lose matters here: HOST labels, cues and one-word replies that stood in paragraphs of their own are gone,
and two or more blank lines are their trace. So every block keeps how many blank lines stood before it.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.errors import PageRejected
from pipeline.read.broadcast_line import broadcast_of
from pipeline.read.captions import caption_blocks, is_captions
from pipeline.read.dates import instant, published_and_updated
from pipeline.read.front_matter import front_matter
from pipeline.read.headline import (
    HEADLINE_WITHIN,
    bare_headline,
    below_player,
    headline_of,
    teaser_below_buttons,
    without_headline,
)
from pipeline.read.npr_ids import npr_id_of
from pipeline.read.paragraphs import squeeze
from pipeline.read.parted_labels import with_labels_of_lines, with_whole_labels
from pipeline.read.site_names import without_site_name
from pipeline.read.text_bylines import bylines_above, day_of_byline
from pipeline.records import NOT_A_TRANSCRIPT, Block, Page, PrintedByline
from pipeline.transcribe.cues import split_cues
from pipeline.transcribe.labels.label import find_label
from pipeline.transcribe.script.chrome import is_chrome
from pipeline.transcribe.script.notices import is_notice, is_rights

NAME = "plain_text"
_LISTING = re.compile(
    r"/(?:people|staff|terms?|tags?|topics?|programs|npr-feeds)/[^/?]+/?(?:\?|$)"
    r"|^(?!https?://[^?]*/(?:posts?|story|stories|transcripts|\d{4}-\d\d-\d\d)/).*[?&]page=\d"
)
"""A story's own address may end in `?page=2`: its comments, or a list beside it, go on there."""
_CLOCK = re.compile(r"(?:[•*·] *)?\d{1,2}:\d{2}:\d{2}")
_HEARD_ON = re.compile(r"Heard on ([A-Z].{2,60})")
_STARTING_POINT = re.compile(r"Starting point is (\d{1,2}):(\d{2}):(\d{2})")
_GLUED = re.compile(r"[A-Z][A-Z.'’ -]{0,58}[A-Z](?=[A-Z][a-z'’]|[AI] |\.\.\.|[\"“(])")
_FEWEST_GLUED = 2
_DATED_WITHIN = 20
_LONGEST_DATE = 120
_SEPARATOR = "</s>"
"""How data sets of transcripts part paragraphs."""
_QUOTED = "> "
_ENTITY = re.compile(
    r"&(?:#\d{2,5}|#x[0-9a-fA-F]{2,4}|quot|amp|apos|nbsp|[lr][sd]quo|[mn]dash|hellip"
    r"|[a-zA-Z]{1,2}(?:acute|grave|circ|uml|tilde|cedil));"
)
"""Marks and letters as HTML writes them, which somebody who took the text out of a page left as they were."""
_LOST_GAP = 2
"""Blank lines, the trace of a paragraph that an extractor lost."""
_FEWEST_GAPS = 8
_FEWEST_WIDE = 5
"""Of so many gaps of a transcript one may be narrow: where nearly all are wide, they are the page's own."""
_WRAP_WIDTH = 100
"""Characters: text whose lines are all shorter and mostly end inside a sentence was wrapped by a program."""


def read(text: str, url: str | None) -> Page:
    """Title and blocks of a page's text. The title is its first line that is no chrome, label, cue or notice.

    Raises:
        PageRejected: by its address it is a list of stories, of a person or a subject, whatever its text looks like.
    """
    if _LISTING.search(url or ""):
        raise PageRejected(NOT_A_TRANSCRIPT, "a listing of stories, by its address")
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    text = _plain_paragraphs(text)
    if is_captions(text):
        captions = tuple(caption_blocks(text))
        return Page(NAME, url, None, None, captions, has_container=any(block.speaker for block in captions))
    facts = front_matter(text)
    blocks = _unglued(with_whole_labels(with_labels_of_lines(_blocks(text))))
    begin = above = below_player(blocks)
    begin += next((index for index, block in enumerate(blocks[begin:]) if not _is_furniture(block.text)), len(blocks))
    broadcast = broadcast_of(blocks)
    if broadcast is not None:
        begin = broadcast.headline_at
    title = facts.get("title") or headline_of([block.text for block in blocks[begin : begin + HEADLINE_WITHIN]], url)
    kept = blocks[begin:] if title is None else without_headline(title, blocks[begin:], is_below_player=above > 0)
    teaser = teaser_below_buttons(kept) or facts.get("teaser")
    if teaser is not None:
        kept = [block for block in kept if block.text != teaser]
    published_at, updated_at = _times(blocks[begin:])
    published_at = instant(facts.get("date")) or (broadcast and broadcast.aired_at) or published_at
    printed = bylines_above(kept) or (broadcast.bylines if broadcast is not None else ())
    if not printed and " " in facts.get("author", ""):  # `author: Producer` is nobody
        printed = (PrintedByline(facts["author"]),)
    return Page(
        layout=NAME,
        url=url,
        canonical_url=None,
        title=title and without_site_name(bare_headline(title), url),
        blocks=tuple(kept),
        npr_id=npr_id_of(url),
        teaser=teaser,
        rights=next((block.text for block in blocks[above:begin] if is_rights(block.text)), None),
        published_at=published_at,
        updated_at=updated_at,
        program=facts.get("program")
        or (broadcast and broadcast.program)
        or next((heard[1] for block in kept if (heard := _HEARD_ON.fullmatch(block.text))), None),
        bylines=printed,
    )


def _plain_paragraphs(text: str) -> str:
    r"""A text without what data sets put between paragraphs, and mails before each line.

    >>> _plain_paragraphs("ANA DIAZ: It rains.</s>ED HALE: It does."), _plain_paragraphs("> It rains.\n>\n> Ah.")
    ('ANA DIAZ: It rains.\n\nED HALE: It does.', 'It rains.\n\nAh.')
    """
    if _SEPARATOR in text:
        text = "\n\n".join(map(str.strip, text.split(_SEPARATOR)))
    if text.startswith(_QUOTED):
        lines = text.split("\n")
        if all(line.startswith(">") or not line.strip() for line in lines):
            return "\n".join(line[1:].removeprefix(" ") for line in lines)
    return text


def _times(blocks: Sequence[Block]) -> tuple[datetime | None, datetime | None]:
    """The first date in a line of its own above the first label: `Oct 28, 2016`; and that of its update, if any."""
    for block in blocks[:_DATED_WITHIN]:
        if find_label(block.text) is not None:
            break
        if len(block.text) <= _LONGEST_DATE:
            published_at, updated_at = published_and_updated(day_of_byline(block.text) or block.text)
            if published_at is not None:
                return published_at, updated_at
    return None, None


def _unglued(blocks: Sequence[Block]) -> list[Block]:
    """The paragraphs below clocks of their own, with the colon that their labels lost, and without the clocks.

    WAMU's pages (The Kojo Nnamdi Show, The Diane Rehm Show, 2010 to 2021) print `• 12:36:22`, then `MS. RUND
    ABDELFATAHThank you.`: label and speech are elements of their own, and a crawler's text knows neither.
    """
    clocks = {index for index, block in enumerate(blocks) if _CLOCK.fullmatch(block.text)}
    if len(clocks) < _FEWEST_GLUED:
        return list(blocks)
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
    start: float | None = None
    for line in lines:
        squeezed = squeeze(line) if line else ""
        if not squeezed:
            blanks += 1
        elif is_wrapped and blanks == 0 and found and not _begins_anew(found[-1].text, squeezed):
            found[-1] = Block(f"{found[-1].text} {squeezed}", found[-1].gap_before)
        else:
            seconds, squeezed = _cut_starting_point(squeezed)
            start = seconds if seconds is not None else start
            if squeezed:
                found.append(Block(squeezed, blanks, start_seconds=start))
                blanks, start = 0, None
    return _with_usual_gaps(found)


def _with_usual_gaps(blocks: list[Block]) -> list[Block]:
    """The blocks, with one blank line where a page parts the paragraphs of its transcript by two: nothing is lost."""
    first = next((index for index, block in enumerate(blocks) if find_label(block.text) is not None), len(blocks))
    gaps = [block.gap_before for block in blocks[first + 1 :]]
    narrow = sum(gap < _LOST_GAP for gap in gaps)
    if len(gaps) < _FEWEST_GAPS or narrow * _FEWEST_WIDE > len(gaps) or gaps.count(_LOST_GAP) * 2 < len(gaps):
        return blocks
    return [replace(block, gap_before=max(block.gap_before - 1, min(block.gap_before, 1))) for block in blocks]


def _cut_starting_point(line: str) -> tuple[float | None, str]:
    """When an aggregator says that a line, or the next one, begins: `Starting point is 00:00:27`; and the rest."""
    point = _STARTING_POINT.match(line) if line.startswith("Starting point") else None
    if point is None:
        return None, line
    hours, minutes, seconds = map(int, point.groups())
    return float(hours * 3600 + minutes * 60 + seconds), line[point.end() :].strip()


def _begins_anew(former: str, line: str) -> bool:
    """A label or a cue begins a paragraph of its own, and a cue ends one."""
    return find_label(line) is not None or bool(split_cues(line)[0]) or not split_cues(former)[1]


def _is_wrapped(lines: Sequence[str]) -> bool:
    full = [line.rstrip() for line in lines if len(line) > 40 and len(line.strip()) > 40]
    if len(full) < 10 or max(map(len, full)) > _WRAP_WIDTH:
        return False
    return sum(line[-1] not in '.?!:"”)' for line in full) * 2 > len(full)


def _is_furniture(line: str) -> bool:
    return is_chrome(line) or is_rights(line) or is_notice(line)
