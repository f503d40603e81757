"""Labels inside paragraphs, where a page's paragraphs were run together."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.transcribe.labels.label import Label, caps_label

_LONGEST_HEAD = 120
"""Characters of a label inside a paragraph: those with a role in long parentheses never stand there."""
# What stands right before a label inside a paragraph: a sentence's end, a direction, or chrome glued to it; but no stop
# between initials, as in «... the U.S. HALE: It rains.».
_BREAK = re.compile(
    r"(?:\.(?!(?<=\b[A-Z]\.)[A-Z]\.)|[?!…)\]\"”’]|--?|[–—]|</s>) ?(?=[A-ZÀ-ÖØ-Þ\d(\[])|[a-z](?=[A-Z]{2})"
)


def inner_heads(text: str) -> Iterator[tuple[int, str]]:
    """All that might be a label inside a paragraph, with its place: what stands between a break and a colon.

    >>> list(inner_heads("It rains. ANA DIAZ: It does."))
    [(10, 'ANA DIAZ')]
    >>> list(inner_heads("He saw the U.S. DIAZ: Ah.")), list(inner_heads("Ah. J.D. DIAZ: Oh."))
    ([(16, 'DIAZ')], [(4, 'J.D. DIAZ'), (9, 'DIAZ')])
    """
    former = 0
    colon = text.find(":")
    while colon >= 0:
        begin = max(former, colon - _LONGEST_HEAD)
        for found in _BREAK.finditer(text, begin, colon):
            if found.end() < colon:
                yield found.end(), text[found.end() : colon]
        if text.rfind("(", begin, colon) <= text.rfind(")", begin, colon):  # else `(Author, "Bread: A Life"):` goes on
            former = colon + 1
        colon = text.find(":", colon + 1)


def names_inside(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """The names of labels of a page that has them inside paragraphs alone; none where that is not sure.

    Sure is a label right behind a direction, one that comes back, or a surname behind a full name.

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
    return set(counts) if is_sure else set()


def _labels_inside(text: str) -> Iterator[tuple[int, Label]]:
    for begin, head in inner_heads(text):
        label = caps_label(head) if head[-1].isupper() and head[0].isupper() else None
        if label is not None and label.is_named:
            yield begin, label
