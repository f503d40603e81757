"""Labels that say a part and no name: `HOST:` and `GUEST:`, in collections of interviews whose people were masked.

Credits, listings and house rules print the same words (`HOST: Steve Curwood`), so they are labels only where each comes
back, where they answer each other, or those who have labels, in sentences, and where hosts ask and others tell of
themselves.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.transcribe.labels.conversation import Signs, is_conversation
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.labels.mention import Mention

_PARTS = {
    "HOST": "host", "CO-HOST": "host", "COHOST": "host", "PRESENTER": "host", "GUEST": "guest", "INTERVIEWEE": "guest",
}  # fmt: skip
_NUMBER = "# 0123456789"
"""`GUEST 2`, `HOST #1`."""
_OF_ONESELF = re.compile(r"\b(?:I|[Ww]e|me|us)\b")
_ONE_IN = 4
"""One turn in so many of the hosts asks, and one of the others' says I or we."""
_LONGEST = 16
"""Characters of a part that stands alone in a line."""
_FEWEST = 2
"""Times that each comes back."""


def part_labels(heads: Mapping[str, Label | None], texts: Sequence[str]) -> dict[str, Label]:
    """The parts that are labels of a page, among all that stands before a colon; `heads` says what else is a label.

    >>> texts = ["HOST: And you say that it rains?", "GUEST: I think so."] * 3
    >>> list(part_labels({"HOST": None, "GUEST": None}, texts))
    ['HOST', 'GUEST']
    >>> part_labels({"HOST": None, "GUEST": None}, ["HOST: Ana Diaz", "GUEST: Ed Hale"])
    {}
    """
    lines = [text for text in texts[:-1] if len(text) <= _LONGEST]
    parts = {head: label for head in (*heads, *lines) if (label := part_label(head)) is not None}
    if not parts:
        return {}
    known = {**{head: label for head, label in heads.items() if label is not None}, **parts}
    mentions = list(_mentions(known, texts))
    times = Counter(mention.head for mention in mentions)
    if any(times[head] < _FEWEST for head in parts) or not _is_interview(mentions):
        return {}
    return {head: label for head, label in is_conversation(mentions, texts, Signs()).items() if head in parts}


def _is_interview(mentions: Sequence[Mention]) -> bool:
    asked = [mention.text.endswith("?") for mention in mentions if mention.label.role == "host"]
    told = [bool(_OF_ONESELF.search(mention.text)) for mention in mentions if mention.label.role != "host"]
    return all(any(found) and sum(found) * _ONE_IN >= len(found) for found in (asked, told))


def part_label(head: str) -> Label | None:
    """The label of a part: `GUEST`, `Host`, `GUEST #2`; None where the words are no part.

    >>> part_label("Guest 2").role, part_label("Guestbook") is None
    ('guest', True)
    """
    role = _PARTS.get(head.rstrip(_NUMBER).upper())
    return Label(head, (), role, None, None, None, end=len(head) + 1) if role is not None else None


def _mentions(known: Mapping[str, Label], texts: Sequence[str]) -> Iterator[Mention]:
    """The labels with the words behind them, or in the next paragraph where they stand alone in a line."""
    for index, text in enumerate(texts):
        colon = text.find(":")
        head = text if colon < 0 else text[:colon]
        label = known.get(head)
        if label is not None and colon >= 0:
            yield Mention(index, head, label, text[label.end :].strip())
        elif label is not None and not label.is_named and index + 1 < len(texts):
            yield Mention(index, head, label, texts[index + 1])
