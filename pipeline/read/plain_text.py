"""The text of a page, as web crawls keep it: player chrome first, a title, paragraphs between blank lines.

What crawls lose matters here: HOST labels, cues and one-word replies that stood in paragraphs of their own are gone,
and two or more blank lines are their trace. So every block keeps how many blank lines stood before it.
"""

from collections.abc import Sequence

from pipeline.read.html import squeeze
from pipeline.records import Block, Page
from pipeline.transcribe.chrome import is_chrome, is_notice, is_rights
from pipeline.transcribe.cues import split_cues
from pipeline.transcribe.labels import find_label

NAME = "plain_text"
_LONGEST_TITLE = 200
_WRAP_WIDTH = 100
"""Characters: text whose lines are all shorter and mostly end inside a sentence was wrapped by a program."""


def read(text: str, url: str | None) -> Page:
    """Title and blocks of a page's text. The title is its first line that is no chrome, label, cue or notice."""
    blocks = _blocks(text)
    begin = next((index for index, block in enumerate(blocks) if not _is_furniture(block.text)), len(blocks))
    title = None
    if begin < len(blocks) and _is_title(blocks[begin].text):
        title = blocks[begin].text
        begin += 1
    while title is not None and begin < len(blocks) and blocks[begin].text == title:
        begin += 1  # npr.org prints the headline two or three times
    return Page(layout=NAME, url=url, canonical_url=None, title=title, blocks=tuple(blocks[begin:]))


def _blocks(text: str) -> list[Block]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_wrapped = _is_wrapped(lines)
    found: list[Block] = []
    blanks = 0
    for line in lines:
        squeezed = squeeze(line)
        if not squeezed:
            blanks += 1
        elif is_wrapped and blanks == 0 and found and find_label(squeezed) is None:
            found[-1] = Block(f"{found[-1].text} {squeezed}", found[-1].gap_before)
        else:
            found.append(Block(squeezed, blanks))
            blanks = 0
    return found


def _is_wrapped(lines: Sequence[str]) -> bool:
    full = [line.rstrip() for line in lines if len(line.strip()) > 40]
    if len(full) < 10 or max(map(len, full)) > _WRAP_WIDTH:
        return False
    return sum(line[-1] not in '.?!:"”)' for line in full) * 2 > len(full)


def _is_furniture(line: str) -> bool:
    return is_chrome(line) or is_rights(line) or is_notice(line)


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and find_label(line) is None and not split_cues(line)[0]
