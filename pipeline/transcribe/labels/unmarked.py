"""Names that stand before the words of each paragraph without any mark: `Neil Hello. This is 6 Minute English.`.

The BBC's lessons lost the line break behind each name so. A page does it where nearly every paragraph from the first
to the last begins with a name that a sentence follows, some of them again and again, and where those names are called.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.records import Block
from pipeline.transcribe.labels.label import title_case_label
from pipeline.transcribe.vocabulary import NOT_GIVEN
from pipeline.transcribe.words import places

_HEAD = re.compile(r"[A-Z][^\W\d_]+(?= [\"“‘(\[]?[A-Z\d])(?!(?: [A-Z][\w'’.-]*){1,2}:)")
_NEXT_WORD = re.compile(r" [A-Z][\w'’-]*\w(?= [\"“‘(\[]?[A-Z\d])")
_SENTENCE = re.compile(r"[\"“‘(\[]?[A-Z\d]")
_BEFORE_CALL = (" ", "“", '"')
_FEWEST_BLOCKS = 8
_FEWEST_TIMES = 3
_FEWEST_NAMES = 2
_MOST_OTHERS = 4
"""One paragraph in so many may have no name: somebody goes on."""
_SIGNS_OFF = re.compile(r"\b(?:[Bb]ye|[Gg]oodbye)\b[^.?!]{0,20}[.!]?$")


def with_unmarked_names(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with a colon behind the names that the page prints without one.

    >>> said = ("Rain, Sam?", "Ask Neil.", "Why?", "Because.", "Who says that, Sam?", "He does.", "Oh.", "Yes, Neil.")
    >>> page = [Block(f"{name} {text}") for name, text in zip(("Neil", "Sam") * 4, said, strict=True)]
    >>> with_unmarked_names(page)[1].text
    'Sam: Ask Neil.'
    """
    if len(blocks) < _FEWEST_BLOCKS:
        return blocks
    found = _heads(blocks)
    places = [index for index, block in enumerate(blocks) if _head_of(block.text, found)]
    if len(found) < _FEWEST_NAMES:
        return blocks
    first, last = places[0], places[-1]
    inner = blocks[first : last + 1]
    marked = [_marked(block, found, blocks) for block in inner]
    others = sum(new is old for new, old in zip(marked, inner, strict=True))
    if len(inner) < _FEWEST_BLOCKS or others * _MOST_OTHERS > len(inner):
        return blocks
    is_over = not others or _SIGNS_OFF.search(inner[-1].text) is not None  # what stands below, nobody speaks
    return [*blocks[:first], *marked, *(() if is_over else blocks[last + 1 :])]


def _heads(blocks: Sequence[Block]) -> set[str]:
    """What the page's paragraphs begin with again and again, always before a sentence, and call inside them."""
    rests: Mapping[str, list[str]] = defaultdict(list)
    for block in blocks:
        found = _HEAD.match(block.text)
        word = found[0] if found is not None else block.text.partition(" ")[0]
        rests[word].append(block.text[len(word) :] if found is not None else "")
    heads = {word: texts for word, texts in rests.items() if len(texts) >= _FEWEST_TIMES and all(texts)}
    text = "\n".join(block.text for block in blocks)
    return {
        head
        for word, texts in heads.items()
        if word not in NOT_GIVEN
        and title_case_label(head := word + _shared(texts)) is not None
        and any(text[start - 1 : start] in _BEFORE_CALL for start, _ in places(head, text))
    }


def _shared(texts: Sequence[str]) -> str:
    """The further words of a name, which stand behind its first one everywhere."""
    begin = ""
    while (found := _NEXT_WORD.match(texts[0], len(begin))) and all(
        text.startswith(begin + found[0]) for text in texts
    ):
        begin += found[0]
    return begin


def _head_of(text: str, heads: set[str]) -> str | None:
    return max((head for head in heads if text.startswith(f"{head} ")), key=len, default=None)


def _marked(block: Block, heads: set[str], blocks: Sequence[Block]) -> Block:
    """A block with a colon behind one of the page's names, or behind a full name that another one prints inside."""
    head = _head_of(block.text, heads) or _full_name(block.text, blocks)
    return block if head is None else replace(block, text=f"{head}: {block.text[len(head) + 1 :]}")


def _full_name(text: str, blocks: Sequence[Block]) -> str | None:
    words = text.split(" ", 4)
    for length in (3, 2):
        name = " ".join(words[:length])
        is_name = len(words) > length and _SENTENCE.match(words[length]) is not None
        if is_name and title_case_label(name) is not None and any(f" {name}" in block.text for block in blocks):
            return name
    return None
