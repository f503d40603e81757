"""Labels inside paragraphs, where a page's paragraphs were run together."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.transcribe.labels.label import Label, caps_label

_LONGEST_HEAD = 120
"""Characters of a label inside a paragraph: those with a role in long parentheses never stand there."""
# What stands right before a label inside a paragraph: a sentence's end, a direction, or chrome glued to it.
_BREAK = re.compile(r"(?:[.?!…)\]\"”’]|--?|[–—]|</s>) ?(?=[A-Z\d(\[])|[a-z](?=[A-Z]{2})")

_INITIALS = re.compile(r"(?:\w\.)+")


def inner_heads(text: str) -> Iterator[tuple[int, str]]:
    """All that might be a label inside a paragraph, with its place: what stands between a break and a colon.

    >>> list(inner_heads("It rains. ANA DIAZ: It does."))
    [(10, 'ANA DIAZ')]
    """
    former = 0
    colon = text.find(":")
    while colon >= 0:
        for found in _BREAK.finditer(text, max(former, colon - _LONGEST_HEAD), colon):
            if found.end() < colon:
                yield found.end(), text[found.end() : colon]
        former = colon + 1
        colon = text.find(":", former)


def names_inside(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """The names of labels of a page that has them inside paragraphs alone; none where that is not sure.

    Sure is a label right behind a direction, one that comes back, or a surname behind a full name. A sentence that ends
    in initials before a surname makes none: «... in the U.S.A. HALE: It rains.».

    >>> sorted(names_inside(["HALE: Where? DIAZ: The U.S. HALE: Then? DIAZ: Rain. HALE: Ah."]))
    [('DIAZ',), ('HALE',)]
    """
    found = [(label, text[begin - 2 : begin]) for text in texts for begin, label in _labels_inside(text)]
    counts = Counter(label.tokens for label, _ in found)
    is_sure = any(
        before == ") "
        or counts[label.tokens] > 1
        or any(len(other) > len(label.tokens) and other[-len(label.tokens) :] == label.tokens for other in counts)
        for label, before in found
    )
    ends = {tokens for tokens in counts if ends_in_initials(tokens) and counts[tokens[1:]] > counts[tokens]}
    return set(counts) - ends if is_sure else set()


def ends_in_initials(tokens: tuple[str, ...]) -> bool:
    """Whether what stands before a label may be a sentence's end: `S.A. HALE` of «... in the U.S.A. HALE: ...»."""
    return len(tokens) > 1 and tokens[0][-1] == "." and _INITIALS.fullmatch(tokens[0]) is not None


def _labels_inside(text: str) -> Iterator[tuple[int, Label]]:
    for begin, head in inner_heads(text):
        label = caps_label(head) if head[-1].isupper() and head[0].isupper() else None
        if label is not None and label.is_named:
            yield begin, label
