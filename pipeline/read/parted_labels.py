"""Labels that a program parted at the paragraphs that it made before each colon: name, then role or surname.

    AILSA CHANG,                        HOST: Today it rains.
    It holds.DREW HAWKINS,              BYLINE: Hi.
    It holds.JAMES                      DAVIS: It is hard.

The left column ends a paragraph, the right one begins the next. A page does so where a role follows a name and a comma.

Text may also break a label at each of its blanks, within one paragraph:

    JO
    FOX,
    HOST: Today it rains.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.records import Block
from pipeline.transcribe.census import census_given
from pipeline.transcribe.labels.label import Label, find_label
from pipeline.transcribe.labels.label_words import is_caps
from pipeline.transcribe.names import fold
from pipeline.transcribe.vocabulary import NEVER_NAMES

_ROLES = ("HOST: ", "BYLINE: ", "ANCHOR: ")
_SURNAME = re.compile(r"[A-Z][A-Z'’-]+: ")
_MOST_NAMES = 200
"""Of broken labels that are looked for: no programme has so many voices."""
_FEWEST_SURE = 2
"""Broken labels, of a text that breaks them all."""
_SENTENCE_ENDS = '.?!)]"”'
_LONGEST_NAME = 60
_LONGEST_LINE = 30
_LONGEST_PART = 200
_FEW_OF = 8
_LONG_LABEL = re.compile(r"(?:[A-Z][a-z]{1,14}\.? ?){1,4}(?:[A-Z][A-Z.'’-]|$)")
"""An honorific or an office, then the name's first word in capitals, if it stands in the same line."""
_MOST_LINES = 4
"""Above the one in which the words begin: given names, a surname of two words."""


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


def with_labels_of_lines(blocks: Sequence[Block]) -> Sequence[Block]:
    """The lines of a text whose labels are broken over several, each label whole.

    Sure is a name that the text has elsewhere in one piece, or that begins with a first name; of a text that has two
    such, or whose paragraphs all stand apart, all are that begin a paragraph. A heading in capitals stands right above
    many a label.

    >>> page = [Block("JO"), Block("FOX,", 0), Block("HOST: It rains.", 0), Block("RAIN"), Block("ANA: It does.", 0)]
    >>> [block.text for block in with_labels_of_lines(page)]
    ['JO FOX, HOST: It rains.', 'RAIN', 'ANA: It does.']
    """
    blocks = _with_long_labels(blocks)
    if not any(block.gap_before == 0 and _is_part(former.text) for former, block in pairwise(blocks)):
        return blocks
    text = fold("\n".join(block.text for block in blocks))
    known: dict[str, bool] = {}

    is_apart = _has_blank_lines(blocks)

    def is_sure(label: Label) -> bool:
        """Whether a label is of nobody known, or a full name with a first name, or one that the text has."""
        if not label.is_named or len(label.tokens) == 1:
            return label.printed.startswith("UNIDENTIFIED")
        name = fold(" ".join(label.tokens))
        if name not in known and len(known) < _MOST_NAMES:
            known[name] = name.partition(" ")[0] in census_given() or name in text
        return known.get(name, False)

    whole = (label for block in blocks if block.gap_before and (label := find_label(block.text)) is not None)
    others = {token for label in whole if len(label.tokens) > 1 for token in label.tokens}

    def is_one(label: Label, alone: Label | None) -> bool:
        """Whether what stands above is an office, or a given name above a surname that is nobody else's."""
        if alone is None or not is_apart:
            return False
        return alone.tokens == label.tokens or (len(alone.tokens) == 1 and alone.tokens[0] not in others)

    found = _joined(
        blocks, lambda label, first, alone: is_sure(label) or (first.gap_before > 0 and is_one(label, alone))
    )
    labels = len({block.text for block in found} - {block.text for block in blocks})
    if labels < _FEWEST_SURE:
        return found
    return _joined(blocks, lambda label, first, _: first.gap_before > 0 or is_sure(label))


def _has_blank_lines(blocks: Sequence[Block]) -> bool:
    """Whether blank lines part nearly all paragraphs below the first label, so that two lines without one are one."""
    first = next((index for index, block in enumerate(blocks) if find_label(block.text) is not None), len(blocks))
    joined = sum(block.gap_before == 0 for block in blocks[first + 1 :])
    return joined * _FEW_OF <= len(blocks) - first >= _FEW_OF


def _with_long_labels(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with each label in one that is broken behind its honorific or office, or in its parentheses.

    >>> page = [Block("Mr. ED"), Block('HALE (Baker, "Crumb: A', 0), Block('Life"): It rains.', 0)]
    >>> [block.text for block in _with_long_labels(page)]
    ['Mr. ED HALE (Baker, "Crumb: A Life"): It rains.']
    """
    if not any(block.gap_before == 0 and _begins_long_label(former.text) for former, block in pairwise(blocks)):
        return blocks
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        for lines in range(1, min(_MOST_LINES, len(found))):
            if found[-lines].gap_before > 0:
                break
            first = found[-lines - 1]
            if _begins_long_label(first.text):
                whole = " ".join(one.text for one in found[-lines - 1 :])
                label = find_label(whole)
                if label is not None and label.end > len(whole) - len(block.text):
                    found[-lines - 1 :] = [replace(first, text=whole)]
                break
    return found


def _begins_long_label(line: str) -> bool:
    """Whether a line may be the beginning of a label with an honorific or an office, and no more."""
    return (
        len(line) <= _LONGEST_PART
        and _LONG_LABEL.match(line) is not None
        and ("): " not in line and not line.endswith("):"))
    )


def _joined(blocks: Sequence[Block], is_sure: Callable[[Label, Block, Label | None], bool]) -> list[Block]:
    """The blocks, with the lines of each label that is sure in one."""
    found: list[Block] = []
    whole_labels = {
        label.printed
        for block in blocks
        if block.gap_before and (label := find_label(block.text)) is not None and len(label.tokens) > 1
    }
    for block in blocks:
        found.append(block)
        alone = find_label(block.text) if ":" in block.text else None
        if alone is not None and alone.printed in whole_labels:
            continue  # a heading in capitals stands above it: `JACKSON` above `ED ROE: It rains.`
        for lines in range(_lines_above(found), 0, -1):
            whole = " ".join(one.text for one in found[-lines - 1 :])
            label = find_label(whole)
            if label is None or label.end <= len(whole) - len(block.text):
                continue
            is_rest = alone is not None and alone.role is not None and len(alone.tokens) == 1  # `HALE, BYLINE:`
            if is_rest or is_sure(label, found[-lines - 1], alone):
                found[-lines - 1 :] = [replace(block, text=whole, gap_before=found[-lines - 1].gap_before)]
                break
    return found


def _lines_above(found: Sequence[Block]) -> int:
    """How many lines right above the last one may be parts of a label that ends in it."""
    lines = 0
    while lines < min(_MOST_LINES, len(found) - 1) and found[-lines - 1].gap_before == 0:
        if not _is_part(found[-lines - 2].text) or ":" not in found[-1].text:
            break
        lines += 1
    return lines


def _is_part(line: str) -> bool:
    """Whether a line is nothing but words of a name, in capitals."""
    words = line.removesuffix(",").split() if len(line) <= _LONGEST_LINE and line.isupper() else []
    return bool(words) and all(map(is_caps, words)) and NEVER_NAMES.isdisjoint(words)


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
