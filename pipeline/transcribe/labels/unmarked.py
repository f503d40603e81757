"""Names that stand before the words of each paragraph without any mark: `Neil Hello. This is 6 Minute English.`.

The BBC's lessons lost the line break behind each name so. A page does it where nearly every paragraph from the first
to the last begins with a name that a sentence follows, some of them again and again, and where those names are called.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.records import Block
from pipeline.transcribe.labels.label import title_case_label
from pipeline.transcribe.labels.label_words import MOST_TOKENS
from pipeline.transcribe.vocabulary import NOT_GIVEN
from pipeline.transcribe.words import places

_HEAD = re.compile(r"[A-Z][^\W\d_]+(?= [\"“‘(\[]?[A-Z\d])(?!(?: [A-Z][\w'’.-]*){1,2}:)")
_NEXT_WORD = re.compile(r" [A-Z][\w'’-]*\w(?= [\"“‘(\[]?[A-Z\d])")
_SIGNS = ".,;:?!…\"'”’)]-–—"
_SENTENCE = re.compile(r"[\"“‘(\[]?[A-Z\d]")
_BEFORE_CALL = (" ", "“", '"')
_FEWEST_BLOCKS = 8
_FEWEST_TIMES = 3
_FEWEST_NAMES = 2
_MOST_NAMES = 50
"""People of a lesson or a talk show; more words that paragraphs begin with are a list's."""
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
    if len(found) < _FEWEST_NAMES:
        return blocks
    headed = [(block, _head_of(block.text, found)) for block in blocks]
    places = [index for index, (_, head) in enumerate(headed) if head is not None]
    first, last = places[0], places[-1]
    spoken = headed[first : last + 1]
    openings = {_bare(name) for block, head in spoken if head is None for name in _openings(block.text)}
    printed = _printed_inside(openings, blocks)
    marked = [_marked(block, head or _full_name(block.text, printed)) for block, head in spoken]
    unmarked = sum(new is old for new, (old, _) in zip(marked, spoken, strict=True))
    if len(spoken) < _FEWEST_BLOCKS or unmarked * _MOST_OTHERS > len(spoken):
        return blocks
    is_over = not unmarked or _SIGNS_OFF.search(blocks[last].text) is not None  # what stands below, nobody speaks
    return [*blocks[:first], *marked, *(() if is_over else blocks[last + 1 :])]


def _heads(blocks: Sequence[Block]) -> set[str]:
    """What the page's paragraphs begin with again and again, always before a sentence, and call inside them."""
    rests: Mapping[str, list[str]] = defaultdict(list)
    for block in blocks:
        found = _HEAD.match(block.text)
        word = found[0] if found is not None else block.text.partition(" ")[0]
        rests[word].append(block.text[len(word) :] if found is not None else "")
    heads = {word: texts for word, texts in rests.items() if len(texts) >= _FEWEST_TIMES and all(texts)}
    if not _FEWEST_NAMES <= len(heads) <= _MOST_NAMES:
        return set()
    text = "\n".join(block.text for block in blocks)
    return {
        head
        for word, texts in heads.items()
        if word not in NOT_GIVEN
        and title_case_label(head := word + _shared(texts)) is not None
        and (_is_called(head, text) or _is_called(word, text))
    }


def _is_called(name: str, text: str) -> bool:
    """Whether a name, or the given name of a full one, stands inside a paragraph: «Hello Sabra, ...»."""
    return any(text[start - 1 : start] in _BEFORE_CALL for start, _ in places(name, text))


def _shared(texts: Sequence[str]) -> str:
    """The further words of a name, which stand behind its first one everywhere."""
    begin = ""
    for _ in range(MOST_TOKENS):  # a longer one is no name
        found = _NEXT_WORD.match(texts[0], len(begin))
        if found is None or not all(text.startswith(begin + found[0]) for text in texts):
            break
        begin += found[0]
    return begin


def _head_of(text: str, heads: set[str]) -> str | None:
    return max((head for head in heads if text.startswith(f"{head} ")), key=len, default=None)


def _marked(block: Block, head: str | None) -> Block:
    """A block with a colon behind the name that it begins with."""
    return block if head is None else replace(block, text=f"{head}: {block.text[len(head) + 1 :]}")


def _full_name(text: str, printed: Container[str]) -> str | None:
    """The full name that a paragraph begins with, where it is `printed` inside another one."""
    return next((name for name in _openings(text) if _bare(name) in printed and title_case_label(name)), None)


def _openings(text: str) -> Iterator[str]:
    """The three words and the two that a paragraph begins with, where a sentence follows."""
    words = text.split(" ", 4)
    for length in (3, 2):
        if len(words) > length and _SENTENCE.match(words[length]) is not None:
            yield " ".join(words[:length])


def _printed_inside(names: Container[str], blocks: Iterable[Block]) -> set[str]:
    """Those of some names of two and three words that stand behind other words in a paragraph."""
    found: set[str] = set()
    for block in blocks:
        words = block.text.split(" ")
        for index, word in enumerate(words[1:], 1):
            if word[:1].isupper():
                inside = (_bare(" ".join(words[index : index + length])) for length in (2, 3))
                found.update(name for name in inside if name in names)
    return found


def _bare(name: str) -> str:
    """A name without the signs and the possessive that running text puts behind it."""
    return name.rstrip(_SIGNS).removesuffix("'s").removesuffix("’s")
