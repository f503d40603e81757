"""Labels that a program parted at the paragraphs that it made before each colon: name, then role or surname.

    AILSA CHANG,                        HOST: Today it rains.
    It holds.DREW HAWKINS,              BYLINE: Hi.
    It holds.JAMES                      DAVIS: It is hard.

The left column ends a paragraph, the right one begins the next. A page does so where a role follows a name and a comma.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.records import Block

_ROLES = ("HOST: ", "BYLINE: ", "ANCHOR: ")
_SURNAME = re.compile(r"[A-Z][A-Z'’-]+: ")
_SENTENCE_ENDS = '.?!)]"”'
_LONGEST_NAME = 60


def with_whole_labels(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks of a page that parts names from roles, each label whole and at the beginning of its paragraph.

    >>> [block.text for block in with_whole_labels([Block("ANA DIAZ,"), Block("HOST: It rains.JO"), Block("FOX: No.")])]
    ['ANA DIAZ, HOST: It rains.', 'JO FOX: No.']
    """
    if not any(_parted(former.text, block.text) for former, block in pairwise(blocks) if block.text.startswith(_ROLES)):
        return blocks
    found: list[Block] = []
    for block in blocks:
        former = found[-1].text if found else ""
        name = _parted(former, block.text)
        if not name:
            found.append(block)
            continue
        rest = former.removesuffix(name).rstrip()
        found[-1:] = [replace(found[-1], text=rest)] if rest else []
        found.append(replace(block, text=f"{name} {block.text}", gap_before=1))
    return found


def _parted(former: str, text: str) -> str:
    """What of a label stands at the end of the paragraph before it: a name with its comma, or glued given names."""
    name = _name_at_end(former)
    if text.startswith(_ROLES):
        return name if name.endswith(",") else ""
    is_glued = name != former and not name.endswith(",")
    return name if is_glued and _SURNAME.match(text) else ""


def _name_at_end(text: str) -> str:
    """The words in capitals at a paragraph's end, where they are all of it or right behind a sentence's end.

    >>> _name_at_end("It holds.DREW HAWKINS,"), _name_at_end("He works for the BBC")
    ('DREW HAWKINS,', '')
    """
    if len(text) > _LONGEST_NAME:
        text = text[-_LONGEST_NAME:].partition(" ")[2]
    place = len(text)
    for word in reversed(text.split(" ")):
        glued = max(map(word.removesuffix(",").rfind, _SENTENCE_ENDS)) + 1
        if glued and word[glued:].isupper():
            return text[place - len(word) + glued :]
        if not word.isupper():
            return ""
        place -= len(word) + 1
    return text
