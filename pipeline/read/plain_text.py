"""The text of a page, as web crawls keep it: player chrome first, a title, paragraphs between blank lines.

What crawls lose matters here: HOST labels, cues and one-word replies that stood in paragraphs of their own are gone,
and two or more blank lines are their trace. So every block keeps how many blank lines stood before it.
"""

import re
from collections.abc import Sequence

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
_WRAP_WIDTH = 100
"""Characters: text whose lines are all shorter and mostly end inside a sentence was wrapped by a program."""
# A headline has no full stop; what ends in one is speech, but for `... Luther King Jr.` and `... in the U.S.`
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bJr)(?<!\bSr)(?<!\bCalif)\.[\"”']?$")


def read(text: str, url: str | None) -> Page:
    """Title and blocks of a page's text. The title is its first line that is no chrome, label, cue or notice."""
    blocks = _blocks(text)
    begin = next((index for index, block in enumerate(blocks) if not _is_furniture(block.text)), len(blocks))
    title = _title([block.text for block in blocks[begin : begin + _TITLE_WITHIN]])
    kept = blocks[begin:] if title is None else _without(title, blocks[begin:])
    return Page(layout=NAME, url=url, canonical_url=None, title=title, blocks=tuple(kept), npr_id=npr_id_of(url))


def _title(lines: Sequence[str]) -> str | None:
    """The first line; or that of the next ones which it begins with: npr.org prints title and teaser in one line."""
    if not lines or _is_title(lines[0]):
        return lines[0] if lines else None
    return next((line for line in lines[1:] if _is_title(line) and lines[0].startswith(f"{line} ")), None)


def _without(title: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks below the title, which npr.org prints two or three times."""
    first = Block(blocks[0].text.removeprefix(title).strip(), blocks[0].gap_before)
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
    return find_label(line) is None and not split_cues(line)[0]
