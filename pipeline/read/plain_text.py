"""The text of a page, as web crawls keep it: player chrome first, a title, paragraphs between blank lines.

What crawls lose matters here: HOST labels, cues and one-word replies that stood in paragraphs of their own are gone,
and two or more blank lines are their trace. So every block keeps how many blank lines stood before it.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from pipeline.read.dates import instant
from pipeline.read.npr_ids import npr_id_of
from pipeline.read.paragraphs import squeeze
from pipeline.records import Block, Page
from pipeline.transcribe.chrome import is_chrome, is_notice, is_rights
from pipeline.transcribe.cues import split_cues
from pipeline.transcribe.labels import find_label

NAME = "plain_text"
_LONGEST_TITLE = 200
_TITLE_WITHIN = 8
"""Lines in which the headline is printed again."""
_PLAYER_WITHIN = 30
_PLAYER_ENDS = "available on air stations"
_FEWEST_SLUG_WORDS = 3
_WORD = re.compile(r"[a-z0-9]+")
# ` date 2019-03-22 RACHEL MARTIN, HOST:`: a crawler's own day before the page's first line.
_CRAWLED = re.compile(r"^date \d{4}-\d\d(?:-\d\d)? (?=\S)")
_WRAP_WIDTH = 100
"""Characters: text whose lines are all shorter and mostly end inside a sentence was wrapped by a program."""
# A headline has no full stop; what ends in one is speech, but for `... Luther King Jr.` and `... in the U.S.`
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bJr)(?<!\bSr)(?<!\bCalif)\.[\"”']?$")


def read(text: str, url: str | None) -> Page:
    """Title and blocks of a page's text. The title is its first line that is no chrome, label, cue or notice."""
    blocks = _blocks(text)
    begin = _below_player(blocks)
    begin += next((index for index, block in enumerate(blocks[begin:]) if not _is_furniture(block.text)), len(blocks))
    first = [_CRAWLED.sub("", block.text).removeprefix("< ") for block in blocks[begin : begin + _TITLE_WITHIN]]
    title = _title(first, _slug(url))
    kept = blocks[begin:] if title is None else _without(title, blocks[begin:])
    return Page(layout=NAME, url=url, canonical_url=None, title=title, blocks=tuple(kept), npr_id=npr_id_of(url))


def _below_player(blocks: Sequence[Block]) -> int:
    """The first block below a station's live player: what stands above it are addresses, frequencies and slogans."""
    for index, block in enumerate(blocks[:_PLAYER_WITHIN]):
        if block.text.casefold() == _PLAYER_ENDS:
            return index + 1
        if find_label(block.text) is not None:
            break
    return 0


def _slug(url: str | None) -> frozenset[str]:
    """The words of an address's last part, which most systems make of the headline."""
    words = _WORD.findall(urlsplit(url or "").path.rstrip("/").rpartition("/")[2].lower())
    return frozenset(words) if len(words) >= _FEWEST_SLUG_WORDS else frozenset()


def _title(lines: Sequence[str], slug: frozenset[str]) -> str | None:
    """The line that the address repeats; else the first one, or that of the next ones which it begins with.

    npr.org prints title and teaser in one line, and stations the section or an appeal above the headline.
    """
    for line in lines:
        words = _WORD.findall(line.lower().replace("'", "").replace("’", ""))
        if (
            slug
            and words
            and _is_title(line)
            and sum(word in slug for word in words) * 5 >= 3 * max(len(words), len(slug))
        ):
            return line
    if not lines:
        return None
    printed_again = next((line for line in lines[1:] if _is_title(line) and lines[0].startswith(f"{line} ")), None)
    return printed_again or (lines[0] if _is_title(lines[0]) else None)


def _without(title: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks below the title, which npr.org prints two or three times."""
    first = Block(_CRAWLED.sub("", blocks[0].text).removeprefix("< ").removeprefix(title).strip(), blocks[0].gap_before)
    others = (block for index, block in enumerate(blocks[1:], 1) if index >= _TITLE_WITHIN or block.text != title)
    return [block for block in (first, *others) if block.text]


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


def _is_title(line: str) -> bool:
    if len(line) > _LONGEST_TITLE or _SENTENCE_END.search(line):
        return False
    return find_label(line) is None and not split_cues(line)[0] and instant(line) is None
