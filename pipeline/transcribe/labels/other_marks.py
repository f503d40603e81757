"""Labels that a page marks otherwise than by a colon behind the name at a line's beginning.

    **ANA DIAZ:** It rains.   **ANA DIAZ**: It rains.   _Ana Diaz:_ It rains.     Markdown, and '''wikis'''
    **ANA DIAZ** It rains.    ### Ana Diaz
    - ANA DIAZ: It rains.     1. ANA DIAZ: It rains.    <p>ANA DIAZ: It rains.    lists, tags that were kept as text
    [Ana Diaz]: It rains.     ANA DIAZ - It rains.                                brackets, dashes
    ANA DIAZ： It rains.                                                          colons of another width
    Ana It rains.                                                                 nothing (`unmarked`)
    DIAZ It rains.                                                                nothing, now and then (`lost_colons`)

A dash behind capitals is a dateline too, lists hold recipes, and brackets hold directions: so a page must mark several
names so, some of which come back.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.records import Block
from pipeline.transcribe.labels.label import Label, caps_label, find_label, name_label
from pipeline.transcribe.labels.lost_colons import with_cut_brackets, with_lost_colons
from pipeline.transcribe.labels.notes_on_labels import with_notes_in_parentheses
from pipeline.transcribe.labels.part_labels import part_label
from pipeline.transcribe.labels.unmarked import with_unmarked_names
from pipeline.transcribe.sought import Sought
from pipeline.transcribe.words import SENTENCE_ENDS

_BEGINS = frozenset("*_'#-•<[0123456789")
_NAME = r"(?P<name>[^\W\d_][^*_\n:\[\]<>]{0,80}?)"
_EMPHASISED = re.compile(
    rf"(?:[-*] )?(?P<mark>\*{{1,3}}|_{{1,3}}|'{{2,3}}){_NAME} ?"
    r"(?::(?P=mark)|(?P=mark) ?:|(?P=mark)(?= [A-Z(\[\"“]|$)) ?"
)
_HEADED = re.compile(rf"#{{2,6}} {_NAME}:?$")
_LISTED = re.compile(rf"(?:[-*•]|\d{{1,3}}[.)]) {_NAME}: ?(?=\S)")
_TAGGED = re.compile(rf"(?:<(?:p|b|strong|em|i)>){{1,2}}{_NAME} ?(?:</(?:b|strong|em|i)>)?:(?:</(?:b|strong|em|i)>)? ?")
_BRACKETED = re.compile(r"\[(?P<name>[^\[\]:]{1,60})\]: ?(?=\S)")
_DASHED = re.compile(r"(?P<name>[A-Z][A-Z.,'’ -]{1,40}?) [-–—] (?=\S)")
_GLUED = re.compile(
    r"(?P<name>(?:[A-Z][A-Z.'’-]{0,20} ){0,3}[A-Z][A-Z'’-]{1,20})(?=[\"“(]?(?:[A-Z][a-z]|I['’]|[AI] ))", re.ASCII
)
"""`ANA DIAZThe river`: readers that join an element's texts without a blank (WAMU's pages, 2010 to 2021)."""
_WIDE_COLON = Sought(
    "(?P<name>[A-Z\u00c0-\u00de][^:\uff1a\ufe55\u2236]{1,80})[\uff1a\ufe55\u2236] ?", "\uff1a|\ufe55|\u2236"
)
"""Full-width, small, and the sign of a ratio, as keyboards and programs of East Asia put them."""
_END_TAG = "</p>"
_FEWEST = 4
_FEWEST_WHO_COME_BACK = 2


def with_colons(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with a plain name and a colon where the page marks its speakers otherwise.

    >>> blocks = [Block(f"**{name}:** {text}") for text in ("Why?", "Rain.") for name in ("ANA DIAZ", "ED HALE")]
    >>> with_colons(blocks)[3].text
    'ED HALE: Rain.'
    """
    blocks = [block if block.text.isascii() else _with_plain_colon(block) for block in blocks]
    marked = [index for index, block in enumerate(blocks) if block.text[:1] in _BEGINS]
    if len(marked) >= _FEWEST:
        for pattern in (_EMPHASISED, _HEADED, _LISTED, _TAGGED, _BRACKETED):
            blocks = _rewritten(blocks, pattern, marked, _marked_label)
    blocks = with_notes_in_parentheses(_with_plain_names(blocks, marked))
    if any(find_label(block.text) is not None for block in blocks):
        return with_lost_colons(with_cut_brackets(blocks))
    dashed = [index for index, block in enumerate(blocks) if block.text[1:2].isupper()]
    for pattern in (_DASHED, _GLUED):
        blocks = _rewritten(blocks, pattern, dashed, caps_label)
    return with_unmarked_names(with_lost_colons(blocks))


def _with_plain_colon(block: Block) -> Block:
    """A block with a plain colon behind the label that it begins with."""
    found = _WIDE_COLON.match(block.text)
    if found is None or name_label(found["name"]) is None:
        return block
    return replace(block, text=f"{found['name']}: {block.text[found.end() :]}".rstrip())


def _with_plain_names(blocks: Sequence[Block], marked: Sequence[int]) -> Sequence[Block]:
    """The blocks, with labels that have a colon as they are without emphasis or brackets, however few.

    What they are is judged as on pages that emphasise none: capitals speak for themselves, full names in Title Case
    stand before sentences.
    """
    emphasised = {
        place: match
        for place in marked
        if (match := _EMPHASISED.match(text := blocks[place].text) or _BRACKETED.match(text)) and ":" in match[0]
    }
    found = {place: match for place, match in emphasised.items() if caps_label(match["name"]) is not None}
    names = {place: match for place, match in emphasised.items() if _is_full_name(match["name"])}
    said = [blocks[place].text[match.end() :].rstrip() for place, match in names.items()]
    sentences = sum(text.endswith(SENTENCE_ENDS) for text in said)
    if len({match["name"] for match in names.values()}) > 1 and sentences * 3 >= len(said) * 2:
        given = {word for match in names.values() for word in match["name"].split()}
        found |= names | {place: match for place, match in emphasised.items() if match["name"] in given}
    if not found:
        return blocks
    return [
        replace(block, text=f"{found[place]['name']}: {block.text[found[place].end() :]}".rstrip())
        if place in found
        else block
        for place, block in enumerate(blocks)
    ]


def _is_full_name(head: str) -> bool:
    label = name_label(head)
    return label is not None and len(label.tokens) > 1


def _rewritten(
    blocks: Sequence[Block], pattern: re.Pattern[str], places: Sequence[int], read: Callable[[str], Label | None]
) -> Sequence[Block]:
    """The blocks, with what a pattern finds rewritten, where it is the page's way to mark speakers."""
    found = {place: match for place in places if (match := pattern.match(blocks[place].text)) is not None}
    if len(found) < _FEWEST:
        return blocks
    heads = {match["name"] for match in found.values()}
    labels = {head for head in heads if (label := read(head)) is not None and (label.is_named or label.role)}
    times = Counter(match["name"] for match in found.values() if match["name"] in labels)
    come_back = sum(count > 1 for count in times.values())
    if times.total() < _FEWEST or come_back < _FEWEST_WHO_COME_BACK or not any(map(_is_sure, times)):
        return blocks
    return [
        replace(
            block, text=f"{found[place]['name']}: {block.text[found[place].end() :].removesuffix(_END_TAG)}".rstrip()
        )
        if place in found and read(found[place]["name"]) is not None
        else block
        for place, block in enumerate(blocks)
    ]


def _marked_label(head: str) -> Label | None:
    return part_label(head) or name_label(head)


def _is_sure(head: str) -> bool:
    """Flour and salt come back too."""
    return head.isupper() or " " in head or part_label(head) is not None
